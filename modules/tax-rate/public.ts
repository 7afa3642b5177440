// What other modules may ask of tax rates on the server.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { periodOn } from './in-force.ts'
import { taxRate } from './tax-rate.entity.ts'

/** The rate on a day, as a fraction; refused when none holds then. */
export async function rateOn(ctx: Ctx, id: Id<'tax_rate'>, on: PlainDate): Promise<Decimal> {
  const { code, periods } = await get(asSystem(ctx), taxRate, id)
  const period = periodOn(periods, on)
  if (!period) throw refuse('tax_rate.none', { code, on })
  return period.rate
}
