// later(): asks for a job in the transaction that wants it. Rolled back, it was never asked; committed, it cannot be lost.
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { write } from '../records/transaction.ts'
import { parseVerbInput } from '../records/verb-input.ts'
import type { Registry } from '../registry.ts'
import type { Input } from '../serve.ts'

export interface LaterOptions {
  /** Not before this moment (ISO). */
  readonly runAt?: string
  /** While a job of this name and key waits, asking again only replaces its input and time. */
  readonly key?: string
  /** Of a job that waits already, the earlier time stays: news put nothing off. */
  readonly earliest?: true
}

/** The job's id, to follow it by `jobStatus`. It runs at least once, as the system, on one of the nodes. */
export function later(
  ctx: Ctx,
  name: string,
  input: Input = {},
  { runAt, key, earliest }: LaterOptions = {},
): Promise<string> {
  const job = ctx.registry.jobs.get(name)
  if (!job) throw new Error(`no job is called "${name}"`)
  const given = job.input ? parseVerbInput(ctx, job.input, input) : input
  return write(ctx, async ctx => {
    const { rows } = await sql<{ id: string }>`insert into ${sql.id(ctx.tenant, 'job')} as j
        (id, name, key, input, state, asked_by, asked_at, lang, cause, run_at)
      values (${newId()}::uuid, ${name}, ${key ?? null}, ${JSON.stringify(given)}::jsonb, 'waiting', ${ctx.principal.user}::uuid,
        ${ctx.now}::timestamptz, ${ctx.lang}, ${ctx.cause}::uuid, coalesce(${runAt ?? null}::timestamptz, now()))
      on conflict (name, key) where state = 'waiting' and key is not null do update set
        input = excluded.input, run_at = ${earliest ? sql`least(j.run_at, excluded.run_at)` : sql`excluded.run_at`}, handed_at = null, asked_by = excluded.asked_by,
        asked_at = excluded.asked_at, lang = excluded.lang, cause = excluded.cause, xid = excluded.xid
      returning id`.execute(ctx.db)
    ctx.unit?.afterCommit.push(() => wakers.get(ctx.registry)?.())
    return rows[0]?.id ?? ''
  })
}

/** The runner of this node: told after a commit instead of at its next look. */
const wakers = new WeakMap<Registry, () => void>()
export function onAsked(registry: Registry, wake: () => void): () => void {
  wakers.set(registry, wake)
  return () => void wakers.delete(registry)
}
