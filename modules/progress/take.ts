// What somebody said of a task, as edits of the plan. Pure: the server takes reports with it and shows their consequence
// before they are taken.
import { type CalendarClock, calendarClock, type Plan, type PlanEdit, type Task } from '@yingzao/engines/schedule'
import type { TaskPatch } from '@yingzao/engines/schedule/edit'

/** Days since 1970-01-01; shares 0–1; working minutes. `on` is the day whose evening the report speaks of. */
export interface Said {
  readonly on: number
  readonly percent?: number | undefined
  readonly remaining?: number | undefined
  readonly startDay?: number | undefined
  readonly finishDay?: number | undefined
}
export interface Scheduled {
  readonly start: number
  readonly finish: number
}

/** Progress is said in whole percent: less than one behind is on time. */
const WHOLE = 0.01
const DAY = 1440

/** A report that is done says when: without a day, the day of the report. */
export function settled(said: Said): Said {
  const done = said.percent === 1 || (said.remaining === 0 && said.percent === undefined)
  return done && said.finishDay === undefined ? { ...said, finishDay: said.on } : said
}

/** The moment of a day: the scheduled one when it lies on that day, else the usual hour. */
const momentOn = (day: number, scheduled: number, usual: number): number =>
  Math.floor(scheduled / DAY) === day ? scheduled : day * DAY + usual

/** The evening of a day, in the plan's usual hours. */
export const eveningOf = (plan: Plan, day: number): number => day * DAY + plan.options.defaultFinish

/** The actual start that a report means: said, known, or assumed as planned but not after the day it speaks of. */
export function startOf(plan: Plan, task: Task, scheduled: Scheduled, said: Said): number {
  const { defaultStart } = plan.options
  if (said.startDay !== undefined)
    return task.actualStart !== undefined && Math.floor(task.actualStart / DAY) === said.startDay
      ? task.actualStart
      : momentOn(said.startDay, scheduled.start, defaultStart)
  if (task.actualStart !== undefined) return task.actualStart
  const latest = said.finishDay ?? said.on
  return Math.floor(scheduled.start / DAY) <= latest ? scheduled.start : latest * DAY + defaultStart
}

/**
 * The edits that a report means; none when it says nothing that a plan can hold. In both modes finished work takes the time
 * it took. Microsoft's rules: what is behind goes on after the day of the report, what is ahead keeps its finish, and a
 * remaining time said changes the duration. Primavera's: the remaining time counts, from the data date on.
 */
export function editsOf(plan: Plan, task: Task, scheduled: Scheduled, given: Said): PlanEdit[] {
  const said = settled(given)
  const clock = clockOf(plan, task)
  const says = [said.percent, said.remaining, said.startDay, said.finishDay].some(each => each !== undefined)
  if (!says) return []
  const worked = (from: number, to: number) => Math.max(0, Math.round(clock ? clock.work(from, to) : to - from))
  const start = startOf(plan, task, scheduled, said)
  const evening = eveningOf(plan, said.on)
  const patch: TaskPatch =
    said.finishDay !== undefined
      ? finished(plan, task, scheduled, start, said.finishDay, worked)
      : said.percent !== undefined
        ? partly(plan, task, start, evening, said.percent, worked(start, evening))
        : said.remaining !== undefined
          ? left(plan, task, start, said.remaining, worked(start, evening))
          : { actualStart: start }
  const changed = Object.entries(patch).filter(([name, value]) => (Reflect.get(task, name) ?? null) !== (value ?? null))
  const own = { ...Object.fromEntries(changed), ...(task.manual ? manualDates(task, patch, evening, clock) : {}) }
  const edits: PlanEdit[] = Object.keys(own).length === 0 ? [] : [{ kind: 'task.set', id: task.id, patch: own }]
  return [...edits, ...workDone(plan, task, patch)]
}

function clockOf(plan: Plan, task: Task): CalendarClock | undefined {
  if (task.elapsed) return undefined
  const outcome = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
  return outcome.ok ? outcome.clock : undefined
}

function finished(
  plan: Plan,
  task: Task,
  scheduled: Scheduled,
  start: number,
  day: number,
  worked: (from: number, to: number) => number,
): TaskPatch {
  const milestone = task.duration === 0 || task.kind === 'milestone' || task.kind === 'start_milestone'
  const known = task.actualFinish !== undefined && Math.floor(task.actualFinish / DAY) === day
  const at = known ? (task.actualFinish ?? 0) : momentOn(day, scheduled.finish, plan.options.defaultFinish)
  const finish = milestone ? at : Math.max(at, start)
  // Done entirely in time off, it still was work: it keeps its length.
  const took = milestone ? 0 : worked(start, finish) || task.duration
  return {
    percentComplete: 100,
    actualStart: milestone ? finish : start,
    actualFinish: finish,
    actualDuration: took,
    remainingDuration: 0,
    resume: null,
    // Primavera keeps the original duration beside the actual one.
    ...(plan.mode === 'ms' ? { duration: took } : {}),
  }
}

