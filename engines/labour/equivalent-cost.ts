// 点工与包工对比: what a unit of work cost by the day, against its piece price.
import { type Decimal, divide, exact, quotient, subtract, toDecimal } from '../money/index.ts'

export interface UnitCost {
  /** Amount ÷ quantity, in fen. */
  readonly perUnit: Decimal
  /** (amount − quantity × price) ÷ (quantity × price), a fraction to four places; undefined without a price. */
  readonly overPrice: Decimal | undefined
  /** Days at which day work costs as much as the piece price, two places; undefined without a rate. */
  readonly breakEvenDays: Decimal | undefined
}

/** Undefined when nothing was produced. */
export function equivalentUnitCost(of: {
  readonly amount: Decimal
  readonly quantity: Decimal
  readonly piecePrice: Decimal
  readonly dayRate: Decimal
}): UnitCost | undefined {
  const perUnit = divide(of.amount, of.quantity, 2)
  if (perUnit === undefined) return undefined
  const byPiece = exact(of.quantity).times(exact(of.piecePrice))
  const rate = exact(of.dayRate)
  return {
    perUnit,
    overPrice: byPiece.isZero()
      ? undefined
      : toDecimal(quotient(exact(subtract(of.amount, toDecimal(byPiece))), byPiece, 4), 4),
    breakEvenDays: rate.isZero() ? undefined : toDecimal(quotient(byPiece, rate, 2), 2),
  }
}
