// Calendars: the usual week, dated and recurring exceptions, work weeks; and which calendar is whose.
import type {
  Calendar,
  CalendarException,
  DayPattern,
  Recurrence,
  Shift,
  WorkWeek,
} from '@yingzao/engines/schedule/plan'
import { eachOccurrence } from '@yingzao/engines/schedule/recurrence'
import { type ReadLimits, refuseEndless } from '../limit.ts'
import type { LossLog } from '../loss.ts'
import { standardCalendar } from '../mspdi/calendar.ts'
import { u8, u16, u32, wideText } from './bytes.ts'
import { dayAt } from './date.ts'
import type { Layout } from './layout.ts'
import type { Table } from './table.ts'

export interface Calendars {
  calendars: Calendar[]
  /** Calendar id by resource number. */
  ofResource: ReadonlyMap<number, string>
}

const daySize = 60
const weekSize = 7 * daySize
const exceptionSize = 92

/** Fields of a calendar by number. */
const field = { id: 9, base: 6, resource: 7, guid: 27, name: 1, data: 8 }

/**
 * @param usualWeek the week of base calendars that have no data of their own
 */
export function readCalendars(
  table: Table,
  layout: Layout,
  usualWeek: Uint8Array | undefined,
  losses: LossLog,
  limits: ReadLimits,
): Calendars {
  const { reader } = table
  // Before 2007 the count of exceptions stands before the week.
  const weekStart = layout.generation < 12 ? 4 : 0
  const usual = weekOf(usualWeek, weekStart, losses)
  const calendars = new Map<number, Calendar>()
  const ofResource = new Map<number, string>()

  for (let i = 0; i < table.count; i++) {
    const bare = table.record(i, 0)
    const id = reader.integer(bare, field.id) ?? 0
    if (id <= 0 || calendars.has(id)) continue
    const record = { ...bare, id }
    const base = reader.integer(record, field.base) ?? 0
    const resource = reader.integer(record, field.resource) ?? 0
    const isBase = base <= 0 || base === id
    const own = reader.bytes(record, field.data)
    const week = weekOf(own, weekStart, losses)
    const known = reader.guid(record, field.guid)
    const calendar: Calendar = {
      id: String(id),
      uid: id,
      name: reader.text(record, field.name) ?? '',
      ...(!isBase && { parent: String(base) }),
      // A base calendar that says "as usual" means the usual week, a resource's its base calendar's.
      week: isBase ? week.map((day, d) => day ?? usual[d] ?? standardWeek[d]) : week,
      ...exceptionsOf(own, weekStart, layout, losses),
      ...(known && { extra: { GUID: known } }),
    }
    refuseEndless(calendar, limits)
    calendars.set(id, calendar)
    if ((isBase ? resource > 0 : resource >= 0) && (!isBase || !ofResource.has(resource)))
      ofResource.set(resource, String(id))
  }
  return { calendars: [...calendars.values()], ofResource }
}

const standardWeek = standardCalendar('').week

const noWeek: readonly undefined[] = Array.from({ length: 7 }, () => undefined)

/** Seven days of 60 bytes, Sunday first; undefined = as usual. */
function weekOf(data: Uint8Array | undefined, from: number, losses: LossLog): (DayPattern | undefined)[] {
  if (!data) return [...noWeek]
  return noWeek.map((_, d) => dayOfWeek(data, from + d * daySize, losses))
}

function dayOfWeek(data: Uint8Array, from: number, losses: LossLog): DayPattern | undefined {
  if (from + daySize > data.length || u16(data, from) === 1) return undefined
  return shiftsAt(data, u16(data, from + 2), from + 8, from + 20, losses)
}

/** At most five shifts: starts of two bytes, lengths of four, both in tenths of a minute. */
function shiftsAt(data: Uint8Array, count: number, starts: number, lengths: number, losses: LossLog): Shift[] {
  const shifts: Shift[] = []
  for (let i = 0; i < Math.min(count, 6); i++) {
    const from = Math.floor(u16(data, starts + i * 2) / 10)
    const to = from + Math.floor(u32(data, lengths + i * 4) / 10)
    if (to > from && from < 1440) shifts.push({ from, to: Math.min(to, 1440) })
    if (to > 1440 || from >= 1440) losses.add('value', 'Calendar/WorkingTime', `${from}–${to} min`)
  }
  return shifts.sort((a, b) => a.from - b.from)
}

function exceptionsOf(
  data: Uint8Array | undefined,
  weekStart: number,
  layout: Layout,
  losses: LossLog,
): { exceptions: CalendarException[]; workWeeks: WorkWeek[] } {
  const exceptions: CalendarException[] = []
  if (!data || layout.generation < 12) {
    if (data) readOldExceptions(data, weekStart, exceptions, losses)
    return { exceptions, workWeeks: [] }
  }
  let at = weekSize
  const count = at + 2 <= data.length ? u16(data, at) : 0
  at += 4
  for (let i = 0; i < count && at + exceptionSize <= data.length; i++) {
    const nameSize = Math.ceil(u32(data, at + 88) / 4) * 4
    const exception = exceptionAt(data, at, nameSize, losses)
    if (exception) exceptions.push(exception)
    at += exceptionSize + nameSize
  }
  exceptions.sort((a, b) => a.fromDay - b.fromDay)
  return { exceptions, workWeeks: workWeeksOf(data, at + 4, losses) }
}

