// Conformance of PRC holidays and 调休 with published data: `npx tsx tools/conformance/calendar.ts <data>`.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Calendar,
  calendarClock,
  dayNumber,
  formatDay,
  PRC_FIRST_YEAR,
  PRC_LAST_YEAR,
  prcCalendar,
  prcHolidays,
  weekdayOf,
} from '@yingzao/engines/schedule'

interface Published {
  dates: { date: string; type: string }[]
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: npx tsx tools/conformance/calendar.ts <data-folder>')
  process.exit(2)
}
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
for (let year = PRC_FIRST_YEAR; year <= PRC_LAST_YEAR; year++) {
  const text = await readFile(join(folder, 'calendar', 'cn-holidays', 'CN', `${year}.json`), 'utf8')
  const published: Published = JSON.parse(text)
  for (const { date, type } of published.dates) types.set(date, type)
}
let compared = 0
const wrong: string[] = []
for (let at = dayNumber(PRC_FIRST_YEAR, 1, 1); at <= dayNumber(PRC_LAST_YEAR, 12, 31); at++) {
  const type = types.get(formatDay(at))
  const weekend = weekdayOf(at) === 0 || weekdayOf(at) === 6
  const works = type === 'public_holiday' ? false : type === 'transfer_workday' ? true : !weekend
  compared++
  if (outcome.clock.shiftsOn(at).length > 0 !== works) wrong.push(formatDay(at))
}
console.log(`PRC holidays and make-up days 2004–2026: ${compared - wrong.length}/${compared} days agree`)
for (const date of wrong) console.log(`  ${date} differs`)
process.exitCode = wrong.length === 0 ? 0 : 1
