// What the cost center tells of contingency: of one project with its draws, and of every project.
import type { Decimal } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'

export interface ContingencyFigures {
  /** Put in so far. */
  readonly total: Decimal
  readonly drawn: Decimal
  readonly left: Decimal
  readonly drawnShare: Decimal | null
  /** Of the project: its current plan's; null where nothing says it. */
  readonly progress: Decimal | null
  /** What the linear plan by progress would have left. */
  readonly planned: Decimal | null
  /** Drawn beyond the share of the work that is done. */
  readonly ahead: Decimal | null
  /** In 30 days. */
  readonly burn: Decimal | null
  readonly usedUpOn: PlainDate | null
  /** What the whole work will have asked for at this rate. */
  readonly needed: Decimal | null
}

/** A version of the target that changed it. */
export interface Draw {
  readonly budget: string
  readonly name: string
  readonly number: string | null
  readonly version: number | null
  readonly on: PlainDate
  /** − drawn, + put in or back. */
  readonly amount: Decimal
  readonly left: Decimal
  readonly cause: string | null
  readonly risk: string | null
  readonly variation: string | null
  readonly variationName: string | null
  readonly reason: string | null
}

export interface ProjectContingency extends ContingencyFigures {
  /** Today where the company is. */
  readonly today: PlainDate
  readonly draws: readonly Draw[]
  /** Where the plan stood on its status dates: share of the work done. */
  readonly history: readonly { readonly on: PlainDate; readonly progress: Decimal }[]
  readonly exposure: {
    readonly total: Decimal
    /** Expected money of the plan's risk events: probability × cost. */
    readonly risks: readonly { readonly name: string; readonly probability: number; readonly amount: Decimal }[]
    /** Expense variations in approval, on cost basis. */
    readonly pending: Decimal
    /** Expected changes (E). */
    readonly estimated: Decimal
  }
  /** left − exposure. */
  readonly covered: Decimal
}

export interface ContingencyLine extends ContingencyFigures {
  readonly project: string
  readonly name: string
}
