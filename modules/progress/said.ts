// A report's columns as the engine's numbers, and back.
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'
import type { PlainDate } from '@yingzao/kernel/entity'
import type { Said } from './take.ts'

export interface SaidColumns {
  readonly reported_on: string
  readonly percent: string | null
  readonly remaining: number | null
  readonly start_on: string | null
  readonly finish_on: string | null
}

/** Days, shares and minutes; what is not said is left out. */
export const saidOf = (row: SaidColumns): Said => ({
  on: parseDay(row.reported_on) ?? 0,
  percent: row.percent === null ? undefined : Number(row.percent),
  remaining: row.remaining ?? undefined,
  startDay: dayOf(row.start_on),
  finishDay: dayOf(row.finish_on),
})
const dayOf = (value: string | null): number | undefined => (value === null ? undefined : parseDay(value))

export const plainDay = (day: number): PlainDate => formatDay(day) as PlainDate

/** The Monday of a day's week. 1970-01-05 was one. */
export const mondayOf = (day: number): number => Math.floor((day - 4) / 7) * 7 + 4
