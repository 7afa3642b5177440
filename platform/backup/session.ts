// The database session of a backup: settings under which every value has one text, on every version and machine.
import type pg from 'pg'
import { quoteName } from '../postgres/connection.ts'
import type { TableShape } from './catalog.ts'

/**
 * Floats in full, dates in ISO, money without a locale, names qualified; large tables read from their start; an error
 * instead of rows that a policy hides.
 */
export async function prepareSession(client: pg.Client): Promise<void> {
  await client.query(`
    set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 3;
    set bytea_output = 'hex'; set xmloption = 'content'; set lc_monetary = 'C'; set statement_timeout = 0; set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0; set check_function_bodies = off; set row_security = off; set client_min_messages = 'warning'`)
  await client.query(`select set_config('search_path', '', false)`)
}

export const tableName = ({ schema, name }: Pick<TableShape, 'schema' | 'name'>) =>
  `${quoteName(schema)}.${quoteName(name)}`

const columnList = (columns: readonly string[]) => columns.map(quoteName).join(', ')

export const copyOut = (table: TableShape) =>
  `copy ${tableName(table)} ${table.columns.length > 0 ? `(${columnList(table.columns)})` : ''} to stdout`
export const copyIn = (table: TableShape) =>
  `copy ${tableName(table)} ${table.columns.length > 0 ? `(${columnList(table.columns)})` : ''} from stdin`

/** Rows and the sum of 64 bits of each row's SHA-256: the same for the same rows in any order. */
export async function checksumOf(client: pg.Client, table: TableShape): Promise<{ rows: string; checksum: string }> {
  const digest = `sha256(convert_to(row(${columnList(table.columns)})::text, 'UTF8'))`
  const number = `('x' || encode(substr(${digest}, 1, 8), 'hex'))::bit(64)::bigint::numeric`
  const { rows } = await client.query(
    `select count(*)::text as rows, coalesce(sum(${number}), 0)::text as checksum from only ${tableName(table)}`,
  )
  return { rows: String(rows[0]?.rows), checksum: String(rows[0]?.checksum) }
}
