// When a message may go out on a channel: at once, with the digest, or when the quiet hours are over. Pure; times are the organisation's.
import type { Instant } from '@yingzao/kernel/entity'
import { instantIn, naiveIn } from '../exchange/zone.ts'

export type When = 'at_once' | 'daily' | 'weekly' | 'never'
export interface Quiet {
  /** "22:00" to "07:00": over midnight too; both null for none. */
  readonly quiet_from: string | null
  readonly quiet_to: string | null
}

/** What waits for a digest waits for its job; `never` and `digest` carry no moment. */
export type Sending = { readonly kind: 'now' | 'digest' | 'never' } | { readonly kind: 'later'; readonly at: Instant }

/** An urgent message waits for nothing, but whoever wants none on this channel gets none. */
export function sendingOf(when: When, quiet: Quiet, urgent: boolean, now: Instant, zone: string): Sending {
  if (when === 'never') return { kind: 'never' }
  if (urgent) return { kind: 'now' }
  if (when !== 'at_once') return { kind: 'digest' }
  const at = quietUntil(quiet, now, zone)
  return at === null ? { kind: 'now' } : { kind: 'later', at }
}

/** The end of the quiet hours that `now` lies in; null outside of them. */
export function quietUntil({ quiet_from: from, quiet_to: to }: Quiet, now: Instant, zone: string): Instant | null {
  if (from === null || to === null || from === to) return null
  const local = naiveIn(zone, now)
  const [day, time] = [local.slice(0, 10), local.slice(11, 16)]
  const overnight = from > to
  const quiet = overnight ? time >= from || time < to : time >= from && time < to
  if (!quiet) return null
  const end = overnight && time >= from ? nextDay(day) : day
  return instantIn(zone, `${end} ${to}`)
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
