// Civil dates in pure integer arithmetic: minutes and day numbers of naive local time, no zone, no Date object.
import type { Minute } from './plan.ts'

export const MINUTES_PER_DAY = 1440

/** Dates the engine accepts, so that hostile durations end in an error: 1900-01-01 up to 2500-01-01. */
export const FIRST_DAY = dayNumber(1900, 1, 1)
export const LAST_DAY = dayNumber(2500, 1, 1)

export interface CivilDate {
  year: number
  /** 1–12. */
  month: number
  /** 1–31. */
  day: number
}

/** Day number (days since 1970-01-01) of a proleptic Gregorian date; months and days may overflow. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years are counted from March so that the leap day is the last of its year.
  const carried = year + Math.floor((month - 1) / 12)
  const index = (((month - 1) % 12) + 12) % 12
  const y = index < 2 ? carried - 1 : carried
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((index + 10) % 12) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

/** The date of a day number. */
export function civilDate(day: number): CivilDate {
  const shifted = day + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1)
}

/** Day of the nth (5 = last) weekday of a month. */
export function nthWeekday(year: number, month: number, position: number, weekday: number): number {
  const first = dayNumber(year, month, 1)
  const offset = (weekday - weekdayOf(first) + 7) % 7
  if (position < 5) return first + offset + 7 * (position - 1)
  return first + offset + 7 * Math.floor((daysInMonth(year, month) - 1 - offset) / 7)
}

export function dayOf(minute: Minute): number {
  return Math.floor(minute / MINUTES_PER_DAY)
}

const TEXT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/

/** 'YYYY-MM-DD', 'YYYY-MM-DDTHH:mm' or with seconds (rounded to the minute); undefined when it is not a date. */
export function parseMinute(text: string): Minute | undefined {
  const match = TEXT.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map(part => Number(part ?? 0))
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return undefined
  return dayNumber(year, month, day) * MINUTES_PER_DAY + hour * 60 + minute + (second >= 30 ? 1 : 0)
}

/** 'YYYY-MM-DDTHH:mm', rounded to the nearest minute. */
export function formatMinute(minute: Minute): string {
  const rounded = Math.round(minute)
  const day = dayOf(rounded)
  const rest = rounded - day * MINUTES_PER_DAY
  return `${formatDay(day)}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`
}

/** 'YYYY-MM-DD'. */
export function formatDay(day: number): string {
  const { year, month, day: date } = civilDate(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

/** Day number of 'YYYY-MM-DD'; undefined when it is not a date. */
export function parseDay(text: string): number | undefined {
  const minute = text.length === 10 ? parseMinute(text) : undefined
  return minute === undefined ? undefined : minute / MINUTES_PER_DAY
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
