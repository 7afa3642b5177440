// Writes an iCalendar stream: whole days as dates, hours as UTC, so that no time zone has to be described. Lines end in CRLF
// and are folded at 75 octets (RFC 5545 §3.1); text is escaped (§3.3.11). Pure: same input, same text.
import { formatDay } from '@yingzao/engines/schedule/civil'

/** Days since 1970-01-01; `to` is the last day, included. */
type Days = { readonly from: number; readonly to: number }
/** Minutes of naive local time, in the calendar's zone. */
type Hours = { readonly start: number; readonly finish: number }

export interface IcsEvent {
  /** The same for the same thing at every reading, and unlike any other anywhere. */
  readonly uid: string
  readonly at: Days | Hours
  readonly summary: string
  readonly description?: string
  readonly url?: string
  readonly categories?: readonly string[]
  /** Shown as taking somebody's time; otherwise others still see him free. */
  readonly busy?: boolean
  /** When it was last changed, ISO 8601 UTC: what a reader compares. */
  readonly changed: string
  /** Of an earlier state: "this one is gone". */
  readonly cancelled?: boolean
}

export interface IcsCalendar {
  readonly name: string
  readonly description?: string
  /** IANA name of the zone that naive times are in. */
  readonly zone: string
  /** How often a reader should ask again, in minutes. */
  readonly refresh?: number
  readonly events: readonly IcsEvent[]
}

/** The calendar as text. Events without a valid time are left out. */
export function writeIcs({ name, description, zone, refresh, events }: IcsCalendar): string {
  const utc = clockIn(zone)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Yingzao//Yingzao//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    `NAME:${escaped(name)}`,
    ...(description === undefined ? [] : [`X-WR-CALDESC:${escaped(description)}`]),
    `X-WR-TIMEZONE:${escaped(zone)}`,
    ...(refresh === undefined
      ? []
      : [`REFRESH-INTERVAL;VALUE=DURATION:PT${refresh}M`, `X-PUBLISHED-TTL:PT${refresh}M`]),
  ]
  for (const event of events) {
    const times = timesOf(event.at, utc)
    if (!times) continue
    lines.push(
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `DTSTAMP:${stamp(event.changed)}`,
      `LAST-MODIFIED:${stamp(event.changed)}`,
      ...times,
      `SUMMARY:${escaped(event.summary)}`,
      ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
      ...(event.url ? [`URL:${event.url.replace(/[\r\n]/g, '')}`] : []),
      ...(event.categories?.length ? [`CATEGORIES:${event.categories.map(escaped).join(',')}`] : []),
      `TRANSP:${event.busy ? 'OPAQUE' : 'TRANSPARENT'}`,
      ...(event.cancelled ? ['STATUS:CANCELLED'] : []),
      'END:VEVENT',
    )
  }
  lines.push('END:VCALENDAR', '')
  return lines.map(folded).join('\r\n')
}

function timesOf(at: Days | Hours, utc: (minute: number) => string): string[] | undefined {
  if ('from' in at) {
    if (!Number.isInteger(at.from) || !Number.isInteger(at.to) || at.to < at.from) return undefined
    // The end of a whole-day event is the day after its last (§3.6.1).
    return [`DTSTART;VALUE=DATE:${compact(at.from)}`, `DTEND;VALUE=DATE:${compact(at.to + 1)}`]
  }
  if (!Number.isFinite(at.start) || !Number.isFinite(at.finish) || at.finish < at.start) return undefined
  return [`DTSTART:${utc(at.start)}`, ...(at.finish > at.start ? [`DTEND:${utc(at.finish)}`] : [])]
}

const compact = (day: number) => formatDay(day).replaceAll('-', '')
const stamp = (iso: string) => `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`

/** §3.3.11: backslash, semicolon, comma and line break are written with a backslash; other control characters are not text. */
const escaped = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, '')

/** §3.1: at most 75 octets a line without its break, cut between characters; what follows begins with a space. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const char of line) {
    const size = octetsOf(char.codePointAt(0) ?? 0)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += char
    octets += size
  }
  return out
}
const octetsOf = (code: number) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

/** Naive minutes of a zone as UTC. An hour that the zone skips or has twice is taken as before the change. */
function clockIn(zone: string): (minute: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  })
  const offsetAt = (at: number) => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000
  }
  return minute => {
    const naive = minute * 60_000
    const guess = naive - offsetAt(naive)
    return `${new Date(naive - offsetAt(guess)).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  }
}
