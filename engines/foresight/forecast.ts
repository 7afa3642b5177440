// How the work will go if it goes on as it does: every plan computed with what has not begun moved to now, what is under
// way finished at its observed pace, and what waits for another plan waiting for it. All dates come from the CPM engine.

import { type CalendarClock, calendarClock } from '../schedule/calendar.ts'
import type { CompiledPlan } from '../schedule/compiled.ts'
import type { Link, Minute, Plan, Task } from '../schedule/plan.ts'
import { openPlan } from '../schedule/prepare.ts'
import type { ScheduleError } from '../schedule/result.ts'
import type { CrossLink, TaskAt, WatchedPlan } from './outlook.ts'
import { isLeaf, type Structure, structureOf } from './structure.ts'

export interface Span {
  readonly start: Minute
  readonly finish: Minute
}

/** One plan in its forecast; its own tasks come first, so that positions are those of the plan. */
export interface Net {
  readonly watched: WatchedPlan
  readonly clock: CalendarClock
  readonly perDay: number
  readonly compiled: CompiledPlan
  /** With what it waits for, but without what its own tasks are late by. */
  readonly standing: readonly Span[]
  readonly structure: Structure
  readonly forecast: readonly Span[]
  /** Tasks at work whose pace moves their finish. */
  readonly slow: ReadonlySet<number>
  /** Links from this plan to others. */
  readonly leaving: readonly CrossLink[]
  /** What stands here for the other end of a link that comes in, by its position. */
  readonly standsFor: ReadonlyMap<number, CrossLink>
}

export const NOW = '~now'
const START = '~start'
const standInOf = (link: string): string => `~cross:${link}`

/** Less of a task than this says nothing about its pace. */
const LEAST_DONE = 0.2

const zero = { kind: 'working', minutes: 0 } as const

/** A task at given dates, whatever its links and constraints say: as a plan treats tasks of other plans. */
export const pinned = (task: Task, { start, finish }: Span): Task => ({
  ...task,
  manual: false,
  external: true,
  stored: { start, finish },
})

const standInTask = (id: string, span: Span, duration = 0): Task =>
  pinned({ id, name: id, kind: 'task', duration, constraint: { type: 'asap' } }, span)

const spansOf = (compiled: CompiledPlan, count: number): Span[] => {
  const { start, finish } = compiled.dates()
  return Array.from({ length: count }, (_, i) => ({ start: start[i] ?? 0, finish: finish[i] ?? 0 }))
}

/**
 * Computes a plan joined to what it waits for, then follows it to what its own tasks will do. `spanOf` tells where the other
 * end of a link will stand; not known yet, it waits for nothing until `vary` (world.ts) moves the stand-in. Errors: those
 * of the schedule.
 */
export function openNet(
  watched: WatchedPlan,
  links: readonly CrossLink[],
  spanOf: (at: TaskAt) => { readonly span: Span | undefined; readonly duration: number },
): { ok: true; net: Net } | { ok: false; error: ScheduleError } {
  const { plan, id } = watched
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  if (!clock.ok) return clock
  const coming = links.filter(({ to }) => to.plan === id)
  const joined = joinedTo(plan, coming, spanOf)
  const opened = openPlan(joined, plan.mode)
  if (!opened.ok) return opened
  const error = opened.compiled.run()
  if (error) return { ok: false, error }
  const standing = spansOf(opened.compiled, joined.tasks.length)
  const structure = structureOf(joined)
  const timing = { watched, clock: clock.clock }
  const { next, slow } = wentOn(joined, structure, standing, timing)
  const followed = next === joined ? opened : opened.compiled.follow(next)
  if (!followed.ok) return followed
  const net: Net = {
    ...{ ...timing, standing, structure, slow, perDay: Math.max(1, plan.options.minutesPerDay) },
    compiled: followed.compiled,
    forecast: next === joined ? standing : spansOf(followed.compiled, next.tasks.length),
    leaving: links.filter(({ from }) => from.plan === id),
    standsFor: new Map(coming.map((link, index) => [plan.tasks.length + index, link])),
  }
  return { ok: true, net }
}

