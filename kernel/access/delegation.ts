// Delegations: expiring rights to one record, given with a task, a copy or an invitation, and taken back with it.
import type { FieldRight } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { write } from '../records/transaction.ts'

export interface Delegation {
  readonly user: string
  readonly entity: string
  readonly record: string
  readonly functions: readonly string[]
  /** Fields or groups beside the basic ones, `{ commercial: 'read' }`; or basic ones that are hidden. */
  readonly fields: Readonly<Record<string, FieldRight>>
  /** ISO instant; null: until revoked. */
  readonly until: string | null
  /** What gave it, to take it back by: `task 01…`. */
  readonly source: string
}

/** Call with a system Ctx: whoever may give the task may let its record be seen. */
export async function delegate(ctx: Ctx, delegations: readonly Delegation[]): Promise<void> {
  if (delegations.length === 0) return
  await write(ctx, async ctx => {
    const rows = delegations.map(
      each => sql`(${newId()}::uuid, ${each.user}::uuid, ${each.entity}, ${each.record}::uuid, ${each.functions}::text[],
        ${JSON.stringify(each.fields)}::jsonb, ${hiddenIn(each.fields)}::text[], ${each.until}::timestamptz, ${each.source}, ${ctx.now}::timestamptz)`,
    )
    await sql`insert into ${sql.id(ctx.tenant, 'record_grant')}
      (id, "user", entity, record, functions, fields, hides, until, source, at) values ${sql.join(rows)}`.execute(
      ctx.db,
    )
    for (const { user } of delegations) ctx.unit?.delegated.add(user)
  })
}

/** Fields and groups that a delegation hides. */
export const hiddenIn = (fields: Delegation['fields']): string[] =>
  Object.keys(fields).filter(name => fields[name] === 'hidden')

/** Takes back everything one source gave. */
export async function revoke(ctx: Ctx, source: string): Promise<void> {
  await write(ctx, async ctx => {
    const { rows } = await sql<{ user: string }>`delete from ${sql.id(ctx.tenant, 'record_grant')}
      where source = ${source} returning "user"`.execute(ctx.db)
    for (const { user } of rows) ctx.unit?.delegated.add(user)
  })
}
