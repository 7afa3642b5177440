// The designer's edits keep every card: put in, dragged, moved and taken out.
import { type Block, checkFlow, type Flow, type Step, stepsOf } from '@yingzao/engines/approval'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cardAt,
  changeAt,
  dragTo,
  endPath,
  freeName,
  insertAt,
  isUnnamed,
  moveAt,
  normal,
  withCard,
  withCaseMoved,
  withoutBranch,
} from './edit-flow.ts'
import { fieldsFor, valuesOf, withValues } from './step-form.ts'

const step = (name: string): Step => ({ is: 'step', name, label: { zh: name, en: name }, who: { role: 'pmo' } })
const names = (block: Block) => stepsOf(block).map(each => each.name)
const tree = normal({
  is: 'sequence',
  of: [
    step('a'),
    { is: 'choice', cases: [{ when: 'true', block: step('b') }], otherwise: { is: 'sequence', of: [step('c')] } },
    { is: 'parallel', of: [step('d'), step('e')] },
    step('f'),
  ],
})

test('cards are put in, moved, dragged between branches and taken out', () => {
  expect(names(insertAt(tree, '1.0', 1, step('x')))).toEqual(['a', 'b', 'x', 'c', 'd', 'e', 'f'])
  expect(names(moveAt(tree, '0', 1))).toEqual(['b', 'c', 'a', 'd', 'e', 'f'])
  expect(names(moveAt(tree, '0', -1))).toEqual(names(tree))
  expect(names(dragTo(tree, '0', '2.1', 1))).toEqual(['b', 'c', 'd', 'e', 'a', 'f'])
  expect(names(dragTo(tree, '3', '', 0))).toEqual(['f', 'a', 'b', 'c', 'd', 'e'])
  expect(names(dragTo(tree, '1', '1.0', 0))).toEqual(names(tree))
  expect(names(changeAt(tree, '2.0.0', () => null))).toEqual(['a', 'b', 'c', 'e', 'f'])
  expect(names(normal(changeAt(tree, '2', block => withoutBranch(block, 0))))).toEqual(['a', 'b', 'c', 'e', 'f'])
  expect(freeName({ name: 'f', label: { zh: '', en: '' }, root: step('step_1') }, 'step')).toBe('step_2')
})

test('dragging loses and doubles no card, wherever it goes', () => {
  const paths = ['0', '1', '2', '3', '1.0.0', '1.1.0', '2.0.0', '2.1.0']
  const places = ['', '1.0', '1.1', '2.0', '2.1']
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.constantFrom(...places), fc.nat(4), (from, to, index) => {
      const after = dragTo(tree, from, to, index)
      expect(names(after).sort()).toEqual(names(tree).sort())
      expect(checkFlow({ name: 'f', label: { zh: '', en: '' }, root: after }, false)).toEqual([])
    }),
  )
})

test('who is asked over a limit and who gets a copy at the end are cards, too; the last one taken out leaves none', () => {
  const flow: Flow = {
    name: 'f',
    label: { zh: 'f', en: 'f' },
    root: tree,
    escalation: step('chief'),
    copies: [{ role: 'a' }, { users: [] }],
  }
  expect(cardAt(flow, 'escalation')).toMatchObject({ name: 'chief' })
  const end = endPath(1)
  expect(cardAt(flow, end)).toMatchObject({ is: 'copy', who: { users: [] } })
  expect(isUnnamed({ users: [] }) && !isUnnamed({ leaders: 2 })).toBe(true)
  const changed = withCard(flow, end, block => (block.is === 'copy' ? { ...block, who: { leader: 1 } } : block))
  expect(changed.copies).toEqual([{ role: 'a' }, { leader: 1 }])
  const none = withCard(
    withCard(
      withCard(changed, end, () => null),
      endPath(0),
      () => null,
    ),
    'escalation',
    () => null,
  )
  expect(none).toEqual({ name: 'f', label: flow.label, root: tree })
  expect(names(withCard(flow, '0', () => null).root)).toEqual(['b', 'c', 'd', 'e', 'f'])
})

test('conditions change places, the first that holds is taken; otherwise stays last', () => {
  const choice: Block = {
    is: 'choice',
    cases: [
      { when: 'amount < 10', block: step('small') },
      { when: 'amount < 100', block: step('more') },
    ],
    otherwise: step('most'),
  }
  expect(names(withCaseMoved(choice, 1, -1))).toEqual(['more', 'small', 'most'])
  expect(withCaseMoved(choice, 0, 1)).toMatchObject({ cases: [{ when: 'amount < 100' }, { when: 'amount < 10' }] })
  for (const [index, by] of [
    [0, -1],
    [1, 1],
  ] as const)
    expect(withCaseMoved(choice, index, by)).toBe(choice)
})

test('the settings of a card come back as they were, fields of lines and people in place of nobody with them', () => {
  const money = {
    kind: 'money',
    label: { zh: '单价', en: 'Price' },
    name: 'price',
    right: 'edit',
    sortable: false,
  } as const
  const around = {
    fields: [money],
    lines: [{ name: 'lines', label: { zh: '明细', en: 'Lines' }, fields: [money] }],
    roles: {},
    money: true,
  }
  const card: Step = {
    ...step('a'),
    who: { leaders: 3 },
    empty: { users: ['0190c2a0-0000-7000-8000-000000000001'] },
    must: true,
    sign: true,
    timeout: { hours: 8, next: 'superior' },
    fields: { 'lines.price': 'edit', price: 'hidden' },
  }
  expect(withValues(card, valuesOf(card))).toEqual(card)
  const { editable, instead } = fieldsFor(card, valuesOf(card), around)
  expect(editable).toMatchObject({ options: { price: { zh: '单价' }, 'lines.price': { zh: '明细 · 单价' } } })
  expect(instead?.kind).toBe('multi_ref')
})
