// The past of earned value: it ends in today's figures, never falls, and knows no cost where the plan records none.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exact } from '../money/index.ts'
import { compute, defaultOptions, type Plan } from '../schedule/index.ts'
import { lookBack, planStanding, recordedCosts } from './index.ts'

const shift = [{ from: 480, to: 960 }]
const DAY = 1440

/** Tasks side by side, each begun on a day and so far done; the status date is the end of day 30. */
function plan(rows: readonly { start: number; days: number; percent: number; cost: number; spent?: number }[]): Plan {
  return {
    ...{ name: 'p', mode: 'ms', links: [], resources: [], assignments: [] },
    options: { ...defaultOptions, start: 480, calendar: 'c', statusDate: 29 * DAY + 960 },
    calendars: [{ id: 'c', name: 'c', week: Array.from({ length: 7 }, () => shift), workWeeks: [], exceptions: [] }],
    tasks: rows.map(({ start, days, percent, cost, spent }, at) => ({
      ...{ id: `t${at}`, name: `t${at}`, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
      ...{ cost: String(cost), percentComplete: percent, actualStart: start * DAY + 480 },
      baselines: [{ number: 0, start: start * DAY + 480, finish: (start + days - 1) * DAY + 960 }],
      ...(percent === 100 && { actualFinish: (start + days - 1) * DAY + 960 }),
      ...(spent !== undefined && { extra: { ActualCost: String(spent * 100) } }),
    })),
  }
}

function standingOf(of: Plan) {
  const computed = compute(of)
  if (!computed.ok) throw new Error(computed.error.code)
  const outcome = planStanding(of, computed.schedule, of.options.statusDate ?? 0, recordedCosts(of))
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.standing
}

test('a finished task is earned over the days it took: half of it in the middle', () => {
  const of = plan([{ start: 0, days: 14, percent: 100, cost: 1400, spent: 2800 }])
  const past = lookBack(of, standingOf(of))
  expect(past.map(({ ev }) => ev)).toEqual(['0.00', '700.00', '1400.00', '1400.00'])
  expect(past.map(({ ac }) => ac)).toEqual(['0.00', '1400.00', '2800.00', '2800.00'])
})

test('it ends exactly in the standing, and nothing earned is lost on the way', () => {
  const row = fc.record({
    start: fc.integer({ min: 0, max: 20 }),
    days: fc.integer({ min: 1, max: 9 }),
    percent: fc.integer({ min: 0, max: 100 }),
    cost: fc.integer({ min: 1, max: 1_000_000 }),
    spent: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), rows => {
      const of = plan(rows)
      const standing = standingOf(of)
      const past = lookBack(of, standing)
      expect(past.at(-1)).toEqual({ at: standing.statusDate, ev: standing.amounts.ev, ac: standing.amounts.ac })
      expect(standing.amounts.ac === null).toBe(rows.every(({ spent }) => spent === undefined))
      for (const [at, now] of past.entries()) {
        const before = past[at - 1]
        if (!before) continue
        expect(exact(now.ev).greaterThanOrEqualTo(exact(before.ev))).toBe(true)
        expect(now.at).toBeGreaterThan(before.at)
      }
    }),
    { numRuns: 60 },
  )
})
