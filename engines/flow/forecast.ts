// "When will it be done": weeks to finish what is open, drawn from the weeks seen, and corrected by how earlier forecasts did.
//
// Drawing weeks at random is the textbook method and it is over-confident: its 85 % holds some 67–77 % of the time on real
// boards, because good and bad weeks come in spells. The correction is split conformal: each earlier forecast that has come
// true since says by which factor the truth missed it; the factor that would have held as often as promised is applied.
import { blockOf, fillUniform, quantileOf, sortedCopy, streamName } from '../statistics/index.ts'

export const LEVELS = [0.5, 0.85, 0.95] as const

export interface Board {
  /** Items finished in each week, oldest first. */
  finished: readonly number[]
  /** Items open at the end of each week. */
  open: readonly number[]
}

export interface ForecastOptions {
  seed: number
  /** Weeks that are drawn from; 26 unless given. */
  window?: number
  /** Draws; 1,000 unless given. */
  draws?: number
  levels?: readonly number[]
}

export interface LevelForecast {
  level: number
  /** Weeks from now, as drawn and as corrected; null when nothing was finished in the window, or never within ten years. */
  drawn: number | null
  weeks: number | null
  /** Factor between them; 1 while too few earlier forecasts have come true. */
  factor: number
  /** How often corrected forecasts of this level have held so far, and of how many: to be shown beside the forecast. */
  hitRate: number | null
  drawnHitRate: number | null
  judged: number
}

/** Earlier forecasts that a correction needs. */
export const LEAST_JUDGED = 20
const MOST_WEEKS = 520
const LEAST_WEEKS = 4

/** A forecast made in the past, and what became of it. */
export interface PastForecast {
  /** Week it was made and week it came true; undefined = still open. */
  week: number
  came: number | undefined
  /** Weeks forecast, by level. */
  drawn: readonly (number | null)[]
}

/** Weeks until `remaining` items are finished, by level. */
export function drawWeeks(
  finished: readonly number[],
  remaining: number,
  { seed, window = 26, draws = 1000, levels = LEVELS }: ForecastOptions,
): (number | null)[] {
  const seen = finished.slice(-window)
  const sum = seen.reduce((total, count) => total + count, 0)
  if (remaining <= 0) return levels.map(() => 0)
  if (seen.length < LEAST_WEEKS || sum <= 0) return levels.map(() => null)
  const expected = Math.min(MOST_WEEKS, Math.ceil((remaining / sum) * seen.length))
  const stream = streamName(seed, 'weeks')
  const uniform = new Float64Array(Math.min(MOST_WEEKS, 4 * expected + 16))
  const needed = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    fillUniform(blockOf(stream, draw), uniform, 0, uniform.length)
    let left = remaining
    let week = 0
    while (left > 0 && week < uniform.length) left -= seen[Math.floor(uniform[week++]! * seen.length)]!
    needed[draw] = left > 0 ? Number.POSITIVE_INFINITY : week
  }
  needed.sort()
  return levels.map(level => {
    const weeks = needed[Math.min(draws - 1, Math.ceil(level * draws) - 1)]!
    return Number.isFinite(weeks) ? weeks : null
  })
}

/** Forecasts as they would have been made each week, each from what was known then, and when each came true. */
export function pastForecasts({ finished, open }: Board, options: ForecastOptions): PastForecast[] {
  const past: PastForecast[] = []
  for (let week = LEAST_WEEKS; week < finished.length; week++) {
    const remaining = open[week - 1] ?? 0
    if (remaining <= 0) continue
    let left = remaining
    let came: number | undefined
    for (let later = week; later < finished.length && came === undefined; later++) {
      left -= finished[later]!
      if (left <= 0) came = later + 1
    }
    past.push({
      week,
      came,
      drawn: drawWeeks(finished.slice(0, week), remaining, { ...options, seed: options.seed + week }),
    })
  }
  return past
}

/**
 * Factor that earlier forecasts of a level would have needed: the ⌈(n + 1) · level⌉-th smallest of true ÷ forecast weeks
 * (split conformal). 1 while fewer than twenty have come true, never a factor that the record cannot support.
 */
export function conformalFactor(scores: readonly number[], level: number): number {
  if (scores.length < LEAST_JUDGED) return 1
  const sorted = sortedCopy(scores)
  return sorted[Math.min(sorted.length, Math.ceil((scores.length + 1) * level)) - 1] ?? quantileOf(sorted, level)
}

/**
 * The forecast for what is open now, with its record. `others` are past forecasts of other boards of the same organisation:
 * they teach the correction until this board has a record of its own. Only forecasts that had come true at the time count.
 */
export function forecastDone(
  board: Board,
  options: ForecastOptions,
  others: readonly PastForecast[] = [],
): LevelForecast[] {
  const levels = options.levels ?? LEVELS
  const now = board.finished.length
  const remaining = board.open.at(-1) ?? 0
  const drawn = drawWeeks(board.finished, remaining, { ...options, seed: options.seed + now })
  const own = pastForecasts(board, options)
  return levels.map((level, l) => {
    const scoresBefore = (week: number) =>
      [...others, ...own].flatMap(({ week: made, came, drawn: weeks }) => {
        const forecast = weeks[l]
        return came !== undefined && came <= week && forecast ? [(came - made) / forecast] : []
      })
    let judged = 0
    let held = 0
    let drawnHeld = 0
    for (const { week, came, drawn: weeks } of own) {
      const forecast = weeks[l]
      if (came === undefined || !forecast) continue
      const scores = scoresBefore(week)
      if (scores.length < LEAST_JUDGED) continue
      judged++
      if (came - week <= forecast * conformalFactor(scores, level)) held++
      if (came - week <= forecast) drawnHeld++
    }
    const factor = conformalFactor(scoresBefore(now), level)
    const weeks = drawn[l] ?? null
    return {
      ...{ level, drawn: weeks, factor, judged },
      weeks: weeks === null ? null : Math.ceil(weeks * factor - 1e-9),
      hitRate: judged > 0 ? held / judged : null,
      drawnHitRate: judged > 0 ? drawnHeld / judged : null,
    }
  })
}
