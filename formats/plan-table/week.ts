// 每周工作几天: the working week that the dates and durations of a table were written with.
import { weekdayOf } from '@yingzao/engines/schedule/civil'
import type { Calendar, DayPattern } from '@yingzao/engines/schedule/plan'

export type WorkingDays = 5 | 6 | 7

/** First and last day (days since 1970-01-01) and the days of work between them, as one row says. */
export interface Dated {
  readonly from: number
  readonly to: number
  readonly days: number | undefined
}

const works = (day: number, week: WorkingDays) =>
  week === 7 || (weekdayOf(day) !== 0 && (week === 6 || weekdayOf(day) !== 6))

/** Days of work from one day to another, both counted. */
export function workingDays(from: number, to: number, week: WorkingDays): number {
  if (to < from) return 0
  const whole = Math.floor((to - from + 1) / 7)
  let count = whole * week
  for (let day = from + whole * 7; day <= to; day++) if (works(day, week)) count++
  return count
}

/**
 * The week under which most rows' durations are what lies between their dates; without durations the shortest in which no row
 * begins or ends on a day off. Five days when nothing tells.
 */
export function guessWeek(rows: readonly Dated[]): WorkingDays {
  const weeks: readonly WorkingDays[] = [5, 6, 7]
  const timed = rows.filter(row => row.days !== undefined && row.days > 0 && row.to - row.from >= 6)
  if (timed.length > 0) {
    const right = (week: WorkingDays) => timed.filter(row => workingDays(row.from, row.to, week) === row.days).length
    const best = weeks.reduce((a, b) => (right(b) > right(a) ? b : a))
    if (right(best) > 0) return best
  }
  return weeks.find(week => rows.every(row => works(row.from, week) && works(row.to, week))) ?? 7
}

const shifts: DayPattern = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

/** Eight hours a day. */
export const calendarOf = (week: WorkingDays, id: string): Calendar => ({
  id,
  name: `${week} × 8`,
  week: [0, 1, 2, 3, 4, 5, 6].map(day => (week === 7 || (day !== 0 && (week === 6 || day !== 6)) ? shifts : [])),
  workWeeks: [],
  exceptions: [],
})
