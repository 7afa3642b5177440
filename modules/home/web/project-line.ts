// A project in a line of the portfolio, and which of them needs attention first.
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'

export type Health = 'late' | 'watch' | 'good' | 'unknown'
export interface ProjectLine {
  readonly id: string
  readonly name: string
  readonly company: string
  readonly health: Health
  readonly start: string | null
  readonly contract: string | null
  readonly forecast: string | null
  /** 0–1. */
  readonly progress: number | null
  /** Its current plan. */
  readonly plan: string | null
  readonly critical: number | null
  readonly milestone: { readonly name: string; readonly on: string } | null
  /** Open early warnings that hit it. */
  readonly warnings: number
}

export const addDays = (day: string, days: number): string => formatDay((parseDay(day) ?? 0) + days)

/** Days from one day to the other; positive: the second is later. */
export function dayGap(from: string | null, to: string | null): number | null {
  const [first, second] = [from && parseDay(from), to && parseDay(to)]
  return typeof first === 'number' && typeof second === 'number' ? second - first : null
}

/** How much of the contract time has passed, 0–1. */
export function elapsedShare(line: Pick<ProjectLine, 'start' | 'contract'>, now: string): number | null {
  const whole = dayGap(line.start, line.contract)
  const passed = dayGap(line.start, now)
  return whole === null || passed === null || whole <= 0 ? null : Math.min(1, Math.max(0, passed / whole))
}

const urgency: Readonly<Record<Health, number>> = { late: 0, watch: 1, unknown: 2, good: 3 }

/** Late before watched before unplanned before good; the latest first. */
export function byNeed(a: ProjectLine, b: ProjectLine): number {
  const gap = (line: ProjectLine) => dayGap(line.contract, line.forecast) ?? Number.NEGATIVE_INFINITY
  return urgency[a.health] - urgency[b.health] || gap(b) - gap(a) || a.name.localeCompare(b.name)
}
