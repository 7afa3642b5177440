// Bearer secrets of sessions and API tokens: 256 random bits, kept as a digest only.
import { hash, randomBytes } from 'node:crypto'

export interface Secret {
  /** Handed out once. */
  readonly text: string
  /** What the database keeps: looking it up by index needs no constant-time comparison, the digest tells nothing. */
  readonly digest: Buffer
}

export const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer')

export function newSecret(prefix = ''): Secret {
  const text = prefix + randomBytes(32).toString('base64url')
  return { text, digest: digestOf(text) }
}

/** API tokens are recognisable, so that scanners of leaked secrets find them. */
export const TOKEN_PREFIX = 'yzt_'

/** Of calendar feeds: no token, so that an address that leaked opens no API. */
export const FEED_PREFIX = 'yzf_'
