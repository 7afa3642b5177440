// What the Gantt adds to the engine's civil dates: ISO weeks and the clock on the wall.
import { civilDate, dayNumber, MINUTES_PER_DAY, weekdayOf } from '@yingzao/engines/schedule/civil'
import type { Minute } from '@yingzao/engines/schedule/plan'

/** ISO 8601 week: weeks start on Monday, week 1 holds the year's first Thursday. */
export function isoWeek(day: number): { year: number; week: number } {
  const thursday = day - ((weekdayOf(day) + 6) % 7) + 3
  const { year } = civilDate(thursday)
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 }
}

/** The naive minute a clock on the wall shows for an instant: the only place where the browser's zone counts. */
export const minuteOfWallClock = (at: Date): Minute =>
  dayNumber(at.getFullYear(), at.getMonth() + 1, at.getDate()) * MINUTES_PER_DAY + at.getHours() * 60 + at.getMinutes()