/** The plan with a stand-in for the other end of each link that comes in. */
export function joinedTo(plan: Plan, coming: readonly CrossLink[], spanOf: Parameters<typeof openNet>[2]): Plan {
  if (coming.length === 0) return plan
  const { start } = plan.options
  const more: Task[] = coming.map(link => {
    const { span, duration } = spanOf(link.from)
    return standInTask(standInOf(link.id), span ?? { start, finish: start }, duration)
  })
  const ties: Link[] = coming.map(({ id, type, lag, to }) => ({
    ...{ id: standInOf(id), from: standInOf(id), to: to.task },
    ...{ type, lag },
  }))
  // Without it a task that waits only for another plan could begin before its own.
  more.push(standInTask(START, { start, finish: start }))
  for (const to of new Set(coming.map(link => link.to.task)))
    ties.push({ id: `${START}:${to}`, from: START, to, type: 'FS', lag: zero })
  return { ...plan, tasks: [...plan.tasks, ...more], links: [...plan.links, ...ties] }
}

/** What is under way goes on at its pace, what could have begun begins now. */
function wentOn(
  joined: Plan,
  structure: Structure,
  standing: readonly Span[],
  timing: Pick<Net, 'watched' | 'clock'>,
): { readonly next: Plan; readonly slow: ReadonlySet<number> } {
  const { plan, now } = timing.watched
  const slow = new Map<number, Span>()
  const idle: string[] = []
  for (const [i, task] of plan.tasks.entries()) {
    const span = standing[i]
    if (!span || !isLeaf(task) || task.actualFinish !== undefined || task.external) continue
    if (task.actualStart !== undefined) {
      const finish = paced(timing, task, now)
      if (finish > span.finish) slow.set(i, { start: task.actualStart, finish })
    } else if (span.start < now && task.manual !== true) {
      // What waits for something open is moved by that, and is not late by itself.
      const waits = structure.before(i).some(({ from }) => isWaitedFor(joined.tasks[from], standing[from], now))
      if (!waits) idle.push(task.id)
    }
  }
  if (slow.size === 0 && idle.length === 0) return { next: joined, slow: new Set() }
  const tasks = joined.tasks.map((task, i) => {
    const span = slow.get(i)
    return span ? pinned(task, span) : task
  })
  if (idle.length === 0) return { next: { ...joined, tasks }, slow: new Set(slow.keys()) }
  const ties = idle.map((to): Link => ({ id: `${NOW}:${to}`, from: NOW, to, type: 'FS', lag: zero }))
  const next = {
    ...joined,
    tasks: [...tasks, standInTask(NOW, { start: now, finish: now })],
    links: [...joined.links, ...ties],
  }
  return { next, slow: new Set(slow.keys()) }
}

/** Open work; of what stands for another plan only what will still be open now. */
const isWaitedFor = (task: Task | undefined, span: Span | undefined, now: Minute): boolean =>
  task !== undefined && (task.external ? span !== undefined && span.finish > now : task.actualFinish === undefined)

/** When a task that has begun will be finished: what is left of it from now on, no faster than it went so far. */
function paced(net: Pick<Net, 'watched' | 'clock'>, task: Task, now: Minute): Minute {
  const clock = clockOf(net, task)
  const began = task.actualStart ?? now
  const worked = clock.work(began, now)
  const done = task.actualDuration ?? (task.duration * (task.percentComplete ?? 0)) / 100
  const rest = Math.max(0, task.remainingDuration ?? task.duration - done)
  // Progress is reported in whole percents: being behind by less than one says nothing.
  const credited = done + task.duration / 100
  const pace = done >= task.duration * LEAST_DONE && worked > credited ? worked / credited : 1
  return clock.add(Math.max(now, began), Math.round(rest * pace))
}

const ROUND_THE_CLOCK: Pick<CalendarClock, 'add' | 'work'> = {
  add: (at, minutes) => at + minutes,
  work: (from, to) => to - from,
}

export function clockOf(net: Pick<Net, 'watched' | 'clock'>, task: Task): Pick<CalendarClock, 'add' | 'work'> {
  if (task.elapsed) return ROUND_THE_CLOCK
  if (task.calendar === undefined) return net.clock
  const own = calendarClock(net.watched.plan.calendars, task.calendar)
  return own.ok ? own.clock : net.clock
}
