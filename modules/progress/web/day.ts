// Days on the reader's clock.
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'
import { mondayOf } from '../said.ts'

export const plusDays = (day: string, days: number): string => formatDay((parseDay(day) ?? 0) + days)
export const daysBetween = (from: string, to: string): number => (parseDay(to) ?? 0) - (parseDay(from) ?? 0)
export const mondayFor = (day: string): string => formatDay(mondayOf(parseDay(day) ?? 0))
