// What other modules ask: the limit that held on a day, for a company.
import type { Decimal } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { dayIn } from '@yingzao/kernel/system'
import { type Dated, valueIn } from './in-force.ts'
import { parameter } from './parameter.entity.ts'
import { type ParameterCode, standardParameters } from './standard.ts'

export type { ParameterCode } from './standard.ts'

/** The values of every company, with their days. */
export async function datesOf(ctx: Ctx, code: ParameterCode): Promise<Dated[]> {
  return (await valuesOf(ctx, code)).filter(each => each.company === null)
}

/** Null: nothing is limited on that day. Until the register knows the code, what ships holds. */
export async function limitOn(
  ctx: Ctx,
  code: ParameterCode,
  on: string,
  company: string | null = null,
): Promise<Decimal | null> {
  return valueIn(await valuesOf(ctx, code), on, company)
}

async function valuesOf(ctx: Ctx, code: ParameterCode): Promise<readonly Dated[]> {
  const { items } = await list(asSystem(ctx), parameter, {
    filter: { code: { eq: code } },
    fields: ['values'],
    limit: 1,
  })
  return items[0]?.values ?? shipped(code)
}

/** The day by which a document without a day of its own is judged: when it was first written. */
export const writtenOn = (ctx: Ctx, before: { readonly created_at: string } | null): string =>
  before ? dayIn(ctx.zone, new Date(before.created_at)) : ctx.today

const shipped = (code: ParameterCode): Dated[] =>
  standardParameters[code].values.map(([value, from_on, to_on]) => ({ value, from_on, to_on, company: null }))
