// From the working time of one calendar to another's: a table per pair of clocks, exact, a hundred times cheaper than dates.
//
// Between two shift ends both counts run straight, so points at the greatest common step of all shift ends (mostly 30 or 60
// minutes) carry everything. At a point where the first calendar rests, the count has two dates: Friday 17:00 (finish side)
// and Monday 08:00 (start side); both are kept.
import { type Clock, finishSide, startSide, workBefore } from '../schedule/clock.ts'

export interface Crossing {
  readonly origin: number
  readonly step: number
  /** At point j: from the finish side and from the start side of the first clock. */
  readonly finish: Float64Array
  readonly start: Float64Array
}

const MOST_POINTS = 200_000

function commonStep(clock: Clock, step: number): number {
  let result = step
  for (const pattern of clock.patterns) {
    for (const bound of [...pattern.from, ...pattern.to]) {
      let a = bound
      let b = result
      while (b > 0) [a, b] = [b, a % b]
      result = a
    }
  }
  return result
}

/** The table for dates between `from` and `to` (minutes); undefined when odd shift ends would make it too long. */
export function crossingOf(a: Clock, b: Clock, from: number, to: number): Crossing | undefined {
  const step = commonStep(b, commonStep(a, 1440))
  const origin = Math.floor(workBefore(a, from) / step) * step
  const points = Math.ceil((workBefore(a, to) - origin) / step) + 2
  if (!(points > 1 && points <= MOST_POINTS)) return undefined
  const finish = new Float64Array(points)
  const start = new Float64Array(points)
  for (let j = 0; j < points; j++) {
    const count = origin + j * step
    finish[j] = workBefore(b, finishSide(a, count))
    start[j] = workBefore(b, startSide(a, count))
  }
  return { origin, step, finish, start }
}
