// write(): one business transaction. Joins the running one, retries when PostgreSQL broke a deadlock, invalidates rights.
import { sql } from 'kysely'
import { forgetDelegated, forgetRights } from '../access/principal.ts'
import type { Ctx, WriteUnit } from '../context.ts'
import { isRetryable } from '../database-error.ts'
import { lastly } from '../driver.ts'
import { forgetTitles } from './title.ts'

const attempts = 3
const newUnit = (): WriteUnit => ({
  ...{ changed: new Set(), rights: false, delegated: new Set(), closing: [], afterCommit: [] },
})

/**
 * Runs `work` in a transaction with a Ctx whose `db` is that transaction. Nested calls join. After a deadlock or a
 * serialisation failure it is run again (at most three times), so it must have no effect outside the database.
 */
export async function write<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.unit) return work(ctx)
  for (let attempt = 1; ; attempt++) {
    const unit = newUnit()
    try {
      const result = await ctx.db.transaction().execute(async tx => {
        const done = await work({ ...ctx, db: tx, unit })
        // One row for all, held for the length of the commit only.
        const rights = sql`insert into ${sql.id(ctx.tenant, 'rights_version')} (one, version) values (true, 1)
            on conflict (one) do update set version = rights_version.version + 1`
        const closing = unit.rights ? [...unit.closing, rights.compile(tx)] : unit.closing
        for (const [at, statement] of closing.entries())
          await tx.executeQuery(at === closing.length - 1 ? lastly(statement) : statement)
        return done
      })
      if (unit.rights) forgetRights(ctx.registry, ctx.tenant)
      else forgetDelegated(ctx.registry, ctx.tenant, unit.delegated)
      forgetTitles(ctx.registry, ctx.tenant, unit.changed)
      for (const each of unit.afterCommit) each()
      return result
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

/** A write that is a single statement is a transaction by itself. */
export async function writeAtOnce<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const unit = newUnit()
  const result = await work({ ...ctx, unit })
  forgetTitles(ctx.registry, ctx.tenant, unit.changed)
  return result
}

/** Everything inside sees one state of the database; within another it is that one's. */
export const readTogether = <T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  ctx.unit || ctx.db.isTransaction
    ? work(ctx)
    : ctx.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(tx => work({ ...ctx, db: tx }))

/** Whether a write to the entity changes what somebody may do: then every node reads rights again. */
export function decidesRights(ctx: Pick<Ctx, 'registry'>, entity: string): boolean {
  const project = ctx.registry.scopes.get('project')
  return ['org_unit', 'user', 'role', 'role_holding', 'grant'].includes(entity) || project?.members?.entity === entity
}
