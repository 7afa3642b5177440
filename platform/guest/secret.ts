// What a guest holds: a link of 256 random bits, a code of six digits, a session. Kept as digests.
import { createHmac, randomInt } from 'node:crypto'
import type { Host } from '../http/host.ts'

/** Recognisable, so that scanners of leaked secrets find them; no API token and no session of a person begins so. */
export const LINK_PREFIX = 'yzg_'
export const SESSION_PREFIX = 'yzh_'

export const newCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0')

/** Keyed with the installation's secret and bound to its invitation and number. */
export function codeDigest(host: Pick<Host, 'keys'>, invitation: string, no: number, code: string): Buffer {
  if (!host.keys) throw new Error('codes of guests need the keys of the installation')
  return createHmac('sha256', host.keys.blindIndex).update(`guest code ${invitation} ${no} ${code}`).digest()
}
