// What an epic or a sprint says of its task in the plan: how far, since when, until when. Pure.
import { itemsAt } from '@yingzao/engines/flow'
import type { CalendarClock, Minute, Task, TaskDates } from '@yingzao/engines/schedule'
import type { TaskPatch } from '@yingzao/engines/schedule/edit'
import { flowEvents, flowStages, type WorkEvent } from './event-log.ts'

export interface Progress {
  readonly done: number
  readonly total: number
  /** By points where there are any, else by items. */
  readonly unit: 'points' | 'items'
  /** 0–100, whole. */
  readonly percent: number
  readonly start: Minute | null
  readonly finish: Minute | null
  /** The moment it was told. */
  readonly now: Minute
}

/** When a sprint runs, on the wall; an epic has no dates of its own. */
export interface Window {
  readonly start: Minute
  readonly finish: Minute
  readonly begun: boolean
  readonly over: boolean
}

/** Items of the source now: what is done of them, when the first was begun, when the last was finished. */
export function progressFrom(
  zone: string,
  events: readonly WorkEvent[],
  inside: (event: WorkEvent) => boolean,
  now: Minute,
  window?: Window,
): Progress {
  const outcome = itemsAt(flowStages, flowEvents(zone, events, inside), now)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const items = outcome.items.filter(item => item.stage >= 0)
  const points = items.reduce((sum, item) => sum + item.points, 0)
  const unit = points > 0 ? 'points' : 'items'
  const worth = (item: { readonly points: number }) => (unit === 'points' ? item.points : 1)
  const total = items.reduce((sum, item) => sum + worth(item), 0)
  const done = items.reduce((sum, item) => sum + (item.finished === undefined ? 0 : worth(item)), 0)
  const ready = items.length > 0 && items.every(item => item.finished !== undefined)
  const begun = items.flatMap(item => item.started ?? [])
  // Nearly all is not all: 100 is only said when nothing is left.
  const share = window?.over || ready ? 100 : total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0
  return {
    ...{ done, total, unit, now, percent: share },
    start: window ? (window.begun ? window.start : null) : begun.length > 0 ? Math.min(...begun) : null,
    finish: window
      ? window.over
        ? window.finish
        : null
      : ready
        ? Math.max(...items.map(item => item.finished ?? now))
        : null,
  }
}

/**
 * The task as the source says it: progress with its actual dates; of a sprint also how long it lasts, and before it has begun
 * when it shall. A task that agrees gives an empty patch.
 */
export function taskPatch(
  task: Task,
  { percent, start, finish, now }: Progress,
  clock: CalendarClock,
  scheduled: Pick<TaskDates, 'start' | 'finish'>,
  window?: Window,
): TaskPatch {
  if (start === null) {
    if (!window) return {}
    const from = clock.nextWorkStart(window.start)
    const duration = Math.max(1, clock.work(from, window.finish))
    if (scheduled.start === from && task.duration === duration) return {}
    return { constraint: { type: 'start_no_earlier_than', at: from }, duration }
  }
  const from =
    task.actualStart !== undefined && sameDay(task.actualStart, start) ? task.actualStart : clock.nextWorkStart(start)
  const until = finish ?? window?.finish
  const duration = until === undefined ? lasting(task, clock, from, now, percent) : Math.max(1, clock.work(from, until))
  const actualDuration = Math.round((duration * percent) / 100)
  const actualFinish = percent < 100 ? null : clock.add(from, duration)
  const agrees =
    task.actualStart === from &&
    Math.round(task.percentComplete ?? 0) === percent &&
    task.duration === duration &&
    (actualFinish === null ? task.actualFinish === undefined : task.actualFinish !== undefined)
  if (agrees) return {}
  return {
    ...{ percentComplete: percent, actualStart: from, actualFinish, duration, actualDuration },
    remainingDuration: duration - actualDuration,
  }
}

/**
 * An epic lasts as its planner said while that is still possible. Once the planned time is over and work is left, it goes on at
 * the pace so far: what is left cannot lie in the past.
 */
function lasting(task: Task, clock: CalendarClock, from: Minute, now: Minute, percent: number): number {
  const worked = clock.work(from, now)
  if (percent >= 100 || worked < task.duration) return task.duration
  return percent >= 10 ? Math.round((worked * 100) / percent / 60) * 60 : worked + task.duration
}

const sameDay = (a: Minute, b: Minute) => Math.floor(a / 1440) === Math.floor(b / 1440)
