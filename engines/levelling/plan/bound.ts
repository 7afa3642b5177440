// How early a plan without overloads can end at best: for each finish asked, is there a resource that could not do its work?
//
// A destructive bound: with the finish at F, late dates say when each task must be over. Work that must lie within a
// stretch of time and is more than the resource can do in it refutes F (energetic reasoning). Only what surely holds is
// used: work of tasks that levelling may move, late dates through links that are surely kept.

import type { Clock } from '../../schedule/clock.ts'
import { workBetween } from '../../schedule/clock.ts'
import { compute } from '../../schedule/index.ts'
import type { Minute, Mode, Plan, Task } from '../../schedule/plan.ts'
import { capacityOf, type Need, type Steps } from './capacity.ts'
import type { Passes } from './passes.ts'

export interface PlanBound {
  readonly finish: Minute
  /** The resource that refutes any earlier finish; none where the links alone do. */
  readonly resource?: string
}

/** Tasks of one resource and one clock. */
interface Group {
  readonly resource: number
  readonly clock: Clock
  readonly capacity: Steps
  readonly tasks: readonly {
    readonly index: number
    readonly from: Minute
    readonly minutes: number
    readonly units: number
  }[]
}

/** Groups up to this many tasks are asked about parts of tasks too, larger ones about whole tasks. */
const SMALL = 100
/** Stretches that begin at more instants than this are not all asked about. */
const MOST_BEGINNINGS = 2_000
/** A first step of a day, doubled this often: some three years. */
const MOST_STEPS = 11
/** Plans above this size are answered to the day. */
const LARGE = 3_000
const DAY = 1_440

/** `es` and `ef` are the dates without any delay. Computes the plan some twenty times. */
export function planBound(
  plan: Plan,
  mode: Mode,
  passes: Passes,
  needs: readonly (readonly Need[])[],
  es: Float64Array,
  ef: Float64Array,
  finish: Minute,
): PlanBound {
  const groups = groupsOf(plan, passes, needs, es, ef)
  if (groups.length === 0) return { finish }
  const late = lateFinishes(plan, mode, passes)
  const refutedBy = (at: Minute): number | undefined => {
    const until = late(at)
    return until && groups.find(group => isRefuted(group, until))?.resource
  }
  let resource = refutedBy(finish)
  if (resource === undefined) return { finish }
  let low = finish
  let high = finish
  for (let k = 0; ; k++) {
    high = finish + DAY * 2 ** k
    const by = refutedBy(high)
    if (by === undefined) break
    ;[low, resource] = [high, by]
    if (k === MOST_STEPS) return { finish: low, resource: plan.resources[resource]!.id }
  }
  const exact = plan.tasks.length > LARGE ? DAY : 1
  while (high - low > exact) {
    const middle = Math.floor((low + high) / 2)
    const by = refutedBy(middle)
    if (by === undefined) high = middle
    else [low, resource] = [middle, by]
  }
  return { finish: low + 1, resource: plan.resources[resource]!.id }
}

/** Its dates follow its predecessors and nothing else: links to it are kept, and it takes as long wherever it lies. */
const isPlain = ({ constraint, constraint2, segments, milestone }: Task): boolean =>
  ['asap', 'start_no_earlier_than', 'finish_no_earlier_than'].includes(constraint.type) &&
  constraint2 === undefined &&
  segments === undefined &&
  !milestone

