// Amounts inside a simulation are ordinary numbers (a draw has no fen); they come in and go out as decimals.
import { type Decimal, Exact, exact, isDecimal, toDecimal } from '../money/index.ts'

/** A decimal as a number; nothing, or what is no decimal, is 0. */
export const decimalAmount = (value: string | undefined): number =>
  value !== undefined && isDecimal(value) ? exact(value).toNumber() : 0

/** A simulated amount rounded to fen. */
export const amountDecimal = (value: number): Decimal => toDecimal(new Exact(Number.isFinite(value) ? value : 0), 2)
