// A line of the sheet as it would be: what is typed and what it is worth, by the server's own rules.
import { add, compare, type Decimal, divide, multiply, r2, subtract } from '@yingzao/engines/money'
import { isDecimal, type Json, type RecordJson } from '@yingzao/kernel/entity'
import { type Clause, type Priced, split, worthOf } from '../worth.ts'

export interface Typed {
  readonly qty?: Decimal | null
  readonly amount?: Decimal | null
  readonly final?: boolean
}
export type SheetLine = { readonly id: string } & { readonly [field: string]: Json }
export interface Shown {
  readonly id: string
  readonly line: SheetLine
  readonly counted: boolean
  /** Entered as a quantity, else as an amount: planned, before, now and after are the same. */
  readonly byQty: boolean
  readonly planned: Decimal | null
  readonly before: Decimal
  readonly now: Decimal | null
  readonly after: Decimal | null
  readonly share: Decimal | null
  readonly amount: Decimal | null
  readonly final: boolean
  readonly wrong: 'over' | 'below' | null
}

const decimal = (value: Json | undefined): Decimal | null => (isDecimal(value) ? value : null)

/** What the contract says about prices; null while it is not known, or not to be seen. */
export interface Terms {
  readonly mode: 'gross' | 'net'
  readonly clause: Clause | null
}
export function termsOfRecord(contract: RecordJson | undefined): Terms | null {
  if (!contract) return null
  const [threshold, above, below] = ['deviation_threshold', 'deviation_factor_above', 'deviation_factor_below'].map(
    name => decimal(contract[name]),
  )
  const scope = contract.deviation_scope
  const agreed = threshold && above && below && (scope === 'segment' || scope === 'full')
  return {
    mode: contract.price_mode === 'net' ? 'net' : 'gross',
    clause: agreed ? { threshold, scope, above, below } : null,
  }
}

export function shownOf(line: SheetLine, typed: Typed, terms: Terms | null): Shown {
  const counted = line.kind === 'bill'
  const planned = decimal(counted ? line.planned_qty : line.planned_amount)
  const beforeAmount = decimal(line.before_amount) ?? '0'
  const byQty = counted || line.kind === 'daywork'
  const before = counted ? (decimal(line.before_qty) ?? '0') : byQty ? '0' : beforeAmount
  const entered = byQty
    ? typed.qty === undefined
      ? decimal(line.qty)
      : typed.qty
    : typed.amount === undefined
      ? decimal(line.amount)
      : typed.amount
  const final = typed.final ?? line.final === true
  const price = decimal(line.price)
  const untouched = typed.qty === undefined && typed.amount === undefined && typed.final === undefined
  const after = counted || !byQty ? add(before, entered ?? '0') : null
  const wrong =
    after !== null && compare(after, '0') < 0
      ? 'below'
      : after !== null && planned !== null && compare(after, planned) > 0
        ? 'over'
        : null
  const amount = (): Decimal | null => {
    if (untouched || price === null) return byQty ? decimal(line.gross_amount) : entered
    if (!counted) return r2(multiply(entered ?? '0', price))
    if (!terms || after === null || compare(after, '0') < 0) return null
    const priced: Priced = { planned: planned ?? '0', price, mode: terms.mode, rate: decimal(line.tax_rate) ?? '0' }
    return subtract(worthOf(priced, terms.clause, after, final).gross, beforeAmount)
  }
  return {
    ...{ id: line.id, line, counted, byQty, planned, before, now: entered, after, final, wrong },
    share: after !== null && planned !== null ? (divide(after, planned, 4) ?? null) : null,
    amount: byQty ? amount() : entered === null ? null : split(entered, 'gross', '0').gross,
  }
}

/** What is left of the bill, never below zero. */
export const restOf = ({ planned, before }: Shown): Decimal => {
  const left = subtract(planned ?? '0', before)
  return compare(left, '0') > 0 ? left : '0'
}
