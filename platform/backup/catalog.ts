// The database as SQL statements, read from PostgreSQL's own catalog: what pg_dump would print for the kinds of objects
// an installation has. Kinds it does not know make it refuse, so that nothing is lost silently.
import type pg from 'pg'
import { FOREIGN, OBJECTS, TABLES, UNSUPPORTED } from './catalog-query.ts'
import { backupRefusal, list, parseJson, record, string } from './manifest.ts'

/** In this order: rows are loaded after `define`, so that no trigger fires and every constraint is checked once. */
export const PHASES = ['define', 'constrain', 'relate', 'finish'] as const
export type Phase = (typeof PHASES)[number]
export type Statements = Readonly<Record<Phase, readonly string[]>>

export type TableShape = { readonly schema: string; readonly name: string; readonly columns: readonly string[] }

/** Tables with the columns that COPY carries (generated ones are computed again). */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query(TABLES)
  return rows.map(({ schema, name, columns }) => ({
    schema: String(schema),
    name: String(name),
    columns: columns ?? [],
  }))
}

/** All statements that make the same objects in an empty database, each phase in a good order. */
export async function statementsOf(client: pg.Client): Promise<Statements> {
  const { rows: unsupported } = await client.query(UNSUPPORTED)
  if (unsupported.length > 0) {
    const names = unsupported.map(({ kind, name }) => `${kind} ${name}`).join(', ')
    throw backupRefusal('unsupported_object', {
      zh: `数据库中有营造不会备份的对象：${names}。请删除它们，或改用 pg_dump`,
      en: `the database holds objects that this backup does not carry: ${names}. Remove them or use pg_dump`,
    })
  }
  const found: Record<Phase, string[]> = { define: [], constrain: [], relate: [], finish: [] }
  for (const { phase, sql } of OBJECTS) {
    const { rows } = await client.query<{ sql: string }>(sql)
    found[phase].push(...rows.map(row => row.sql))
  }
  return found
}

/** What a restore finds in its way: the first few names of anything that is not part of PostgreSQL or an extension. */
export async function foreignObjects(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(FOREIGN)
  return rows.map(({ name }) => name)
}

/** Statements read back from a backup. */
export function parseStatements(text: string): Statements {
  const value = record(parseJson(text))
  const phase = (name: Phase) => list(value[name]).map(string)
  return { define: phase('define'), constrain: phase('constrain'), relate: phase('relate'), finish: phase('finish') }
}
