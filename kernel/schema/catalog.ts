// What the database really has: tables, columns, indexes and foreign keys of one schema.
import { sql } from 'kysely'
import type { Database } from '../context.ts'

export interface ActualTable {
  readonly columns: ReadonlyMap<
    string,
    { readonly type: string; readonly notNull: boolean; readonly default: string | null }
  >
  readonly indexes: ReadonlyMap<string, { readonly valid: boolean }>
  readonly references: ReadonlySet<string>
  readonly triggers: ReadonlySet<string>
  /** Rough number of rows; 0 when never analysed and small. */
  readonly rows: number
}

export async function readCatalog(db: Database, schema: string): Promise<Map<string, ActualTable>> {
  const tables = await sql<{ name: string; rows: number; bytes: number }>`
    select c.relname as name, greatest(c.reltuples, 0)::bigint as rows, pg_relation_size(c.oid)::bigint as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind = 'r'`.execute(db)
  const columns = await sql<{ table: string; name: string; type: string; not_null: boolean; default: string | null }>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as not_null, pg_get_expr(d.adbin, d.adrelid) as "default"
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where n.nspname = ${schema} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    order by a.attnum`.execute(db)
  const indexes = await sql<{ table: string; name: string; valid: boolean }>`
    select t.relname as "table", i.relname as name, x.indisvalid as valid
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = ${schema} and not x.indisprimary`.execute(db)
  const references = await sql<{ table: string; name: string }>`
    select t.relname as "table", k.conname as name
    from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = ${schema} and k.contype = 'f'`.execute(db)
  const triggers = await sql<{ table: string; name: string }>`
    select t.relname as "table", g.tgname as name
    from pg_trigger g join pg_class t on t.oid = g.tgrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = ${schema} and not g.tgisinternal`.execute(db)
  const found = new Map(
    tables.rows.map(({ name, rows, bytes }) => [
      name,
      {
        columns: new Map<string, { type: string; notNull: boolean; default: string | null }>(),
        indexes: new Map<string, { valid: boolean }>(),
        references: new Set<string>(),
        triggers: new Set<string>(),
        // A table that was never analysed says -1 rows; its size does not lie.
        rows: rows > 0 ? rows : Math.floor(bytes / 200),
      },
    ]),
  )
  for (const row of columns.rows)
    found.get(row.table)?.columns.set(row.name, { type: row.type, notNull: row.not_null, default: row.default })
  for (const row of indexes.rows) found.get(row.table)?.indexes.set(row.name, { valid: row.valid })
  for (const row of references.rows) found.get(row.table)?.references.add(row.name)
  for (const row of triggers.rows) found.get(row.table)?.triggers.add(row.name)
  return found
}
