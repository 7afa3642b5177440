// The sealer: numbers an organisation's changes in an order nothing can come before, chains their digests, tells every node.
// Any number of nodes run one each; the lock lets one of them work, and ends with its holder. Nothing here waits for a
// business transaction, and no business transaction waits for anything here.
import { randomBytes } from 'node:crypto'
import type { Direct } from '../direct.ts'
import { quote } from '../schema/table.ts'
import { type ChangeRow, digestOf, genesis, hashOf, leavesOf, type SealKey, signCheckpoint } from './chain.ts'

/** Channel of the news: `tenant number`, once per batch. */
export const sealedChannel = 'yingzao_sealed'
const lockClass = 0x59_5a
/** What one statement seals, whatever imports wrote. */
const batch = { rows: 1000, bytes: 4_000_000 }
/**
 * Milliseconds between looks. A local write ends the rest, unless something was sealed a moment ago: what comes meanwhile
 * shares one batch, so that a busy hour costs twenty statements a second and not one for each write.
 */
const every = 50
/** Between attempts to take over. */
const patience = 500
/** A checkpoint is signed at the latest after so many changes or milliseconds, and at a stop. */
const checkpoints = { changes: 1000, time: 60_000 }

export interface Sealer {
  /** Something was written here: looks at once. */
  wake(): void
  /** Signs what was sealed and stops. */
  close(): Promise<void>
}

export interface SealerOptions {
  readonly direct: Direct
  /** PostgreSQL schema of the organisation. */
  readonly tenant: string
  readonly key: SealKey
  readonly onError: (error: unknown) => void
}

interface Chain {
  readonly session: number
  readonly number: number
  readonly hash: Buffer
  readonly xid: string
  readonly id: string
  /** Number of the last checkpoint and when it was signed. */
  readonly signed: number
  readonly signedAt: number
}
type Row = ChangeRow & { readonly xid: string }

const none = '00000000-0000-0000-0000-000000000000'
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The columns that are sealed and exported, `at` in one spelling. */
export const sealedColumns = `c.id, to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, c."by", c."from",
  c.entity, c.record, c.version, c.op, c.action, c.cause, c.request, c.diff`

