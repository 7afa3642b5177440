// BPMN XML → its process as a graph of nodes and flows. Bounded in size and depth; anything else is refused with its place.
import { SaxesParser } from 'saxes'

export interface Node {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly usual: string | null
  readonly attributes: Readonly<Record<string, string>>
  /** Our own settings, as JSON text. */
  settings: string | null
}
export interface Way {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly name: string
  condition: string | null
}
export interface Graph {
  readonly process: { readonly id: string; readonly name: string; settings: string | null }
  readonly nodes: ReadonlyMap<string, Node>
  readonly ways: readonly Way[]
}
export type GraphOutcome =
  | { readonly ok: true; readonly graph: Graph }
  | { readonly ok: false; readonly reason: BpmnProblem }
export interface BpmnProblem {
  readonly code:
    | 'xml'
    | 'too_large'
    | 'no_process'
    | 'several_processes'
    | 'element'
    | 'unstructured'
    | 'no_default'
    | 'settings'
  /** The element or line at fault. */
  readonly at: string
}

const largest = 2_000_000
const kinds = new Set([
  'startEvent',
  'endEvent',
  'userTask',
  'manualTask',
  'task',
  'sendTask',
  'serviceTask',
  'exclusiveGateway',
  'parallelGateway',
])
/** Drawn beside the flow: they change nothing in it. */
const beside = new Set([
  'textAnnotation',
  'association',
  'laneSet',
  'documentation',
  'extensionElements',
  'dataObject',
  'dataObjectReference',
  'dataStoreReference',
  'group',
])

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

export function readGraph(xml: string): GraphOutcome {
  if (xml.length > largest) return { ok: false, reason: { code: 'too_large', at: `${largest}` } }
  // Entities could blow up a small file; no BPMN needs one.
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return { ok: false, reason: { code: 'xml', at: 'DOCTYPE' } }
  const nodes = new Map<string, Node>()
  const ways: Way[] = []
  let process: { id: string; name: string; settings: string | null } | null = null
  let reason: BpmnProblem | null = null
  const fail = (code: BpmnProblem['code'], at: string) => {
    reason ??= { code, at }
  }
  const path: string[] = []
  let owner: Node | null = null
  let way: Way | null = null
  let text = ''
  const parser = new SaxesParser({ xmlns: false })
  parser.on('error', () => fail('xml', `${parser.line}`))
  parser.on('opentag', tag => {
    const kind = local(tag.name)
    const depth = path.push(kind)
    text = ''
    if (depth > 60) fail('too_large', `${parser.line}`)
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(tag.attributes)) attributes[local(name)] = String(value)
    const { id = '', name = '' } = attributes
    if (kind === 'process') {
      if (process) fail('several_processes', id)
      process = { id, name, settings: null }
    }
    if (path.at(-2) !== 'process') return
    if (kind === 'sequenceFlow') {
      way = { id, from: attributes.sourceRef ?? '', to: attributes.targetRef ?? '', name, condition: null }
      ways.push(way)
    } else if (kinds.has(kind)) {
      owner = { id, kind, name, usual: attributes.default ?? null, attributes, settings: null }
      if (nodes.has(id)) fail('element', id)
      nodes.set(id, owner)
    } else if (!beside.has(kind)) fail('element', `${kind} ${id}`)
  })
  parser.on('text', chunk => {
    if (text.length < 100_000) text += chunk
  })
  parser.on('closetag', tag => {
    const kind = local(tag.name)
    path.pop()
    if (kind === 'conditionExpression' && way) way.condition = text.trim()
    if (kind === 'settings' && path.at(-1) === 'extensionElements') {
      if (owner) owner.settings = text
      else if (process && path.at(-2) === 'process') process.settings = text
    }
    if (kind === 'sequenceFlow') way = null
    if (kinds.has(kind) && path.at(-1) === 'process') owner = null
    text = ''
  })
  try {
    parser.write(xml).close()
  } catch {
    fail('xml', `${parser.line}`)
  }
  if (reason) return { ok: false, reason }
  if (!process) return { ok: false, reason: { code: 'no_process', at: '' } }
  return { ok: true, graph: { process, nodes, ways } }
}
