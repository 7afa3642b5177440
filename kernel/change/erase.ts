// Erasing values from the history (个人信息保护法 47): the value and what it was sealed with go, the chain stays valid.
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { recordChanges } from '../records/change.ts'
import { write } from '../records/transaction.ts'
import { refuse } from '../refuse.ts'
import { type ChangeRow, fieldKey, leafOf, type Opened } from './chain.ts'

interface Row {
  readonly id: string
  readonly version: number
  readonly diff: ChangeRow['diff']
  readonly salt: Buffer | null
  readonly opened: Opened | null
}

/**
 * Empties these fields (of lines: the whole list of changed lines) in every change of the record and writes that it was
 * done. For system code that has decided it, after the record itself was emptied and that was committed: a transaction of
 * its own, since only what is sealed can be opened again. Returns the number of changes that held a value.
 */
export async function eraseFromHistory(
  ctx: Ctx,
  entity: string,
  record: string,
  fields: readonly string[],
): Promise<number> {
  if (ctx.principal.kind !== 'system') throw new Error('the history is erased by system code only')
  if (ctx.unit) throw new Error('erasing the history is a transaction of its own')
  await untilSealed(ctx, record)
  return write(ctx, async ctx => {
    const { rows } = await sql<Row>`select c.id, c.version, c.diff, s.salt, s.opened
      from ${sql.id(ctx.tenant, 'change')} c join ${sql.id(ctx.tenant, 'change_seal')} s on s.change = c.id
      where c.entity = ${entity} and c.record = ${record}::uuid order by s.number for update of s`.execute(ctx.db)
    const held = rows.filter(row => fields.some(field => row.diff[field]?.some(each => each !== null)))
    for (const row of held) {
      const gone = fields.filter(field => row.diff[field] !== undefined)
      const diff = { ...row.diff, ...Object.fromEntries(gone.map(field => [field, [null, null]])) }
      await sql`with emptied as (update ${sql.id(ctx.tenant, 'change')} set diff = ${JSON.stringify(diff)}::jsonb where id = ${row.id}::uuid)
        update ${sql.id(ctx.tenant, 'change_seal')} set salt = null, opened = ${JSON.stringify(opened(row, gone))}::jsonb
        where change = ${row.id}::uuid`.execute(ctx.db)
    }
    const version = rows.at(-1)?.version ?? 1
    await recordChanges(ctx, [
      { entity, record, version, op: 'action', action: 'erase', diff: { _erased: [null, [...fields]] } },
    ])
    return held.length
  })
}

/** The sealer is at most a moment behind, on whichever node it works. */
async function untilSealed(ctx: Ctx, record: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { rows } = await sql<{ open: boolean }>`select exists (select from ${sql.id(ctx.tenant, 'change')} c
      where c.record = ${record}::uuid
        and not exists (select from ${sql.id(ctx.tenant, 'change_seal')} s where s.change = c.id)) as open`.execute(
      ctx.db,
    )
    if (!rows[0]?.open) return
    if (attempt >= 200) throw refuse('audit.not_sealed')
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

function opened(row: Row, gone: readonly string[]): Opened {
  const keys: Record<string, string> = { ...row.opened?.keys }
  const leaves: Record<string, string> = { ...row.opened?.leaves }
  for (const [field, value] of Object.entries(row.diff)) {
    const kept = keys[field]
    const key = row.salt ? fieldKey(row.salt, field) : kept === undefined ? null : Buffer.from(kept, 'hex')
    if (!key) continue
    if (gone.includes(field)) {
      leaves[field] = leafOf(key, value).toString('hex')
      delete keys[field]
    } else keys[field] = key.toString('hex')
  }
  return { keys, leaves }
}
