// The live connection: one socket for the whole app, reconnecting, catching up from where it was cut.
import type { LiveAsk, LiveChange, LiveHere, LiveNews, LivePeople, LivePerson } from '@yingzao/kernel/entity'
import { API, type LiveSocket, type Transport } from './transport.ts'

export type LiveState = 'idle' | 'connecting' | 'open' | 'waiting'
export interface LiveTarget {
  readonly entity: string
  /** One record; without it every record of the entity that I may see. */
  readonly id?: string
}
export interface LiveListener {
  readonly changes: (changes: readonly LiveChange[]) => void
  /** Too much was missed while away: read again what is shown. */
  readonly reload?: () => void
}
export interface Live {
  /** Hears of changes of the targets until the returned function is called. */
  subscribe(targets: readonly LiveTarget[], listener: LiveListener | LiveListener['changes']): () => void
  /** Tells whoever else has the record open that I have, too, and hears who they are. One record at a time. */
  meet(record: Required<LiveTarget>, hear: (people: readonly LivePerson[]) => void): Meeting
  readonly state: () => LiveState
  /** Position up to which everything was heard; undefined before the first answer. */
  readonly since: () => string | undefined
  onState(listener: (state: LiveState) => void): () => void
  /** Listening, once it begins, begins here: what changes while the socket is still being opened is heard. */
  from(position: string): void
  /** Cuts the connection; it is opened again and catches up (a laptop that wakes, a changed network). */
  interrupt(): void
  close(): void
}

/** Being at a record. */
export interface Meeting {
  /** Where in the record I am, in the page's own words; undefined = nowhere in particular. */
  move(at: string | undefined): void
  leave(): void
}

const OPEN = 1

export function createLive(transport: Transport): Live {
  const subscriptions = new Set<{ readonly targets: readonly LiveTarget[]; readonly listener: LiveListener }>()
  const watchers = new Set<(state: LiveState) => void>()
  let socket: LiveSocket | null = null
  let state: LiveState = 'idle'
  let since: string | undefined
  let attempts = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let asked = ''
  let asking = false

  const become = (next: LiveState) => {
    if (next === state) return
    state = next
    for (const watcher of watchers) watcher(next)
  }

  /** Asks once per tick for the union of all targets; the server is told only when it changed. */
  const ask = () => {
    if (asking) return
    asking = true
    queueMicrotask(() => {
      asking = false
      if (!socket || socket.readyState !== OPEN) return
      const unique = new Map(
        [...subscriptions].flatMap(each => each.targets).map(target => [`${target.entity}/${target.id ?? ''}`, target]),
      )
      const wanted = JSON.stringify([...unique.keys()].sort())
      if (wanted === asked) return
      asked = wanted
      const message: LiveAsk = { subscribe: [...unique.values()], ...(since ? { since } : {}) }
      socket.send(JSON.stringify(message))
    })
  }

  /** The record I have open, and who hears of the others there. */
  let meeting: {
    readonly here: NonNullable<LiveHere['here']>
    readonly hear: (people: readonly LivePerson[]) => void
  } | null = null
  const sayHere = () => {
    if (socket?.readyState !== OPEN) return
    const message: LiveHere = { here: meeting?.here ?? null }
    socket.send(JSON.stringify(message))
  }
  const hearPeople = ({ people: { entity, id, all } }: LivePeople) => {
    if (meeting?.here.entity === entity && meeting.here.id === id) meeting.hear(all)
  }

  const hear = (news: LiveNews) => {
    since = news.seq
    if (news.reload) {
      for (const { listener } of subscriptions) listener.reload?.()
      return
    }
    if (news.changes.length === 0) return
    for (const { targets, listener } of subscriptions) {
      const mine = news.changes.filter(change =>
        targets.some(target => target.entity === change.entity && (!target.id || target.id === change.id)),
      )
      if (mine.length) listener.changes(mine)
    }
  }

  const open = () => {
    clearTimeout(retry)
    if (socket || (subscriptions.size === 0 && !meeting)) return
    become('connecting')
    const made = openSocket(transport)
    socket = made
    asked = ''
    made.onopen = () => {
      attempts = 0
      become('open')
      ask()
      if (meeting) sayHere()
    }
    made.onmessage = (event: { data: unknown }) => {
      const news: unknown = JSON.parse(String(event.data))
      if (isNews(news)) hear(news)
      else if (isPeople(news)) hearPeople(news)
    }
    made.onerror = () => {}
    made.onclose = () => {
      if (socket !== made) return
      socket = null
      // Whoever is there now is not known until the connection is back.
      meeting?.hear([])
      if (subscriptions.size === 0 && !meeting) return become('idle')
      become('waiting')
      // 0.3 s, 0.6 s … 20 s, spread so that a restarted server is not met by everybody at once.
      const wait = Math.min(20_000, 300 * 2 ** attempts++) * (0.5 + Math.random() / 2)
      retry = setTimeout(open, wait)
    }
  }

  return {
    subscribe(targets, listener) {
      const entry = { targets, listener: typeof listener === 'function' ? { changes: listener } : listener }
      subscriptions.add(entry)
      open()
      ask()
      return () => {
        subscriptions.delete(entry)
        ask()
      }
    },
    meet(record, listener) {
      const start = { here: { ...record }, hear: listener }
      let mine: typeof meeting = start
      meeting = start
      open()
      sayHere()
      return {
        move(at) {
          if (meeting !== mine || meeting?.here.at === at) return
          mine = { here: { ...record, ...(at === undefined ? {} : { at }) }, hear: listener }
          meeting = mine
          sayHere()
        },
        leave() {
          if (meeting !== mine) return
          meeting = null
          sayHere()
        },
      }
    },
    state: () => state,
    since: () => since,
    from(position) {
      since ??= position
    },
    interrupt: () => socket?.close(),
    onState(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    close() {
      clearTimeout(retry)
      subscriptions.clear()
      meeting = null
      const open = socket
      socket = null
      open?.close()
      become('idle')
    },
  }
}

/** What a browser has and Node 20 has not. */
interface Surroundings {
  readonly fetch: unknown
  readonly location?: { readonly origin: string }
  readonly WebSocket?: new (url: string) => LiveSocket
}

function openSocket(transport: Transport): LiveSocket {
  const { location, WebSocket }: Surroundings = globalThis
  const { url, openSocket: opener } = transport.options
  const origin = url?.replace(/\/$/, '') ?? location?.origin ?? ''
  const address = `${origin.replace(/^http/, 'ws')}${API}/live`
  if (opener) return opener(address, transport.headers())
  if (!WebSocket) throw new Error('this program has no WebSocket: give the client `openSocket`')
  return new WebSocket(address)
}

const isNews = (value: unknown): value is LiveNews =>
  typeof value === 'object' && value !== null && 'seq' in value && 'changes' in value && Array.isArray(value.changes)

const isPeople = (value: unknown): value is LivePeople =>
  typeof value === 'object' && value !== null && 'people' in value && typeof value.people === 'object'
