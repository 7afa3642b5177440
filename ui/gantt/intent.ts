// What a person means, as edits: drag a bar, set progress, link a selection. Pure.
import type { CalendarClock } from '@yingzao/engines/schedule'
import { calendarClock } from '@yingzao/engines/schedule'
import type { PlanEdit, TaskPatch } from '@yingzao/engines/schedule/edit'
import type { Link, LinkType, Minute, Plan, Task } from '@yingzao/engines/schedule/plan'
import { isMilestone } from './outline.ts'

/** The clock a task's duration is counted on; undefined when its calendar cannot be used. */
export function clockOf(plan: Plan, task: Task): CalendarClock | undefined {
  const outcome = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
  return outcome.ok ? outcome.clock : undefined
}

/** Working (or elapsed) minutes between two dates of a task. */
export function durationBetween(plan: Plan, task: Task, from: Minute, to: Minute): number {
  const clock = task.elapsed ? undefined : clockOf(plan, task)
  return Math.max(0, Math.round(clock ? clock.work(from, to) : to - from))
}

/** A new duration, with what hangs on it: progress keeps what is done, nothing left to do makes a milestone. */
export function durationPatch(plan: Plan, task: Task, minutes: number): TaskPatch {
  const patch: TaskPatch = { duration: minutes, estimated: null }
  if (minutes === 0 && task.kind === 'task' && (task.percentComplete ?? 0) === 0) {
    Object.assign(patch, { kind: 'milestone', milestone: true } satisfies TaskPatch)
  } else if (minutes > 0 && isMilestone(task)) {
    Object.assign(patch, { kind: 'task', milestone: null } satisfies TaskPatch)
  }
  const done = doneMinutes(task)
  if (done > 0 && task.actualFinish === undefined) {
    const actualDuration = Math.min(done, minutes)
    patch.actualDuration = actualDuration
    patch.remainingDuration = minutes - actualDuration
    patch.percentComplete = minutes === 0 ? 100 : Math.round((actualDuration / minutes) * 1000) / 10
  }
  if (task.manual && task.manualStart !== undefined) {
    patch.manualDuration = minutes
    const clock = task.elapsed ? undefined : clockOf(plan, task)
    patch.manualFinish = clock ? clock.add(task.manualStart, minutes) : task.manualStart + minutes
  }
  return patch
}

const doneMinutes = (task: Task): number =>
  Math.round(task.actualDuration ?? (task.duration * (task.percentComplete ?? 0)) / 100)

/** Progress with the actual dates it implies; the scheduled dates become actual ones where none were reported. */
export function progressPatch(task: Task, percent: number, scheduled: { start: Minute; finish: Minute }): TaskPatch {
  if (percent <= 0) {
    return { percentComplete: 0, actualStart: null, actualFinish: null, actualDuration: null, remainingDuration: null }
  }
  const actualDuration = Math.round((task.duration * Math.min(100, percent)) / 100)
  return {
    percentComplete: Math.min(100, percent),
    actualStart: task.actualStart ?? scheduled.start,
    actualFinish: percent >= 100 ? (task.actualFinish ?? scheduled.finish) : null,
    actualDuration,
    remainingDuration: task.duration - actualDuration,
  }
}

/** A start that somebody wants: an actual one moves, a manual one is kept, otherwise "no earlier than" (as both planners do). */
export function startPatch(plan: Plan, task: Task, at: Minute): TaskPatch {
  if (task.actualStart !== undefined) return { actualStart: at }
  if (task.manual) {
    const clock = task.elapsed ? undefined : clockOf(plan, task)
    const minutes = task.manualDuration ?? task.duration
    return { manualStart: at, manualFinish: clock ? clock.add(at, minutes) : at + minutes, placeholder: null }
  }
  return { constraint: { type: 'start_no_earlier_than', at } }
}

/** A finish that somebody wants. */
export function finishPatch(plan: Plan, task: Task, at: Minute): TaskPatch {
  if (task.actualFinish !== undefined) return { actualFinish: at }
  if (task.manual && task.manualStart !== undefined) {
    const minutes = durationBetween(plan, task, task.manualStart, at)
    return { manualFinish: at, manualDuration: minutes, duration: minutes, placeholder: null }
  }
  return { constraint: { type: 'finish_no_earlier_than', at } }
}

export const newLink = (id: string, from: string, to: string, type: LinkType = 'FS'): Link => ({
  id,
  from,
  to,
  type,
  lag: { kind: 'working', minutes: 0 },
})

/** Links tasks in a chain, in the order given, leaving pairs that are linked already. */
export function chainEdits(plan: Plan, tasks: readonly string[], newId: () => string): PlanEdit[] {
  const edits: PlanEdit[] = []
  for (let i = 1; i < tasks.length; i++) {
    const from = tasks[i - 1]!
    const to = tasks[i]!
    const linked = plan.links.some(
      link => (link.from === from && link.to === to) || (link.from === to && link.to === from),
    )
    if (!linked) edits.push({ kind: 'link.add', link: newLink(newId(), from, to) })
  }
  return edits
}

export function newTask(plan: Plan, id: string, name: string, parent: string | undefined, start: Minute): Task {
  const minutes = plan.options.minutesPerDay
  const manual = plan.mode === 'ms' && plan.options.newTasksManual
  return {
    id,
    name,
    kind: 'task',
    duration: minutes,
    durationUnit: 'd',
    estimated: true,
    constraint: { type: 'asap' },
    ...(parent === undefined ? {} : { parent }),
    ...(manual ? { manual: true, manualStart: start, manualDuration: minutes } : {}),
  }
}
