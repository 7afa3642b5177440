// What so much of a bill item is worth, from its cumulative quantity alone: however it was measured in parts, the sum is the same.
import { deviatedAmount } from '@yingzao/engines/contract-money'
import { compare, type Decimal, fromGross, fromNet, multiply, r2 } from '@yingzao/engines/money'

/** 工程量偏差 as agreed: the new price is the bill's times a factor. */
export interface Clause {
  readonly threshold: Decimal
  readonly scope: 'segment' | 'full'
  readonly above: Decimal
  readonly below: Decimal
}
export interface Priced {
  /** Of the bill, with changes. */
  readonly planned: Decimal
  readonly price: Decimal
  readonly mode: 'gross' | 'net'
  readonly rate: Decimal
}
export interface Worth {
  readonly gross: Decimal
  readonly net: Decimal
}
export const nothing: Worth = { gross: '0.00', net: '0.00' }

/**
 * @param built cumulative quantity, not negative
 * @param final nothing more comes of this item: only then is "too little" known
 */
export function worthOf(
  { planned, price, mode, rate }: Priced,
  clause: Clause | null,
  built: Decimal,
  final: boolean,
): Worth {
  const plain = r2(multiply(built, price))
  if (clause === null || compare(planned, '0') <= 0) return split(plain, mode, rate)
  const { amount, hit } = deviatedAmount(
    { planned, price, built },
    {
      threshold: clause.threshold,
      scope: clause.scope,
      priceAbove: multiply(price, clause.above),
      priceBelow: multiply(price, clause.below),
    },
  )
  return split(hit === 'below' && !final ? plain : amount, mode, rate)
}

/** An amount as it is entered, 含税 or 不含税, with its other half. */
export function split(amount: Decimal, mode: 'gross' | 'net', rate: Decimal): Worth {
  const { gross, net } = mode === 'net' ? fromNet(amount, rate) : fromGross(amount, rate)
  return { gross, net }
}
