// DurationFormat and LagFormat numbers of Microsoft Project: unit, elapsed, percent and the "estimated" mark.
import type { DurationUnit } from '@yingzao/engines/schedule/plan'

export interface DurationDisplay {
  unit?: DurationUnit
  elapsed: boolean
  percent: boolean
}

const units: readonly DurationUnit[] = ['m', 'h', 'd', 'w', 'mo']

/** 3–12 minutes … months, even = elapsed; 19/20 percent; 21/53 none; +32 = estimated. */
export function durationDisplay(format: number | undefined): DurationDisplay {
  if (format === undefined || !Number.isFinite(format)) return { elapsed: false, percent: false }
  const plain = format >= 35 ? format - 32 : format
  if (plain === 19 || plain === 20) return { elapsed: plain === 20, percent: true }
  const unit = units[(plain - 3) >> 1]
  return { ...(unit && { unit }), elapsed: plain >= 4 && plain <= 12 && plain % 2 === 0, percent: false }
}

/** The number of a unit, days when none is known. */
export function durationFormat(unit: DurationUnit | undefined, elapsed = false, estimated = false): number {
  const known = unit === 'y' ? 'mo' : (unit ?? 'd')
  return 3 + units.indexOf(known) * 2 + (elapsed ? 1 : 0) + (estimated ? 32 : 0)
}
