// One simulation over several threads says what one thread says, whatever happens to the others.
import { describe, expect, test } from 'vitest'
import {
  type FromThread,
  type RiskModel,
  simulate,
  simulateShared,
  type Thread,
  type Threads,
  threadSide,
} from './index.ts'
import { layeredPlan } from './testing/layered-plan.ts'

const plan = layeredPlan(80, 3)
const model: RiskModel = {
  standard: { of: 'factor', distribution: { kind: 'triangular', min: 0.8, mode: 1, max: 1.6 } },
  correlation: { common: 0.2 },
  weather: [{ id: 'rain', calendar: 'c0', lostShare: new Array(12).fill(0.1), persistence: 0.4 }],
  events: [{ id: 'e', probability: 0.3, impacts: [{ tasks: ['t50'], cost: { kind: 'fixed', value: 1000 } }] }],
}
const options = { iterations: 7000, seed: 5 }
const input = { plan, model, options }

/** Threads of this process: each message is handled in a turn of its own, as a worker would. `lives` = answers before it breaks. */
function threads(
  count: number,
  lives = Number.POSITIVE_INFINITY,
): Threads & { opened: number; ended: number; ran: number } {
  const all = {
    ...{ count, opened: 0, ended: 0, ran: 0 },
    turn: () => new Promise<void>(resolve => setImmediate(resolve)),
    open(): Thread {
      all.opened++
      const side = threadSide()
      let [left, ended] = [lives, false]
      let answer: (message: FromThread) => void = () => {}
      let broken = () => {}
      return {
        tell(message) {
          setImmediate(() => {
            if (ended) return
            const said = structuredClone(side(structuredClone(message)))
            if (!said) return
            if (left-- <= 0) {
              ended = true
              return broken()
            }
            all.ran++
            answer(said)
          })
        },
        hear(onAnswer, onBroken) {
          answer = onAnswer
          broken = onBroken
        },
        end() {
          ended = true
          all.ended++
        },
      }
    },
  }
  return all
}

describe('whoever runs the chunks', () => {
  const alone = simulate(plan, model, options)

  test.each([0, 1, 3, 20])('with %i other threads the findings are those of one, to the last bit', async count => {
    const others = threads(count)
    expect(await simulateShared(input, others)).toEqual(alone)
    // Seven chunks: no more threads than there are chunks for, and all of them ended.
    expect([others.opened, others.ended]).toEqual([Math.min(count, 6), Math.min(count, 6)])
    if (count > 0) expect(others.ran).toBeGreaterThan(0)
  })

  test.each([0, 1])('a thread that breaks after %i answers leaves its work to the rest', async lives => {
    expect(await simulateShared(input, threads(2, lives))).toEqual(alone)
  })

  test('progress grows to the end', async () => {
    const told: number[] = []
    await simulateShared(input, threads(2), { progress: done => told.push(done) })
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.at(-1)).toBe(7000)
  })
})

test('cancelled, nothing is said and every thread is ended', async () => {
  const others = threads(2)
  let asked = 0
  const outcome = await simulateShared(input, others, { cancelled: () => ++asked > 1 })
  expect(outcome).toEqual({ ok: false, error: { code: 'risk.cancelled' } })
  expect(others.ended).toBe(2)
})

test('what cannot be simulated is refused before a thread is opened', async () => {
  const others = threads(2)
  const outcome = await simulateShared({ ...input, options: { iterations: 0, seed: 1 } }, others)
  expect(outcome).toMatchObject({ ok: false, error: { code: 'risk.iterations' } })
  expect(others.opened).toBe(0)
})