function partly(plan: Plan, task: Task, start: number, evening: number, share: number, worked: number): TaskPatch {
  // Nothing done of something that never began is no progress to write.
  if (share === 0 && task.actualStart === undefined) return {}
  const done = Math.round(task.duration * share)
  const base: TaskPatch = {
    percentComplete: Math.round(share * 10_000) / 100,
    actualStart: start,
    actualFinish: null,
    remainingDuration: task.duration - done,
  }
  if (plan.mode === 'p6') return { ...base, actualDuration: worked }
  const behind = worked - done > WHOLE * task.duration
  return { ...base, actualDuration: done, resume: behind ? evening : null }
}

function left(plan: Plan, task: Task, start: number, remaining: number, worked: number): TaskPatch {
  const base: TaskPatch = { actualStart: start, actualFinish: null, remainingDuration: remaining }
  if (plan.mode === 'p6') {
    const done = task.duration > 0 ? Math.min(1, Math.max(0, 1 - remaining / task.duration)) : 0
    return { ...base, percentComplete: Math.round(done * 10_000) / 100, actualDuration: worked }
  }
  const duration = worked + remaining
  const percent = duration > 0 ? Math.round((worked / duration) * 10_000) / 100 : 0
  return { ...base, duration, actualDuration: worked, percentComplete: percent, resume: null }
}

/** A task that its planner dates by hand follows what happened, since nothing else moves it. */
function manualDates(task: Task, patch: TaskPatch, evening: number, clock: CalendarClock | undefined): TaskPatch {
  const start = patch.actualStart ?? task.manualStart
  if (start === undefined || start === null) return {}
  const add = (from: number, minutes: number) => (clock ? clock.add(from, minutes) : from + minutes)
  const remaining = patch.remainingDuration ?? task.duration
  const resumed =
    typeof patch.resume === 'number' ? add(evening, remaining) : add(start, patch.duration ?? task.duration)
  return { manualStart: start, manualFinish: patch.actualFinish ?? resumed, placeholder: null }
}

/** Work of people and machines goes along with the task: what is left of it decides the finish of a driven task. */
function workDone(plan: Plan, task: Task, patch: TaskPatch): PlanEdit[] {
  const { percentComplete } = patch
  if (percentComplete === undefined || percentComplete === null) return []
  const duration = patch.duration ?? task.duration
  const kinds = new Map(plan.resources.map(resource => [resource.id, resource.kind]))
  return plan.assignments.flatMap((item): PlanEdit[] => {
    if (item.task !== task.id || kinds.get(item.resource) !== 'work') return []
    const before = item.work ?? task.duration * item.units
    const work = task.duration > 0 ? Math.round((before * duration) / task.duration) : before
    const actualWork = Math.round((work * percentComplete) / 100)
    const next = { work, actualWork, remainingWork: work - actualWork }
    const same = item.work === work && item.actualWork === actualWork && item.remainingWork === next.remainingWork
    return same ? [] : [{ kind: 'assignment.set', id: item.id, patch: next }]
  })
}

/**
 * Microsoft's rules leave what nobody reported where it was planned, also in the past. Afterwards no work that is left lies
 * before the status date: begun work goes on after it, other work starts no earlier. (Primavera's rules do so by themselves.)
 */
export function rescheduled(plan: Plan, dates: ReadonlyMap<string, Scheduled>, status: number): PlanEdit[] {
  if (plan.mode === 'p6') return []
  return plan.tasks.flatMap((task): PlanEdit[] => {
    const at = dates.get(task.id)
    const free = task.kind === 'task' || task.kind === 'resource_dependent' || task.kind === 'milestone'
    if (!at || !free || task.inactive || task.manual || task.external || task.actualFinish !== undefined) return []
    if (task.actualStart === undefined) {
      const { type, at: bound } = task.constraint
      const movable = type === 'asap' || (type === 'start_no_earlier_than' && (bound ?? 0) < status)
      if (at.start >= status || !movable) return []
      const start = clockOf(plan, task)?.nextWorkStart(status) ?? status
      return [{ kind: 'task.set', id: task.id, patch: { constraint: { type: 'start_no_earlier_than', at: start } } }]
    }
    const done = task.actualDuration ?? (task.duration * (task.percentComplete ?? 0)) / 100
    const clock = clockOf(plan, task)
    const worked = clock ? clock.work(task.actualStart, status) : status - task.actualStart
    if ((task.resume ?? Number.NEGATIVE_INFINITY) >= status || worked - done <= WHOLE * task.duration) return []
    return [{ kind: 'task.set', id: task.id, patch: { resume: status } }]
  })
}
