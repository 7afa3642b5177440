// What a delay prediction learns from: facts known at a snapshot, and what came of it once that was known.

/** One finished observation. A feature that was not known then is NaN. */
export interface Example {
  /** Snapshot: nothing later may be in `features`. */
  at: number
  /** When the outcome was known; a forecast made earlier must not learn from it. */
  closed: number
  features: readonly number[]
  late: boolean
}

/** Share that was late, drawn towards one half by two imagined items, so that a class of one is no certainty. */
export const baseRate = (examples: readonly Pick<Example, 'late'>[]): number =>
  (examples.filter(({ late }) => late).length + 1) / (examples.length + 2)

export const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
export const logit = (p: number): number => {
  const q = Math.min(1 - 1e-9, Math.max(1e-9, p))
  return Math.log(q / (1 - q))
}

/** A model's score in log-odds, and what each feature adds to `base`: base + Σ parts = score. */
export interface Scored {
  score: number
  base: number
  parts: Float64Array
}

export interface Scorer {
  score(features: readonly number[]): Scored
}
