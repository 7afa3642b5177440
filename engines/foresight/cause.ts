// Which open tasks are late by themselves, and why: what only passes on the delay of an open task before it is not a cause.
import type { Minute, Task } from '../schedule/plan.ts'
import type { TaskDates } from '../schedule/result.ts'
import { clockOf, type Net, NOW, pinned, type Span } from './forecast.ts'
import type { LateReason } from './outlook.ts'
import { isLeaf } from './structure.ts'
import type { World } from './world.ts'

export interface Cause {
  readonly net: Net
  readonly at: number
  readonly reason: LateReason
  /** Working minutes of its own plan that it is late by itself. */
  readonly lateBy: number
  /** Where it would stand if it were in time. */
  readonly inTime: Span
}

/** What was promised: the baseline, else the plan as it stands. */
const promised = (net: Net, i: number): Span => {
  const standing = net.standing[i] ?? { start: 0, finish: 0 }
  const baseline = net.watched.plan.tasks[i]?.baselines?.find(each => each.number === 0)
  const { start = standing.start, finish = standing.finish } = baseline ?? {}
  return { start, finish }
}

const isOpen = (task: Task | undefined): task is Task =>
  task !== undefined && isLeaf(task) && task.actualFinish === undefined && task.external !== true

/** Causes of one plan, in its order; what leads to no other department is left out. */
export function causesOf(world: World, net: Net): readonly Cause[] {
  const least = net.watched.limits.leastDays * net.perDay
  const leading = leadingOut(net)
  return net.watched.plan.tasks.flatMap((task, i): Cause[] => {
    const will = net.forecast[i]
    if (!leading.has(i) || !isOpen(task) || !will) return []
    const due = promised(net, i)
    if (will.finish <= due.finish) return []
    const found = ownDelay(world, net, i, task, will, due)
    if (!found || found.lateBy < Math.max(1, least)) return []
    return [{ net, at: i, ...found }]
  })
}

/** Tasks that another plan or another department of this one comes after, near or far. */
function leadingOut({ watched, structure, leaving }: Net): ReadonlySet<number> {
  const { tasks } = watched.plan
  const department = (i: number) => watched.departments.get(tasks[i]?.id ?? '') ?? watched.department
  const found = new Set<number>()
  for (const { from } of leaving) {
    const at = structure.position.get(from.task)
    if (at !== undefined) for (const i of structure.leaves(at)) found.add(i)
  }
  if (watched.departments.size > 0)
    for (const i of tasks.keys())
      for (const { from } of structure.before(i))
        if (from < tasks.length && department(from) !== department(i)) found.add(from)
  for (const i of found) for (const { from } of structure.before(i)) if (from < tasks.length) found.add(from)
  return found
}

function ownDelay(
  world: World,
  net: Net,
  i: number,
  task: Task,
  will: Span,
  due: Span,
): Pick<Cause, 'reason' | 'lateBy' | 'inTime'> | undefined {
  const lateBy = net.clock.work(due.finish, will.finish)
  const grown = grownBy(task)
  const whole = (reason: LateReason) => ({ reason, lateBy, inTime: due })
  if (task.actualStart !== undefined) {
    if (net.slow.has(i)) return whole('slow')
    const dates = net.compiled.readTask(i)
    if (drivenByLate(world, net, dates.why.finish)) return undefined
    return whole(grown > 0 ? 'longer' : 'behind')
  }
  const { why } = net.compiled.readTask(i)
  if (drivenByLate(world, net, why.start) || drivenByLate(world, net, why.finish)) {
    // It passes a delay on; its own part is what it has grown by itself.
    if (grown <= 0) return undefined
    const finish = clockOf(net, task).add(will.finish, -grown)
    return { reason: 'longer', lateBy: Math.min(grown, lateBy), inTime: { start: will.start, finish } }
  }
  if (fromOf(why.start) === NOW) return whole('not_started')
  if (will.start > due.start) return whole(fromOf(why.start) === undefined ? 'later' : 'behind')
  return whole(grown > 0 ? 'longer' : 'later')
}

/** Working minutes by which a task is longer than in its baseline. */
function grownBy(task: Task): number {
  const planned = task.baselines?.find(each => each.number === 0)?.duration
  return planned === undefined ? 0 : task.duration - planned
}

const fromOf = (why: TaskDates['why']['start']): string | undefined =>
  why.kind === 'link' || why.kind === 'calendar' ? why.from : undefined

/** Does an open task that is itself late hold this date, here or in another plan? */
function drivenByLate(world: World, net: Net, why: TaskDates['why']['start']): boolean {
  const from = fromOf(why)
  if (from === undefined) return false
  const at = net.structure.position.get(from)
  if (at === undefined) return false
  const link = net.standsFor.get(at)
  if (link) {
    const other = world.nets.get(link.from.plan)
    const there = other?.structure.position.get(link.from.task)
    return other !== undefined && there !== undefined && anyLate(other, there)
  }
  return anyLate(net, at)
}

const anyLate = (net: Net, at: number): boolean =>
  net.structure.leaves(at).some(i => {
    const will = net.forecast[i]
    return isOpen(net.watched.plan.tasks[i]) && will !== undefined && will.finish > promised(net, i).finish
  })

/** The cause in time. */
export const inTime =
  ({ inTime }: Cause) =>
  (task: Task): Task =>
    pinned(task, inTime)

/** The cause still later by working minutes of its plan. */
export function evenLater({ net, at }: Cause, minutes: number): (task: Task) => Task {
  const will = net.forecast[at] ?? { start: 0, finish: 0 }
  const later = (date: Minute) => net.clock.add(date, minutes)
  const begun = net.watched.plan.tasks[at]?.actualStart !== undefined
  return task => pinned(task, { start: begun ? will.start : later(will.start), finish: later(will.finish) })
}
