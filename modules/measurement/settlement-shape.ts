// What a settlement's page says before it is submitted.
import type { Decimal } from '@yingzao/kernel/entity'

export type SettlementConcerns = {
  /** Drafts of variations, and those that were rejected: nothing can be made of them once the contract is settled. */
  readonly variations: readonly {
    readonly id: string
    readonly name: string
    readonly state: string
    readonly amount: Decimal
  }[]
}
