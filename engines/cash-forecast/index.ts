// 资金预测: closing = opening + Σ(in × probability) − Σ out, month after month, and how deep it goes.
import { add, compare, type Decimal, multiply, r2, subtract, sum } from '../money/index.ts'

export { type ContractCash, contractFlows, type Flow, refundFlow } from './contract-flow.ts'
export { type KnownRequest, lastDayOf, type PlannedFlow, type PlannedMonth, plannedFlows } from './plan-flow.ts'

export interface CashMonth {
  /** 'YYYY-MM'. */
  readonly period: string
  /** `probability` is a fraction; what is certain is `'1'`. */
  readonly in: readonly { readonly amount: Decimal; readonly probability: Decimal }[]
  readonly out: readonly Decimal[]
}
export interface ForecastMonth {
  readonly period: string
  readonly opening: Decimal
  /** Σ r2(amount × probability). */
  readonly in: Decimal
  readonly out: Decimal
  readonly closing: Decimal
  readonly alert: 'negative' | 'below_safety' | null
}
export interface CashForecast {
  readonly months: readonly ForecastMonth[]
  /** Peak financing: how much must be found so that no month closes below zero. */
  readonly peak: Decimal
  /** The month of the lowest closing; null without months. */
  readonly lowest: string | null
}

/** @param safety the least one wants to have at the end of a month */
export function cashForecast(opening: Decimal, months: readonly CashMonth[], safety: Decimal = '0'): CashForecast {
  let at = r2(opening)
  let low: ForecastMonth | undefined
  const rows = months.map((month): ForecastMonth => {
    const before = at
    const arrives = r2(
      // Most money is certain: nothing to multiply.
      sum(
        month.in.map(({ amount, probability }) =>
          probability === '1' ? r2(amount) : r2(multiply(amount, probability)),
        ),
      ),
    )
    const leaves = r2(sum(month.out))
    at = subtract(add(before, arrives), leaves)
    const alert = compare(at, '0') < 0 ? 'negative' : compare(at, safety) < 0 ? 'below_safety' : null
    const row = { period: month.period, opening: before, in: arrives, out: leaves, closing: at, alert } as const
    if (!low || compare(row.closing, low.closing) < 0) low = row
    return row
  })
  const peak = low && compare(low.closing, '0') < 0 ? subtract('0.00', low.closing) : '0.00'
  return { months: rows, peak, lowest: low?.period ?? null }
}
