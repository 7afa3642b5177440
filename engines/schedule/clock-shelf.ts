// The clocks of one plan, compiled on first use and shared: calendars that add nothing to their parent are their parent.
import { compileCalendar } from './calendar.ts'
import { type Clock, elapsedClock, hasWork, intersectClocks } from './clock.ts'
import type { Calendar, Plan } from './plan.ts'
import type { ScheduleError } from './result.ts'

export interface ClockShelf {
  /** Clocks by the numbers that the other functions return; 0 is elapsed time. */
  readonly clocks: Clock[]
  /** Id of the calendar behind each clock. */
  readonly names: string[]
  /** Number of a calendar's clock, or the error that it has. */
  of(calendar: string): number | ScheduleError
  /** Number of the clock of time that both have; when they share none, the first (Microsoft's rule). */
  both(a: number, b: number): number
  /** Whether the two share no time at all. */
  apart(a: number, b: number): boolean
}

export const ELAPSED = 0

export function clockShelf(plan: Plan): ClockShelf {
  const byId = new Map(plan.calendars.map(calendar => [calendar.id, calendar]))
  const clocks = [elapsedClock]
  const names = ['']
  const known = new Map<string, number | ScheduleError>()
  const pairs = new Map<string, number>()
  const add = (clock: Clock, name: string) => {
    clocks.push(clock)
    names.push(name)
    return clocks.length - 1
  }
  return {
    clocks,
    names,
    of(calendar) {
      const found = known.get(calendar)
      if (found !== undefined) return found
      const owner = withOwnTime(byId, calendar)
      let number = owner === calendar ? undefined : known.get(owner)
      if (number === undefined) {
        const compiled = compileCalendar(byId, owner)
        number = compiled.ok ? add(compiled.clock, owner) : compiled.error
        known.set(owner, number)
      }
      known.set(calendar, number)
      return number
    },
    both(a, b) {
      if (a === b || b === ELAPSED) return a
      const key = `${Math.min(a, b)}/${Math.max(a, b)}`
      const found = pairs.get(key)
      if (found !== undefined) return found < 0 ? a : found
      const clock = intersectClocks(clocks[a]!, clocks[b]!)
      pairs.set(key, hasWork(clock) ? add(clock, names[a]!) : -1)
      return this.both(a, b)
    },
    apart(a, b) {
      this.both(a, b)
      return (pairs.get(`${Math.min(a, b)}/${Math.max(a, b)}`) ?? 0) < 0
    },
  }
}

/** The nearest ancestor (or the calendar itself) that says anything about working time. */
function withOwnTime(byId: ReadonlyMap<string, Calendar>, id: string): string {
  const seen = new Set<string>()
  let calendar = byId.get(id)
  while (calendar && !seen.has(calendar.id)) {
    const says = calendar.week.some(day => day) || calendar.workWeeks.length > 0 || calendar.exceptions.length > 0
    if (says || calendar.parent === undefined) return calendar.id
    seen.add(calendar.id)
    const parent = byId.get(calendar.parent)
    if (!parent) return calendar.id
    calendar = parent
  }
  return id
}
