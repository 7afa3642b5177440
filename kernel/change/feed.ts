// The change feed of a node: every change row of every node, in commit-safe order, told once to each subscriber.
import { sql } from 'kysely'
import type { Database } from '../context.ts'

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
  /** Position after the batch; `after` of whoever goes on from here. */
  readonly seq: string
}
export interface Feed {
  /** Calls `onBatch`, one batch at a time, with everything after `after` (null = from now on). Returns the end of it. */
  subscribe(after: string | null, onBatch: (batch: FeedBatch) => Promise<void> | void): () => void
  /** Changes between two positions, oldest first; null when there are more than `limit` or the position is unknown. */
  between(after: string, until: string, limit: number): Promise<readonly FeedChange[] | null>
  /** Where the feed ends now. */
  position(): Promise<string>
  /** Looks at once instead of at the next turn: something was written here, or another node said so. */
  wake(): void
  close(): Promise<void>
}

/** `xid:id`. A row counts when no older transaction can still commit: then nothing is ever inserted before it. */
type Position = { readonly xid: string; readonly id: string }
const read = (seq: string): Position | null => {
  const match = /^(\d{1,20}):([0-9a-f-]{36})$/.exec(seq)
  return match?.[1] && match[2] ? { xid: match[1], id: match[2] } : null
}
const write = ({ xid, id }: Position) => `${xid}:${id}`
const nil = '00000000-0000-0000-0000-000000000000'

interface Row extends FeedChange {
  readonly xid: string
}
interface Subscriber {
  at: Position | null
  readonly onBatch: (batch: FeedBatch) => Promise<void> | void
}

const BATCH = 1000

export interface FeedOptions {
  readonly db: Database
  readonly tenant: string
  /** Milliseconds between looks while somebody listens. */
  readonly every?: number
  readonly onError: (error: unknown) => void
}

/** One reader per node, however many subscribers: it looks while there are any, and sleeps otherwise. */
export function createFeed({ db, tenant, every = 60, onError }: FeedOptions): Feed {
  const subscribers = new Set<Subscriber>()
  const table = sql.id(tenant, 'change')
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  /** The node's position: the same object for every subscriber that keeps up. */
  let here: Position | null = null

  const columns = sql`xid::text as xid, id::text as id, entity, record::text as record, version, op, "by"::text as "by",
    array(select jsonb_object_keys(diff)) as fields`

  /** Everything of transactions that are over, and before which none is still running. */
  const settled = sql`xid < pg_snapshot_xmin(pg_current_snapshot())`

  async function now(): Promise<Position> {
    const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
    return { xid: rows[0]?.xid ?? '0', id: nil }
  }

  async function look(): Promise<void> {
    if (subscribers.size === 0) {
      here = null
      return
    }
    here ??= await now()
    for (const each of subscribers) await catchUp(each, here)
    for (;;) {
      const rows = await page(here, settled)
      const last = rows.at(-1)
      if (!last) return
      here = { xid: last.xid, id: last.id }
      for (const each of subscribers) await tell(each, rows, here)
      if (rows.length < BATCH) return
    }
  }

  /** One that came later than the others, with a position of its own. */
  async function catchUp(each: Subscriber, until: Position): Promise<void> {
    each.at ??= until
    while (each.at !== until) {
      const rows = await page(each.at, sql`(xid, id) <= (${until.xid}::xid8, ${until.id}::uuid)`)
      const last = rows.at(-1)
      await tell(each, rows, last && rows.length === BATCH ? { xid: last.xid, id: last.id } : until)
    }
  }

  async function page(after: Position, only: ReturnType<typeof sql>): Promise<readonly Row[]> {
    const { rows } = await sql<Row>`select ${columns} from ${table}
      where (xid, id) > (${after.xid}::xid8, ${after.id}::uuid) and ${only} order by xid, id limit ${BATCH}`.execute(db)
    return rows
  }

  async function tell(each: Subscriber, changes: readonly Row[], at: Position): Promise<void> {
    each.at = at
    if (changes.length > 0) await each.onBatch({ changes, seq: write(at) })
  }

  function run(): void {
    clearTimeout(timer)
    if (closed) return
    if (running) {
      again = true
      return
    }
    running = look()
      .catch(onError)
      .finally(() => {
        running = null
        if (closed || subscribers.size === 0) return
        if (again) {
          again = false
          run()
        } else timer = setTimeout(run, every)
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
      if (!from || !to) return null
      const { rows } = await sql<Row>`select ${columns} from ${table}
        where (xid, id) > (${from.xid}::xid8, ${from.id}::uuid) and (xid, id) <= (${to.xid}::xid8, ${to.id}::uuid)
        order by xid, id limit ${Math.min(limit, 100_000) + 1}`.execute(db)
      return rows.length > limit ? null : rows
    },
    position: async () => write(here ?? (await now())),
    wake: run,
    async close() {
      closed = true
      clearTimeout(timer)
      await running
    },
  }
}
