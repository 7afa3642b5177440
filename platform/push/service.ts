// Hands a message to a browser's push service (RFC 8030) and says what became of it.
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type BrowserKeys, encryptFor } from './encryption.ts'
import { lookupPublic, readEndpoint } from './endpoint.ts'
import { authorizationOf, type SenderKey } from './vapid.ts'

/** What an installation needs to push. */
export interface Push {
  readonly key: SenderKey
  /** https: or mailto:, told to push services. */
  readonly contact: string
  readonly product: string
  /** Milliseconds: what happens close together is one notification. */
  readonly together: number
  /** Also to receivers on this machine and by plain http: for tests alone. */
  readonly anywhere?: boolean
}

export interface Packet {
  readonly text: string
  /** At most 32 letters of base64url: a later one of the same topic takes the place of one not yet fetched. */
  readonly topic: string
  readonly urgent: boolean
}

export type Outcome =
  | { readonly kind: 'sent' }
  /** The browser gave its subscription up. */
  | { readonly kind: 'gone' }
  /** Worth another try; `seconds` as the service asked. */
  | { readonly kind: 'later'; readonly seconds: number | null }
  /** Not taken, nor would it be again. 0: the address is none of a push service. */
  | { readonly kind: 'refused'; readonly status: number }

/** Seconds that a service keeps what a switched-off phone has not fetched; then it is old news. */
const keptFor = 3 * 86_400
const patience = 10_000

export async function pushTo(
  push: Push,
  to: { readonly endpoint: string } & BrowserKeys,
  { text, topic, urgent }: Packet,
  now: Date,
): Promise<Outcome> {
  const url = readEndpoint(to.endpoint, push.anywhere)
  if (!url) return { kind: 'refused', status: 0 }
  const body = encryptFor(to, text)
  const headers = {
    authorization: authorizationOf(push.key, url, push.contact, now),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    ttl: keptFor,
    urgency: urgent ? 'high' : 'normal',
    topic,
  }
  const ask = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise(resolve => {
    const asked = ask(url, {
      ...{ method: 'POST', headers, agent: false, signal: AbortSignal.timeout(patience) },
      ...(push.anywhere ? {} : { lookup: lookupPublic }),
    })
    asked.on('response', answer => {
      // Where a redirect leads is not looked at, nor what is said: only whether it was taken.
      answer.destroy()
      resolve(outcomeOf(answer.statusCode ?? 0, answer.headers['retry-after']))
    })
    asked.on('error', error => {
      const hostile = 'code' in error && error.code === 'EINSIDE'
      resolve(hostile ? { kind: 'refused', status: 0 } : { kind: 'later', seconds: null })
    })
    asked.end(body)
  })
}

function outcomeOf(status: number, retryAfter: string | undefined): Outcome {
  if (status >= 200 && status < 300) return { kind: 'sent' }
  if (status === 404 || status === 410) return { kind: 'gone' }
  if (status !== 429 && status < 500) return { kind: 'refused', status }
  const seconds = Number(retryAfter)
  return { kind: 'later', seconds: retryAfter !== undefined && seconds > 0 ? Math.min(seconds, 3600) : null }
}
