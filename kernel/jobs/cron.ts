// Cron expressions in a zone: when a job declared `every: '0 2 * * *'` runs next, by the clock on the organisation's wall.
import { parseCronItem } from 'graphile-worker'

const minute = 60_000
/** An expression without a moment in five years (30 February) has none. */
const horizon = 5 * 366 * 24 * 60

const formats = new Map<string, Intl.DateTimeFormat>()
/** Wall clock in the zone, as if it were UTC. */
function wallOf(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    })
  formats.set(zone, format)
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute)
}

/**
 * The first moment after `after` that matches, or null. An hour that the zone leaves out runs at the moment after it, an
 * hour that it repeats runs once. Throws on an expression that is none.
 */
export function nextRun(every: string, zone: string, after: Date): Date | null {
  const { match } = parseCronItem({ task: 'any', match: every })
  const start = Math.floor(wallOf(zone, after.getTime()) / minute) * minute
  for (let n = 1; n <= horizon; n++) {
    const wall = new Date(start + n * minute)
    const digest = {
      min: wall.getUTCMinutes(),
      hour: wall.getUTCHours(),
      date: wall.getUTCDate(),
      month: wall.getUTCMonth() + 1,
      dow: wall.getUTCDay(),
    }
    if (!match(digest)) continue
    const moment = momentOf(zone, wall.getTime())
    if (moment > after.getTime()) return new Date(moment)
  }
  return null
}

/** The first moment at which the clock on the wall shows at least this. */
function momentOf(zone: string, wall: number): number {
  const offsets = [-12, 12].map(hours => {
    const near = wall + hours * 60 * minute
    return wallOf(zone, near) - near
  })
  const guesses = offsets.map(offset => wall - offset).sort((a, b) => a - b)
  return guesses.find(at => wallOf(zone, at) >= wall) ?? guesses[1] ?? wall
}
