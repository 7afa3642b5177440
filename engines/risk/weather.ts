// Weather: calendars whose days are lost by chance, drawn anew in each run; one clock per run of a block.
import { civilDate, dayOf, MINUTES_PER_DAY } from '../schedule/civil.ts'
import { type Clock, makeClock, patternOn, toPattern } from '../schedule/clock.ts'
import { blockOf, fillUniform, type StreamName } from '../statistics/random.ts'
import type { Weather } from './model.ts'

export interface WeatherClocks {
  /** One clock per run of the block. */
  readonly clocks: readonly Clock[]
  /** Draws the days of a block anew. */
  draw(block: number): void
}

/** Longest stretch of days that weather is drawn for; after it the calendar goes on as planned. */
const MOST_DAYS = 12_000

/** Clocks of `lanes` runs over the days from `from` on. The calendar's own rest days stay; lost days have no shifts. */
export function weatherClocks(
  weather: Weather,
  base: Clock,
  from: number,
  to: number,
  lanes: number,
  name: StreamName,
): WeatherClocks {
  const first = dayOf(from)
  const days = Math.min(MOST_DAYS, Math.max(1, dayOf(to) - first + 1))
  const idle = base.patterns.length
  const patterns = [...base.patterns, toPattern([])]
  // The plan's own table may begin before the run and end after it: both must cover the same days.
  const low = base.days.length > 0 ? Math.min(base.first, first) : first
  const high = base.days.length > 0 ? Math.max(base.last, first + days) : first + days
  const table = new Int32Array(high - low)
  for (let day = low; day < high; day++) table[day - low] = patterns.indexOf(patternOn(base, day))
  const start = first - low
  const share = Float64Array.from({ length: days }, (_, i) => weather.lostShare[civilDate(first + i).month - 1] ?? 0)
  const persistence = Math.min(0.99, Math.max(0, weather.persistence ?? 0))
  const uniform = new Float64Array(days)
  // Also a calendar that never rests must count its days, now that some are lost.
  const clockOf = (table: Int32Array): Clock => ({ ...makeClock(patterns, base.week, low, table), continuous: false })
  const clocks = Array.from({ length: lanes }, () => clockOf(table))
  return {
    clocks,
    draw(block) {
      const stream = blockOf(name, block)
      for (let lane = 0; lane < lanes; lane++) {
        const drawn = table.slice()
        fillUniform(blockOf(stream, lane), uniform, 0, days)
        let lost = false
        for (let i = 0; i < days; i++) {
          // A chain of two states whose long-run share of lost days is the month's.
          const p = share[i]!
          lost = uniform[i]! < (lost ? p + persistence * (1 - p) : p * (1 - persistence))
          if (lost) drawn[start + i] = idle
        }
        clocks[lane] = clockOf(drawn)
      }
    },
  }
}

export const weatherHorizon = (start: number, finish: number): number =>
  finish + 2 * (finish - start) + 365 * MINUTES_PER_DAY
