// The change feed of a node: every change of every node, in the order of the audit chain, told once to each subscriber.
import { sql } from 'kysely'
import { forgetRights } from '../access/principal.ts'
import type { Database } from '../context.ts'
import type { Direct } from '../direct.ts'
import { forgetTitles } from '../records/title.ts'
import { decidesRights } from '../records/transaction.ts'
import type { Registry } from '../registry.ts'
import { sealedChannel } from './sealer.ts'

/** A change without its values: whoever may not see the record must not see them either. */
export interface FeedChange {
  readonly id: string
  readonly entity: string
  readonly record: string
  readonly version: number
  readonly op: 'create' | 'update' | 'delete' | 'restore' | 'action'
  readonly by: string | null
  /** Names of the fields that changed. */
  readonly fields: readonly string[]
}
export interface FeedBatch {
  readonly changes: readonly FeedChange[]
  /** Position after the batch: `after` of whoever goes on from here. */
  readonly seq: string
}
export interface Feed {
  /** Calls `onBatch`, one batch at a time, with everything after `after` (null = from now on). Returns the end of it. */
  subscribe(after: string | null, onBatch: (batch: FeedBatch) => Promise<void> | void): () => void
  /** Changes between two positions, oldest first; null when there are more than `limit` or a position is unknown. */
  between(after: string, until: string, limit: number): Promise<readonly FeedChange[] | null>
  /** Where the feed ends now. */
  position(): Promise<string>
  /** Something was written here: the sealer, if it is on this node, looks at once. */
  wake(): void
  close(): Promise<void>
}

export interface FeedOptions {
  readonly db: Database
  readonly direct: Direct
  readonly tenant: string
  /** Of the sealer of this node. */
  readonly wake?: () => void
  readonly onError: (error: unknown) => void
}

const most = 1000
/** Positions are numbers of the chain: they survive restarts, reconnects and a restore into another server. */
const read = (seq: string): number | null => (/^\d{1,15}$/.test(seq) ? Number(seq) : null)

interface Subscriber {
  at: number | null
  readonly onBatch: (batch: FeedBatch) => Promise<void> | void
}

/** Number of the last sealed change, 0 before the first: whatever is written from now on gets a higher one. */
export async function endOfChain(db: Database, tenant: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from ${sql.id(tenant, 'change_chain')}`.execute(db)
  return rows[0]?.number ?? 0
}

/** Asks the database only when there is news, once for all subscribers that keep up. */
export function createFeed({ db, direct, tenant, wake = () => {}, onError }: FeedOptions): Feed {
  const subscribers = new Set<Subscriber>()
  let end: number | null = null
  let running: Promise<void> | null = null
  let again = false
  let closed = false

  const unlisten = direct.listen(sealedChannel, {
    onNews(payload) {
      const [of, number] = payload.split(' ')
      if (of !== tenant) return
      end = Math.max(end ?? 0, Number(number))
      run()
    },
    onConnect() {
      end = null
      run()
    },
  })

  const chainEnd = () => endOfChain(db, tenant)

  const rowsBetween = async (after: number, until: number, limit: number) =>
    (
      await sql<
        FeedChange & { readonly number: number }
      >`select s.number, c.id, c.entity, c.record, c.version, c.op, c."by",
          array(select jsonb_object_keys(c.diff)) as fields
        from ${sql.id(tenant, 'change_seal')} s join ${sql.id(tenant, 'change')} c on c.id = s.change
        where s.number > ${after} and s.number <= ${until} order by s.number limit ${limit}`.execute(db)
    ).rows

  async function pump(): Promise<void> {
    const found = end ?? (await chainEnd())
    const until = Math.max(end ?? 0, found)
    end = until
    const pages = new Map<number, ReturnType<typeof rowsBetween>>()
    for (const each of subscribers) {
      for (let at: number = each.at ?? until; at < until && subscribers.has(each); ) {
        const page: ReturnType<typeof rowsBetween> = pages.get(at) ?? rowsBetween(at, until, most)
        pages.set(at, page)
        const changes = await page
        at = changes.length < most ? until : (changes.at(-1)?.number ?? until)
        each.at = at
        if (changes.length > 0) await each.onBatch({ changes, seq: String(at) })
      }
      each.at = Math.max(each.at ?? until, until)
    }
  }

  function run(): void {
    if (closed || subscribers.size === 0) return
    if (running) {
      again = true
      return
    }
    running = pump()
      .catch(error => {
        onError(error)
        again = true
        return new Promise<void>(resolve => setTimeout(resolve, 200))
      })
      .finally(() => {
        running = null
        if (!again) return
        again = false
        run()
      })
  }

  return {
    subscribe(after, onBatch) {
      const entry: Subscriber = { at: after === null ? null : read(after), onBatch }
      subscribers.add(entry)
      run()
      return () => void subscribers.delete(entry)
    },
    async between(after, until, limit) {
      const [from, to] = [read(after), read(until)]
      if (from === null || to === null || from > to || to > (await chainEnd())) return null
      if (to - from > limit) return null
      return rowsBetween(from, to, limit)
    },
    position: async () => String(Math.max(end ?? 0, await chainEnd())),
    wake,
    async close() {
      closed = true
      unlisten()
      await running
    },
  }
}

/** This node forgets what it knows of titles and rights as soon as another one changed them. */
export const followRights = (feed: Feed, registry: Registry, tenant: string): (() => void) =>
  feed.subscribe(null, ({ changes }) => {
    forgetTitles(
      registry,
      tenant,
      changes.map(each => each.entity),
    )
    if (changes.some(({ entity }) => decidesRights({ registry }, entity))) forgetRights(registry, tenant)
  })
