// 工资: from what was earned to what is paid, and the wage share of a receipt (保障农民工工资支付条例 §24, §29).
import { compare, type Decimal, multiply, r2, subtract, sum } from '../money/index.ts'

export interface NetWage {
  /** 应发. */
  readonly gross: Decimal
  /** Of the advance, what this wage takes back; the rest is carried. */
  readonly repaid: Decimal
  readonly advanceLeft: Decimal
  /** 实发: never negative. */
  readonly net: Decimal
  /** Deductions other than the advance exceed the gross: refused. */
  readonly overdrawn: boolean
}

/** 应发 − 借支 − 个税 − 社保. The advance gives way: what the wage cannot bear is carried. */
export function netWage(of: {
  /** Day work, piece work, shares, allowances, bonuses; fines negative. */
  readonly earned: readonly Decimal[]
  readonly advance: Decimal
  readonly incomeTax: Decimal
  readonly socialInsurance: Decimal
}): NetWage {
  const gross = r2(sum(of.earned))
  const before = subtract(subtract(gross, r2(of.incomeTax)), r2(of.socialInsurance))
  const advance = r2(of.advance)
  const overdrawn = compare(before, '0') < 0
  const repaid = overdrawn ? '0.00' : compare(advance, before) < 0 ? advance : before
  return {
    gross,
    repaid,
    advanceLeft: subtract(advance, repaid),
    net: overdrawn ? '0.00' : subtract(before, repaid),
    overdrawn,
  }
}

/** 人工费分账: what of a receipt goes to the wage account; the rest goes to the ordinary one. */
export function wageAccountShare(receipt: Decimal, share: Decimal): { wages: Decimal; rest: Decimal } {
  const wages = r2(multiply(receipt, share))
  return { wages, rest: subtract(r2(receipt), wages) }
}
