// Dates as people read them: 2026-11-21, 11-21, 11月21日, 21 Nov 2026, each with an optional time.

import { monthsInEnglish } from '@yingzao/engines/plan-text/date'
import { civilDate, MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { Lang } from './texts.ts'
import { weekdayName } from './time-scale.ts'

const two = (n: number): string => String(n).padStart(2, '0')
const split = (at: Minute) => {
  const day = Math.floor(at / MINUTES_PER_DAY)
  const inDay = Math.round(at - day * MINUTES_PER_DAY)
  return { ...civilDate(day), dayNumber: day, time: `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}` }
}

/** 2026-11-21 / 21 Nov 2026: the grid's date. */
export function formatDate(lang: Lang, at: Minute): string {
  const { year, month, day } = split(at)
  return lang === 'zh' ? `${year}-${two(month)}-${two(day)}` : `${day} ${monthsInEnglish[month - 1]} ${year}`
}

/** 11-21 / 21 Nov: beside a milestone. */
export function shortDate(lang: Lang, at: Minute): string {
  const { month, day } = split(at)
  return lang === 'zh' ? `${two(month)}-${two(day)}` : `${day} ${monthsInEnglish[month - 1]}`
}

/** 26-11-21 / 21 Nov 26: two of them fit a phone. */
export function compactDate(lang: Lang, at: Minute): string {
  const { year, month, day } = split(at)
  return lang === 'zh'
    ? `${two(year % 100)}-${two(month)}-${two(day)}`
    : `${day} ${monthsInEnglish[month - 1]} ${two(year % 100)}`
}

/** 2026-11-21 周六 08:00 / Sa 21 Nov 2026 08:00: tooltips and the panel. */
export function formatMoment(lang: Lang, at: Minute): string {
  const { dayNumber: days, time } = split(at)
  const weekday = weekdayName(lang, days)
  return lang === 'zh' ? `${formatDate(lang, at)} 周${weekday} ${time}` : `${weekday} ${formatDate(lang, at)} ${time}`
}

/** What an editor starts with: the date and its time, in a form that `parseDate` reads back exactly. */
export function editableDate(at: Minute): string {
  const { year, month, day, time } = split(at)
  return `${year}-${two(month)}-${two(day)} ${time}`
}

/** The value of <input type="datetime-local"> is the same with a T. */
export const inputDate = (at: Minute): string => editableDate(at).replace(' ', 'T')
