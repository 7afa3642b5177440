// Dates as people write them: 2026-11-21, 11-21, 11月21日, 21 Nov 2026, each with an optional time.
import { civilDate, dayNumber, daysInMonth, MINUTES_PER_DAY } from '../schedule/civil.ts'
import type { Minute } from '../schedule/plan.ts'
import { plainWidth } from './duration.ts'

export const monthsInEnglish = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const

const YEAR_FIRST = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const MONTH_DAY = /^(\d{1,2})[-/.月](\d{1,2})日?$/
const ENGLISH = /^(\d{1,2})[ -]?([a-z]{3,9})\.?[ -]?,?(\d{4}|\d{2})?$/

/**
 * Reads a date.
 * @param defaultTime minutes after midnight when no time is given
 * @param near a date without a year takes the year that lies nearest to this minute
 */
export function parseDate(text: string, defaultTime: number, near: Minute): Minute | undefined {
  const plain = plainWidth(text)
    .trim()
    .toLowerCase()
    .replace(/[t ]*(周[日一二三四五六]|\b(su|mo|tu|we|th|fr|sa)[a-z]*\b)/g, '')
    .trim()
  const timed = /^(.*?)[ t]*(\d{1,2})[:点](\d{2})(?::\d{2})?分?$/.exec(plain)
  const time = timed ? Number(timed[2]) * 60 + Number(timed[3]) : defaultTime
  if (time > MINUTES_PER_DAY || (timed && Number(timed[3]) > 59)) return undefined
  const words = (timed ? (timed[1] ?? '') : plain).trim()
  const full = YEAR_FIRST.exec(words) ?? COMPACT.exec(words)
  if (full) return at(Number(full[1]), Number(full[2]), Number(full[3]), time)
  const short = MONTH_DAY.exec(words)
  if (short) return nearest(Number(short[1]), Number(short[2]), time, near)
  const english = ENGLISH.exec(words)
  if (english) {
    const month = monthsInEnglish.findIndex(name => english[2]?.startsWith(name.toLowerCase())) + 1
    const year = english[3]
    if (year === undefined) return nearest(month, Number(english[1]), time, near)
    return at(year.length === 2 ? 2000 + Number(year) : Number(year), month, Number(english[1]), time)
  }
  return undefined
}

function at(year: number, month: number, day: number, time: number): Minute | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  return dayNumber(year, month, day) * MINUTES_PER_DAY + time
}

function nearest(month: number, day: number, time: number, near: Minute): Minute | undefined {
  const { year } = civilDate(Math.floor(near / MINUTES_PER_DAY))
  return [year - 1, year, year + 1]
    .map(candidate => at(candidate, month, day, time))
    .filter(found => found !== undefined)
    .sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0]
}
