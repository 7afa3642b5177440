// BPMN out and in again is the same flow; foreign files come in when they are made of blocks, and say why when they are not.
import { type Block, bandOf, checkFlow, type Flow, inBand } from '@yingzao/engines/approval'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBpmn, writeBpmn } from './index.ts'

const label = (text: string) => ({ zh: `${text}中`, en: text })

const trees = fc.letrec<{ block: Block }>(tie => ({
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc
      .record({
        text: fc.string({ maxLength: 8 }),
        mode: fc.constantFrom('all' as const, 'any' as const),
        copy: fc.boolean(),
        hours: fc.integer({ min: 1, max: 99 }),
      })
      .map(
        ({ text, mode, copy, hours }): Block =>
          copy
            ? { is: 'copy', name: '', label: label(text), who: { role: text } }
            : {
                is: 'step',
                name: '',
                label: label(text),
                who: { role: text },
                mode,
                timeout: { hours, next: 'superior' },
              },
      ),
    fc.array(tie('block'), { minLength: 2, maxLength: 4 }).map((of): Block => ({ is: 'sequence', of })),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((of): Block => ({ is: 'parallel', of })),
    fc
      .record({
        blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
        otherwise: tie('block'),
        from: fc.nat(9),
      })
      .map(
        ({ blocks, otherwise, from }): Block => ({
          is: 'choice',
          cases: blocks.map((block, at) => ({
            when: inBand('amount', `${from + at}`, `${from + at + 1}`),
            block,
            ...(at > 0 ? { label: label(`<${at}>&`) } : {}),
          })),
          otherwise,
        }),
      ),
  ),
})).block

/** As the reader gives it: no sequence directly in another, none of a single block. */
function plain(block: Block): Block {
  if (block.is === 'sequence') {
    const of = block.of.flatMap(each => {
      const inner = plain(each)
      return inner.is === 'sequence' ? inner.of : [inner]
    })
    return of.length === 1 && of[0] ? of[0] : { is: 'sequence', of }
  }
  if (block.is === 'parallel') return { ...block, of: block.of.map(plain) }
  if (block.is !== 'choice') return block
  return {
    ...block,
    cases: block.cases.map(each => ({ ...each, block: plain(each.block) })),
    otherwise: plain(block.otherwise),
  }
}
function named(block: Block, at: string): Block {
  if (block.is === 'step' || block.is === 'copy') return { ...block, name: at }
  if (block.is === 'choice')
    return {
      ...block,
      cases: block.cases.map((each, index) => ({ ...each, block: named(each.block, `${at}_${index}`) })),
      otherwise: named(block.otherwise, `${at}_e`),
    }
  return { ...block, of: block.of.map((each, index) => named(each, `${at}_${index}`)) }
}

test('what is written as BPMN is read back as the same flow', () => {
  fc.assert(
    fc.property(trees, fc.constantFrom('zh' as const, 'en' as const), (root, lang) => {
      const flow: Flow = {
        name: 'payment',
        label: label('Payment'),
        root: plain(named(root, 'n')),
        dedup: 'first',
        withdraw: 'always',
        copies: [{ role: 'finance' }],
      }
      const xml = writeBpmn(flow, lang)
      expect(readBpmn(xml)).toEqual({ ok: true, name: 'payment', unnamed: [], flow })
      // Every shape and way is drawn once.
      expect(xml.match(/<bpmndi:BPMNEdge/g)?.length).toBe(xml.match(/<bpmn:sequenceFlow/g)?.length)
    }),
    { numRuns: 200 },
  )
})

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
const figures = (text: string): number[] =>
  [...text.matchAll(/(?:x|y|width|height)="(-?[\d.]+)"/g)].map(match => Number(match[1]))
