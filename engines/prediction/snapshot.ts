// What could be known of a task at a moment, and what came of it: the examples that delay prediction learns from.
//
// Everything asks "as of": a date after the moment is not there yet. Shown by a test that changes the future and sees no change.

import type { Minute } from '../schedule/plan.ts'
import { prcHolidays } from '../schedule/prc-holidays.ts'
import type { Example } from './example.ts'

const DAY = 1440
/** Later than promised by no more than this is in time. */
export const TOLERANCE = DAY
/** Moments at which finished tasks are looked back at, in days before their promised start. */
const LEADS = [90, 28, 0] as const
/** Nothing is said of tasks that begin later than what history was looked back at. */
export const FURTHEST_LEAD = 90
/** Rates are drawn towards the rate of all by so many imagined items. */
const SHRINK = 4
/** Work slows down around the Spring Festival, not only on its days off. */
const AROUND_FESTIVAL = 7

export interface WatchedTask {
  readonly id: string
  readonly plan: string
  /** Class of work, person: groups with a record of their own. */
  readonly class: string | null
  readonly responsible: string | null
  readonly promised: { readonly start: Minute; readonly finish: Minute }
  readonly start: Minute | null
  readonly finish: Minute | null
  /** Tasks it waits for, as far as they are among the watched ones; how many wait for it. */
  readonly before: readonly string[]
  readonly after: number
  readonly constrained: boolean
}

export const delayFeatures = [
  'length',
  'lead',
  'start_late',
  'before_late',
  'before_open',
  'after',
  'person_late',
  'plan_late',
  'class_late',
  'constrained',
  'festival',
  'rain',
] as const
export type DelayFeature = (typeof delayFeatures)[number]

export interface Outcome {
  readonly late: boolean
  /** From when on it was known. */
  readonly closed: Minute
}

/** Late as soon as the promise and its tolerance have passed, whether finished since or not; null while nobody can know. */
export function outcomeOf({ promised, finish }: WatchedTask, now: Minute): Outcome | null {
  const limit = promised.finish + TOLERANCE
  if (finish !== null && finish <= limit) return finish <= now ? { late: false, closed: finish } : null
  return limit <= now ? { late: true, closed: limit } : null
}

export interface SnapshotWorld {
  /** In the order of `delayFeatures`; NaN where nothing is known. Days, shares 0–1, counts. */
  featuresAt(task: WatchedTask, at: Minute): number[]
  /** One example a task, looked back at from a moment that only its id decides. */
  examples(): Example[]
}

/** `now`: nothing later is known to anybody. */
export function snapshotWorld(tasks: readonly WatchedTask[], now: Minute): SnapshotWorld {
  const byId = new Map(tasks.map(each => [each.id, each]))
  const rates = {
    all: records(tasks, now, () => ''),
    person: records(tasks, now, each => each.responsible),
    plan: records(tasks, now, each => each.plan),
    class: records(tasks, now, each => each.class),
  }
  const overall = (at: Minute) => {
    const { late, count } = rates.all('', at)
    return (late + 1) / (count + 2)
  }
  const rate = (of: Exclude<keyof typeof rates, 'all'>, key: string | null, at: Minute) => {
    if (key === null) return Number.NaN
    const { late, count } = rates[of](key, at)
    return (late + SHRINK * overall(at)) / (count + SHRINK)
  }
  const featuresAt = (task: WatchedTask, at: Minute): number[] => {
    const { promised } = task
    const before = task.before.flatMap(id => byId.get(id) ?? [])
    const begun = task.start !== null && task.start <= at
    const behind = begun ? (task.start ?? at) - promised.start : Math.max(0, at - promised.start)
    const lateBefore = before.map(each =>
      each.finish !== null && each.finish <= at
        ? each.finish - each.promised.finish
        : Math.max(0, at - each.promised.finish),
    )
    return [
      Math.log1p(Math.max(0, promised.finish - promised.start) / DAY),
      (promised.start - at) / DAY,
      behind / DAY,
      before.length === 0 ? Number.NaN : Math.max(...lateBefore) / DAY,
      before.filter(each => each.finish === null || each.finish > at).length,
      task.after,
      rate('person', task.responsible, at),
      rate('plan', task.plan, at),
      rate('class', task.class, at),
      task.constrained ? 1 : 0,
      festivalDays(promised),
      rainShare(promised),
    ]
  }
  return {
    featuresAt,
    examples: () =>
      tasks.flatMap((task): Example[] => {
        const outcome = outcomeOf(task, now)
        const at = outcome && lookBack(task, outcome.closed)
        if (!outcome || at === null) return []
        return [{ at, closed: outcome.closed, features: featuresAt(task, at), late: outcome.late }]
      }),
  }
}

/** Before its outcome was known: some months ahead, weeks ahead, at the promised start, or half way. */
function lookBack({ id, promised }: WatchedTask, closed: Minute): Minute | null {
  const half = promised.start + (promised.finish - promised.start) / 2
  const moments = [...LEADS.map(days => promised.start - days * DAY), half]
  const first = hash(id) % moments.length
  for (let i = first; i >= 0; i--) if (moments[i]! < closed) return moments[i]!
  return null
}

/** Late and all of a group that were known by a moment. */
function records(
  tasks: readonly WatchedTask[],
  now: Minute,
  groupOf: (task: WatchedTask) => string | null,
): (key: string, at: Minute) => { late: number; count: number } {
  const groups = new Map<string, Outcome[]>()
  for (const task of tasks) {
    const key = groupOf(task)
    const outcome = outcomeOf(task, now)
    if (key === null || !outcome) continue
    const found = groups.get(key)
    if (found) found.push(outcome)
    else groups.set(key, [outcome])
  }
  const sums = new Map(
    [...groups].map(([key, outcomes]) => {
      outcomes.sort((a, b) => a.closed - b.closed)
      let late = 0
      return [
        key,
        { closed: outcomes.map(each => each.closed), late: [0, ...outcomes.map(each => (late += each.late ? 1 : 0))] },
      ]
    }),
  )
  return (key, at) => {
    const known = sums.get(key)
    if (!known) return { late: 0, count: 0 }
    let low = 0
    let high = known.closed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (known.closed[middle]! <= at) low = middle + 1
      else high = middle
    }
    return { late: known.late[low]!, count: low }
  }
}

const festivals = prcHolidays()
  .holidays.filter(({ holiday }) => holiday === '春节')
  .map(({ fromDay, toDay }) => [fromDay - AROUND_FESTIVAL, toDay + AROUND_FESTIVAL + 1] as const)

/** Days of the promised time that lie around a Spring Festival. */
function festivalDays({ start, finish }: WatchedTask['promised']): number {
  const [from, to] = [start / DAY, finish / DAY]
  return festivals.reduce((sum, [first, last]) => sum + Math.max(0, Math.min(to, last) - Math.max(from, first)), 0)
}

/** Share of the promised time in June, July and August: the rainy season of most of the country. */
function rainShare({ start, finish }: WatchedTask['promised']): number {
  const length = Math.max(DAY, finish - start)
  const steps = Math.min(400, Math.max(1, Math.ceil(length / DAY)))
  let wet = 0
  for (let i = 0; i < steps; i++) {
    const month = new Date((start + (length * (i + 0.5)) / steps) * 60_000).getUTCMonth()
    if (month >= 5 && month <= 7) wet++
  }
  return wet / steps
}

/** FNV-1a: the same id is looked back at from the same moment, everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
