// 价税分离: splitting an amount into net and VAT, in the mode it was entered, and never in the other (domain rule 0.1).
import { add, type Decimal, exact, multiply, quotient, r2, round, subtract, sum, toDecimal } from './decimal.ts'

/** How a person entered the amount: 含税 (gross) or 不含税 (net). Stored with the line; a split is never turned round. */
export type EntryMode = 'gross' | 'net'

/** An amount with its tax. Always `gross = net + tax`, all three in fen. `rate` is a fraction: 9 % is `'0.09'`. */
export interface TaxedAmount {
  mode: EntryMode
  rate: Decimal
  net: Decimal
  tax: Decimal
  gross: Decimal
}

/** The amount of a line: quantity × unit price, rounded once. */
export const lineAmount = (quantity: Decimal, unitPrice: Decimal): Decimal => r2(multiply(quantity, unitPrice))

/** 含税 in: net = r2(gross ÷ (1 + rate)), tax = gross − net. The rate must not be −1. */
export function fromGross(gross: Decimal, rate: Decimal): TaxedAmount {
  const whole = r2(gross)
  const divisor = exact(add('1', rate))
  if (divisor.isZero()) throw new RangeError('a tax rate of -100 % leaves no net amount')
  const net = toDecimal(quotient(exact(whole), divisor, 2), 2)
  return { mode: 'gross', rate, net, tax: subtract(whole, net), gross: whole }
}

/** 不含税 in: tax = r2(net × rate), gross = net + tax. */
export function fromNet(net: Decimal, rate: Decimal): TaxedAmount {
  const part = r2(net)
  const tax = r2(multiply(part, rate))
  return { mode: 'net', rate, net: part, tax, gross: add(part, tax) }
}

/** The same amount at another rate, in the mode it was entered: a gross-in amount keeps its gross, a net-in its net. */
export const atRate = (amount: TaxedAmount, rate: Decimal): TaxedAmount =>
  amount.mode === 'gross' ? fromGross(amount.gross, rate) : fromNet(amount.net, rate)

/** The header of a document: the sums of its rounded lines, never recomputed from the total (G-0.3). */
export function totalOf(
  lines: readonly Pick<TaxedAmount, 'net' | 'tax' | 'gross'>[],
): Pick<TaxedAmount, 'net' | 'tax' | 'gross'> {
  return {
    net: round(sum(lines.map(line => line.net)), 2),
    tax: round(sum(lines.map(line => line.tax)), 2),
    gross: round(sum(lines.map(line => line.gross)), 2),
  }
}
