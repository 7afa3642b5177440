// What the cost center tells: dynamic cost by cost item, by month, and of every project.
import type { Performance } from '@yingzao/engines/earned-value'
import type { Decimal } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'

export interface CostFigures {
  readonly target: Decimal
  /** C + V. */
  readonly committed: Decimal
  /** C. */
  readonly contracted: Decimal
  /** V. */
  readonly changes: Decimal
  /** E. */
  readonly estimated: Decimal
  /** N. */
  readonly direct: Decimal
  /** W. */
  readonly uncommitted: Decimal
  /** D = C + V + E + N + W. */
  readonly expected: Decimal
  readonly pending: Decimal
  /** A. */
  readonly incurred: Decimal
  /** D − A. */
  readonly toGo: Decimal
  /** T − D: + saving, − overrun. */
  readonly deviation: Decimal
  /** (D − T) ÷ T; null without a target. */
  readonly deviationRatio: Decimal | null
}

export interface CostRow extends CostFigures {
  readonly item: string
  readonly parent: string | null
  /** 0 at the top. */
  readonly depth: number
  readonly code: string
  readonly title: string
  readonly leaf: boolean
  /** The forecast that somebody entered for it. */
  readonly forecast: string | null
  /** Used and in approval against the target. */
  readonly level: 'pass' | 'warn' | 'escalate' | 'block'
}

export interface Income {
  /** Contracts and agreed changes, gross and net. */
  readonly sum: Decimal | null
  readonly net: Decimal | null
  readonly claimed: Decimal | null
  readonly measured: Decimal | null
  readonly revenue: Decimal | null
  readonly received: Decimal | null
}

export interface ProjectCost {
  /** In the order of their codes, an item before those below it. */
  readonly rows: readonly CostRow[]
  readonly total: CostFigures
  readonly income: Income
  /** Net income − D; null where the reader sees no income. */
  readonly margin: Decimal | null
  /** Revenue − A. */
  readonly marginSoFar: Decimal | null
  /** By month and top-level item: what was incurred. */
  readonly months: readonly {
    readonly month: string
    readonly item: string
    readonly incurred: Decimal
    readonly committed: Decimal
    readonly target: Decimal
  }[]
}

export interface ProjectLine extends CostFigures {
  readonly project: string
  readonly name: string
  readonly stage: string
  readonly income: Income
  readonly paid: Decimal | null
  readonly margin: Decimal | null
  readonly marginRatio: Decimal | null
  /** Cost items whose dynamic cost exceeds the target. */
  readonly over: number
}
export interface CompanyCost {
  readonly lines: readonly ProjectLine[]
  readonly total: CostFigures
}

/** Of a task or of what names none. */
export interface WbsFigures {
  /** Its share of T by the budgets of the plan. */
  readonly target: Decimal
  readonly planned: Decimal
  readonly earned: Decimal
  /** C + V. */
  readonly committed: Decimal
  /** N. */
  readonly direct: Decimal
  /** E + W, shared by what is left of the targets. */
  readonly open: Decimal
  /** D. */
  readonly expected: Decimal
  /** A. */
  readonly incurred: Decimal
  readonly toGo: Decimal
  readonly deviation: Decimal
}
export interface WbsRow extends WbsFigures {
  readonly task: string
  readonly parent: string | null
  readonly depth: number
  readonly code: string | null
  readonly name: string
  readonly leaf: boolean
}
/** 挣值 on the target cost: BAC = T, AC = A; PV and EV by the shares of the plan. */
export interface Earned {
  readonly on: PlainDate
  readonly bac: Decimal
  readonly pv: Decimal
  readonly ev: Decimal
  readonly ac: Decimal
  readonly performance: Performance
}
export interface ProjectWork {
  readonly plan: { readonly id: string; readonly name: string } | null
  /** Null without a status date and a baseline. */
  readonly earned: Earned | null
  readonly rows: readonly WbsRow[]
  /** Not assigned to a task of the plan. */
  readonly loose: WbsFigures
  readonly total: WbsFigures
}