function groupsOf(
  plan: Plan,
  passes: Passes,
  needs: readonly (readonly Need[])[],
  es: Float64Array,
  ef: Float64Array,
): Group[] {
  const status = plan.options.statusDate ?? Number.NEGATIVE_INFINITY
  return plan.resources.flatMap((each, resource) => {
    const capacity = capacityOf(each)
    const most = Math.max(...capacity.value)
    const byClock = new Map<Clock, Group['tasks'][number][]>()
    plan.tasks.forEach((task, index) => {
      const units = needs[index]?.find(need => need.resource === resource)?.units ?? 0
      // What needs more than there ever is stays where it is, whatever levelling does.
      if (units === 0 || units > most || !passes.movable(index) || !isPlain(task)) return
      const { clock, minutes } = passes.atLeast(index)
      const [start, end] = [es[index]!, ef[index]!]
      if (minutes <= 0 || workBetween(clock, start, end) < minutes - 1e-6) return
      // What is before the status date takes nothing any more.
      const past = start < status ? workBetween(clock, start, Math.min(status, end)) : 0
      if (minutes - past <= 0) return
      const known = byClock.get(clock) ?? []
      byClock.set(clock, known)
      known.push({ index, from: Math.max(status, start), minutes: minutes - past, units })
    })
    return [...byClock].map(([clock, tasks]) => ({ resource, clock, capacity, tasks }))
  })
}

/** Latest finish of each task when the plan ends at an instant; undefined when that cannot be computed. */
function lateFinishes(plan: Plan, mode: Mode, passes: Passes): (finish: Minute) => Float64Array | undefined {
  const kept = new Set(
    plan.tasks
      .filter((task, i) => passes.movable(i) && isPlain(task) && !passes.network.summary[i])
      .map(task => task.id),
  )
  const { finish: _, ...options } = plan.options
  const end = 'the end of the plan'
  const loose: Plan = {
    ...plan,
    options: { ...options, multipleCriticalPaths: false },
    links: plan.links.filter(link => kept.has(link.to)),
    tasks: plan.tasks.map((task, i) => {
      const { deadline: _, constraint2: __, ...rest } = task
      return isPlain(task) || !passes.movable(i) ? rest : { ...rest, constraint: { type: 'asap' } }
    }),
  }
  return finish => {
    const constraint = { type: 'must_finish_on' as const, at: finish }
    const last: Task = { id: end, name: '', kind: 'milestone', milestone: true, duration: 0, constraint }
    const outcome = compute({ ...loose, tasks: [...loose.tasks, last] }, mode)
    if (!outcome.ok) return undefined
    const late = new Map(outcome.schedule.tasks.map(task => [task.id, task.lateFinish]))
    return Float64Array.from(plan.tasks, task => late.get(task.id) ?? Number.POSITIVE_INFINITY)
  }
}

/** What a resource can do between two instants, in thousandths of a unit times minutes of the clock. */
function ableOf({ capacity, clock }: Group): (from: Minute, to: Minute) => number {
  return (from, to) => {
    let sum = 0
    for (let k = 0; k < capacity.at.length; k++) {
      const a = Math.max(from, capacity.at[k]!)
      const b = Math.min(to, capacity.at[k + 1] ?? to)
      if (a < b) sum += capacity.value[k]! * workBetween(clock, a, b)
    }
    return sum
  }
}

function isRefuted(group: Group, late: Float64Array): boolean {
  const { tasks, clock } = group
  const able = ableOf(group)
  const byEnd = [...tasks].sort((a, b) => late[a.index]! - late[b.index]!)
  const beginnings = [...new Set(tasks.map(task => task.from))].sort((a, b) => a - b)
  const stride = Math.ceil(beginnings.length / MOST_BEGINNINGS)
  for (let k = 0; k < beginnings.length; k += stride) {
    const from = beginnings[k]!
    let whole = 0
    for (const [at, { index, from: start, minutes, units }] of byEnd.entries()) {
      const to = late[index]!
      if (start >= from) whole += units * minutes
      // The last of those that end together speaks for them.
      if (byEnd[at + 1] && late[byEnd[at + 1]!.index] === to) continue
      let sum = whole
      if (tasks.length <= SMALL) {
        sum = 0
        const within = workBetween(clock, from, to)
        for (const task of tasks) {
          const before = Math.max(0, workBetween(clock, task.from, from))
          const after = Math.max(0, workBetween(clock, to, late[task.index]!))
          sum += task.units * Math.max(0, Math.min(within, task.minutes - before, task.minutes - after))
        }
      }
      if (sum > able(from, to) + 1e-3) return true
    }
  }
  return false
}
