// What a printed code stands for. A stranger learns whether the paper is genuine and still the latest, what kind of document it is,
// its number and when it was printed; a reader of the record learns who printed it and what changed since.
import { type ChangeRow, digestOf, leavesOf, type Opened } from '@yingzao/kernel/change/chain'
import { sealedColumns } from '@yingzao/kernel/change/sealer'
import type { Ctx } from '@yingzao/kernel/context'
import { namesOf } from '@yingzao/kernel/records/title'
import { get, history, Refusal, titlesOf } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import type { PrintVerdict } from '../client/print.ts'
import { systemContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { markIn, printAction, readCode } from './code.ts'

const unknown: PrintVerdict = { state: 'unknown' }
interface Seal {
  readonly number: number
  readonly digest: string
  readonly salt: string | null
  readonly opened: Opened | null
}

/** Whatever is wrong with a code, the answer is the same: nothing can be found out by trying. */
export async function verdictOf(host: Host, reader: Ctx | null, text: string): Promise<PrintVerdict> {
  const code = readCode(text)
  if (!code) return unknown
  const system = systemContext(host, 'verify')
  const of = (name: string) => sql.id(host.tenant, name)
  const { rows } = await sql<{ row: ChangeRow; seal: Seal | null }>`
    select (select row_to_json(r) from (select ${sql.raw(sealedColumns)}) r) as row,
      (select row_to_json(s) from (select s.number, encode(s.digest, 'hex') as digest, encode(s.salt, 'hex') as salt, s.opened
        from ${of('change_seal')} s where s.change = c.id) s) as seal
    from ${of('change')} c where c.id = ${code.change}::uuid and c.action = ${printAction}`.execute(system.db)
  const [found] = rows
  const mark = found && markIn(found.row.diff)
  const shape = found && host.registry.shapes.get(found.row.entity)
  if (!found || !mark || !shape || !mark.sheet.startsWith(code.digest)) return unknown
  const { row, seal } = found
  // Somebody who can write to the database could change a row; its seal he cannot make.
  if (seal && !isSealed(row, seal)) return unknown
  const now = await sql<{ version: number; number: string | null }>`
    select version, ${shape.fields.has('number') ? sql`number` : sql`null`} as number
    from ${of(shape.name)} where id = ${row.record}::uuid and deleted_at is null`.execute(system.db)
  const [record] = now.rows
  const verdict: PrintVerdict = {
    state: record?.version === row.version ? 'genuine' : 'superseded',
    kind: shape.def.label,
    number: record?.number ?? null,
    printed_at: row.at,
  }
  if (!reader) return verdict
  try {
    const seen = await get(reader, shape.name, row.record)
    const past = await history(reader, shape.name, row.record, { limit: 100 })
    const people = row.by === null ? {} : await namesOf(reader, [row.by])
    const titles = await titlesOf(reader, shape.name, [row.record])
    return {
      ...verdict,
      detail: {
        ...{ entity: shape.name, module: shape.module, id: row.record, title: titles[row.record] ?? '' },
        printed_by: row.by === null ? null : (people[row.by] ?? null),
        ...{ copy: mark.copy, version: row.version, version_now: seen.version, sealed: seal?.number ?? null },
        since: past
          .filter(entry => entry.version > row.version && entry.action !== printAction)
          .map(({ at, by, op, action }) => ({ at, by: by?.name ?? null, what: action ?? op })),
      },
    }
  } catch (error) {
    if (error instanceof Refusal) return verdict
    throw error
  }
}

function isSealed(row: ChangeRow, { salt, opened, digest }: Seal): boolean {
  const leaves = leavesOf(row, salt === null ? null : Buffer.from(salt, 'hex'), opened)
  return leaves !== null && digestOf(row, leaves).toString('hex') === digest
}
