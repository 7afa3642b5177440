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
    // It must have met what it is about. How often depends on who was faster: of two thousand operations now and then none
    // reverses a request, which two people must have approved before, so a short run asks for each action of any document.
    const times = (action: string, of = /./) =>
      Object.entries(result.done).reduce(
        (n, [name, count]) => n + (name.endsWith(`.${action}`) && of.test(name) ? count : 0),
        0,
      )
    const of = operations >= 20_000 ? /^t_request/ : /./
    for (const action of ['submit', 'approve', 'reject', 'return', 'withdraw', 'reverse', 'void'])
      expect(times(action, of), action).toBeGreaterThan(0)
    // (Reversing more than there is needs two at the same line at once, and an empty store somebody who issues from it.)
    for (const code of [
      'limit.far_over_budget',
      ...(operations >= 20_000 ? ['limit.no_stock', 'document.over_reversed'] : []),
    ])
      expect(result.refused[code] ?? 0, code).toBeGreaterThan(0)
  },
  120_000 + operations * 200,
)
