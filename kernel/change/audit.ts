// The audit export: every change with its seal as NDJSON, which `verify` checks without this server or its database.
import type { Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Database } from '../context.ts'
import { type ChangeRow, type Opened, type SealKey, signCheckpoint } from './chain.ts'
import { sealedColumns } from './sealer.ts'

/** The lines of an export, one JSON document each. Binary values in hex, keys and signatures in base64. */
export type AuditLine =
  | { readonly audit: 1; readonly tenant: string; readonly at: string; readonly key: string }
  | {
      readonly number: number
      readonly digest: string
      readonly hash: string
      readonly salt: string | null
      readonly opened?: Opened
      /** Null: the row behind the seal is gone. */
      readonly change: ChangeRow | null
    }
  | {
      readonly checkpoint: { number: number; hash: string; at: string }
      readonly key: string
      readonly signature: string
    }
  /** A change older than the end of the chain that was never sealed: somebody put it there afterwards. */
  | { readonly stray: ChangeRow }
  | { readonly end: { number: number; hash: string; at: string }; readonly signature: string }

export interface AuditOptions {
  readonly db: Database
  readonly tenant: string
  readonly key: SealKey
  readonly now?: Date
}

const batch = 500

interface SealRow {
  readonly number: number
  readonly digest: string
  readonly hash: string
  readonly salt: string | null
  readonly opened: Opened | null
  readonly row: ChangeRow | null
}

/** One line after the other; the whole log never stands in memory. Changes after the last sealed one are not in it. */
export async function* exportAudit({ db, tenant, key, now = new Date() }: AuditOptions): AsyncGenerator<AuditLine> {
  const at = now.toISOString()
  const table = (name: string) => sql.id(tenant, name)
  const chain = await sql<{ number: number; hash: string; xid: string; id: string }>`
    select number, encode(hash, 'hex') as hash, xid, id from ${table('change_chain')}`.execute(db)
  const end = chain.rows[0] ?? {
    number: 0,
    hash: '00'.repeat(32),
    xid: '0',
    id: '00000000-0000-0000-0000-000000000000',
  }
  yield { audit: 1, tenant, at, key: key.public }
  const signed = await sql<{ number: number; hash: string; at: string; key: string; signature: string }>`
    select number, hash, at, key, signature from ${table('change_checkpoint')} where number <= ${end.number} order by number`.execute(
    db,
  )
  let next = 0
  for (let number = 0; number < end.number; number += batch) {
    const { rows } =
      await sql<SealRow>`select s.number, encode(s.digest, 'hex') as digest, encode(s.hash, 'hex') as hash,
        encode(s.salt, 'hex') as salt, s.opened,
        (select row_to_json(r) from (select ${sql.raw(sealedColumns)} from ${table('change')} c where c.id = s.change) r) as row
      from ${table('change_seal')} s where s.number > ${number} and s.number <= ${Math.min(number + batch, end.number)}
      order by s.number`.execute(db)
    for (const { row, opened, ...seal } of rows) {
      yield { ...seal, ...(opened ? { opened } : {}), change: row }
      for (let mark = signed.rows[next]; mark && mark.number <= seal.number; mark = signed.rows[++next]) {
        const { key, signature, ...checkpoint } = mark
        yield { checkpoint, key, signature }
      }
    }
  }
  const strays = await sql<ChangeRow>`select ${sql.raw(sealedColumns)} from ${table('change')} c
    where (c.xid, c.id) <= (${end.xid}::xid8, ${end.id}::uuid)
      and not exists (select from ${table('change_seal')} s where s.change = c.id) order by c.id`.execute(db)
  for (const stray of strays.rows) yield { stray }
  const last = { number: end.number, hash: end.hash, at }
  yield { end: last, signature: signCheckpoint(key, tenant, last) }
}

/** As a file holds it. */
export const auditText = (line: AuditLine): string => `${JSON.stringify(line satisfies Json | object)}\n`
