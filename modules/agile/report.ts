// What the agile actions answer, as the server makes it and the pages read it.
import type { FlowMetrics, LevelForecast, LittleCheck, Spread } from '@yingzao/engines/flow'

export interface ScopeChange {
  readonly on: string
  readonly item: string
  readonly what: 'added' | 'removed' | 'estimate'
  readonly points: number
}

export interface Burn {
  /** Days of the sprint, its eve first; after today only `ideal` has a value. */
  readonly days: readonly string[]
  readonly ideal: readonly number[]
  readonly scope: readonly (number | null)[]
  readonly done: readonly (number | null)[]
  readonly left: readonly (number | null)[]
  readonly committed: number
  readonly completed: number
  /** Scope now, or when it was closed. */
  readonly total: number
  readonly items: { readonly total: number; readonly done: number; readonly unestimated: number }
  readonly changes: readonly ScopeChange[]
}
/** `titles`: of the items that the reader may see. */
export type BurnAnswer = Burn & { readonly titles: Readonly<Record<string, string>> }

type Named<T> = T & { readonly title: string | null }

export interface FlowReport {
  /** The day it was computed on. */
  readonly on: string
  readonly unit: 'items' | 'points'
  readonly events: number
  /** Of them from another tool. */
  readonly takenOver: number
  readonly series: {
    readonly days: readonly string[]
    readonly stages: readonly { readonly id: string; readonly items: readonly number[] }[]
    readonly scope: readonly number[]
    readonly done: readonly number[]
    readonly left: readonly number[]
  }
  readonly cycle: Spread | null
  readonly lead: Spread | null
  readonly little: LittleCheck | null
  /** The latest, oldest first. */
  readonly finished: readonly Named<Omit<FlowMetrics['finished'][number], 'at'> & { readonly on: string }>[]
  readonly ageing: readonly Named<FlowMetrics['ageing'][number]>[]
  readonly throughput: readonly { readonly from: string; readonly items: number; readonly points: number }[]
  readonly forecast: Forecast | null
}

export interface Forecast {
  readonly remaining: number
  readonly weeks: number
  /** Earlier forecasts that have come true, and how many the correction needs. */
  readonly judged: number
  readonly needed: number
  readonly levels: readonly (LevelForecast & { readonly on: string | null })[]
}

interface Span {
  readonly start: string
  readonly finish: string
}
export interface Proposal {
  readonly entity: 'work_item' | 'sprint'
  readonly id: string
  readonly title: string
  readonly task: {
    readonly id: string
    readonly name: string
    readonly now: Span & { readonly percent: number }
    /** If everything that differs were applied. */
    readonly proposed: Span | null
  } | null
  readonly done: number
  readonly total: number
  readonly unit: 'points' | 'items'
  readonly percent: number
  readonly differs: boolean
}
export interface Proposals {
  readonly plan: { readonly id: string; readonly name: string; readonly revision: number; readonly mayEdit: boolean }
  readonly finish: { readonly now: string; readonly proposed: string | null }
  readonly sources: readonly Proposal[]
}
