// Schema sync: makes an organisation's tables what the declarations want. Additions are applied; a rename, a removal or another
// type needs a migration file, and boot refuses until there is one. Several nodes may boot at once.
import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../context.ts'
import { errorCode } from '../database-error.ts'
import { settled } from '../ledgers/history.ts'
import { balanceTable } from '../ledgers/table.ts'
import type { Migration, Registry } from '../registry.ts'
import { backfill } from './backfill.ts'
import { readCatalog } from './catalog.ts'
import { sharedFunctions } from './functions.ts'
import { planSchema, type SchemaPlan } from './plan.ts'
import { quote, type TableDef } from './table.ts'
import { wantedTables } from './wanted.ts'

export interface SyncOptions {
  /** Tables of the platform and of kernel parts, beside those of the entities. */
  readonly tables?: readonly TableDef[]
  readonly log?: (line: string) => void
}
export interface SyncResult {
  /** There was nothing before: the organisation's tables were made, not changed. */
  readonly fresh: boolean
  readonly statements: readonly string[]
  readonly migrations: readonly string[]
  readonly kept: readonly string[]
}

/** A boot that cannot go on; `plan.refused` has the statements that migration files must contain. */
export class SchemaRefusal extends Error {
  readonly code = 'schema.needs_migration'
  readonly plan: SchemaPlan
  constructor(schema: string, plan: SchemaPlan) {
    const lines = plan.refused.map(
      ({ file, message, sql: statement }) => `  ${message}\n    write ${file} with: ${statement}`,
    )
    super(`Schema "${schema}" does not fit the declarations:\n${lines.join('\n')}`)
    this.name = 'SchemaRefusal'
    this.plan = plan
  }
}

/** One for all organisations: they share functions, too. */
const lock = 0x59_5a_53
/** How often DDL that found a table busy is tried again, 300 ms each and a pause that grows. */
const attempts = 20

/**
 * Applies what is missing to one tenant's schema (created if need be) and records what it did. Safe on several nodes at
 * once: a lock held on a second connection makes them take turns, and the second finds nothing to do.
 */
export async function syncSchema(
  db: Kysely<Tables>,
  registry: Registry,
  schema: string,
  options: SyncOptions = {},
): Promise<SyncResult> {
  const log = options.log ?? (() => {})
  return db.transaction().execute(async guard => {
    // Without a parameter: a parametrised statement keeps its snapshot, and indexes built concurrently would wait for it.
    await sql.raw(`select pg_advisory_xact_lock(${lock})`).execute(guard)
    const done = await retried(() =>
      db.transaction().execute(async tx => {
        await sql`set local lock_timeout = '300ms'`.execute(tx)
        return applyInOne(tx, registry, schema, options)
      }),
    )
    for (const statement of done.afterwards) {
      log(statement)
      await retried(() => sql.raw(statement).execute(db))
    }
    await backfill(db, registry, schema, log)
    return {
      fresh: done.fresh,
      statements: [...done.statements, ...done.afterwards],
      migrations: done.migrations,
      kept: done.plan.kept,
    }
  })
}

/**
 * What a sync would do now, changing nothing: for `migrate --plan`. Migrations not yet run are rehearsed and rolled back;
 * as a sync does, it waits for busy tables without stopping their readers.
 */
export async function planSync(
  db: Kysely<Tables>,
  registry: Registry,
  schema: string,
  options: SyncOptions = {},
): Promise<SchemaPlan & { readonly migrations: readonly string[] }> {
  class Rehearsed extends Error {
    readonly done: Applied
    constructor(done: Applied) {
      super('rehearsed')
      this.done = done
    }
  }
  try {
    await retried(() =>
      db.transaction().execute(async tx => {
        await sql`set local lock_timeout = '300ms'`.execute(tx)
        throw new Rehearsed(await applyInOne(tx, registry, schema, options))
      }),
    )
  } catch (error) {
    if (error instanceof Rehearsed)
      return { ...error.done.plan, statements: error.done.statements, migrations: error.done.migrations }
    if (error instanceof SchemaRefusal) return { ...error.plan, migrations: [] }
    throw error
  }
  throw new Error('a rehearsal always ends by rolling back')
}

interface Applied {
  readonly fresh: boolean
  readonly plan: SchemaPlan
  readonly statements: readonly string[]
  readonly afterwards: readonly string[]
  readonly migrations: readonly string[]
}

