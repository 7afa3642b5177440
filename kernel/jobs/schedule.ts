// Jobs declared `every:`: asked for when their moment has come, once for all nodes, and once for any time that was missed.
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../context.ts'
import { write } from '../records/transaction.ts'
import type { Registry } from '../registry.ts'
import { systemCtx } from '../system.ts'
import { nextRun } from './cron.ts'
import { later } from './later.ts'

export interface ScheduleOptions {
  readonly db: Kysely<Tables>
  readonly registry: Registry
  readonly tenant: string
  readonly zone: string
  readonly now: Date
}

const expressions = new WeakMap<Registry, readonly { readonly name: string; readonly every: string }[]>()

export async function schedule({ db, registry, tenant, zone, now }: ScheduleOptions): Promise<void> {
  const declared =
    expressions.get(registry) ??
    [...registry.jobs.values()].flatMap(({ name, every }) => (every ? [{ name, every }] : []))
  expressions.set(registry, declared)
  if (declared.length === 0) return
  const table = sql.id(tenant, 'job_schedule')
  const { rows } = await sql<{ name: string; every: string; due: boolean }>`
    select name, every, next_at <= ${now.toISOString()}::timestamptz as due from ${table}`.execute(db)
  const known = new Map(rows.map(row => [row.name, row]))
  const ctx = systemCtx({ db, registry, tenant, zone, from: 'schedule', now })
  for (const { name, every } of declared) {
    const row = known.get(name)
    const text = `${every} ${zone}`
    if (row?.every === text && !row.due) continue
    const next = nextRun(every, zone, now)?.toISOString() ?? '9999-12-31T00:00:00.000Z'
    if (row?.every !== text) {
      await sql`insert into ${table} (name, every, next_at) values (${name}, ${text}, ${next}::timestamptz)
        on conflict (name) do update set every = excluded.every, next_at = excluded.next_at`.execute(db)
      continue
    }
    await write(ctx, async ctx => {
      const moved = await sql`update ${table} set next_at = ${next}::timestamptz
        where name = ${name} and next_at <= ${now.toISOString()}::timestamptz`.execute(ctx.db)
      if (moved.numAffectedRows === 1n) await later(ctx, name)
    })
  }
}
