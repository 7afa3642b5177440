// Compares what a file stored with what we compute, so that an import never moves a date silently.
import { workBetween } from './clock.ts'
import { clockShelf, ELAPSED } from './clock-shelf.ts'
import type { Plan, StoredDates } from './plan.ts'
import type { Schedule, TaskDates, Why } from './result.ts'

export const storedFields = [
  'earlyStart',
  'earlyFinish',
  'lateStart',
  'lateFinish',
  'start',
  'finish',
  'totalFloat',
  'freeFloat',
  'critical',
] as const
export type StoredField = (typeof storedFields)[number]

/** Minutes within which a stored and a computed value are the same: files store tenths of minutes, cut, not rounded. */
export const TOLERANCE = 0.29

/**
 * Why a value differs: `follows` = a task that it depends on differs already (look there first); `computed` = what holds
 * our date, which the file's own program saw otherwise or had not recalculated.
 */
export type DifferenceReason =
  | { kind: 'follows'; task: string }
  | { kind: 'computed'; why: Why }
  /** No working time lies between the two dates: Friday 17:00 and Monday 08:00. */
  | { kind: 'same_moment' }

export interface StoredDifference {
  task: string
  field: StoredField
  /** Minutes; critical as 0 or 1. */
  stored: number
  computed: number
  reason: DifferenceReason
}

export interface FieldCount {
  compared: number
  /** Within the tolerance, and how many more are the same moment of work. */
  equal: number
  sameMoment: number
}

export interface StoredCheck {
  /** Tasks with at least one stored value, and those of them that agree in every field (or are the same moment of work). */
  tasks: number
  agreeing: number
  fields: Readonly<Record<StoredField, FieldCount>>
  differences: readonly StoredDifference[]
}

/** Lists each difference between stored and computed values of a plan. Summaries count too; inactive tasks do not. */
export function checkAgainstStored(plan: Plan, schedule: Schedule): StoredCheck {
  const fields: Record<StoredField, FieldCount> = {
    earlyStart: none(),
    earlyFinish: none(),
    lateStart: none(),
    lateFinish: none(),
    start: none(),
    finish: none(),
    totalFloat: none(),
    freeFloat: none(),
    critical: none(),
  }
  const shelf = clockShelf(plan)
  const found: { index: number; field: StoredField; stored: number; computed: number; same: boolean }[] = []
  const differing = new Set<string>()
  let tasks = 0
  plan.tasks.forEach((task, index) => {
    const dates = schedule.tasks[index]
    if (!dates || !task.stored || task.inactive || task.external) return
    let compared = 0
    for (const field of storedFields) {
      const stored = minutesOf(task.stored, field)
      if (stored === undefined) continue
      const computed = minutesOf(dates, field) ?? Number.NaN
      compared++
      fields[field].compared++
      if (Math.abs(stored - computed) <= TOLERANCE) fields[field].equal++
      else {
        const number = shelf.of(task.calendar ?? plan.options.calendar)
        const clock = shelf.clocks[task.elapsed || typeof number !== 'number' ? ELAPSED : number]!
        const same = isDate(field) && Math.abs(workBetween(clock, stored, computed)) <= TOLERANCE
        if (same) fields[field].sameMoment++
        else differing.add(task.id)
        found.push({ index, field, stored, computed, same })
      }
    }
    if (compared > 0) tasks++
  })
  return {
    tasks,
    agreeing: tasks - differing.size,
    fields,
    differences: found.map(({ index, field, stored, computed, same }) => {
      const dates = schedule.tasks[index]!
      const reason: DifferenceReason = same ? { kind: 'same_moment' } : reasonOf(dates, field, differing)
      return { task: dates.id, field, stored, computed, reason }
    }),
  }
}

function none(): FieldCount {
  return { compared: 0, equal: 0, sameMoment: 0 }
}

function isDate(field: StoredField): boolean {
  return field !== 'totalFloat' && field !== 'freeFloat' && field !== 'critical'
}

function minutesOf(dates: StoredDates | TaskDates, field: StoredField): number | undefined {
  const value = dates[field]
  return typeof value === 'boolean' ? Number(value) : value
}

function reasonOf(dates: TaskDates, field: StoredField, differing: ReadonlySet<string>): DifferenceReason {
  const { why } = dates
  const held =
    field === 'earlyStart' || field === 'start'
      ? why.start
      : field === 'earlyFinish' || field === 'finish'
        ? why.finish
        : why.late
  const upstream =
    held.kind === 'link' || held.kind === 'calendar' ? held.from : held.kind === 'children' ? held.task : undefined
  return upstream !== undefined && differing.has(upstream)
    ? { kind: 'follows', task: upstream }
    : { kind: 'computed', why: held }
}
