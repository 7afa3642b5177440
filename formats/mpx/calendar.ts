// Calendars of MPX (records 20–26 and 55–57) as the calendars of Project's XML.

import type { LossLog } from '../loss.ts'
import { timeOfDay } from '../mspdi/value.ts'
import type { XmlNode } from '../xml/record.ts'
import { node, period } from './node.ts'
import type { MpxRecord } from './table.ts'
import type { Values } from './value.ts'

/** A calendar being read: its own record, its hours, its exceptions. */
export interface MpxCalendar {
  uid: number
  name: string
  /** Resource calendars: name of the calendar they derive from. */
  base?: string
  /** Per weekday from Sunday: `0` not working, `1` working, `2` as in the base calendar (or the usual week). */
  flags: readonly string[]
  hours: Map<number, XmlNode[]>
  exceptions: XmlNode[]
}

/** Record 20 (name, seven flags) or 55 (name of the base, seven flags). */
export const calendarOf = (record: MpxRecord, uid: number, resource?: string): MpxCalendar => {
  const [name = '', ...flags] = record.fields.map(f => f.trim())
  return {
    uid,
    ...(resource === undefined ? { name } : { name: resource, base: name }),
    ...{ flags, hours: new Map(), exceptions: [] },
  }
}

/** Pairs of times; an end at midnight is the end of the day. */
function times(fields: readonly string[], values: Values, losses: LossLog): XmlNode[] {
  const found: XmlNode[] = []
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [start = '', end = ''] = [fields[i], fields[i + 1]]
    if (start.trim() === '' && end.trim() === '') continue
    const from = values.time(start)
    const to = values.time(end)
    if (from === undefined || to === undefined) losses.add('value', 'Calendar/WorkingTime', `${start}–${end}`)
    else found.push(node('WorkingTime', { FromTime: timeOfDay.write(from), ToTime: timeOfDay.write(to) }))
  }
  return found
}

/** Records 25 and 56: weekday (1 = Sunday) and its hours. */
export function readHours(record: MpxRecord, calendar: MpxCalendar, values: Values, losses: LossLog): void {
  const [day = '', ...rest] = record.fields
  const number = Number(day)
  if (Number.isInteger(number) && number >= 1 && number <= 7) calendar.hours.set(number, times(rest, values, losses))
  else losses.add('value', 'Calendar/DayType', day)
}

/** Records 26 and 57: first day, last day, working or not, hours. */
export function readException(record: MpxRecord, calendar: MpxCalendar, values: Values, losses: LossLog): void {
  const [first = '', last = '', working = '', ...rest] = record.fields
  const from = values.date(first)
  const to = last.trim() === '' ? from : values.date(last)
  const isWorking = values.flag(working)
  if (!from || !to || to.day < from.day || isWorking === undefined) {
    losses.add('value', 'Calendar/Exception', record.fields.join(' ').trim())
    return
  }
  const hours = isWorking ? times(rest, values, losses) : []
  calendar.exceptions.push(
    node('Exception', { DayWorking: isWorking ? '1' : '0', Type: '1' }, [
      period(from.day, to.day),
      ...(hours.length > 0 ? [node('WorkingTimes', {}, hours)] : []),
    ]),
  )
}

/** The record of Project's XML. */
export function calendarNode(calendar: MpxCalendar, base: number | undefined): XmlNode {
  const days: XmlNode[] = []
  for (let day = 1; day <= 7; day++) {
    const flag = calendar.flags[day - 1] ?? ''
    const hours = calendar.hours.get(day) ?? []
    const isDerived = base !== undefined
    if (flag === '2' && isDerived) continue
    const isWeekday = day > 1 && day < 7
    const working = flag === '1' || (flag !== '0' && (isDerived ? hours.length > 0 : isWeekday))
    if (flag === '' && isDerived && hours.length === 0) continue
    days.push(
      node('WeekDay', { DayType: String(day), DayWorking: working ? '1' : '0' }, [
        ...(working && hours.length > 0 ? [node('WorkingTimes', {}, hours)] : []),
      ]),
    )
  }
  return node(
    'Calendar',
    {
      UID: String(calendar.uid),
      Name: calendar.name,
      IsBaseCalendar: calendar.base === undefined ? '1' : '0',
      BaseCalendarUID: String(base ?? -1),
    },
    [
      node('WeekDays', {}, days),
      ...(calendar.exceptions.length > 0 ? [node('Exceptions', {}, calendar.exceptions)] : []),
    ],
  )
}
