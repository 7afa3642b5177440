// Flags: predicates that are asked per row in the same select (may this reader change it, see this field?).
import { type RawBuilder, sql } from 'kysely'
import { type At, predicate } from '../access/predicate.ts'
import { isNone, keyOf, type Rows } from '../access/rows.ts'

export type DatabaseRow = Readonly<Record<string, unknown>>
export type Asked = (row: DatabaseRow) => boolean
export const yes: Asked = () => true
export const no: Asked = () => false

export interface Flags {
  /** Answers per row whether it is among `rows`; one column for equal sets, none where the answer is known. */
  ask(rows: Rows): Asked
  columns(): RawBuilder<unknown>[]
}

/** `given`: every row that will be answered is among these. */
export function flags(at: At, given: Rows): Flags {
  const known = keyOf(given)
  const asked = new Map<string, { name: string; rows: Rows }>()
  return {
    ask(rows) {
      if (rows === 'all' || keyOf(rows) === known) return yes
      if (isNone(rows)) return no
      const key = keyOf(rows)
      const found = asked.get(key) ?? { name: `_f${asked.size}`, rows }
      asked.set(key, found)
      return row => row[found.name] === true
    },
    columns: () => [...asked.values()].map(({ name, rows }) => sql`${predicate(rows, at)} as ${sql.id(name)}`),
  }
}
