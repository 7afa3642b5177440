// 未清事项: what a month still waits for, as the server tells it.
import type { Filter, Label } from '@yingzao/kernel/entity'

export interface StillOpen {
  readonly entity: string
  readonly label: Label
  readonly count: number
  /** Of the entity's list: these records and no others. */
  readonly filter: Readonly<Record<string, Filter>>
}

export interface Waits {
  /** The month that is closed next. */
  readonly month: string
  readonly open: readonly StillOpen[]
}
