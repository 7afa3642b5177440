// Flow → BPMN 2.0 (OMG formal/2013-12-09) with diagram: user tasks, exclusive and parallel gateways that split and join. What BPMN
// has no word for (votes, empty steps, time-outs) rides along as extension elements of our own namespace.
import { type Block, type Choice, type Copy, child, type Flow, type Step } from '@yingzao/engines/approval'
import { escapeXml } from '../xml/write.ts'
import { type Box, bend, labelWidth, layout } from './layout.ts'

export const namespace = 'https://yingzao.dev/bpmn'

const escaped = (text: string): string => escapeXml(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')
const idOf = (kind: string, path: string): string => `${kind}_${path === '' ? 'root' : path.replaceAll('.', '_')}`

interface Edge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly condition?: string
  readonly name?: string
  /** The row of the branch it leads into. */
  readonly row?: number
}

/** `lang` names the shapes; the other language stays in the extensions. Round trip: `readBpmn(writeBpmn(flow))` is the flow. */
export function writeBpmn(flow: Flow, lang: 'zh' | 'en'): string {
  const { boxes, rows, height } = layout(flow.root)
  const nodes: string[] = []
  const shapes: { readonly id: string; readonly box: Box; readonly label?: boolean }[] = []
  const edges: Edge[] = []
  const at = (name: string): Box => boxes.get(name) ?? { x: 0, y: 0, width: 0, height: 0 }
  const link = (from: string, to: string, more: Partial<Edge> = {}): string => {
    const id = `flow_${edges.length + 1}`
    edges.push({ id, from, to, ...more })
    return id
  }
  const settings = (value: object): string =>
    `<bpmn:extensionElements><yz:settings>${escaped(JSON.stringify(value))}</yz:settings></bpmn:extensionElements>`

  /** Draws the block after `from`; returns what the next one follows, and the edge into it when the block is empty. */
  const draw = (
    block: Block,
    path: string,
    from: string,
    more: Partial<Edge>,
  ): { from: string; more: Partial<Edge> } => {
    if (block.is === 'step' || block.is === 'copy') return drawTask(block, path, from, more)
    if (block.is === 'sequence') {
      let last = { from, more }
      for (const [index, each] of block.of.entries()) last = draw(each, child(path, index), last.from, last.more)
      return last
    }
    const kind = block.is === 'choice' ? 'exclusiveGateway' : 'parallelGateway'
    const [split, join] = [idOf('split', path), idOf('join', path)]
    link(from, split, more)
    const branches: readonly { readonly block: Block; readonly more: Partial<Edge> }[] =
      block.is === 'parallel'
        ? block.of.map(each => ({ block: each, more: {} }))
        : [
            ...block.cases.map(each => ({
              block: each.block,
              more: { condition: each.when, name: each.label?.[lang] || each.when },
            })),
            { block: block.otherwise, more: { name: usually[lang] } },
          ]
    let usual = ''
    for (const [index, branch] of branches.entries()) {
      const first = edges.length
      const inner = child(path, index)
      const row = rows.get(inner)
      const last = draw(branch.block, inner, split, { ...branch.more, ...(row !== undefined && { row }) })
      link(last.from, join, last.more)
      if (block.is === 'choice' && index === block.cases.length) usual = edges[first]?.id ?? ''
    }
    const labels = block.is === 'choice' ? settings({ labels: labelsOf(block) }) : ''
    nodes.push(
      `<bpmn:${kind} id="${split}" gatewayDirection="Diverging"${usual === '' ? '' : ` default="${usual}"`}>${labels}</bpmn:${kind}>`,
    )
    nodes.push(`<bpmn:${kind} id="${join}" gatewayDirection="Converging" />`)
    shapes.push({ id: split, box: at(`${path} split`) }, { id: join, box: at(`${path} join`) })
    return { from: join, more: {} }
  }
  const drawTask = (block: Step | Copy, path: string, from: string, more: Partial<Edge>) => {
    const id = `task_${block.name}`
    link(from, id, more)
    const kind = block.is === 'step' ? 'userTask' : 'sendTask'
    nodes.push(`<bpmn:${kind} id="${id}" name="${escaped(block.label[lang])}">${settings(block)}</bpmn:${kind}>`)
    shapes.push({ id, box: at(path) })
    return { from: id, more: {} }
  }

  const last = draw(flow.root, '', 'start', {})
  link(last.from, 'end', last.more)
  shapes.push({ id: 'start', box: at('start') }, { id: 'end', box: at('end') })
  const { root: _root, ...rest } = flow
  const note = noteOf(flow, lang)
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:yz="${namespace}" id="definitions" targetNamespace="${namespace}" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/">
  <bpmn:process id="${escaped(flow.name)}" name="${escaped(flow.label[lang])}" isExecutable="true">
    ${settings(rest)}
    <bpmn:startEvent id="start" />
    ${nodes.join('\n    ')}
    <bpmn:endEvent id="end" />
    ${edges.map(drawEdge).join('\n    ')}${note === '' ? '' : `\n    <bpmn:textAnnotation id="note"><bpmn:text>${escaped(note)}</bpmn:text></bpmn:textAnnotation>`}
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${escaped(flow.name)}">
      ${shapes.map(drawShape).join('\n      ')}
      ${edges.map(edge => drawWay(edge, shapes)).join('\n      ')}${note === '' ? '' : `\n      ${drawShape({ id: 'note', box: { x: 60, y: height, width: 420, height: 30 } })}`}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`
}

const usually = { zh: '其他情况', en: 'Otherwise' } as const
const notes = {
  zh: { escalation: '超出限额时加审', copies: '通过后抄送' },
  en: { escalation: 'Over a limit also', copies: 'Copied when approved' },
} as const
/** What stands beside the tree: who is asked over a limit, how many get a copy at the end. */
function noteOf({ escalation, copies = [] }: Flow, lang: 'zh' | 'en'): string {
  const parts = [
    ...(escalation ? [`${notes[lang].escalation}: ${escalation.label[lang]}`] : []),
    ...(copies.length > 0 ? [`${notes[lang].copies}: ${copies.length}`] : []),
  ]
  return parts.join(' · ')
}

/** Both languages of the cases' names. */
const labelsOf = (block: Choice) => block.cases.map(each => each.label ?? null)

function drawEdge({ id, from, to, condition, name }: Edge): string {
  const named = name ? ` name="${escaped(name)}"` : ''
  const open = `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"${named}`
  return condition === undefined
    ? `${open} />`
    : `${open}><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escaped(condition)}</bpmn:conditionExpression></bpmn:sequenceFlow>`
}

