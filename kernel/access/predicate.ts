// Sets of rows → SQL. One predicate per (principal, entity, function), the same in every statement.
import { type RawBuilder, sql } from 'kysely'
import type { Atom, Branch, Rows } from './rows.ts'

/** Where the predicate stands: the organisation's schema, and the alias of the entity's table. */
export interface At {
  readonly tenant: string
  readonly entity: string
  readonly alias: string
}

export function predicate(rows: Rows, at: At): RawBuilder<boolean> {
  if (rows === 'all') return sql`true`
  if (rows.length === 0) return sql`false`
  return sql`(${sql.join(
    rows.map(branch => branchPredicate(branch, at)),
    sql` or `,
  )})`
}

export const branchPredicate = (branch: Branch, at: At): RawBuilder<boolean> =>
  branch.length === 0
    ? sql`true`
    : sql`(${sql.join(
        branch.map(atom => atomPredicate(atom, at)),
        sql` and `,
      )})`

/** One id is compared by itself: PostgreSQL takes a list for ten and would plan a prepared statement each time anew. */
export const isOneOf = (column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<boolean> =>
  ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = any(${ids}::uuid[])`

function atomPredicate(atom: Atom, at: At): RawBuilder<boolean> {
  switch (atom.is) {
    case 'in':
      return isOneOf(sql.id(at.alias, atom.column), atom.ids)
    case 'through':
      return sql`${sql.id(at.alias, atom.column)} = any(array(
        select place.id from ${sql.id(at.tenant, atom.entity)} place where place.${sql.id(atom.inner)} = any(${atom.ids}::uuid[])))`
    case 'delegated':
      return sql`exists (${delegatedRecords(atom, at)} and g.record = ${sql.id(at.alias, 'id')})`
  }
}

/** The records that are delegated to the reader now; expired ones count from the moment they expire. */
export const delegatedRecords = (atom: Extract<Atom, { is: 'delegated' }>, { tenant, entity }: At) =>
  sql`select g.record from ${sql.id(tenant, 'record_grant')} g
    where g."user" = ${atom.user}::uuid and g.entity = ${entity} and ${atom.fn} = any(g.functions)
      and (g.until is null or g.until > now())
      ${atom.field === null ? sql`` : sql`and coalesce(${sql.join(atom.field.names.map(key => sql`g.fields ->> ${key}`))}, ${sql.lit(atom.field.otherwise)}) in ('read', 'edit')`}`
