// Conformance of PRC holidays and 调休 with published data: `npx tsx tools/conformance/calendar.ts <data>`.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Calendar,
  calendarClock,
  dayNumber,
  formatDay,
  prcCalendar,
  prcHolidays,
  weekdayOf,
} from '@yingzao/engines/schedule'

interface Published {
  dates: { date: string; type: string }[]
}

/** Compares every day of 2004–2026 with calendar/cn-holidays; true when all agree. */
export async function calendarConformance(folder: string): Promise<boolean> {
  const { holidays, makeupDays } = prcHolidays()
  const day = [{ from: 480, to: 1020 }]
  const calendar: Calendar = {
    id: 'prc',
    name: 'PRC',
    week: [[], day, day, day, day, day, []],
    workWeeks: [],
    exceptions: prcCalendar(holidays, makeupDays),
  }
  const outcome = calendarClock([calendar], 'prc')
  if (!outcome.ok) throw new Error(outcome.error.code)
  const types = new Map<string, string>()
  for (let year = 2004; year <= 2026; year++) {
    const text = await readFile(join(folder, 'calendar', 'cn-holidays', 'CN', `${year}.json`), 'utf8')
    const published: Published = JSON.parse(text)
    for (const { date, type } of published.dates) types.set(date, type)
  }
  let compared = 0
  const wrong: string[] = []
  for (let at = dayNumber(2004, 1, 1); at <= dayNumber(2026, 12, 31); at++) {
    const type = types.get(formatDay(at))
    const weekend = weekdayOf(at) === 0 || weekdayOf(at) === 6
    const works = type === 'public_holiday' ? false : type === 'transfer_workday' ? true : !weekend
    compared++
    if (outcome.clock.shiftsOn(at).length > 0 !== works) wrong.push(formatDay(at))
  }
  console.log(`PRC holidays and make-up days 2004–2026: ${compared - wrong.length}/${compared} days agree`)
  for (const date of wrong) console.log(`  ${date} differs`)
  return wrong.length === 0
}

const folder = process.argv[2]
if (process.argv[1]?.replaceAll('\\', '/').endsWith('tools/conformance/calendar.ts')) {
  if (folder === undefined) {
    console.error('usage: npx tsx tools/conformance/calendar.ts <data-folder>')
    process.exitCode = 2
  } else process.exitCode = (await calendarConformance(folder)) ? 0 : 1
}
