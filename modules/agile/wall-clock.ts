// A moment as the clocks of the organisation show it: naive minutes, as the engines count.
import type { Minute } from '@yingzao/engines/schedule'

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
const quarter = 15

/** Minutes since 1970-01-01 00:00 on the wall. Offsets change on the quarter hour at most, so they are asked once for each. */
export function wallMinute(zone: string, instant: string): Minute {
  const utc = Math.floor(Date.parse(instant) / 60_000)
  const key = `${zone} ${Math.floor(utc / quarter)}`
  const known = offsets.get(key)
  if (known !== undefined) return utc + known
  const offset = offsetAt(zone, utc)
  if (offsets.size > 100_000) offsets.clear()
  offsets.set(key, offset)
  return utc + offset
}

function offsetAt(zone: string, utc: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    })
  formats.set(zone, format)
  const part = Object.fromEntries(format.formatToParts(utc * 60_000).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute)
  return Math.round(wall / 60_000) - utc
}
