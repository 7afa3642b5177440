// Tables as wanted: plain values that the kernel, its parts and the platform declare and the sync makes true.
import { createHash } from 'node:crypto'

export interface ColumnDef {
  readonly type: string
  readonly notNull?: boolean
  /** SQL expression, written as PostgreSQL prints it. */
  readonly default?: string
}
export interface IndexDef {
  readonly name: string
  /** Columns or expressions in parentheses. */
  readonly on: readonly string[]
  readonly unique?: boolean
  readonly using?: 'gin'
  readonly where?: string
}
export interface ForeignKey {
  readonly column: string
  readonly to: string
  /** Lines and join rows go with their parent; everything else is never deleted for real. */
  readonly cascade?: boolean
}
export interface TableDef {
  readonly name: string
  /** Module that declared it: a table of a module that is gone is kept, one that a present module forgot needs a migration. */
  readonly module: string
  readonly columns: Readonly<Record<string, ColumnDef>>
  readonly key: readonly string[]
  readonly indexes?: readonly IndexDef[]
  readonly references?: readonly ForeignKey[]
  /** Rows are never changed or deleted: a trigger refuses it to everybody. */
  readonly appendOnly?: boolean
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
/** Columns are quoted, expressions stand in parentheses already. */
export const quoteColumn = (on: string): string => (on.startsWith('(') ? on : quote(on))

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/**
 * The name says what the index is and carries a hash of all that defines it: a changed definition is a new index, and the
 * sync compares names only. Fits PostgreSQL's 63 bytes.
 */
export const indexName = (prefix: 'ix' | 'uq' | 'fk', table: string, on: readonly string[], more = ''): string =>
  `${prefix}_${`${table}_${on.join('_').replaceAll(/[^a-z0-9_]+/g, '')}`.slice(0, 48)}_${hash([table, ...on, more].join('|'))}`

export const index = (table: string, on: readonly string[], more: Omit<IndexDef, 'name' | 'on'> = {}): IndexDef => ({
  name: indexName(more.unique ? 'uq' : 'ix', table, on, `${more.using ?? ''}|${more.where ?? ''}`),
  on,
  ...more,
})
