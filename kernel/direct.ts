// The one direct connection of a node: what a pool behind PgBouncer cannot keep, LISTEN and locks that end with their holder.
import { Client, type ClientConfig } from 'pg'

export interface Direct {
  /** Number of the session, null while there is none. What a session held (locks, settings) is gone with its number. */
  readonly session: number | null
  /** One statement at a time, each in a transaction of its own: the connection is shared. Rejects when it breaks. */
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<readonly R[]>
  /** Hears the channel, also after a reconnect. `onConnect` runs whenever news may have been missed, first of all now. */
  listen(channel: string, hear: { onNews(payload: string): void; onConnect(): void }): () => void
  close(): Promise<void>
}

export interface DirectOptions {
  /** Past a pooler: to PostgreSQL itself. */
  readonly connection: ClientConfig
  readonly onError: (error: Error) => void
}

const pauses = [50, 100, 200, 500, 1000]

/** Connects and keeps connecting: while the server restarts, queries reject and listening waits. */
export function openDirect({ connection, onError }: DirectOptions): Direct {
  const listeners = new Map<string, Set<{ onNews(payload: string): void; onConnect(): void }>>()
  /** The few statements that are asked here are prepared once per session. */
  const names = new Map<string, string>()
  let client: Client | null = null
  let sessions = 0
  let failures = 0
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let connecting: Promise<void> = connect()

  async function connect(): Promise<void> {
    if (closed) return
    const fresh = new Client({
      application_name: 'yingzao direct',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      ...connection,
    })
    fresh.on('error', onError)
    fresh.on('end', () => lost(fresh))
    fresh.on('notification', ({ channel, payload = '' }) => {
      for (const each of listeners.get(channel) ?? []) each.onNews(payload)
    })
    try {
      await fresh.connect()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
      await fresh.end().catch(() => {})
      return again()
    }
    client = fresh
    sessions += 1
    failures = 0
    for (const channel of listeners.keys()) start(channel)
  }
  /** News may come only from now on, so everybody on the channel looks for what he missed. */
  function start(channel: string): void {
    query(`listen ${channel}`).then(
      () => {
        for (const each of listeners.get(channel) ?? []) each.onConnect()
      },
      () => {},
    )
  }
  function lost(which: Client): void {
    if (client !== which) return
    client = null
    again()
  }
  function again(): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(() => (connecting = connect()), pauses[Math.min(failures++, pauses.length - 1)])
  }
  function query<R extends object>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> {
    const asked = queue.then(async () => {
      const at = client
      if (!at) throw new Error('no connection to PostgreSQL')
      if (values.length === 0) return (await at.query<R>(text)).rows
      const name = names.get(text) ?? `d${names.size}`
      names.set(text, name)
      return (await at.query<R>({ name, text, values: [...values] })).rows
    })
    queue = asked.catch(() => {})
    return asked
  }

  return {
    get session() {
      return client ? sessions : null
    },
    query,
    listen(channel, hear) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(hear))
      if (client) start(channel)
      return () => void set.delete(hear)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await connecting
      await queue
      await client?.end().catch(() => {})
    },
  }
}
