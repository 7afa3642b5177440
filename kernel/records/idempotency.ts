// Idempotency keys: the same request sent again, after a lost answer, is answered again and done once.
import { createHash } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { canonical } from './draft.ts'

const longestKey = 200

/**
 * Runs `work` once per key and caller. The key is written first, in the same transaction: a second request with it waits
 * for the first, then gets its answer; when the first failed, nothing was kept and the second runs. A key used for
 * another request is refused.
 */
export async function once<T extends Json | undefined>(
  ctx: Ctx,
  key: string | undefined,
  request: unknown,
  work: () => Promise<T>,
): Promise<T> {
  if (key === undefined) return work()
  if (key === '' || key.length > longestKey || key.includes('\0')) throw refuse('idempotency.reused')
  const by = ctx.principal.user ?? ctx.principal.kind
  const digest = createHash('sha256').update(canonical(request)).digest('hex')
  const table = sql.id(ctx.tenant, 'idempotency')
  const made =
    await sql`insert into ${table} ("by", key, request, at) values (${by}, ${key}, ${digest}, ${ctx.now}::timestamptz)
    on conflict do nothing`.execute(ctx.db)
  if (Number(made.numAffectedRows ?? 0) === 0) {
    const { rows } = await sql<{
      request: string
      answer: T | null
    }>`select request, answer from ${table} where "by" = ${by} and key = ${key}`.execute(ctx.db)
    const [before] = rows
    if (!before || before.request !== digest) throw refuse('idempotency.reused')
    return (before.answer ?? undefined) as T
  }
  const answer = await work()
  const keep = sql`update ${table} set answer = ${JSON.stringify(answer ?? null)}::jsonb where "by" = ${by} and key = ${key}`
  const statement = keep.compile(ctx.db)
  if (ctx.unit) ctx.unit.closing.push(statement)
  else await ctx.db.executeQuery(statement)
  return answer
}

/** Keys are kept for a day; a job forgets older ones. Returns how many. */
export async function forgetKeys(ctx: Ctx, before: Date): Promise<number> {
  const result =
    await sql`delete from ${sql.id(ctx.tenant, 'idempotency')} where at < ${before.toISOString()}::timestamptz`.execute(
      ctx.db,
    )
  return Number(result.numAffectedRows ?? 0)
}