const drawShape = ({ id, box }: { readonly id: string; readonly box: Box }): string =>
  `<bpmndi:BPMNShape id="shape_${id}" bpmnElement="${id}"><dc:Bounds x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" /></bpmndi:BPMNShape>`

/**
 * From the right side of one to the left side of the other. Into a branch it parts right behind the split, out of it right before
 * the join; the words of a case stand over the line of its own row.
 */
function drawWay(
  { id, from, to, name, row }: Edge,
  shapes: readonly { readonly id: string; readonly box: Box }[],
): string {
  const [a, b] = [shapes.find(each => each.id === from)?.box, shapes.find(each => each.id === to)?.box]
  if (!a || !b) return ''
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2]
  const through = row ?? (from.startsWith('split_') ? y2 : y1)
  const points: (readonly [number, number])[] = [[x1, y1]]
  if (through !== y1) points.push([x1 + bend, y1], [x1 + bend, through])
  if (through !== y2) points.push([x2 - bend, through], [x2 - bend, y2])
  points.push([x2, y2])
  const way = points.map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`).join('')
  const lines = Math.max(1, Math.ceil(widthOf(name ?? '') / labelWidth))
  const label = name
    ? `<bpmndi:BPMNLabel><dc:Bounds x="${x1 + bend + 6}" y="${through - 6 - lines * lineHeight}" width="${labelWidth}" height="${lines * lineHeight}" /></bpmndi:BPMNLabel>`
    : ''
  return `<bpmndi:BPMNEdge id="edge_${id}" bpmnElement="${id}">${way}${label}</bpmndi:BPMNEdge>`
}

const lineHeight = 15
/** Of text of 12 pixels: what is Chinese is as wide as high, the rest a little more than half. */
const widthOf = (text: string): number => [...text].reduce((sum, each) => sum + (each > '\u2e7f' ? 12 : 7), 0)
