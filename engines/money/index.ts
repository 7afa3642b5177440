// The money engine: decimal arithmetic, the 元/分 rules, tax splits, allocation, and how amounts are written.
export { allocate } from './allocation.ts'
export { amountInWords } from './amount-in-words.ts'
export {
  absolute,
  add,
  compare,
  type Decimal,
  divide,
  Exact,
  exact,
  isDecimal,
  isZero,
  multiply,
  negate,
  parseDecimal,
  quotient,
  r2,
  round,
  scaleOf,
  subtract,
  sum,
  toDecimal,
} from './decimal.ts'
export { EMPTY, formatAmount, formatLarge, formatMoney, formatPercent, formatQuantity, type Locale } from './format.ts'
export { atRate, type EntryMode, fromGross, fromNet, lineAmount, type TaxedAmount, totalOf } from './tax.ts'