async function applyInOne(
  tx: Transaction<Tables>,
  registry: Registry,
  schema: string,
  { tables = [], log = () => {} }: SyncOptions,
): Promise<Applied> {
  await sql`create schema if not exists yingzao`.execute(tx)
  await sql.raw(`create schema if not exists ${quote(schema)}`).execute(tx)
  for (const statement of sharedFunctions) await sql.raw(statement).execute(tx)

  const wanted = wantedTables(registry, tables)
  const before = await readCatalog(tx, schema)
  const owner = new Map<string, string>()
  if (before.has('schema_table')) {
    const rows = await sql<{
      name: string
      module: string
    }>`select name, module from ${at(schema, 'schema_table')}`.execute(tx)
    for (const row of rows.rows) owner.set(row.name, row.module)
  }
  const migrations = await migrate(
    tx,
    registry.migrations,
    schema,
    new Set(owner.values()),
    before.has('schema_migration'),
  )
  const catalog = migrations.ran.length > 0 ? await readCatalog(tx, schema) : before
  const plan = planSchema(schema, wanted, catalog, {
    migrations: registry.migrations,
    // A table renamed by a migration keeps its owner.
    owner: new Map([...catalog.keys()].flatMap(name => (owner.has(name) ? [[name, owner.get(name) ?? '']] : []))),
    modules: new Set(registry.modules.keys()),
  })
  if (plan.refused.length > 0) throw new SchemaRefusal(schema, plan)
  for (const statement of plan.statements) {
    log(statement)
    await sql.raw(statement).execute(tx)
  }
  // Balances from before running ones: computed once, with the columns.
  for (const { name, def } of registry.ledgers.values())
    if (catalog.get(balanceTable(name))?.columns.has('next') === false) {
      log(`running balances of ${name}`)
      await settled(schema, name, def, null).execute(tx)
    }
  for (const { module, name, hash } of migrations.record)
    await sql`insert into ${at(schema, 'schema_migration')} (module, name, hash, at) values (${module}, ${name}, ${hash}, now())
      on conflict do nothing`.execute(tx)
  await remember(tx, schema, wanted, owner)
  return {
    fresh: before.size === 0,
    plan,
    statements: plan.statements,
    afterwards: plan.afterwards,
    migrations: migrations.ran,
  }
}

const at = (schema: string, table: string) => sql.id(schema, table)

async function remember(
  tx: Transaction<Tables>,
  schema: string,
  wanted: readonly TableDef[],
  owner: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = wanted.filter(table => owner.get(table.name) !== table.module)
  if (rows.length === 0) return
  const values = sql.join(rows.map(({ name, module }) => sql`(${name}, ${module})`))
  await sql`insert into ${at(schema, 'schema_table')} (name, module) values ${values}
    on conflict (name) do update set module = excluded.module`.execute(tx)
}

/**
 * Runs the files not yet run, in order of module and name. On a schema that never held the module, they are only recorded:
 * its tables are made as they are declared today.
 */
async function migrate(
  tx: Transaction<Tables>,
  migrations: readonly Migration[],
  schema: string,
  modules: ReadonlySet<string>,
  ledger: boolean,
) {
  const done = new Map<string, string>()
  if (ledger) {
    const rows = await sql<{ module: string; name: string; hash: string }>`
      select module, name, hash from ${at(schema, 'schema_migration')}`.execute(tx)
    for (const row of rows.rows) done.set(`${row.module}/${row.name}`, row.hash)
  }
  const ran: string[] = []
  const record: { module: string; name: string; hash: string }[] = []
  const sorted = [...migrations].sort((a, b) => (`${a.module}/${a.name}` < `${b.module}/${b.name}` ? -1 : 1))
  for (const { module, name, file, sql: text } of sorted) {
    const hash = createHash('sha256').update(text).digest('hex')
    const before = done.get(`${module}/${name}`)
    if (before === hash) continue
    if (before !== undefined)
      throw new Error(`${file} was changed after it ran here: write a new migration file instead`)
    record.push({ module, name, hash })
    if (!modules.has(module)) continue
    // For this transaction only, so that files name tables without the organisation's schema.
    await sql.raw(`set local search_path = ${quote(schema)}`).execute(tx)
    try {
      await sql.raw(text).execute(tx)
    } catch (error) {
      throw new Error(`${file} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
    ran.push(`${module}/${name}`)
  }
  if (ran.length > 0) await sql.raw('set local search_path = public').execute(tx)
  return { ran, record }
}

/** DDL waits at most 300 ms for a table in use, lets the waiting readers through, and tries again. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const busy = ['55P03', '40P01', '40001'].includes(errorCode(error) ?? '')
      if (!busy || attempt >= attempts) throw error
      await new Promise(resolve => setTimeout(resolve, 50 * attempt))
    }
  }
}
