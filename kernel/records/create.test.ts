// Creating records, through the door everybody uses.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { create, get } from '../records.ts'
import { contract } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.drop())

test('a record has its computed values, its number and its lines', async () => {
  const { ctx } = await world.person('lead@tower')
  const made = await create(ctx, contract, {
    name: 'Piles',
    project: world.projects.tower,
    lines: [
      { what: 'pile', qty: '3', price: '33.335' },
      { what: 'cap', qty: '1', price: '0.005' },
    ],
  })
  expect(made.total).toBe('100.02')
  expect(made.lines.map(line => [line.position, line.amount])).toEqual([
    [1, '100.01'],
    [2, '0.01'],
  ])
  expect(made.code).toMatch(/^HT-\d{4}-\d{3}$/)
  expect(made.due_on).toBe(ctx.today)
  expect(await get(ctx, contract, made.id)).toEqual(made)
})