export function startSealer({ direct, tenant, key, onError }: SealerOptions): Sealer {
  const table = (name: string) => `${quote(tenant)}.${quote(name)}`
  let chain: Chain | null = null
  /** The session that holds the lock. */
  let holder: number | null = null
  let stopped = false
  let awake = false
  let rest: (() => void) | null = null

  /** Becomes the one sealer, or learns that another node is. */
  async function takeOver(session: number): Promise<Chain | null> {
    if (holder !== session) {
      const [lock] = await direct.query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [
        lockClass,
        tenant,
      ])
      if (!lock?.got) return null
      holder = session
    }
    await direct.query(
      `insert into ${table('change_chain')} (number, hash, xid, id) values (0, $1, '0', $2) on conflict do nothing`,
      [genesis, none],
    )
    await adoptRestored()
    const [found] = await direct.query<{ number: string; hash: Buffer; xid: string; id: string; signed: string }>(
      `select number, hash, xid, id, coalesce((select max(number) from ${table('change_checkpoint')}), 0) as signed
       from ${table('change_chain')}`,
    )
    if (!found) throw new Error('the chain has no end')
    return {
      ...found,
      session,
      number: Number(found.number),
      signed: Number(found.signed),
      signedAt: performance.now(),
    }
  }

  /**
   * Rows restored from a backup carry the transaction numbers of another server, which this one has yet to reach. They are
   * over: all of them count as transaction 0, and those without a seal are sealed before anything new.
   */
  async function adoptRestored(): Promise<void> {
    await direct.query(
      `with foreign_rows as (
         select from ${table('change_chain')} where xid >= pg_snapshot_xmax(pg_current_snapshot())
         union all
         select from (select xid from ${table('change')} order by xid desc limit 1) newest
           where xid >= pg_snapshot_xmax(pg_current_snapshot())),
       moved as (update ${table('change')} set xid = '0' where exists (select from foreign_rows) returning 1)
       update ${table('change_chain')} set xid = '0', id = $1 where exists (select from foreign_rows)`,
      [none],
    )
  }

  const page = (at: Chain) =>
    direct.query<Row>(
      `select ${sealedColumns}, c.xid from (
         select *, sum(pg_column_size(diff)) over (order by xid, id) - pg_column_size(diff) as ahead from (
           select * from ${table('change')} n
           where (xid, id) > ($1::xid8, $2::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
             and not exists (select from ${table('change_seal')} s where s.change = n.id)
           order by xid, id limit ${batch.rows}) next) c
       where ahead < ${batch.bytes} order by c.xid, c.id`,
      [at.xid, at.id],
    )

  /** One statement, one transaction: seals, the chain's end, the news. A number sealed twice violates the key. */
  async function seal(at: Chain, rows: readonly Row[]): Promise<Chain> {
    let { number, hash } = at
    const seals = rows.map(({ xid: _, ...row }) => {
      const salt = randomBytes(16)
      const digest = digestOf(row, leavesOf(row, salt, null) ?? {})
      number += 1
      hash = hashOf(hash, number, row.id, digest)
      return { number, change: row.id, salt, digest, hash }
    })
    const end = rows.at(-1) ?? at
    await direct.query(
      `with seals as (
         insert into ${table('change_seal')} (number, change, salt, digest, hash)
         select * from unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[])),
       chain as (update ${table('change_chain')} set number = $6, hash = $7, xid = $8::xid8, id = $9 returning 1)
       select pg_notify('${sealedChannel}', $10) from chain`,
      [
        seals.map(each => each.number),
        seals.map(each => each.change),
        seals.map(each => each.salt),
        seals.map(each => each.digest),
        seals.map(each => each.hash),
        number,
        hash,
        end.xid,
        end.id,
        `${tenant} ${number}`,
      ],
    )
    return { ...at, number, hash, xid: end.xid, id: end.id }
  }

  async function sign(at: Chain): Promise<Chain> {
    if (at.signed === at.number) return at
    const checkpoint = { number: at.number, hash: at.hash.toString('hex'), at: new Date().toISOString() }
    await direct.query(
      `insert into ${table('change_checkpoint')} (number, hash, at, key, signature) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [checkpoint.number, checkpoint.hash, checkpoint.at, key.public, signCheckpoint(key, tenant, checkpoint)],
    )
    return { ...at, signed: at.number, signedAt: performance.now() }
  }

  /** Milliseconds to rest, and whether there was nothing to do. */
  async function turn(): Promise<{ readonly pause: number; readonly idle: boolean }> {
    const { session } = direct
    const waiting = { pause: patience, idle: true }
    if (session === null) return waiting
    if (chain?.session !== session) chain = await takeOver(session)
    if (!chain) return waiting
    for (let idle = true; ; idle = false) {
      const rows = await page(chain)
      if (rows.length > 0) chain = await seal(chain, rows)
      // Everything restored is sealed: never looked through again.
      else if (chain.xid === '0' && chain.id === none && chain.number > 0)
        chain = await seal({ ...chain, id: last }, [])
      const due =
        chain.number - chain.signed >= checkpoints.changes || performance.now() - chain.signedAt >= checkpoints.time
      if (due) chain = await sign(chain)
      if (rows.length < batch.rows) return { pause: every, idle: idle && rows.length === 0 }
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const { pause, idle } = await turn().catch(error => {
        chain = null
        onError(error)
        return { pause: patience, idle: true }
      })
      if (stopped || (awake && idle)) {
        awake = false
        continue
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, pause)
        rest = () => {
          if (!stopped && !idle) return
          clearTimeout(timer)
          resolve()
        }
      })
      rest = null
      awake = false
    }
    if (chain) await sign(chain).catch(onError)
    if (holder !== null && direct.session === holder)
      await direct.query('select pg_advisory_unlock($1, hashtext($2))', [lockClass, tenant]).catch(() => {})
  }
  const running = run()

  return {
    wake() {
      awake = true
      rest?.()
    },
    async close() {
      stopped = true
      rest?.()
      await running
    },
  }
}
