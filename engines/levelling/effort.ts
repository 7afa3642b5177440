// A budget being used up: schedules counted, or time by the caller's clock.

export interface Effort {
  /** Counts schedules, and conflicts that count as schedules. */
  readonly spend: (schedules: number) => void
  readonly spent: () => number
  readonly used: () => boolean
  /** Share used, 0 to 1. */
  readonly share: () => number
  /** Schedules the whole budget is good for at `perSchedule` (ms), when it is a time. */
  readonly capacity: (perSchedule: number) => number
  /** At most this many schedules before looking up again, at `perSchedule` (ms). */
  readonly portion: (perSchedule: number) => number
  /** The clock in milliseconds; stands still when schedules are counted. */
  readonly now: () => number
}

/** Schedules between two looks when they are counted. */
const PORTION = 200

export function countedEffort(most: number): Effort {
  let spent = 0
  return {
    spend(schedules) {
      spent += schedules
    },
    spent: () => spent,
    used: () => spent >= most,
    share: () => Math.min(1, spent / Math.max(1, most)),
    capacity: () => most,
    portion: () => Math.max(1, Math.min(PORTION, most >> 5, most - spent)),
    now: () => 0,
  }
}

/** `look`: milliseconds between two looks. */
export function timedEffort(seconds: number, now: () => number, look: number): Effort {
  const began = now()
  const total = Math.max(1, seconds * 1000)
  let spent = 0
  return {
    spend(schedules) {
      spent += schedules
    },
    spent: () => spent,
    used: () => spent > 0 && now() - began >= total,
    share: () => Math.min(1, (now() - began) / total),
    capacity: perSchedule => total / perSchedule,
    portion: perSchedule => Math.max(1, Math.min(2_000, Math.round(look / perSchedule))),
    now,
  }
}
