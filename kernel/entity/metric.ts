// Metrics as declared: a number over a ledger, how it comes about, and whose right to which field shows it.
import type { Ledger } from './ledger.ts'
import type { Decimal, Label, PlainDate } from './value.ts'

/** How a number is written: an amount of money, a part of one, a plain number. */
export type MetricUnit = 'money' | 'share' | 'number'

export interface Metric {
  readonly name: string
  readonly label: Label
  /** How it comes about, in the words of who reads it. */
  readonly says: Label
  /** Name of the ledger. */
  readonly of: string
  /**
   * FEEL over the sums of the ledger's measures: `committed + direct`. `committed_reserved` is what pending documents hold,
   * which is nothing on a past day. A total is the formula over the sums, never the sum of the parts' values.
   */
  readonly value: string
  readonly unit: MetricUnit
  /**
   * The formula is taken for each of these (`['project', 'item']`) and its values are summed: what is left of a target, item
   * by item, is not what is left of the sum. A total is then the sum of the parts.
   */
  readonly per?: readonly string[]
  /** Entries that count, by dimension: `{ direction: 'income' }`. */
  readonly where?: Readonly<Record<string, string>>
  /**
   * `budget.total_amount`: who may read this field sees the number. Where a dimension refers to that entity, the rights to
   * each record of it count, else the rights at the entry's project and company.
   */
  readonly seen: string
}

export const metric = (of: Ledger, name: string, declared: Omit<Metric, 'name' | 'of'>): Metric => ({
  ...declared,
  name,
  of: of.name,
})

/** Which entries count, split by which dimensions, as of the end of which day. */
export interface MetricQuery {
  /** By dimension, `project`, `company` or `period`: one value or any of some. */
  readonly where?: Readonly<Record<string, string | readonly string[]>>
  readonly by?: readonly string[]
  /** As of the end of this day; what was posted to a later month than its own counts in that month. Default: now. */
  readonly until?: PlainDate
}

export interface MetricRow {
  /** In the order of `by`. */
  readonly key: readonly (string | null)[]
  /** By metric; null where the formula has no value (a share of nothing). */
  readonly values: Readonly<Record<string, Decimal | null>>
}
export interface MetricAnswer {
  readonly rows: readonly MetricRow[]
  readonly total: Readonly<Record<string, Decimal | null>>
}

export interface MetricEntry {
  readonly id: string
  /** Day of the document, and the month it counts in; of a pending one today. */
  readonly on: PlainDate
  readonly period: string
  readonly entity: string
  readonly document: string
  /** Number and title, for who may read the document. */
  readonly title: string | null
  /** Titles of its dimensions by name, of those its reader may see. */
  readonly dims: Readonly<Record<string, string | null>>
  /** The measures that the formula looks at. */
  readonly measures: Readonly<Record<string, Decimal>>
}
export interface MetricEntries {
  readonly items: readonly MetricEntry[]
  /** What documents in approval hold of it, where the formula counts that; with the first page. */
  readonly pending: readonly MetricEntry[]
  readonly next: string | null
}

export interface MetricMeta {
  readonly name: string
  readonly label: string
  readonly says: string
  readonly unit: MetricUnit
  readonly formula: string
  readonly ledger: string
  /** Dimensions and measures in the reader's words. */
  readonly words: Readonly<Record<string, string>>
  /** Names of the roles that see it. */
  readonly roles: readonly string[]
}
