// Ledgers as declared: dimensions and measures of append-only entries, and how documents post to them.
import type { Label } from './value.ts'

export interface LedgerDef {
  readonly label: Label
  /**
   * Names of dimensions besides company, project and date, which every entry has; references name the entity:
   * `{ item: 'cost_item', kind: 'text', due_on: 'date' }`.
   */
  readonly dims: Readonly<Record<string, string>>
  /** Names of measures with their scale: `{ amount: 2, days: 2 }`. */
  readonly measures: Readonly<Record<string, number>>
  /** Dimensions (also `company`, `project`) that one balance row is kept for, with a bucket for each month. */
  readonly balance: readonly string[]
  /**
   * What is posted here has happened outside the system: money moved. A document that posted to it is not voided any more; it
   * is reversed, or what moved is moved back by a document of its own.
   */
  readonly moved?: true
  /** Dimensions and measures in the words of who reads a number's entries. */
  readonly words?: Readonly<Record<string, Label>>
}
export interface Ledger<N extends string = string, D extends LedgerDef = LedgerDef> {
  readonly name: N
  readonly def: D
}
export const ledger = <const N extends string, const D extends LedgerDef>(name: N, def: D): Ledger<N, D> => ({
  name,
  def,
})

/**
 * What an effective document writes: one entry per line of `each` (or one for the header). Values are FEEL; the header is `doc`
 * to its lines, and `id` the document itself. `dims` may also
 * say `company`, `project` (default: the document's place) and `on` (default: today).
 */
export interface Posting {
  readonly to: string
  readonly each?: string
  readonly when?: string
  readonly dims: Readonly<Record<string, string>>
  readonly measures: Readonly<Record<string, string>>
  /** While pending the same amounts are reserved. */
  readonly reserve: boolean
}
export const post = (to: Ledger, rule: Omit<Posting, 'to' | 'reserve'> & { readonly reserve?: boolean }): Posting => ({
  reserve: false,
  ...rule,
  to: to.name,
})

/** A bound on balances, checked on locked rows at submit and again at final approval. */
export interface Limit {
  readonly name: string
  readonly ledger: string
  /**
   * FEEL over the balance row as it would become; true = allowed. Of each measure `m` it sees `m` (posted), `m_reserved`
   * (by pending documents), `m_used` (both) and `m_change` (by this document), besides the balance's dimensions:
   * `amount_used <= budget or amount_change <= 0`.
   */
  readonly check: string
  readonly outcome: 'warn' | 'escalate' | 'block'
  readonly message: Label
}
