// The platform's own tables (sessions, files, saved views …): ordered steps of SQL, each applied once per organisation.
import type { Database } from '@yingzao/kernel/context'
import { sql } from 'kysely'
import { authSteps } from '../auth/tables.ts'
import { exchangeSteps } from '../exchange/tables.ts'
import { fileSteps } from '../files/tables.ts'
import { viewSteps } from '../http/tables.ts'

export interface Step {
  /** Never renamed and never edited once released: a change is a new step. */
  readonly name: string
  /** Statements; `{t}` stands for the organisation's quoted schema. */
  readonly sql: readonly string[]
}

const steps: readonly Step[] = [...authSteps, ...fileSteps, ...viewSteps, ...exchangeSteps]
/** Advisory lock: several nodes may start at once. */
const STEP_LOCK = 7_951_203

/** Brings the platform's tables of one organisation up to date. Safe to run on every start of every node. */
export async function applySteps(db: Database, tenant: string): Promise<void> {
  const schema = `"${tenant.replaceAll('"', '""')}"`
  await db.transaction().execute(async tx => {
    await sql`select pg_advisory_xact_lock(${STEP_LOCK})`.execute(tx)
    await sql.raw(`create schema if not exists ${schema}`).execute(tx)
    await sql
      .raw(`create table if not exists ${schema}.platform_step (name text primary key, at timestamptz not null default now())`)
      .execute(tx)
    const { rows } = await sql<{ name: string }>`select name from ${sql.table(`${tenant}.platform_step`)}`.execute(tx)
    const done = new Set(rows.map(row => row.name))
    for (const step of steps) {
      if (done.has(step.name)) continue
      for (const statement of step.sql) await sql.raw(statement.replaceAll('{t}', schema)).execute(tx)
      await sql`insert into ${sql.table(`${tenant}.platform_step`)} (name) values (${step.name})`.execute(tx)
    }
  })
}
