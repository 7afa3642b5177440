// What other modules may ask of tax rates on the server.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, list, refuse } from '@yingzao/kernel/server'
import { periodOn } from './in-force.ts'
import { taxRate } from './tax-rate.entity.ts'

/** The rate on a day, as a fraction; refused when none holds then. */
export async function rateOn(ctx: Ctx, id: Id<'tax_rate'>, on: PlainDate): Promise<Decimal> {
  const { code, periods } = await get(asSystem(ctx), taxRate, id)
  const period = periodOn(periods, on)
  if (!period) throw refuse('tax_rate.none', { code, on })
  return period.rate
}

/** The rate of a code on a day, as a fraction; null when it is not kept or none holds then. */
export async function rateOfCode(ctx: Ctx, code: string, on: PlainDate): Promise<Decimal | null> {
  const { items } = await list(asSystem(ctx), taxRate, {
    filter: { code: { eq: code } },
    fields: ['periods'],
    limit: 1,
  })
  return periodOn(items[0]?.periods ?? [], on)?.rate ?? null
}
