// The horizontal scale: minutes to pixels, and which header tiers fit a zoom (hours to decades).

import { monthsInEnglish } from '@yingzao/engines/plan-text/date'
import { civilDate, MINUTES_PER_DAY as DAY, dayNumber, dayOf, weekdayOf } from '@yingzao/engines/schedule/civil'
import type { Minute } from '@yingzao/engines/schedule/plan'
import { isoWeek } from './civil.ts'
import type { Lang } from './texts.ts'

export interface TimeScale {
  /** The minute at x = 0. */
  origin: Minute
  /** Pixels per minute. */
  ppm: number
}

/** From 1 px per 12 days (decades in view) to 4 px a minute. */
export const MIN_PPM = 1 / (12 * DAY)
export const MAX_PPM = 4

export const toX = (scale: TimeScale, at: Minute): number => (at - scale.origin) * scale.ppm
export const toMinute = (scale: TimeScale, x: number): Minute => scale.origin + x / scale.ppm
export const clampPpm = (ppm: number): number => Math.min(MAX_PPM, Math.max(MIN_PPM, ppm))

export type TierUnit = 'quarter_hour' | 'hour' | 'hour6' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'decade'

const APPROX_MINUTES: Record<TierUnit, number> = {
  quarter_hour: 15,
  hour: 60,
  hour6: 360,
  day: DAY,
  week: 7 * DAY,
  month: 30.4 * DAY,
  quarter: 91.3 * DAY,
  year: 365.25 * DAY,
  decade: 3652.5 * DAY,
}

/** Finest first: the tiers (coarse to fine) shown when a cell of the finest is at least `min` pixels wide. */
const LADDER: readonly { min: number; tiers: readonly TierUnit[] }[] = [
  { min: 34, tiers: ['day', 'hour', 'quarter_hour'] },
  { min: 26, tiers: ['month', 'day', 'hour'] },
  { min: 24, tiers: ['month', 'day', 'hour6'] },
  { min: 17, tiers: ['month', 'week', 'day'] },
  { min: 40, tiers: ['month', 'week'] },
  { min: 28, tiers: ['year', 'month'] },
  { min: 30, tiers: ['year', 'quarter'] },
  { min: 34, tiers: ['decade', 'year'] },
  { min: 0, tiers: ['decade'] },
]

/** Header tiers for a zoom, coarse first. */
export function tiersFor(ppm: number): readonly TierUnit[] {
  for (const step of LADDER) {
    const finest = step.tiers[step.tiers.length - 1]
    if (finest && APPROX_MINUTES[finest] * ppm >= step.min) return step.tiers
  }
  return ['decade']
}

/** The start of the unit that holds `at`. */
export function floorTo(unit: TierUnit, at: Minute): Minute {
  switch (unit) {
    case 'quarter_hour':
    case 'hour':
    case 'hour6': {
      const step = APPROX_MINUTES[unit]
      return Math.floor(at / step) * step
    }
    case 'day':
      return dayOf(at) * DAY
    case 'week': {
      const day = dayOf(at)
      return (day - ((weekdayOf(day) + 6) % 7)) * DAY
    }
    default: {
      const { year, month } = civilDate(dayOf(at))
      if (unit === 'month') return dayNumber(year, month, 1) * DAY
      if (unit === 'quarter') return dayNumber(year, month - ((month - 1) % 3), 1) * DAY
      if (unit === 'year') return dayNumber(year, 1, 1) * DAY
      return dayNumber(Math.floor(year / 10) * 10, 1, 1) * DAY
    }
  }
}

/** The start of the unit after the one that starts at `at`. */
export function nextOf(unit: TierUnit, at: Minute): Minute {
  switch (unit) {
    case 'quarter_hour':
    case 'hour':
    case 'hour6':
    case 'day':
    case 'week':
      return at + APPROX_MINUTES[unit]
    case 'month':
      return floorTo('month', at + 31 * DAY)
    case 'quarter':
      return floorTo('quarter', at + 93 * DAY)
    case 'year':
      return floorTo('year', at + 366 * DAY)
    case 'decade':
      return dayNumber(civilDate(dayOf(at)).year + 10, 1, 1) * DAY
  }
}

const WEEKDAY: Record<Lang, readonly string[]> = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'],
}
export const weekdayName = (lang: Lang, days: number): string => WEEKDAY[lang][weekdayOf(days)] ?? ''

const two = (n: number): string => String(n).padStart(2, '0')

/**
 * The words of a header cell, longest first, so that the drawer takes the first that fits.
 * `outer` is the tier above: what it already says is not repeated.
 */
export function tierLabels(lang: Lang, unit: TierUnit, at: Minute, outer?: TierUnit): readonly string[] {
  const days = dayOf(at)
  const { year, month, day } = civilDate(days)
  const name = monthsInEnglish[month - 1] ?? ''
  const inDay = at - days * DAY
  switch (unit) {
    case 'quarter_hour':
      return [`${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`, two(inDay % 60)]
    case 'hour':
    case 'hour6':
      return [`${two(inDay / 60)}:00`, two(inDay / 60)]
    case 'day': {
      const weekday = weekdayName(lang, days)
      if (outer === 'week') return [`${day} ${weekday}`, String(day)]
      if (outer === 'month')
        return lang === 'zh' ? [`${day}日 周${weekday}`, String(day)] : [`${weekday} ${day}`, String(day)]
      return lang === 'zh'
        ? [`${year}年${month}月${day}日 周${weekday}`, `${month}月${day}日`, String(day)]
        : [`${weekday} ${day} ${name} ${year}`, `${day} ${name}`, String(day)]
    }
    case 'week': {
      const { week } = isoWeek(days)
      return lang === 'zh' ? [`第${week}周`, String(week)] : [`Week ${week}`, `W${week}`, String(week)]
    }
    case 'month':
      if (outer === 'year') return lang === 'zh' ? [`${month}月`, String(month)] : [name, name.slice(0, 1)]
      return lang === 'zh'
        ? [`${year}年${month}月`, `${month}月`, String(month)]
        : [`${name} ${year}`, name, name.slice(0, 1)]
    case 'quarter': {
      const quarter = Math.floor((month - 1) / 3) + 1
      return lang === 'zh' ? [`${quarter}季度`, `Q${quarter}`] : [`Q${quarter}`]
    }
    case 'year':
      return lang === 'zh' ? [`${year}年`, String(year), `'${two(year % 100)}`] : [String(year), `'${two(year % 100)}`]
    case 'decade':
      return lang === 'zh' ? [`${year}年代`, String(year)] : [`${year}s`, String(year)]
  }
}
