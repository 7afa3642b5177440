// Periods and shares of the resource page in words and figures.
import type { LoadPeriod, LoadUnit } from '@yingzao/engines/levelling'
import { dayOf, formatDay, formatMinute } from '@yingzao/engines/schedule/civil'
import type { Text } from '@yingzao/ui/text/language.tsx'
import type { text } from './resource-text.ts'

/** A stretch of one resource that somebody looks at. */
export interface LoadChoice {
  readonly resource: string
  readonly from: number
  readonly to: number
}

export const dayText = (at: number): string => formatMinute(Math.round(at)).slice(0, 10)
/** Month and day, for places that name the year elsewhere. */
export const shortDay = (at: number): string => dayText(at).slice(5)
/** The last day of a period that ends at midnight. */
export const lastDay = (to: number): string => formatDay(dayOf(to - 1))

export function periodText(from: number, to: number, t: Text<typeof text>): string {
  if (to - from <= 1440) return dayText(from)
  return to - from === 7 * 1440 ? t('weekOf', { from: dayText(from) }) : dayText(from).slice(0, 7)
}

/** Work of what is available: 1 = all of it; null where there is work and nothing available. */
export const shareOf = ({ work, available }: LoadPeriod): number | null =>
  available > 0 ? work / available : work > 0.5 ? null : 0

export const shareText = (period: LoadPeriod, t: Text<typeof text>): string => {
  const share = shareOf(period)
  return share === null ? t('noCapacity') : `${Math.round(100 * share)}%`
}

/** Beyond this many columns a table is read by month. */
const MOST_WEEKS = 160
export const heatUnit = (from: number, to: number): LoadUnit => (to - from > MOST_WEEKS * 7 * 1440 ? 'month' : 'week')

/** Days with at most one place. */
export const daysText = (minutes: number, perDay: number): string => String(Math.round((10 * minutes) / perDay) / 10)
