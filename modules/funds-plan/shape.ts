// What the pages of funds plans show.
import type { Decimal } from '@yingzao/kernel/entity'

export interface PlanFigures {
  /** 申报. */
  readonly asked_in: Decimal
  readonly asked_out: Decimal
  /** 核定. */
  readonly approved_in: Decimal
  readonly approved_out: Decimal
  /** Paid, and approved requests of the month that are not paid yet. */
  readonly used: Decimal
  readonly paid: Decimal
  readonly received: Decimal
  /** Of what was paid or asked, what no line stands behind or what is beyond it. */
  readonly unplanned: Decimal
  /** Paid ÷ approved; null where nothing was approved. */
  readonly rate_out: Decimal | null
  readonly rate_in: Decimal | null
}
export interface PlanOfProject extends PlanFigures {
  readonly project: string
  readonly name: string
  /** The plan of the month and its supplements; none: nothing was planned. */
  readonly plans: readonly {
    readonly id: string
    readonly name: string
    readonly state: string
    readonly kind: string
  }[]
}
/** Money out that no line stands behind, or beyond its line. */
export interface Unplanned {
  readonly project: string
  readonly projectName: string
  readonly line: string
  /** Of a contract or counterparty its name as the reader may see it; null: the line is a kind of money. */
  readonly title: string | null
  readonly planned: Decimal
  readonly used: Decimal
  readonly beyond: Decimal
}
export interface CompanyPlans {
  readonly month: string
  readonly rows: readonly PlanOfProject[]
  readonly total: PlanFigures
  readonly unplanned: readonly Unplanned[]
  /** Running projects without a plan of the month. */
  readonly missing: readonly { readonly project: string; readonly name: string }[]
}

/** One line of a plan, with what its project used of it in the month; a line that several plans have shows the sum of all. */
export interface StandingLine {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly kind: string
  readonly title: string | null
  readonly contract: string | null
  readonly why: string | null
  readonly note: string | null
  readonly key: string
  readonly asked: Decimal
  readonly probability: Decimal | null
  readonly approved: Decimal
  readonly used: Decimal
  /** Paid or received. */
  readonly done: Decimal
}
export interface PlanStanding {
  readonly project: string
  readonly month: string
  readonly lines: readonly StandingLine[]
}
