// A page as stretches of an index. PostgreSQL's btree gives nulls first when read backwards and no order across several
// projects; so a list reads the rows with a value, then those without, and the newest few of each place, merged.
import { type RawBuilder, sql } from 'kysely'
import { type At, branchPredicate, delegatedRecords, predicate } from '../access/predicate.ts'
import type { Branch, Rows } from '../access/rows.ts'
import { parameter } from '../records/column.ts'
import { afterCursor, type Cursor, type Key, orderBy } from './sort.ts'

/** Up to this many places each is read by itself; beyond, one scan checks every row's place. */
const mostPlaces = 20

/** One part of the order that a single index range serves. */
export interface Stretch {
  readonly condition: RawBuilder<unknown>
  /** Ascending or descending throughout: an index read forwards or backwards. */
  readonly order: RawBuilder<unknown>
}

/** A single key besides created_at, as index ranges: first the rows with a value, then those without. */
export function stretches(keys: readonly Key[], cursor: Cursor | null): Stretch[] {
  const [key, tie] = keys
  if (!key || keys.length > 2 || (tie && (tie.field.name !== 'created_at' || tie.descending !== key.descending)))
    return [{ condition: cursor ? afterCursor(keys, cursor) : sql`true`, order: orderBy(keys) }]
  const direction = sql.raw(key.descending ? 'desc' : 'asc')
  const beyond = sql.raw(key.descending ? '<' : '>')
  const value = sql`t.${sql.id(key.field.column ?? key.field.name)}`
  const ties = tie ? sql`, t.created_at ${direction}` : sql``
  const order = sql`${value} ${direction}${ties}, t.id ${direction}`
  const [at = null, created = null] = cursor?.values ?? []
  const tieColumns = tie ? sql`, t.created_at` : sql``
  const tieValues = tie && created !== null ? sql`, ${parameter(tie.field.def, created)}` : sql``
  const found: Stretch[] = []
  if (!cursor) found.push({ condition: sql`${value} is not null`, order })
  else if (at !== null)
    found.push({
      condition: sql`(${value}${tieColumns}, t.id) ${beyond} (${parameter(key.field.def, at)}${tieValues}, ${cursor.id}::uuid)`,
      order,
    })
  if (!tie) return found
  const rest =
    cursor && at === null
      ? sql` and (t.created_at, t.id) ${beyond} (${parameter(tie.field.def, created)}, ${cursor.id}::uuid)`
      : sql``
  found.push({ condition: sql`${value} is null${rest}`, order: sql`t.created_at ${direction}, t.id ${direction}` })
  return found
}

/**
 * Statement that gives the first `limit` rows of a stretch among `rows`. `select` is the select list over alias `t`,
 * `conditions` what else must hold.
 */
export function pageOf(
  rows: Rows,
  at: At,
  stretch: Stretch,
  conditions: RawBuilder<unknown>,
  select: RawBuilder<unknown>,
  most: number,
): RawBuilder<unknown> {
  // A literal: a prepared statement must know that the page is short.
  const limit = sql.lit(most)
  const table = sql.id(at.tenant, at.entity)
  const ordered = sql`order by ${stretch.order} limit ${limit}`
  const where = (predicates: RawBuilder<unknown>) =>
    sql`from ${table} t where ${predicates} and ${conditions} and ${stretch.condition} ${ordered}`
  if (rows === 'all') return sql`select ${select} ${where(sql`true`)}`
  const places = placesOf(rows)
  const [only, second] = rows
  if (!places || (only && second === undefined && placeCount(only) === 1))
    return sql`select ${select} ${where(predicate(rows, at))}`
  // Of a list of places each is read by itself: the head of its own index.
  const heads = (what: RawBuilder<unknown>, branch: Branch) => {
    const lead = branch.find(atom => atom.is === 'in')
    if (!lead || lead.ids.length === 1) return null
    const rest = branchPredicate(
      branch.filter(atom => atom !== lead),
      at,
    )
    const ids = sql.join(lead.ids.map(id => sql`(${id}::uuid)`))
    return sql`(values ${ids}) place(id) cross join lateral (
      select ${what} ${where(sql`${sql.id('t', lead.column)} = place.id and ${rest}`)}) t`
  }
  const single = only && second === undefined ? heads(sql`t.*`, only) : null
  if (single) return sql`select ${select} from ${single} ${ordered}`
  // `union` without `all`: a row may lie in two places.
  const parts = places.map(branch => {
    const several = heads(sql`t.id`, branch)
    const [atom] = branch
    if (several) return sql`(select t.id from ${several})`
    return atom?.is === 'delegated' && branch.length === 1
      ? sql`(select t.id ${where(sql`t.id in (${delegatedRecords(atom, at)})`)})`
      : sql`(select t.id ${where(branchPredicate(branch, at))})`
  })
  return sql`select ${select} from (${sql.join(parts, sql` union `)}) found join ${table} t on t.id = found.id ${ordered}`
}

/** Null when there are too many places to read each by itself. */
function placesOf(rows: readonly Branch[]): readonly Branch[] | null {
  let count = 0
  for (const branch of rows) {
    const places = placeCount(branch)
    if (places === null) return null
    count += places
  }
  return count <= mostPlaces ? rows : null
}

function placeCount(branch: Branch): number | null {
  const lead = branch.find(atom => atom.is === 'in')
  if (lead) return lead.ids.length
  return branch.every(atom => atom.is === 'delegated') ? 1 : null
}
