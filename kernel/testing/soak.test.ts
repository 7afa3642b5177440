// 16 writers at once on the same budgets and the same stock: what CI can afford of the soak (`npm run soak` runs a million).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { books } from './books.ts'
import { soakDocuments } from './soak.ts'
import { testWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await testWorld([], [books])
})
afterAll(() => world.drop())

/** `npm run soak` gives a million. */
const operations = Number(process.env.YINGZAO_TEST_OPERATIONS ?? 2000)

test(
  'D10 16 writers: no limit crossed, nothing posted twice, no deadlock shown, every balance the sum of its entries',
  async () => {
    const result = await soakDocuments(world, { operations, writers: 16, seed: 7, say: line => console.error(line) })
    const { broken, violated, deadlocks } = result
    // In words, so that the closing lines of a run say what broke and not only that something did.
    expect([...broken.slice(0, 5), ...violated].join('\n')).toBe('')
    expect(deadlocks).toBe(0)
    // It must have met what it is about; how often depends on who was faster.
    for (const action of ['submit', 'approve', 'reject', 'return', 'withdraw', 'reverse', 'void'])
      expect(result.done[`t_request.${action}`] ?? 0, action).toBeGreaterThan(0)
    // (Reversing more than there is needs two at the same line at once, which a short run may not see.)
    for (const code of ['limit.far_over_budget', 'limit.no_stock'])
      expect(result.refused[code] ?? 0, code).toBeGreaterThan(0)
  },
  120_000 + operations * 200,
)
