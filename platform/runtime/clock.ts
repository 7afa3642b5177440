// A clock that somebody may hold: the demo enterprise lives its two years on it, moment by moment.

export interface MovedClock {
  readonly now: () => Date
  /** Whether somebody holds it. Jobs rest meanwhile: theirs is the time of the machine. */
  readonly held: () => boolean
  /** It stands there until it is moved on; never back. */
  moveTo(at: Date): void
  /** The time of the machine again. */
  letGo(): void
}

export function movedClock(): MovedClock {
  let held: number | null = null
  return {
    now: () => new Date(held ?? Date.now()),
    held: () => held !== null,
    moveTo(at) {
      held = Math.max(held ?? 0, at.getTime())
    },
    letGo() {
      held = null
    },
  }
}
