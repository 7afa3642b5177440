// Seeding: the roles and grants that modules ship become rows. An untouched row follows the next version; one that an
// administrator edited stays as he left it and is offered the new text; one he deleted stays deleted.
import { createHash } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { grant, role } from '../organisation/role.entity.ts'
import { createAll } from '../records/create.ts'
import { canonical } from '../records/draft.ts'
import { patch } from '../records/patch.ts'
import { remove } from '../records/remove.ts'
import { write } from '../records/transaction.ts'

const lock = 0x59_5a_47
type Functions = Readonly<{ functions: readonly string[]; scope: Json; fields: Json }>
const digest = ({ functions, scope, fields }: Functions): string =>
  createHash('sha256')
    .update(canonical([functions, scope, fields]))
    .digest('hex')
    .slice(0, 32)

/** Run with a system Ctx at every boot; nodes take turns. */
export async function seedRights(ctx: Ctx): Promise<void> {
  await write(ctx, async ctx => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(ctx.db)
    const roles = await seedRoles(ctx)
    await seedGrants(ctx, roles)
  })
}

async function seedRoles(ctx: Ctx): Promise<Map<string, string>> {
  const known = await sql<{
    id: string
    code: string
  }>`select id, code from ${sql.id(ctx.tenant, 'role')} where deleted_at is null`.execute(ctx.db)
  const ids = new Map(known.rows.map(row => [row.code, row.id]))
  const missing = [...ctx.registry.roles].filter(([code]) => !ids.has(code))
  const made = await createAll(
    ctx,
    role.name,
    missing.map(([code, { label, at }]) => ({
      code,
      label_zh: label.zh,
      label_en: label.en,
      places: at,
      shipped: true,
    })),
  )
  for (const [index, record] of made.entries()) ids.set(missing[index]?.[0] ?? '', record.id)
  return ids
}

interface GrantRow extends Functions {
  readonly id: string
  readonly version: number
  readonly shipped: string
  readonly shipped_hash: string
  readonly offered: Json
  readonly deleted: boolean
}

async function seedGrants(ctx: Ctx, roles: ReadonlyMap<string, string>): Promise<void> {
  const { rows } =
    await sql<GrantRow>`select id, version, shipped, shipped_hash, functions, scope, coalesce(fields, '{}') as fields, offered,
      deleted_at is not null as deleted
    from ${sql.id(ctx.tenant, 'grant')} where shipped is not null`.execute(ctx.db)
  const known = new Map(rows.map(row => [row.shipped, row]))
  const fresh: Record<string, Json>[] = []
  const shippedNow = new Set<string>()
  for (const { name, def } of ctx.registry.entities.values()) {
    const seen = new Map<string, number>()
    for (const { role: code, functions, scope, fields } of def.access) {
      const place = (seen.get(code) ?? 0) + 1
      seen.set(code, place)
      const shipped = `${name}/${code}/${place}`
      shippedNow.add(shipped)
      const content: Functions = { functions, scope: scope as Json, fields: fields as Json }
      const hash = digest(content)
      const row = known.get(shipped)
      if (!row)
        fresh.push({ role: roles.get(code) ?? null, entity: name, ...content, shipped, shipped_hash: hash } as Record<
          string,
          Json
        >)
      else if (row.shipped_hash !== hash && !row.deleted) await follow(ctx, row, content, hash)
    }
  }
  await createAll(ctx, grant.name, fresh)
  // No longer shipped and never edited: gone with the declaration that made it.
  for (const row of rows)
    if (!row.deleted && !shippedNow.has(row.shipped) && digest(row) === row.shipped_hash)
      await remove(ctx, grant.name, row.id)
  if (ctx.unit) ctx.unit.rights = true
}

async function follow(ctx: Ctx, row: GrantRow, content: Functions, hash: string): Promise<void> {
  const untouched = digest(row) === row.shipped_hash
  if (untouched) await patch(ctx, grant.name, row.id, undefined, { ...content, shipped_hash: hash, offered: null })
  else await patch(ctx, grant.name, row.id, undefined, { offered: { ...content, hash } })
}
