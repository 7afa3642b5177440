// Receivables and payables: what money settles which due amount, and how old the rest is. Pure; the same for both sides.
export { type Aged, type AgeingOptions, ageing, type Bucket } from './ageing.ts'
export { type Paid, settleNamed } from './settle-named.ts'
export { type Due, type Settled, settleOldest } from './settle-oldest.ts'