const rectOf = (text: string): Rect => {
  const [left = 0, top = 0, width = 0, height = 0] = figures(text)
  return { left, top, right: left + width, bottom: top + height }
}
const meets = (a: Rect, b: Rect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

test('in the diagram no shape and no words lie on one another, and no line runs through either', () => {
  fc.assert(
    fc.property(trees, root => {
      const xml = writeBpmn({ name: 'x', label: label('x'), root: named(root, 'n') }, 'zh')
      const shapes = [...xml.matchAll(/<bpmndi:BPMNShape[^>]*>(.*?)<\/bpmndi:BPMNShape>/g)].map(each =>
        rectOf(each[1] ?? ''),
      )
      const edges = [...xml.matchAll(/<bpmndi:BPMNEdge[^>]*>(.*?)<\/bpmndi:BPMNEdge>/g)].map(each => each[1] ?? '')
      const labels = edges.flatMap(each =>
        each.includes('BPMNLabel') ? [rectOf(each.slice(each.indexOf('<bpmndi:BPMNLabel')))] : [],
      )
      const lines = edges.flatMap(each => {
        const points = [...each.matchAll(/<di:waypoint x="([\d.]+)" y="([\d.]+)"/g)].map(
          match => [Number(match[1]), Number(match[2])] as const,
        )
        return points.slice(1).map(([x, y], at): Rect => {
          const [fromX, fromY] = points[at] ?? [x, y]
          return {
            left: Math.min(x, fromX),
            right: Math.max(x, fromX) + 0.1,
            top: Math.min(y, fromY),
            bottom: Math.max(y, fromY) + 0.1,
          }
        })
      })
      const solid = [...shapes, ...labels]
      for (const [at, one] of solid.entries()) {
        for (const other of solid.slice(at + 1)) expect(meets(one, other)).toBe(false)
        const core = { left: one.left + 1, right: one.right - 1, top: one.top + 1, bottom: one.bottom - 1 }
        for (const line of lines) expect(meets(core, line)).toBe(false)
      }
    }),
    { numRuns: 100 },
  )
})

const model = (inside: string) =>
  `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="buy" name="采购">${inside}</process></definitions>`
const way = (id: string, from: string, to: string, when?: string) =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${when === undefined ? '' : `<conditionExpression>${when}</conditionExpression>`}</sequenceFlow>`

test('a model of another tool comes in with its groups; tasks without people are named', () => {
  const xml = model(
    `<startEvent id="s"/><userTask id="Review-1" name="部门审核" camunda:candidateGroups="department_head, other"/><exclusiveGateway id="g" default="f4"/>
     <userTask id="Big" name="总经理"/><exclusiveGateway id="j"/><endEvent id="e"/><textAnnotation id="note"/>` +
      way('f1', 's', 'Review-1') +
      way('f2', 'Review-1', 'g') +
      way('f3', 'g', 'Big', 'amount &gt;= 50000') +
      way('f4', 'g', 'j') +
      way('f5', 'Big', 'j') +
      way('f6', 'j', 'e'),
  )
  const read = readBpmn(xml)
  expect(read).toMatchObject({
    ok: true,
    unnamed: ['总经理'],
    flow: {
      label: { zh: '采购' },
      root: {
        is: 'sequence',
        of: [
          { is: 'step', name: 'review_1', who: { role: 'department_head' } },
          {
            is: 'choice',
            cases: [{ when: 'amount >= 50000', block: { name: 'big', who: { users: [] } } }],
            otherwise: { is: 'sequence', of: [] },
          },
        ],
      },
    },
  })
  expect(bandOf('amount >= 50000')).toEqual({ field: 'amount', from: '50000', to: null })
  expect(checkFlow({ name: 'x', label: label('x'), root: { is: 'sequence', of: [] } }, false)).toEqual([
    { step: null, code: 'no_step' },
  ])
})

test.each([
  [
    'a loop',
    `<startEvent id="s"/><task id="a"/><task id="b"/><endEvent id="e"/>${way('1', 's', 'a')}${way('2', 'a', 'b')}${way('3', 'b', 'a')}`,
    'unstructured',
  ],
  [
    'a split without its join',
    `<startEvent id="s"/><parallelGateway id="g"/><task id="a"/><task id="b"/><endEvent id="e"/><endEvent id="e2"/>${way('1', 's', 'g')}${way('2', 'g', 'a')}${way('3', 'g', 'b')}${way('4', 'a', 'e')}${way('5', 'b', 'e2')}`,
    'unstructured',
  ],
  [
    'a join of another kind',
    `<startEvent id="s"/><parallelGateway id="g"/><exclusiveGateway id="j"/><task id="a"/><task id="b"/><endEvent id="e"/>${way('1', 's', 'g')}${way('2', 'g', 'a')}${way('3', 'g', 'b')}${way('4', 'a', 'j')}${way('5', 'b', 'j')}${way('6', 'j', 'e')}`,
    'unstructured',
  ],
  ['an event that approval has not', `<startEvent id="s"/><intermediateCatchEvent id="t"/>`, 'element'],
  ['no start', `<endEvent id="e"/>`, 'no_process'],
])('%s is refused with its place', (_name, inside, code) => {
  expect(readBpmn(model(inside))).toMatchObject({ ok: false, reason: { code } })
})

test('hostile files end in bounded time with a refusal', () => {
  expect(readBpmn('')).toMatchObject({ ok: false })
  expect(readBpmn('<!DOCTYPE x [<!ENTITY a "b">]><x/>')).toMatchObject({ ok: false, reason: { code: 'xml' } })
  expect(readBpmn('<a>'.repeat(100_000))).toMatchObject({ ok: false })
  expect(readBpmn('x'.repeat(3_000_000))).toMatchObject({ ok: false, reason: { code: 'too_large' } })
  fc.assert(
    fc.property(fc.string(), text => {
      expect(readBpmn(model(text)).ok).toBe(false)
    }),
  )
})
