// Where a plan stood on one status date, as the server tells it.
import type { Decimal } from '@yingzao/engines/money'
import type { Minute } from '@yingzao/engines/schedule'

export interface PastStanding {
  readonly at: Minute
  /** The plan's last revision under this status date. */
  readonly revision: number
  readonly unit: 'cost' | 'days'
  readonly bac: Decimal
  readonly pv: Decimal
  readonly ev: Decimal
  /** Null when nothing says what the work has cost. */
  readonly ac: Decimal | null
  readonly spi: Decimal | null
  readonly cpi: Decimal | null
  readonly spit: number | null
}
