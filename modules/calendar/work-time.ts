// Working hours on the wall clock of a zone: the standard week with the country's public holidays.
import { type CalendarClock, calendarClock } from '@yingzao/engines/schedule'
import { standardCalendar } from './public.ts'

const minute = 60_000
let standard: CalendarClock | null = null

function clockOf(): CalendarClock {
  if (standard) return standard
  const made = calendarClock([standardCalendar('zh')], 'standard')
  if (!made.ok) throw new Error(`the standard calendar cannot be used: ${made.error.code}`)
  standard = made.clock
  return standard
}

/** Minutes that the clocks of the zone are ahead of UTC at the moment. */
function offsetAt(zone: string, at: number): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at)
  return Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - at) / minute)
}

/** ISO instants; `zone` is an IANA name. */
export function hoursLater(zone: string, from: string, hours: number): string {
  const at = Date.parse(from)
  const due = clockOf().add(Math.floor(at / minute) + offsetAt(zone, at), hours * 60)
  const guess = (due - offsetAt(zone, at)) * minute
  return new Date((due - offsetAt(zone, guess)) * minute).toISOString()
}
