// Days on the reader's clock.
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'
import { mondayOf } from '../said.ts'

/** The day where the reader is. */
export function today(): string {
  const now = new Date()
  return formatDay(Math.floor((now.getTime() / 60_000 - now.getTimezoneOffset()) / 1440))
}
export const plusDays = (day: string, days: number): string => formatDay((parseDay(day) ?? 0) + days)
export const daysBetween = (from: string, to: string): number => (parseDay(to) ?? 0) - (parseDay(from) ?? 0)
export const mondayFor = (day: string): string => formatDay(mondayOf(parseDay(day) ?? 0))