function exceptionAt(data: Uint8Array, at: number, nameSize: number, losses: LossLog): CalendarException | undefined {
  const name = nameSize > 0 ? wideText(data, at + exceptionSize, nameSize) : ''
  const fromDay = dayAt(data, at)
  const toDay = dayAt(data, at + 2)
  const recurrence = recurrenceAt(data, at)
  if (fromDay === undefined || toDay === undefined || recurrence === undefined) {
    losses.add('value', 'Calendar/Exception', name || String(u16(data, at + 72)))
    return undefined
  }
  const occurrences = recurrence ? u16(data, at + 4) : 0
  const exception: CalendarException = {
    name,
    fromDay,
    toDay: Math.max(fromDay, toDay),
    shifts: shiftsAt(data, u16(data, at + 14), at + 20, at + 32, losses),
    ...(recurrence && { recurrence }),
    ...(occurrences > 0 && { occurrences }),
  }
  return recurrence ? fromFirst({ ...exception, recurrence }) : exception
}

/** Begins a recurring exception on its first day: Project keeps the day it was entered from. */
function fromFirst(exception: CalendarException & { recurrence: Recurrence }): CalendarException {
  let first: number | undefined
  eachOccurrence({ ...exception, occurrences: 1 }, exception.fromDay, exception.toDay, day => {
    first ??= day
  })
  return first === undefined ? exception : { ...exception, fromDay: first }
}

/** MSPDI's exception types, packed; null = every day of the range, undefined = not understood. */
function recurrenceAt(data: Uint8Array, at: number): Recurrence | null | undefined {
  const a = u8(data, at + 76)
  const b = u8(data, at + 77)
  const c = u8(data, at + 78)
  const position = (stored: number): 1 | 2 | 3 | 4 | 5 | undefined => {
    const n = stored + 1
    return n === 1 || n === 2 || n === 3 || n === 4 || n === 5 ? n : undefined
  }
  switch (u16(data, at + 72)) {
    case 1:
      return null
    case 2:
      return { kind: 'yearly_day', every: 1, month: a + 1, day: b }
    case 3: {
      const nth = position(b)
      return nth && c >= 3
        ? { kind: 'yearly_position', every: 1, month: a + 1, position: nth, weekday: c - 3 }
        : undefined
    }
    case 4:
      return { kind: 'monthly_day', every: Math.max(1, c), day: a }
    case 5: {
      const nth = position(a)
      const every = Math.max(1, u16(data, at + 78))
      return nth && b >= 3 ? { kind: 'monthly_position', every, position: nth, weekday: b - 3 } : undefined
    }
    case 6: {
      const days = [0, 1, 2, 3, 4, 5, 6].filter(day => a & (1 << day))
      return days.length > 0 ? { kind: 'weekly', every: Math.max(1, u16(data, at + 78)), days } : undefined
    }
    case 7: {
      const every = u16(data, at + 76)
      return every > 1 ? { kind: 'daily', every } : null
    }
    default:
      return undefined
  }
}

/** Weeks of other hours: seven days, the range of dates, eight unknown bytes, a name padded to four bytes. */
function workWeeksOf(data: Uint8Array, from: number, losses: LossLog): WorkWeek[] {
  const weeks: WorkWeek[] = []
  for (let at = from; at + weekSize + 16 <= data.length; ) {
    const days = weekOf(data.subarray(0, at + weekSize), at, losses)
    const fromDay = dayAt(data, at + weekSize)
    const toDay = dayAt(data, at + weekSize + 2)
    const nameSize = Math.ceil(u32(data, at + weekSize + 12) / 4) * 4
    const name = nameSize > 0 ? wideText(data, at + weekSize + 16, nameSize) : ''
    if (fromDay === undefined || toDay === undefined) losses.add('value', 'Calendar/WorkWeek', name)
    else weeks.push({ name, fromDay, toDay: Math.max(fromDay, toDay), days })
    at += weekSize + 16 + nameSize
  }
  return weeks
}

/** Project 98 to 2003: exceptions of 64 bytes, without names or recurrence. */
function readOldExceptions(
  data: Uint8Array,
  weekStart: number,
  exceptions: CalendarException[],
  losses: LossLog,
): void {
  const count = u16(data, 0)
  for (let i = 0, at = weekStart + weekSize; i < count && at + 64 <= data.length; i++, at += 64) {
    const fromDay = dayAt(data, at)
    const toDay = dayAt(data, at + 2)
    if (fromDay === undefined || toDay === undefined) continue
    const shifts = shiftsAt(data, u16(data, at + 6), at + 12, at + 24, losses)
    exceptions.push({ name: '', fromDay, toDay: Math.max(fromDay, toDay), shifts })
  }
}
