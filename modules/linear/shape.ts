// What `linear.chart` answers: alignments of a plan's project with the stretches of its tasks, in metres and minutes.
import type { Side } from '@yingzao/engines/time-location'

export interface ChartAlignment {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly from: number
  readonly to: number
  readonly breaks: readonly { readonly back: number; readonly ahead: number }[]
  readonly left: string
  readonly right: string
  readonly bufferMetres: number
  readonly bufferDays: number
}

export interface ChartReport {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly side: Side
  readonly on: string
}

export interface ChartStretch {
  readonly id: string
  readonly alignment: string
  readonly task: string
  readonly name: string
  readonly work: string
  readonly from: number
  readonly to: number
  readonly side: Side
  readonly spread: 'line' | 'block'
  /** Metres a day that were said, and what the plan's dates mean; working days of the plan. */
  readonly rate: number | null
  readonly unit: { readonly metres: number; readonly name: string } | null
  readonly start: number
  readonly finish: number
  readonly workDays: number
  readonly promised: { readonly start: number; readonly finish: number } | null
  readonly percent: number
  readonly begun: boolean
  readonly finished: boolean
  readonly critical: boolean
  readonly reports: readonly ChartReport[]
}

export interface LinearChart {
  readonly alignments: readonly ChartAlignment[]
  readonly stretches: readonly ChartStretch[]
  /** The status date of the plan, else today: naive minutes. */
  readonly now: number
  /** May this reader say where tasks lie; may he report? */
  readonly mayPlace: boolean
  readonly mayReport: boolean
}
