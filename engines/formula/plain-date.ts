// Plain dates 'YYYY-MM-DD', years 0001 to 9999, proleptic Gregorian: the calendar of PostgreSQL's `date`.

/** Days of the whole range, counted from 0001-01-01. */
export const LAST_DAY = 3_652_058

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/

/** Year, month and day of a date, or undefined when the text is no such day (2025-02-30, 0000-…, 1 May). */
export function partsOf(date: string): { year: number; month: number; day: number } | undefined {
  const [, y, m, d] = SHAPE.exec(date) ?? []
  const [year, month, day] = [Number(y), Number(m), Number(d)]
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined
  return { year, month, day }
}

/** Days since 0001-01-01 of a valid date. */
export function dayNumber(date: string): number {
  const parts = partsOf(date)
  if (!parts) throw new RangeError(`not a date: ${date.slice(0, 40)}`)
  const { year, month, day } = parts
  const before = year - 1
  return (
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    daysBeforeMonth(year, month) +
    day -
    1
  )
}

/** The date `days` after 0001-01-01; null outside the years 0001 to 9999. */
export function dateOfDay(days: number): string | null {
  if (!Number.isInteger(days) || days < 0 || days > LAST_DAY) return null
  // 400 years have 146,097 days; the estimate is at most one year off.
  let year = Math.min(9999, Math.floor((days * 400) / 146_097) + 1)
  while (dayNumber(dateText(year, 1, 1)) > days) year--
  while (year < 9999 && dayNumber(dateText(year + 1, 1, 1)) <= days) year++
  let rest = days - dayNumber(dateText(year, 1, 1))
  let month = 1
  while (rest >= daysInMonth(year, month)) rest -= daysInMonth(year, month++)
  return dateText(year, month, rest + 1)
}

/** `months` later, clamped to the end of the month: 2025-01-31 + 1 is 2025-02-28. Null outside the range. */
export function addMonths(date: string, months: number): string | null {
  const parts = partsOf(date)
  if (!parts || !Number.isInteger(months)) return null
  const index = parts.year * 12 + parts.month - 1 + months
  if (index < 12 || index > 119_999) return null
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  return dateText(year, month, Math.min(parts.day, daysInMonth(year, month)))
}

export const monthStart = (date: string): string => `${date.slice(0, 8)}01`

export function monthEnd(date: string): string {
  const parts = partsOf(date)
  if (!parts) throw new RangeError(`not a date: ${date.slice(0, 40)}`)
  return dateText(parts.year, parts.month, daysInMonth(parts.year, parts.month))
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

function daysBeforeMonth(year: number, month: number): number {
  let days = 0
  for (let m = 1; m < month; m++) days += daysInMonth(year, m)
  return days
}

const dateText = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
