// Calendars of Primavera's XML as the calendar text that P6 itself keeps, so that one reader serves both its formats.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { DayPattern, Shift } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import { writeCalendarData } from '../xer/calendar-data.ts'
import { childrenOf, type XmlNode } from '../xml/record.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function clock(text: string | undefined): number | undefined {
  const m = /^(?:[\d-]+T)?(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(text?.trim() ?? '')
  if (!m) return undefined
  const minute = Number(m[1]) * 60 + Number(m[2])
  return minute < 1440 ? minute : undefined
}

/** P6 writes the last minute that is worked: 08:00–11:59 ends at noon, 00:00–23:59 is the whole day. */
const endOf = (last: number): number => (last % 10 === 9 ? last + 1 : last)

function shiftsOf(day: XmlNode, losses: LossLog): DayPattern {
  const shifts: Shift[] = []
  for (const time of childrenOf(day, 'WorkTime')) {
    const from = clock(time.fields.get('Start'))
    const last = clock(time.fields.get('Finish'))
    if (from === undefined && last === undefined && ![...time.fields.values()].some(v => v.trim() !== '')) continue
    if (from === undefined || last === undefined)
      losses.add('value', 'Calendar/WorkTime', `${time.fields.get('Start')}–${time.fields.get('Finish')}`)
    // An end before the start runs into the next day; midnight as an end is 24:00, which the text writes as 00:00.
    else shifts.push({ from, to: endOf(last) })
  }
  return shifts.sort((a, b) => a.from - b.from)
}

/** Text of `clndr_data`; undefined for a calendar without a week. */
export function calendarText(node: XmlNode, losses: LossLog): string | undefined {
  const days = childrenOf(node, 'StandardWorkWeek').flatMap(week => childrenOf(week, 'StandardWorkHours'))
  if (days.length === 0) return undefined
  const week: DayPattern[] = [[], [], [], [], [], [], []]
  for (const day of days) {
    const written = day.fields.get('DayOfWeek') ?? ''
    const index = weekdays.indexOf(written.trim())
    if (index < 0) losses.add('value', 'Calendar/DayOfWeek', written)
    else week[index] = shiftsOf(day, losses)
  }
  const exceptions = new Map<number, DayPattern>()
  for (const day of childrenOf(node, 'HolidayOrExceptions').flatMap(list => childrenOf(list, 'HolidayOrException'))) {
    const at = parseMinute(day.fields.get('Date') ?? '')
    if (at === undefined) losses.add('value', 'Calendar/HolidayOrException', day.fields.get('Date'))
    else exceptions.set(Math.floor(at / 1440), shiftsOf(day, losses))
  }
  return writeCalendarData(week, exceptions)
}
