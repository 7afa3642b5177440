// On-time rates: parts add up to the whole, months are whole, nothing due is no rate.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Kept, Line } from '../shape.ts'
import { byMonth, dueOf, monthsBetween, none, ofKinds, partsOf, rateOf, totalOf } from './on-time.ts'

const line = (id: string, department: string | null): Line => ({
  ...{ id, code: id, name: id, short: null, type: 'rail', stage: 'active', company: 'c', department, manager: null },
  ...{ health: 'good', progress: 0, start: null, forecast: null, contract: null, plan: `plan ${id}` },
  ...{ critical: null, tasks: null, promised: null, published: null, warnings: 0, rows: [] },
  gaps: { contract: null, published: null, promised: null },
})

test('months run from the first to the running one', () => {
  expect(monthsBetween('2025-11-01', '2026-02-10')).toEqual(['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'])
})

test('nothing due has no rate: it is not a hundred per cent', () => {
  expect(rateOf(none)).toBeNull()
  expect(rateOf({ onTime: 3, late: 1, open: 0 })).toBe(0.75)
})

test('departments, projects and months each add up to the total; kinds split it', () => {
  const months = monthsBetween('2025-06-01', '2026-05-20')
  const lines = [line('a', 'd1'), line('b', 'd1'), line('c', null)]
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          project: fc.constantFrom('a', 'b', 'c'),
          month: fc.constantFrom(...months),
          milestone: fc.boolean(),
          onTime: fc.nat(9),
          late: fc.nat(9),
          open: fc.nat(9),
        }),
      ),
      drawn => {
        const rows: Kept[] = drawn.map(each => ({ ...each, plan: `plan ${each.project}` }))
        const total = totalOf(rows)
        expect(totalOf(byMonth(rows, months))).toEqual(total)
        for (const by of ['project', 'department', 'company'] as const) {
          const parts = partsOf(rows, lines, by, months)
          expect(totalOf(parts.map(part => part.sum))).toEqual(total)
          for (const part of parts) expect(totalOf(part.months)).toEqual(part.sum)
        }
        expect(dueOf(totalOf([...ofKinds(rows, 'tasksOnly'), ...ofKinds(rows, 'milestonesOnly')]))).toBe(dueOf(total))
      },
    ),
  )
})
