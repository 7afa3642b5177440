// The columns of a ledger as SQL, written once for each ledger: a statement that moves its balances names more than a hundred, and
// building them anew for every document costs more than sending them.
import type { LedgerDef } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { quote } from '../schema/table.ts'
import { dimType, impliedDims, reservedColumn, untilColumn } from './table.ts'

type Text = RawBuilder<unknown>
interface Columns {
  /** What movements bring to entries, and their types. */
  readonly entry: Text
  readonly entryTypes: Text
  readonly measures: Text
  readonly measureTypes: Text
  /** Sums of what a document has reserved; what is asked of a total row `b` with them beside it. */
  readonly held: Text
  readonly opened: Text
  /** A row of balances, its values where what is 0 is not named, its types, and the new one added to the one that is there. */
  readonly balance: Text
  readonly balanceValues: Text
  readonly balanceTypes: Text
  readonly added: Text
}
export const heldColumn = (measure: string): string => `_held_${measure}`

const known = new WeakMap<LedgerDef, Columns>()

export function columnsOf(def: LedgerDef): Columns {
  const before = known.get(def)
  if (before) return before
  const text = (parts: readonly string[]): Text => sql.raw(parts.join(', '))
  const dims = [...impliedDims, ...Object.keys(def.dims)]
  const names = Object.keys(def.measures)
  const moved = [...names, ...names.map(reservedColumn), ...names.map(untilColumn)]
  const typed = (all: readonly string[]) => all.map(dim => `${quote(dim)} ${dimType(def, dim)}`)
  const numeric = (all: readonly string[]) => all.map(name => `${quote(name)} numeric`)
  const made: Columns = {
    entry: text(['id', 'line', 'key', 'period', ...dims, ...names].map(quote)),
    entryTypes: text(['id uuid', 'line uuid', 'key text', 'period text', ...typed(dims), ...numeric(names)]),
    measures: text(names.map(quote)),
    measureTypes: text(numeric(names)),
    held: text(names.map(name => `sum(${quote(name)}) as ${quote(heldColumn(name))}`)),
    opened: text([
      ...['key', 'next', ...def.balance, ...names, ...names.map(reservedColumn)].map(name => `b.${quote(name)}`),
      ...names.map(name => `h.${quote(heldColumn(name))}`),
    ]),
    balance: text(['key', 'period', 'next', ...def.balance, ...moved].map(quote)),
    balanceValues: text([
      ...['key', 'period', 'next', ...def.balance].map(quote),
      ...moved.map(name => `coalesce(${quote(name)}, 0)`),
    ]),
    balanceTypes: text(['key text', 'period text', 'next text', ...typed(def.balance), ...numeric(moved)]),
    added: text(moved.map(name => `${quote(name)} = b.${quote(name)} + excluded.${quote(name)}`)),
  }
  known.set(def, made)
  return made
}
