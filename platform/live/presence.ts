// Who has a record open, on all nodes: seats are told from node to node and, within the rights of each reader, to whoever
// has the same record open. Nothing is stored: a seat ends with its connection, the seats of a dead node when its pulse stops.
import { randomUUID } from 'node:crypto'
import type { Ctx } from '@yingzao/kernel/context'
import type { Direct } from '@yingzao/kernel/direct'
import { isId, type LivePeople, type LivePerson } from '@yingzao/kernel/entity'
import { titlesOf, visible } from '@yingzao/kernel/server'
import { principalOf } from '../auth/principal.ts'
import { userContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { isObject } from '../http/reply.ts'
import type { Peer } from './hub.ts'

/** A record, and the place in it: what the page makes of it ("task/field"). */
export interface Here {
  readonly entity: string
  readonly id: string
  readonly at?: string
}

export interface PresenceMember {
  /** Where this connection is now; null = nowhere. Whoever may not read the record is nowhere. */
  here(where: Here | null): void
  leave(): void
}

export interface PresenceBoard {
  join(peer: Pick<Peer, 'user' | 'token'>, tell: (people: LivePeople) => void): PresenceMember
  close(): Promise<void>
}

interface Seat extends Here {
  readonly key: string
  readonly node: string
  readonly user: string
}

interface Member {
  readonly key: string
  readonly peer: Pick<Peer, 'user' | 'token'>
  readonly tell: (people: LivePeople) => void
  where: Here | null
  /** Told last, as text: what did not change is not told again. */
  told: string
  /** One question about rights at a time, however fast somebody moves. */
  placing: boolean
}

const CHANNEL = 'yingzao_presence'
/** A node with seats says so; one that was silent for three pulses is gone. */
const PULSE = 1500
const SILENCE = 3 * PULSE
/** Moves are gathered for so long: a planner who holds an arrow key is told ten times a second at most. */
const GATHER = 100
/** Every so many pulses it is asked whether those here may still read what they look at. */
const RECHECK = 4
/** Longer is no place in a record; PostgreSQL carries 8,000 bytes. */
export const MOST_PLACE = 200

export function createPresence(host: Host, direct: Direct): PresenceBoard {
  const node = randomUUID()
  const members = new Map<string, Member>()
  const seats = new Map<string, Seat>()
  const pulses = new Map<string, number>()
  const stale = new Set<string>()
  let pulse: ReturnType<typeof setInterval> | undefined
  let gathering: ReturnType<typeof setTimeout> | undefined
  let telling: Promise<void> = Promise.resolve()
  let beats = 0

  const say = (message: object) =>
    direct
      .query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ tenant: host.tenant, node, ...message })])
      // Without a connection nobody hears; when it is back everybody is asked.
      .catch(() => {})

  const unlisten = direct.listen(CHANNEL, {
    onNews(payload) {
      const said = readSaid(payload)
      if (!said || said.tenant !== host.tenant || said.node === node || members.size === 0) return
      pulses.set(said.node, performance.now())
      if (said.ask) for (const seat of seats.values()) if (seat.node === node) void say({ seat })
      if (said.seat) sit({ ...said.seat, node: said.node })
      if (said.gone) rise(said.gone)
      if (said.end) endNode(said.node)
    },
    onConnect() {
      if (members.size === 0) return
      void say({ ask: true })
      for (const seat of seats.values()) if (seat.node === node) void say({ seat })
    },
  })

  function sit(seat: Seat): void {
    rise(seat.key)
    seats.set(seat.key, seat)
    changed(seat)
  }
  function rise(key: string): void {
    const seat = seats.get(key)
    if (!seat) return
    seats.delete(key)
    changed(seat)
  }
  function endNode(which: string): void {
    pulses.delete(which)
    for (const seat of [...seats.values()]) if (seat.node === which) rise(seat.key)
  }

  const recordOf = ({ entity, id }: Here) => `${entity} ${id}`
  function changed(where: Here): void {
    stale.add(recordOf(where))
    gathering ??= setTimeout(() => {
      gathering = undefined
      const records = new Set(stale)
      stale.clear()
      telling = telling.then(() => tellAll(records)).catch(error => host.log.error({ err: error }, 'presence'))
    }, GATHER)
  }

  async function tellAll(records: ReadonlySet<string>): Promise<void> {
    for (const member of [...members.values()]) {
      const { where } = member
      if (!where || !records.has(recordOf(where))) continue
      const ctx = await contextOf(member)
      const mine = ctx && (await maySee(ctx, where))
      // He may have moved on while it was asked.
      if (member.where !== where || !members.has(member.key)) continue
      const people = mine ? await peopleFor(ctx, member, where) : []
      const text = JSON.stringify(people)
      if (text === member.told) continue
      member.told = text
      member.tell({ people: { entity: where.entity, id: where.id, all: people } })
    }
  }

  /** Everybody else at the record; names only of people this reader may see. */
  async function peopleFor(ctx: Ctx, { peer }: Member, where: Here): Promise<LivePerson[]> {
    const others = [...seats.values()].filter(seat => recordOf(seat) === recordOf(where) && seat.user !== peer.user)
    const names = await titlesOf(ctx, 'user', [...new Set(others.map(seat => seat.user))])
    return others
      .map(({ key, user, at }) => ({
        key,
        ...(names[user] === undefined ? {} : { user, name: names[user] }),
        ...(at === undefined ? {} : { at }),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  async function contextOf({ peer }: Member): Promise<Ctx | null> {
    const principal = await principalOf(host, peer.user, peer.token)
    return principal && userContext(host, principal, { lang: 'zh', requestId: 'presence', from: 'live' })
  }
  const maySee = async (ctx: Ctx, { entity, id }: Here) =>
    host.registry.entities.has(entity) && (await visible(ctx, entity, [id])).has(id)

  async function place(member: Member): Promise<void> {
    for (let where = member.where; where; where = member.where) {
      const ctx = await contextOf(member)
      const allowed = ctx !== null && (await maySee(ctx, where))
      if (!members.has(member.key)) return
      if (member.where !== where) continue
      if (allowed) publish(member, where)
      else unpublish(member)
      return
    }
  }
  function publish(member: Member, where: Here): void {
    const seat: Seat = { ...where, key: member.key, node, user: member.peer.user }
    sit(seat)
    void say({ seat })
  }
  function unpublish(member: Member): void {
    if (!seats.has(member.key)) return
    rise(member.key)
    void say({ gone: member.key })
  }

  function beat(): void {
    if (members.size === 0) return
    void say({})
    const now = performance.now()
    for (const [other, at] of pulses) if (now - at > SILENCE) endNode(other)
    beats += 1
    if (beats % RECHECK > 0) return
    for (const member of members.values()) {
      if (!member.where || !seats.has(member.key)) continue
      const { where } = member
      void contextOf(member)
        .then(async ctx => {
          if (!(ctx && (await maySee(ctx, where))) && member.where === where) unpublish(member)
        })
        .catch(() => {})
      changed(where)
    }
  }

  function start(): void {
    void say({ ask: true })
    pulse = setInterval(beat, PULSE)
    pulse.unref()
  }
  /** With nobody here nothing needs to be known: the next one asks again. */
  function stop(): void {
    clearInterval(pulse)
    pulse = undefined
    clearTimeout(gathering)
    gathering = undefined
    seats.clear()
    pulses.clear()
    stale.clear()
  }

  return {
    join(peer, tell) {
      const member: Member = { key: randomUUID(), peer, tell, where: null, told: '', placing: false }
      const leave = () => {
        member.where = null
        if (!members.has(member.key)) return
        unpublish(member)
        members.delete(member.key)
        if (members.size === 0) stop()
      }
      return {
        leave,
        here(where) {
          const before = member.where
          if (where === null) return leave()
          if (!before || recordOf(before) !== recordOf(where)) member.told = ''
          member.where = where
          if (members.size === 0) start()
          members.set(member.key, member)
          if (member.placing) return
          member.placing = true
          place(member)
            .catch(error => host.log.error({ err: error }, 'presence'))
            .finally(() => {
              member.placing = false
            })
        },
      }
    },
    async close() {
      clearInterval(pulse)
      clearTimeout(gathering)
      members.clear()
      unlisten()
      await say({ end: true })
      await telling
    },
  }
}

interface Said {
  readonly tenant: string
  readonly node: string
  readonly seat?: Omit<Seat, 'node'>
  readonly gone?: string
  readonly ask?: boolean
  readonly end?: boolean
}

/** Nodes of another version may say more: what is not understood is not heard. */
function readSaid(payload: string): Said | null {
  let value: unknown
  try {
    value = JSON.parse(payload)
  } catch {
    return null
  }
  if (!isObject(value) || typeof value.tenant !== 'string' || typeof value.node !== 'string') return null
  const { tenant, node, seat, gone } = value
  const where = readHere(seat)
  const known =
    where && isObject(seat) && typeof seat.key === 'string' && typeof seat.user === 'string'
      ? { seat: { ...where, key: seat.key, user: seat.user } }
      : {}
  return {
    tenant,
    node,
    ...known,
    ...(typeof gone === 'string' ? { gone } : {}),
    ask: value.ask === true,
    end: value.end === true,
  }
}

/** A record and a place in it as they come over the wire; null when it is none. */
export function readHere(value: unknown): Here | null {
  if (!isObject(value) || typeof value.entity !== 'string' || !isId(value.id)) return null
  if (value.at !== undefined && (typeof value.at !== 'string' || value.at.length > MOST_PLACE)) return null
  return { entity: value.entity, id: value.id, ...(value.at === undefined ? {} : { at: value.at }) }
}
