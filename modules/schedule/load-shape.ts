// The load of a plan's people, crews and machines by weeks or months, as `plan.loads` answers it and the company page adds it up.
import type { LoadUnit } from '@yingzao/engines/levelling'

export type CoarseUnit = Exclude<LoadUnit, 'day'>

export interface PlanLoads {
  /** Midnights between which a period lies; weeks begin on Monday, so that plans add up. Naive minutes. */
  readonly edges: readonly number[]
  /** Minutes of a day of work in this plan. */
  readonly perDay: number
  readonly resources: readonly PlanLoad[]
}

export interface PlanLoad {
  readonly id: string
  readonly name: string
  /** The person this resource is. */
  readonly user: string | null
  /** Minutes in each period. */
  readonly work: readonly number[]
  readonly available: readonly number[]
  /** Periods in which more is used at some instant than there is. */
  readonly over: readonly number[]
}
