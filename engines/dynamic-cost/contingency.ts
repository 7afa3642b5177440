// 不可预见费消耗: how much of the contingency is drawn, whether that runs ahead of the work, and when it will be used up.
import { add, compare, type Decimal, divide, multiply, r2, round, subtract } from '../money/index.ts'

/** One version of the target: what it put into contingency (+) or took out of it (−), and on which day (days since any day). */
export interface ContingencyMove {
  readonly day: number
  readonly amount: Decimal
}
export interface ContingencyInput {
  /** Oldest first. */
  readonly moves: readonly ContingencyMove[]
  readonly today: number
  /** Share of the work that is done, 0–1; null where nothing says it. */
  readonly progress: Decimal | null
  /** What may still ask for it: expected money of open risks, pending variations, expected changes. */
  readonly exposure: Decimal
}
export interface ContingencyStanding {
  /** Put in so far. */
  readonly total: Decimal
  readonly drawn: Decimal
  readonly left: Decimal
  /** drawn ÷ total to six places; null without any. */
  readonly drawnShare: Decimal | null
  /** What the linear plan by progress would have left: total × (1 − progress). */
  readonly planned: Decimal | null
  /** drawn − total × progress: + ahead of the work. */
  readonly ahead: Decimal | null
  /** Drawn per 30 days since it was first set up; null on the first day. */
  readonly burn: Decimal | null
  /** The day on which nothing is left at that rate; null when nothing is drawn. */
  readonly usedUpOn: number | null
  /** drawn ÷ progress: what the whole work will have asked for at this rate. */
  readonly needed: Decimal | null
  /** left − exposure: − is not covered. */
  readonly covered: Decimal
}

/**
 * Draws and what is put back are summed apart from what is put in: of the moves those below zero draw, and one above zero puts
 * back as far as something is drawn and is new contingency beyond that.
 */
export function contingencyStanding({ moves, today, progress, exposure }: ContingencyInput): ContingencyStanding {
  let [total, drawn]: [Decimal, Decimal] = ['0.00', '0.00']
  for (const { amount } of moves) {
    if (compare(amount, '0') <= 0) {
      drawn = subtract(drawn, amount)
      continue
    }
    const back = compare(amount, drawn) < 0 ? amount : drawn
    drawn = subtract(drawn, back)
    total = add(total, subtract(amount, back))
  }
  const left = r2(subtract(total, drawn))
  const some = compare(total, '0') > 0
  const due = progress === null ? null : r2(multiply(total, progress))
  const days = today - (moves[0]?.day ?? today)
  const perDay = days > 0 ? (divide(drawn, `${days}`, 12) ?? null) : null
  const lasts = perDay !== null && compare(perDay, '0') > 0 ? divide(left, perDay, 0) : undefined
  return {
    total,
    drawn,
    left,
    drawnShare: some ? (divide(drawn, total, 6) ?? null) : null,
    planned: due === null ? null : subtract(total, due),
    ahead: due === null ? null : subtract(drawn, due),
    burn: perDay === null ? null : round(multiply(perDay, '30'), 2),
    usedUpOn: lasts === undefined ? null : today + Number(lasts),
    needed: progress !== null && compare(progress, '0') > 0 ? r2(divide(drawn, progress, 2) ?? '0') : null,
    covered: subtract(left, exposure),
  }
}
