// Live updates of a node: each batch of changes, filtered once per distinct rights, to every socket that asked for it.
import { predicate } from '@yingzao/kernel/access/predicate'
import { rightsOf, signatureOf } from '@yingzao/kernel/access/rights'
import type { Feed, FeedBatch, FeedChange } from '@yingzao/kernel/change/feed'
import type { Principal } from '@yingzao/kernel/context'
import type { LiveChange, LiveNews } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { principalOf } from '../auth/principal.ts'
import type { LiveToken } from '../auth/token.ts'
import type { LiveTarget } from '../client/live.ts'
import type { Host } from '../http/host.ts'
import { own } from '../tables/typed.ts'

export interface Peer {
  readonly user: string
  readonly session: string | null
  readonly token: LiveToken | null
  send(news: LiveNews): void
  close(): void
}
interface Listener {
  readonly peer: Peer
  /** Entity → ids, or 'all'. */
  targets: ReadonlyMap<string, 'all' | ReadonlySet<string>>
  /** Null until the first question was answered. */
  seq: string | null
  /** Rights as they were when something was last told; others now mean: read again. */
  signatures: Map<string, string>
}

export interface LiveHub {
  join(peer: Peer): { ask(targets: readonly LiveTarget[], since: string | undefined): void; leave(): void }
  wake(): void
  close(): Promise<void>
}

/** More than this at once, and reading again is cheaper than hearing of each. */
const MOST = 300
const DISCUSSION = new Set(['comment', 'attachment'])
/** Milliseconds between looks whether sessions still count. */
const CHECK = 5000
/** A little longer than a node keeps rights without asking (kernel/access/principal.ts). */
const RIGHTS_SETTLE = 700

