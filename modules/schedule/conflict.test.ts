import type { PlanEdit } from '@yingzao/engines/schedule'
import { expect, test } from 'vitest'
import { conflictOf } from './conflict.ts'

const set = (id: string, patch: Extract<PlanEdit, { kind: 'task.set' }>['patch']): PlanEdit => ({
  kind: 'task.set',
  id,
  patch,
})

test('two people change different fields of one task without conflict', () => {
  expect(conflictOf([set('a', { duration: 480 })], [set('a', { name: '底板' })])).toBeUndefined()
})

test('the second to change the same field is told which', () => {
  expect(
    conflictOf([set('a', { duration: 480 })], [set('b', { duration: 1 }), set('a', { duration: 960 })]),
  ).toMatchObject({ id: 'a', field: 'duration' })
})

test('removing what somebody has just changed is a conflict, removing anything else is not', () => {
  expect(conflictOf([{ kind: 'task.remove', ids: ['a', 'b'] }], [set('b', { name: 'x' })])).toMatchObject({
    id: 'b',
    field: '*',
  })
  expect(conflictOf([{ kind: 'task.remove', ids: ['a'] }], [set('b', { name: 'x' })])).toBeUndefined()
})

test('adding and moving overwrite nothing', () => {
  expect(conflictOf([{ kind: 'task.move', ids: ['a'] }], [set('a', { name: 'x' })])).toBeUndefined()
})
