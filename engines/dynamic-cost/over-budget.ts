// 超预算控制: what a spending does to the target of its cost item: pass, warn, ask one more person, or stop.
import { add, compare, type Decimal, divide, multiply } from '../money/index.ts'

/** Shares of the target; effective-dated data per kind of document. Shipped: warn from 90 %, escalate over 100 %, block over 105 %. */
export interface GateLevels {
  readonly warnFrom: Decimal
  readonly escalateOver: Decimal
  readonly blockOver: Decimal
  /** What happens where there is no target. */
  readonly withoutTarget: 'escalate' | 'block'
}
export interface GateAnswer {
  readonly outcome: 'pass' | 'warn' | 'escalate' | 'block'
  /** (used + this) ÷ T to six places; undefined without a target. */
  readonly ratio: Decimal | undefined
}

/**
 * @param target T of the item (or of its nearest budgeted ancestor)
 * @param used C + V + E + N and what other pending documents reserve
 * @param amount of this document; zero or less always passes
 */
export function overBudget(
  { target, used, amount }: { readonly target: Decimal; readonly used: Decimal; readonly amount: Decimal },
  { warnFrom, escalateOver, blockOver, withoutTarget }: GateLevels,
): GateAnswer {
  const after = add(used, amount)
  const has = compare(target, '0') > 0
  const ratio = has ? divide(after, target, 6) : undefined
  if (compare(amount, '0') <= 0) return { outcome: 'pass', ratio }
  if (!has) return { outcome: withoutTarget, ratio }
  // Products, not the rounded ratio: 105 % exactly is not over 105 %.
  const over = (share: Decimal) => compare(after, multiply(target, share))
  if (over(blockOver) > 0) return { outcome: 'block', ratio }
  if (over(escalateOver) > 0) return { outcome: 'escalate', ratio }
  return { outcome: over(warnFrom) >= 0 ? 'warn' : 'pass', ratio }
}

/**
 * The item itself when it has a target, else its nearest ancestor with one; null when none has.
 *
 * @param parentOf of a tree; a circle ends the search
 */
export function nearestBudgeted(
  item: string,
  parentOf: (item: string) => string | null,
  hasTarget: (item: string) => boolean,
): string | null {
  const seen = new Set<string>()
  for (let at: string | null = item; at !== null && !seen.has(at); at = parentOf(at)) {
    if (hasTarget(at)) return at
    seen.add(at)
  }
  return null
}
