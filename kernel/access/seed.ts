// Seeding: the roles and grants that modules ship become rows. An untouched row follows the next version; one that an
// administrator edited stays as he left it and is offered the new text; one he deleted stays deleted.
import type { Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { grant, role } from '../organisation/role.entity.ts'
import { createAll } from '../records/create.ts'
import { patch } from '../records/patch.ts'
import { remove } from '../records/remove.ts'
import { write } from '../records/transaction.ts'
import { digestOf, type GrantContent, shippedGrants } from './shipped.ts'

const lock = 0x59_5a_47

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

interface GrantRow extends GrantContent {
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
  const shipped = shippedGrants(ctx.registry)
  for (const { key, entity, role, content, digest } of shipped.values()) {
    const row = known.get(key)
    if (!row)
      fresh.push({ role: roles.get(role) ?? null, entity, ...plain(content), shipped: key, shipped_hash: digest })
    else if (row.shipped_hash !== digest && !row.deleted) await follow(ctx, row, content, digest)
  }
  await createAll(ctx, grant.name, fresh)
  // No longer shipped and never edited: gone with the declaration that made it.
  for (const row of rows)
    if (!row.deleted && !shipped.has(row.shipped) && digestOf(row) === row.shipped_hash)
      await remove(ctx, grant.name, row.id)
  if (ctx.unit) ctx.unit.rights = true
}

/** A copy that may be written. */
const plain = ({ functions, scope, fields }: GrantContent) => ({ functions: [...functions], scope, fields })

async function follow(ctx: Ctx, row: GrantRow, content: GrantContent, hash: string): Promise<void> {
  const given = plain(content)
  const untouched = digestOf(row) === row.shipped_hash
  if (untouched) await patch(ctx, grant.name, row.id, undefined, { ...given, shipped_hash: hash, offered: null })
  else await patch(ctx, grant.name, row.id, undefined, { offered: { ...given, hash } })
}
