// XER's CALENDAR rows as calendars of a plan, and back.
import type { Calendar, CalendarException, DayPattern } from '@yingzao/engines/schedule/plan'
import { eachOccurrence } from '@yingzao/engines/schedule/recurrence'
import { finite } from '../codec.ts'
import type { LossLog } from '../loss.ts'
import { readCalendarData } from './calendar-data.ts'

type Row = ReadonlyMap<string, string>

const minutes = (row: Row, column: string): number | undefined => {
  const n = finite(row.get(column) ?? '')
  return n === undefined || n <= 0 ? undefined : Math.round(n * 60)
}

/** P6's own standard week, for a calendar whose data cannot be read. */
const standardWeek: readonly DayPattern[] = [0, 1, 2, 3, 4, 5, 6].map(day =>
  day === 0 || day === 6
    ? []
    : [
        { from: 480, to: 720 },
        { from: 780, to: 1020 },
      ],
)

export function readCalendar(row: Row, losses: LossLog): Calendar {
  const id = row.get('clndr_id') ?? ''
  const data = readCalendarData(row.get('clndr_data') ?? '', losses)
  if (!data) losses.add('value', 'CALENDAR.clndr_data', row.get('clndr_data') ?? row.get('clndr_name'))
  const parent = row.get('base_clndr_id')
  const sizes = {
    minutesPerDay: minutes(row, 'day_hr_cnt'),
    minutesPerWeek: minutes(row, 'week_hr_cnt'),
    minutesPerMonth: minutes(row, 'month_hr_cnt'),
    minutesPerYear: minutes(row, 'year_hr_cnt'),
  }
  const uid = Number(id)
  const extra: Record<string, string> = {}
  for (const column of ['clndr_type', 'proj_id']) {
    const value = row.get(column)
    if (value && value !== 'CA_Base') extra[column] = value
  }
  return {
    id,
    ...(Number.isInteger(uid) && { uid }),
    name: row.get('clndr_name') ?? '',
    ...(parent && parent !== id && { parent }),
    week: data?.week ?? standardWeek,
    workWeeks: [],
    exceptions: data?.exceptions ?? [],
    ...sizes,
    ...((row.get('clndr_type') === 'CA_Rsrc' || row.get('rsrc_private') === 'Y') && { resourceOwned: true }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

const maxDays = 20_000

/** Days of an exception, one by one, as P6 keeps them; undefined for a range of more than half a century. */
export function daysOfException(exception: CalendarException): number[] | undefined {
  const { fromDay, toDay, recurrence } = exception
  if (toDay - fromDay > maxDays) return undefined
  const days: number[] = []
  if (recurrence) eachOccurrence({ ...exception, recurrence }, fromDay, toDay, day => days.push(day))
  else for (let day = fromDay; day <= toDay; day++) days.push(day)
  return days
}