export function createHub(host: Host, feed: Feed): LiveHub {
  const listeners = new Set<Listener>()
  let unsubscribe: (() => void) | null = null
  let seq: string | null = null
  let recheck: ReturnType<typeof setTimeout> | undefined
  let check: ReturnType<typeof setInterval> | undefined
  const members = host.registry.scopes.get('project')?.members?.entity
  const deciding = new Set(['org_unit', 'user', 'role', 'role_holding', 'grant', ...(members ? [members] : [])])
  /** Batches and questions one after the other, so that nothing falls between catching up and going on. */
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work).catch(error => host.log.error({ err: error }, 'live'))
    return turn
  }

  async function tellBatch(batch: FeedBatch): Promise<void> {
    seq = batch.seq
    await tell(asking(), batch.changes, batch.seq)
    // Nodes believe what they know of rights for half a second: look again when it is over.
    if (batch.changes.some(change => deciding.has(change.entity))) {
      clearTimeout(recheck)
      recheck = setTimeout(() => void inTurn(async () => tell(asking(), [], seq ?? batch.seq)), RIGHTS_SETTLE)
    }
  }
  const asking = () => [...listeners].filter(each => each.seq !== null)

  async function tell(to: readonly Listener[], all: readonly FeedChange[], at: string): Promise<void> {
    const changes = await latest(all)
    const visible = new Map<string, Promise<ReadonlySet<string>>>()
    for (const listener of to) {
      const principal = await principalOf(host, listener.peer.user, listener.peer.token)
      if (!principal) {
        listener.peer.close()
        continue
      }
      const news: LiveChange[] = []
      let changedRights = false
      for (const [entity, wanted] of listener.targets) {
        const signature = signatureOf({ principal, registry: host.registry }, entity)
        const before = listener.signatures.get(entity)
        listener.signatures.set(entity, signature)
        if (before !== undefined && before !== signature) changedRights = true
        const mine = changes.filter(each => each.entity === entity && (wanted === 'all' || wanted.has(each.record)))
        if (mine.length === 0) continue
        const key = `${entity} ${signature}`
        const seen = visible.get(key) ?? seenBy(principal, entity, changes)
        visible.set(key, seen)
        const ids = await seen
        for (const change of mine) {
          const told = present(change, ids.has(change.record), wanted !== 'all')
          if (told) news.push(told)
        }
      }
      listener.seq = at
      if (changedRights || news.length > MOST) listener.peer.send({ changes: [], seq: at, reload: true })
      else if (news.length > 0) listener.peer.send({ changes: news, seq: at })
    }
  }

  /** Rights as they are when somebody begins to listen: what changes later makes him read again. */
  async function rememberRights({ peer, targets, signatures }: Listener): Promise<void> {
    const principal = await principalOf(host, peer.user, peer.token)
    if (!principal) return
    for (const entity of targets.keys())
      if (!signatures.has(entity)) signatures.set(entity, signatureOf({ principal, registry: host.registry }, entity))
  }

  /** Which of the changed records of an entity these rights reach; the recycle bin included, so that deletions are told. */
  async function seenBy(
    principal: Principal,
    entity: string,
    changes: readonly FeedChange[],
  ): Promise<ReadonlySet<string>> {
    const rows = rightsOf({ principal, registry: host.registry }, entity).rows('read')
    if (rows !== 'all' && rows.length === 0) return new Set()
    const ids = changes.filter(each => each.entity === entity).map(each => each.record)
    if (rows === 'all') return new Set(ids)
    const found = await sql<{ id: string }>`select r.id::text as id from ${sql.id(host.tenant, entity)} r
      where r.id = any(${ids}::uuid[]) and ${predicate(rows, { tenant: host.tenant, entity, alias: 'r' })}`.execute(
      host.db,
    )
    return new Set(found.rows.map(row => row.id))
  }

  /**
   * One change a record, the newest; changes of comments and attachments become one of the record they hang on.
   * Kept beside it: whether the record may have left somebody's sight.
   */
  async function latest(all: readonly FeedChange[]): Promise<readonly Moved[]> {
    const hanging = all.filter(change => DISCUSSION.has(change.entity))
    const owners = await ownersOf(hanging)
    const found = new Map<string, Moved>()
    for (const change of all) {
      const owner = DISCUSSION.has(change.entity) ? owners.get(change.record) : undefined
      if (DISCUSSION.has(change.entity) && !owner) continue
      const one: FeedChange = owner ? { ...change, ...owner, op: 'action', version: 0, fields: [] } : change
      const key = `${one.entity} ${one.record}`
      const before = found.get(key)
      const moved = (before?.moved ?? false) || movesPlace(one)
      const merged: Moved =
        before && before.op === 'create' && one.op === 'update' ? { ...one, op: 'create', moved } : { ...one, moved }
      found.delete(key)
      found.set(key, before && owner ? { ...before, moved } : merged)
    }
    return [...found.values()]
  }

  async function ownersOf(
    hanging: readonly FeedChange[],
  ): Promise<ReadonlyMap<string, { entity: string; record: string }>> {
    const owners = new Map<string, { entity: string; record: string }>()
    for (const part of DISCUSSION) {
      const ids = hanging.filter(change => change.entity === part).map(change => change.record)
      if (ids.length === 0) continue
      const { rows } = await sql<{ id: string; entity: string; record: string }>`
        select id::text as id, entity, record from ${sql.id(host.tenant, part)} where id = any(${ids}::uuid[])`.execute(
        host.db,
      )
      for (const { id, entity, record } of rows) owners.set(id, { entity, record })
    }
    return owners
  }

  function movesPlace({ entity, op, fields }: FeedChange): boolean {
    if (op === 'create') return false
    const place = host.registry.entities.get(entity)?.def.place
    const placed = [place, place?.beside].flatMap(each => [each?.company, each?.department, each?.project])
    const decides = [...placed, ...(place?.owner ?? [])]
    return fields.some(field => decides.includes(field))
  }

  async function dropEnded(): Promise<void> {
    const sessions = [...listeners].flatMap(({ peer }) => (peer.session ? [peer.session] : []))
    if (sessions.length === 0) return
    const rows = await own(host.db, host.tenant)
      .selectFrom('auth_session')
      .select('id')
      .where('id', 'in', sessions)
      .where('expires_at', '>', host.now())
      .execute()
    const living = new Set(rows.map(row => row.id))
    for (const { peer } of listeners) if (peer.session && !living.has(peer.session)) peer.close()
  }

  /** Follows the feed from a known position on, so that nothing falls between the first answer and the first batch. */
  async function begin(): Promise<string> {
    if (seq === null || !unsubscribe) {
      seq = await feed.position()
      unsubscribe = feed.subscribe(seq, batch => inTurn(() => tellBatch(batch)))
    }
    check ??= setInterval(() => void dropEnded().catch(() => {}), CHECK)
    return seq
  }
  /** The database told a position whose batch is still on its way to this node: it is told when it comes. */
  const ahead = async (since: string, until: string): Promise<boolean> =>
    Number(since) > Number(until) && Number(since) <= Number(await feed.position())

  function end(): void {
    unsubscribe?.()
    unsubscribe = null
    seq = null
    clearInterval(check)
    clearTimeout(recheck)
    check = undefined
  }

  return {
    join(peer) {
      const listener: Listener = { peer, targets: new Map(), seq: null, signatures: new Map() }
      listeners.add(listener)
      return {
        ask(targets, since) {
          void inTurn(async () => {
            listener.targets = byEntity(host, targets)
            for (const entity of listener.signatures.keys())
              if (!listener.targets.has(entity)) listener.signatures.delete(entity)
            await rememberRights(listener)
            const until = await begin()
            listener.seq = until
            if (since === undefined || since === until || (await ahead(since, until)))
              return peer.send({ changes: [], seq: until })
            const missed = await feed.between(since, until, 5000)
            if (missed === null) return peer.send({ changes: [], seq: until, reload: true })
            // In this order: a connection cut in between asks for what was missed again.
            await tell([listener], missed, until)
            peer.send({ changes: [], seq: until })
          })
        },
        leave() {
          listeners.delete(listener)
          if (listeners.size === 0) end()
        },
      }
    },
    wake: feed.wake,
    async close() {
      for (const { peer } of listeners) peer.close()
      listeners.clear()
      end()
      await turn
    },
  }
}

interface Moved extends FeedChange {
  /** A field that decides who sees it changed: those who no longer do are told that it is gone. */
  readonly moved: boolean
}

function present(change: Moved, visible: boolean, byId: boolean): LiveChange | null {
  const { entity, record: id, version, op, by } = change
  if (visible) return { entity, id, version, op, ...(by === null ? {} : { by }) }
  // Never seen, still unseen: not even its existence is told. By id: whoever asks for it shows it already.
  return change.moved || (byId && op !== 'create') ? { entity, id, version: 0, op: 'gone' } : null
}

function byEntity(host: Host, targets: readonly LiveTarget[]): Listener['targets'] {
  const found = new Map<string, 'all' | Set<string>>()
  for (const { entity, id } of targets) {
    if (!host.registry.entities.has(entity)) continue
    const known = found.get(entity)
    if (id === undefined || known === 'all') found.set(entity, 'all')
    else if (known) known.add(id)
    else found.set(entity, new Set([id]))
  }
  return found
}
