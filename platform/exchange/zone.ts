// Wall-clock times in files ↔ moments: a file says 14:05 and means the organisation's zone.
import type { Instant } from '@yingzao/kernel/entity'
import { isInstant, isPlainDate } from '@yingzao/kernel/entity'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** "2026-11-21T14:05:00" as clocks in the zone show it. */
export const naiveIn = (zone: string, instant: string): string =>
  formatOf(zone).format(new Date(instant)).replace(' ', 'T')

/** The moment at which clocks in the zone show it; of a repeated hour the first; null for what is no time. */
export function instantIn(zone: string, text: string): Instant | null {
  if (isInstant(text)) return text
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim())
  if (!match) return null
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00'] = match
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isPlainDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const naive = `${date}T${hour.padStart(2, '0')}:${minute}:${second}`
  const wanted = Date.parse(`${naive}Z`)
  // The offset at the guess, then at the corrected guess: right on both sides of a change of the clocks.
  let at = wanted
  for (let turn = 0; turn < 2; turn++) at = wanted - (Date.parse(`${naiveIn(zone, new Date(at).toISOString())}Z`) - at)
  const found = new Date(at).toISOString()
  return isInstant(found) ? found : null
}
