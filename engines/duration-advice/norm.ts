// 定额推算: a duration from what is to be done, what one unit takes, and how many do it.

export interface NormInput {
  /** Units of work: m³, t, m². */
  readonly quantity: number
  /** 时间定额: days of one person (or machine) for a unit. */
  readonly norm: number
  /** How many work at once. */
  readonly crew: number
}

/** Days of work: quantity × norm ÷ crew. Null when a number is missing, not positive or beyond reason. */
export function durationByNorm({ quantity, norm, crew }: NormInput): number | null {
  const days = (quantity * norm) / crew
  return quantity > 0 && norm > 0 && crew > 0 && Number.isFinite(days) && days <= 36_500 ? days : null
}
