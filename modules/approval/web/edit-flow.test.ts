// The designer's edits keep every card: put in, dragged, moved and taken out.
import { type Block, checkFlow, type Step, stepsOf } from '@yingzao/engines/approval'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeAt, dragTo, freeName, insertAt, moveAt, normal, withoutBranch } from './edit-flow.ts'

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
