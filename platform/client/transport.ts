// The one place that speaks HTTP: addresses, headers, the CSRF guard's header, problems turned into Failures.
import type { Problem } from '@yingzao/kernel/entity'
import { Failure, offline } from './failure.ts'

export interface ClientOptions {
  /** Origin of the server, "https://host:port"; in the browser nothing (same origin). */
  readonly url?: string
  /** API token; without one the browser's session cookie counts. */
  readonly token?: string
  /** Session cookie ("name=value") for programs that hold one; browsers send theirs by themselves. */
  readonly cookie?: string
  /** Which channel the history shows. */
  readonly kind?: 'web' | 'mobile' | 'cli'
  /** Language of messages; the user's own setting wins once signed in. */
  readonly lang?: 'zh' | 'en'
  readonly fetch?: typeof fetch
  /** Opens the live socket; needed on Node 20, which has no WebSocket of its own. */
  readonly openSocket?: (url: string, headers: Readonly<Record<string, string>>) => LiveSocket
  /** The server says the session is over (401 on anything but signing in). */
  readonly onSignedOut?: () => void
}

/** What the live connection needs of a WebSocket; browsers' and the `ws` package's both fit. */
export interface LiveSocket {
  readonly readyState: number
  onopen: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(data: string): void
  close(): void
}

export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  /** Sent as it is: a file, a form. */
  readonly raw?: FormData | Blob | string
  readonly version?: number
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface Transport {
  readonly options: ClientOptions
  /** The JSON answer; undefined on 204. Throws a Failure on every status from 400 on and when no answer came. */
  readonly call: <T>(method: string, path: string, call?: Call) => Promise<T>
  /** The answer itself, for downloads and conditional requests; throws a Failure from 400 on. */
  readonly fetch: (method: string, path: string, call?: Call) => Promise<Response>
  readonly headers: () => Record<string, string>
  readonly address: (path: string) => string
}

export const API = '/api/v1'

export function createTransport(options: ClientOptions): Transport {
  const origin = options.url?.replace(/\/$/, '') ?? ''
  const address = (path: string) => origin + API + path
  const headers = () => ({
    'x-yingzao-client': options.kind ?? 'web',
    ...(options.lang ? { 'accept-language': options.lang } : {}),
    ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    ...(options.cookie ? { cookie: options.cookie } : {}),
  })

  const send = async (method: string, path: string, call: Call = {}): Promise<Response> => {
    const body = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: {
        ...headers(),
        accept: 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.version === undefined ? {} : { 'if-match': `"${call.version}"` }),
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
        ...call.headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(call.signal ? { signal: call.signal } : {}),
    }
    const ask = () => (options.fetch ?? fetch)(address(path) + queryText(call.query), init)
    let answer: Response
    try {
      answer = await ask().catch(cause => {
        if (wasCutOff(cause) && isRepeatable(method, call)) return ask()
        throw cause
      })
    } catch (cause) {
      if (call.signal?.aborted) throw cause
      throw offline(cause)
    }
    if (answer.status < 400) return answer
    const failure = new Failure(await readProblem(answer))
    if (failure.status === 401 && !path.startsWith('/session')) options.onSignedOut?.()
    throw failure
  }

  return {
    options,
    headers,
    address,
    fetch: send,
    async call<T>(method: string, path: string, call?: Call) {
      const answer = await send(method, path, call)
      if (answer.status === 204) return undefined as T
      // The boundary: the server's answer has the shape its OpenAPI document declares.
      return (await answer.json()) as T
    },
  }
}

/** A connection that had been idle, or stood still too long, was closed under the request: browsers ask again by themselves. */
function wasCutOff(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET'
}

/** What may arrive twice: reading, creating under an id of ours, and what carries an idempotency key. */
const isRepeatable = (method: string, { body, raw, idempotencyKey }: Call): boolean =>
  raw === undefined &&
  (method === 'GET' ||
    idempotencyKey !== undefined ||
    (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string'))

function queryText(query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  )
  return pairs.length ? `?${pairs.join('&')}` : ''
}

async function readProblem(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null)
  if (isProblem(body)) return body
  // A proxy in between answered, not our server.
  return {
    type: 'about:blank',
    title: answer.statusText || 'Error',
    status: answer.status,
    detail: `${answer.status} ${answer.statusText}`,
    code: `http.${answer.status}`,
    request_id: answer.headers.get('x-request-id') ?? '',
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'detail' in body
