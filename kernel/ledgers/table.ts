// LedgerDef → tables: append-only entries, balances with their month buckets, and the reservations of pending documents.
import type { LedgerDef } from '@yingzao/kernel/entity'
import type { Registry } from '../registry.ts'
import { type ColumnDef, index, type TableDef } from '../schema/table.ts'

const instant = 'timestamp(3) with time zone'
export const balanceTable = (ledger: string): string => `${ledger}_balance`
export const reservedTable = (ledger: string): string => `${ledger}_reserved`
export const reservedColumn = (measure: string): string => `${measure}_reserved`
export const untilColumn = (measure: string): string => `${measure}_until`
/** `next` of a balance's last month. */
export const noNext = '9999-12'

/** Dimensions that every entry has. */
export const impliedDims = ['company', 'project', 'on'] as const
/** Columns of an entry that are neither dimension nor measure. */
export const entryColumns = ['id', 'posting', 'entity', 'document', 'line', 'key', 'period', 'posted_at'] as const

export const dimType = (def: LedgerDef, dim: string): 'uuid' | 'text' | 'date' => {
  if (dim === 'on') return 'date'
  const kind = dim === 'company' || dim === 'project' ? 'uuid' : def.dims[dim]
  return kind === 'text' || kind === 'date' ? kind : 'uuid'
}

const measures = (def: LedgerDef, name: (measure: string) => string = each => each): Record<string, ColumnDef> =>
  Object.fromEntries(
    Object.entries(def.measures).map(([measure, scale]) => [
      name(measure),
      { type: `numeric(20,${scale})`, notNull: true, default: '0' },
    ]),
  )

export const ledgerTables = (registry: Registry): TableDef[] => [
  posting,
  ...[...registry.ledgers.values()].flatMap(({ name, def, module }): TableDef[] => {
    const dims = (names: readonly string[]) =>
      Object.fromEntries(names.map(dim => [dim, { type: dimType(def, dim) } satisfies ColumnDef]))
    return [
      {
        name,
        module,
        appendOnly: true,
        columns: {
          id: { type: 'uuid', notNull: true },
          posting: { type: 'uuid', notNull: true },
          entity: { type: 'text', notNull: true },
          document: { type: 'uuid', notNull: true },
          line: { type: 'uuid' },
          /** Of the balance it counts in. */
          key: { type: 'text', notNull: true },
          /** What we knew: `posted_at`; what screens show: `on`; what closed reports hold: `period`. */
          period: { type: 'text', notNull: true },
          posted_at: { type: instant, notNull: true },
          ...dims([...impliedDims, ...Object.keys(def.dims)]),
          ...measures(def),
        },
        key: ['id'],
        indexes: [
          index(name, ['key', 'on', 'id']),
          index(name, ['document']),
          index(name, ['project', 'on', 'id']),
          index(name, ['period', 'on']),
        ],
        references: [{ column: 'posting', to: 'posting' }],
      },
      {
        name: balanceTable(name),
        module,
        columns: {
          key: { type: 'text', notNull: true },
          /** '' holds the total, which is locked and which limits look at; "2026-11" what was posted to that period. */
          period: { type: 'text', notNull: true },
          ...dims(def.balance),
          ...measures(def),
          ...measures(def, reservedColumn),
          /** Of a month: all that was posted up to its end, and the month of the balance's next row. Of the total: its last month. */
          ...measures(def, untilColumn),
          next: { type: 'text', notNull: true, default: "''" },
        },
        key: ['key', 'period'],
        // Roll-ups read the totals of all, or of one place or thing; a past day reads the rows that were the last ones then.
        indexes: [
          index(balanceTable(name), ['period', 'next']),
          ...def.balance.slice(0, 1).map(dim => index(balanceTable(name), [dim, 'period'])),
        ],
      },
      {
        name: reservedTable(name),
        module,
        columns: {
          id: { type: 'uuid', notNull: true },
          entity: { type: 'text', notNull: true },
          document: { type: 'uuid', notNull: true },
          line: { type: 'uuid' },
          key: { type: 'text', notNull: true },
          ...measures(def),
        },
        key: ['id'],
        indexes: [index(reservedTable(name), ['document']), index(reservedTable(name), ['key'])],
      },
    ]
  }),
]

/** One row per event of a document: nothing is posted twice. */
const posting: TableDef = {
  name: 'posting',
  module: 'kernel',
  appendOnly: true,
  columns: {
    id: { type: 'uuid', notNull: true },
    entity: { type: 'text', notNull: true },
    document: { type: 'uuid', notNull: true },
    event: { type: 'text', notNull: true },
    attempt: { type: 'integer', notNull: true },
    at: { type: instant, notNull: true },
    by: { type: 'uuid' },
  },
  key: ['id'],
  indexes: [index('posting', ['document', 'event', 'attempt'], { unique: true })],
}
