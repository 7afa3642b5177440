// How forecasts have moved: medians, slips and the small line of a trend. Pure.
import { parseDay } from '@yingzao/engines/schedule/civil'

export interface Week {
  readonly on: string
  readonly forecast: string
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2)
}

/** Reports that say whether a forecast keeps slipping. */
const REPORTS = 4

/** Later in the newest report than four reports before it. */
export function slips(weeks: readonly Week[]): boolean {
  const [then, now] = [weeks.at(-1 - REPORTS), weeks.at(-1)]
  return then !== undefined && now !== undefined && now.forecast > then.forecast
}

const dayOf = (day: string) => parseDay(day) ?? 0

/** Forecasts over weeks as an SVG path, later is lower, and how low the contract's finish lies; within a box. */
export function trendPath(
  weeks: readonly Week[],
  contract: string | null,
  width: number,
  height: number,
): { readonly path: string; readonly contract: number | null } {
  const days = [...weeks.map(each => dayOf(each.forecast)), ...(contract ? [dayOf(contract)] : [])]
  const [low, high] = [Math.min(...days), Math.max(...days)]
  const [from, to] = [dayOf(weeks[0]?.on ?? ''), dayOf(weeks.at(-1)?.on ?? '')]
  const y = (day: number) => (high === low ? height / 2 : 3 + ((day - low) / (high - low)) * (height - 6))
  const x = (on: string) => (to === from ? width : ((dayOf(on) - from) / (to - from)) * (width - 4) + 2)
  const points = weeks.map(each => `${x(each.on).toFixed(1)} ${y(dayOf(each.forecast)).toFixed(1)}`)
  // One week alone is a dot: a line of no length with round ends.
  const path = points.length === 1 ? `M${points[0]}h0.01` : `M${points.join('L')}`
  return { path, contract: contract ? y(dayOf(contract)) : null }
}
