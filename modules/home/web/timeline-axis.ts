// The one axis of time on which all projects stand.
import { civilDate, dayNumber, parseDay } from '@yingzao/engines/schedule/civil'
import type { ProjectLine } from './project-line.ts'

export interface TimelineAxis {
  readonly from: number
  readonly to: number
  readonly now: number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

const days = (line: ProjectLine) =>
  [line.start, line.contract, line.forecast].flatMap(day => (day ? (parseDay(day) ?? []) : []))

/** Months between two marks: the first that leaves no more than four of them, so that their words never touch. */
const STEPS = [1, 3, 6, 12, 24, 60, 120]
const MOST_TICKS = 4
/** Later than this on the axis a mark has no room for its words. */
export const LATE = 0.76

/** From the first start to the last finish, with marks at round months. */
export function axisOf(lines: readonly ProjectLine[], now: string): TimelineAxis {
  const today = parseDay(now) ?? 0
  const all = [today, ...lines.flatMap(days)]
  const from = Math.min(...all)
  const to = Math.max(...all, from + 30)
  const span = to - from
  const step = STEPS.find(months => span / (months * 30.4) <= MOST_TICKS) ?? 120
  const first = civilDate(from)
  const ticks: { at: number; label: string }[] = []
  // Steps of several years begin at a round year.
  const begin = step > 12 ? -(first.year % (step / 12)) * 12 : 0
  for (let month = begin; ; month += step) {
    const year = first.year + Math.floor(month / 12)
    const inYear = (((month % 12) + 12) % 12) + 1
    const at = (dayNumber(year, inYear, 1) - from) / span
    if (at > 1) break
    if (at >= 0) ticks.push({ at, label: `${year}-${String(inYear).padStart(2, '0')}` })
  }
  return { from, to, now: today, ticks }
}
