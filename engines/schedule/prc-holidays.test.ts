// PRC holidays and make-up days as ordinary exceptions.
import { expect, test } from 'vitest'
import {
  calendarClock,
  formatDay,
  formatMinute,
  PRC_FIRST_YEAR,
  PRC_LAST_YEAR,
  prcCalendar,
  prcHolidays,
} from './index.ts'
import { at, standard } from './testing/plan-maker.ts'

const { holidays, makeupDays } = prcHolidays()
const outcome = calendarClock([{ ...standard, exceptions: prcCalendar(holidays, makeupDays) }], 'standard')
if (!outcome.ok) throw new Error(outcome.error.code)
const { clock } = outcome
const works = (date: string) => clock.shiftsOn(at(date) / 1440).length > 0

test('the Spring Festival of 2024 is off and its make-up Sundays are worked', () => {
  expect(works('2024-02-09')).toBe(true)
  expect(['2024-02-10', '2024-02-12', '2024-02-16', '2024-02-17'].map(works)).toEqual([false, false, false, false])
  expect(['2024-02-04', '2024-02-18'].map(works)).toEqual([true, true])
})

test('a New Year holiday that begins in December reaches into January', () => {
  expect(['2022-12-31', '2023-01-01', '2023-01-02', '2023-01-03'].map(works)).toEqual([false, false, false, true])
})

test('ten working days before National Day 2025 start on the 18th, counting the make-up Sunday', () => {
  expect(formatMinute(clock.add(at('2025-09-30T17:00'), -10 * 480))).toBe('2025-09-18T08:00')
})

test('every year is announced, and no holiday is longer than ten days', () => {
  for (let year = PRC_FIRST_YEAR; year <= PRC_LAST_YEAR; year++) {
    const off = prcHolidays(year, year).holidays
    expect(off.length).toBeGreaterThanOrEqual(year < 2008 ? 4 : 5)
    for (const range of off) expect(range.toDay - range.fromDay, formatDay(range.fromDay)).toBeLessThan(10)
  }
})

test('exceptions carry the names of both languages', () => {
  const named = (language: 'zh' | 'en') =>
    prcCalendar(holidays.slice(0, 1), makeupDays.slice(0, 1), { language }).map(item => item.name)
  expect(named('zh')).toEqual(['元旦', '春节调休上班'])
  expect(named('en')).toEqual(['New Year', 'Spring Festival make-up day'])
})
