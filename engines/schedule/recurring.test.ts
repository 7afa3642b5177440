// Recurring tasks: on which days they fall, how they are edited as one, and that they are outside the critical path.
import { describe, expect, test } from 'vitest'
import {
  applyEdits,
  compute,
  defaultOptions,
  formatDay,
  formatMinute,
  occurrenceDays,
  type Plan,
  parseDay,
  recurringEdits,
  ruleOf,
  type TaskRecurrence,
} from './index.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
const shifts = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
/** Works Monday to Friday; 1–7 October 2026 are days off. */
const plan: Plan = {
  ...{ name: '', mode: 'ms', links: [], resources: [], assignments: [] },
  calendars: [
    {
      ...{ id: 'c', name: '', week: [[], shifts, shifts, shifts, shifts, shifts, []], workWeeks: [] },
      exceptions: [{ name: '国庆', fromDay: day('2026-10-01'), toDay: day('2026-10-07'), shifts: [] }],
    },
  ],
  options: { ...defaultOptions, start: day('2026-09-14') * 1440 + 480, calendar: 'c' },
  tasks: [{ id: 'dig', name: '挖土', kind: 'task', duration: 10 * 480, constraint: { type: 'asap' } }],
}
const meeting: TaskRecurrence = {
  ...{ rule: { kind: 'weekly', every: 1, days: [1] }, fromDay: day('2026-09-14'), count: 5 },
  ...{ at: 540, duration: 60, dayOff: 'next' },
}
let last = 0
const newId = () => `n${++last}`
const days = (change: Partial<TaskRecurrence>) => occurrenceDays(plan, { ...meeting, ...change }).map(formatDay)
function edited(from: Plan, ...args: Parameters<typeof recurringEdits> extends [Plan, infer S, infer _] ? [S] : never) {
  const outcome = applyEdits(from, recurringEdits(from, args[0], newId))
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome
}

describe('the days', () => {
  test('every Monday; one in a holiday goes to the next working day, or is left out', () => {
    expect(days({})).toEqual(['2026-09-14', '2026-09-21', '2026-09-28', '2026-10-08', '2026-10-12'])
    expect(days({ dayOff: 'skip' })).toEqual(['2026-09-14', '2026-09-21', '2026-09-28', '2026-10-12', '2026-10-19'])
  })
  test('the last day of each month, every second Friday, every working day until a date', () => {
    const monthly = { kind: 'monthly_day', every: 1, day: 31 } as const
    expect(days({ rule: monthly, count: 3, dayOff: 'next' })).toEqual(['2026-09-30', '2026-11-02', '2026-11-30'])
    expect(days({ rule: { kind: 'weekly', every: 2, days: [5] }, count: 2 })).toEqual(['2026-09-18', '2026-10-08'])
    const daily = { kind: 'daily', every: 1 } as const
    const { count: _, ...open } = meeting
    const until = occurrenceDays(plan, { ...open, rule: daily, toDay: day('2026-09-22'), dayOff: 'skip' })
    expect(until.map(formatDay)).toEqual(['14', '15', '16', '17', '18', '21', '22'].map(date => `2026-09-${date}`))
  })
  test('a rule without an end, or one that never falls on a working day, comes to an end', () => {
    const { count: _, ...open } = meeting
    expect(occurrenceDays(plan, { ...open, rule: { kind: 'daily', every: 1 } })).toHaveLength(999)
    expect(days({ rule: { kind: 'weekly', every: 1, days: [0] }, dayOff: 'skip' })).toEqual([])
  })
})

describe('in the plan', () => {
  test('a summary with its occurrences at their hour, never critical, though the last ends after all work', () => {
    const { plan: made } = edited(plan, { name: '监理例会', recurrence: meeting })
    expect(made.tasks.map(each => each.name)).toEqual([
      '挖土',
      '监理例会',
      ...[1, 2, 3, 4, 5].map(n => `监理例会 ${n}`),
    ])
    const outcome = compute(made)
    if (!outcome.ok) throw new Error(outcome.error.code)
    expect(formatMinute(outcome.schedule.tasks[2]?.start ?? 0)).toBe('2026-09-14T09:00')
    expect(formatMinute(outcome.schedule.tasks[5]?.finish ?? 0)).toBe('2026-10-08T10:00')
    expect(outcome.schedule.tasks.slice(1).some(each => each.critical)).toBe(false)
  })

  test('edited as one: held ones stay, the others follow the new rule, one undo', () => {
    const first = edited(plan, { name: '例会', recurrence: meeting }).plan
    const summary = first.tasks[1]?.id ?? ''
    const held = applyEdits(first, [
      { kind: 'task.set', id: first.tasks[2]?.id ?? '', patch: { percentComplete: 100 } },
    ])
    if (!held.ok) throw new Error()
    const wednesday: TaskRecurrence = { ...meeting, rule: { kind: 'weekly', every: 1, days: [3] }, count: 3 }
    const next = edited(held.plan, { name: '周例会', recurrence: wednesday, of: summary })
    const rows = next.plan.tasks.filter(each => each.parent === summary)
    expect(rows.map(each => `${each.name} ${formatDay(((each.constraint.at ?? 0) / 1440) | 0)}`)).toEqual([
      '例会 1 2026-09-14',
      '周例会 2 2026-09-16',
      '周例会 3 2026-09-23',
      '周例会 4 2026-09-30',
    ])
    expect(next.plan.tasks[1]).toMatchObject({ name: '周例会', kind: 'summary', recurrence: wednesday })
    const back = applyEdits(next.plan, next.inverse)
    expect(back.ok && back.plan.tasks).toEqual(held.plan.tasks)
  })
})

test('a simple rule is seen in the days, another is not invented', () => {
  const of = (...texts: string[]) => ruleOf(texts.map(day))
  expect(of('2026-09-14', '2026-09-28', '2026-10-12')).toEqual({ kind: 'weekly', every: 2, days: [1] })
  expect(of('2026-09-14', '2026-09-17')).toEqual({ kind: 'daily', every: 3 })
  expect(of('2026-01-15', '2026-02-15', '2026-03-15')).toEqual({ kind: 'monthly_day', every: 1, day: 15 })
  expect(of('2026-01-15', '2026-02-16', '2026-03-15')).toBeUndefined()
  expect(of('2026-01-15')).toBeUndefined()
})
