// Civil dates as minutes and days since 1970-01-01 of naive local time, and back (Hinnant's days-from-civil algorithm).
import type { Minute } from '@yingzao/engines/schedule/plan'

/** Days since 1970-01-01 of a proleptic Gregorian date; `month` is 1–12. */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** Year, month (1–12) and day of a day number. */
export function civilOf(day: number): { year: number; month: number; day: number } {
  const z = day + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthPart = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthPart + (monthPart < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthPart + 2) / 5) + 1,
  }
}

const isoPattern = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?\s*$/

/**
 * Minute of `2024-03-01T08:00:00`, `2024-03-01 08:00` or `2024-03-01` (midnight); a zone suffix is ignored, because
 * plan files write naive local time. Seconds round to the nearest minute.
 *
 * @returns undefined when the text is no date.
 */
export function minuteOfIso(text: string): Minute | undefined {
  const match = isoPattern.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match
  const m = Number(month)
  const d = Number(day)
  if (m < 1 || m > 12 || d < 1 || d > 31 || Number(hour) > 24 || Number(minute) > 59) return undefined
  return dayOf(Number(year), m, d) * 1440 + Number(hour) * 60 + Number(minute) + (Number(second) >= 30 ? 1 : 0)
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** `2024-03-01` of a day number. */
export function isoOfDay(day: number): string {
  const date = civilOf(day)
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`
}

/** `2024-03-01T08:00` of a minute. */
export function isoOfMinute(at: Minute): string {
  const day = Math.floor(at / 1440)
  const rest = Math.round(at - day * 1440)
  return `${isoOfDay(day)}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`
}
