// 应纳增值税 of each company, month by month from its first invoice, over what the reader sees: companies do not offset each other.
import { add, type Decimal, isDecimal, negate, sum } from '@yingzao/engines/money'
import { type VatMonthTax, type VatPayable, vatPayable } from '@yingzao/engines/vat'
import type { Entity, Query } from '@yingzao/kernel/entity'
import { aggregate, all, asSystem, type Ctx, Refusal } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { invoice } from './invoice.entity.ts'
import { lastDay } from './prepayment.ts'
import { vatPrepayment } from './vat-prepayment.entity.ts'

type Filter = NonNullable<Query['filter']>
type Months = Map<string, { -readonly [K in keyof VatMonthTax]: Decimal }>

/** Red invoices are effective documents of their own; what they took back entirely is `reversed`. */
export const counted: Filter = { state: { in: ['effective', 'reversed', 'closed'] } }

/** Of "2026-11" and every month before that has anything; the sum over the companies that `place` leaves. */
export async function vatMonths(ctx: Ctx, until: string, place: Filter = {}): Promise<ReadonlyMap<string, VatPayable>> {
  const companies = await taxesUntil(ctx, until, place)
  const names = new Set([...companies.values()].flatMap(months => [...months.keys()]))
  const ordered = [...names].sort()
  const found = [...companies.values()].map(months => vatPayable(ordered.map(name => months.get(name) ?? nothing())))
  return new Map(
    ordered.map((name, at) => {
      const of = found.flatMap(months => months[at] ?? [])
      const total = (part: keyof VatPayable) => sum(of.map(each => each[part]))
      return [name, { payable: total('payable'), credit: total('credit'), prepaid_left: total('prepaid_left') }]
    }),
  )
}

async function taxesUntil(ctx: Ctx, until: string, place: Filter): Promise<ReadonlyMap<string, Months>> {
  const companies = new Map<string, Months>()
  const put = (company: unknown, month: unknown, part: keyof VatMonthTax, amount: Decimal) => {
    if (typeof month !== 'string') return
    const months: Months = companies.get(String(company)) ?? new Map()
    companies.set(String(company), months)
    const of = months.get(month.slice(0, 7)) ?? nothing()
    months.set(month.slice(0, 7), of)
    of[part] = add(of[part], amount)
  }
  const taxes = (filter: Filter, month: string) =>
    sums(ctx, invoice, { ...counted, ...place, ...filter }, month, 'tax_amount')
  const out: Filter = { direction: { eq: 'out' }, issued_on: { le: lastDay(until) } }
  for (const [company, month, tax] of await taxes(out, 'issued_on:month')) put(company, month, 'general', tax)
  const simplified = await simplifiedProjects(ctx)
  if (simplified.length > 0) {
    const theirs = { ...out, project: { ...place.project, in: simplified } }
    for (const [company, month, tax] of await taxes(theirs, 'issued_on:month')) {
      put(company, month, 'simplified', tax)
      put(company, month, 'general', negate(tax))
    }
  }
  for (const [company, month, tax] of await taxes({ deducted_in: { le: until } }, 'deducted_in'))
    put(company, month, 'deducted', tax)
  for (const [company, month, paid] of await prepaid(ctx, until, place)) put(company, month, 'prepaid', paid)
  return companies
}

type Sum = readonly [company: unknown, month: unknown, amount: Decimal]

async function sums(ctx: Ctx, of: Entity, filter: Filter, month: string, field: string): Promise<Sum[]> {
  const rows = await aggregate(ctx, of, { filter, by: ['company', month], measures: [{ fn: 'sum', field }] })
  return rows.map(({ key, values: [amount] }) => [
    key[0],
    key[1],
    typeof amount === 'string' && isDecimal(amount) ? amount : '0.00',
  ])
}

/** Nothing for whoever sees no prepayments. */
async function prepaid(ctx: Ctx, until: string, place: Filter): Promise<Sum[]> {
  try {
    const filter = { ...place, state: { eq: 'effective' }, month: { le: until } }
    return await sums(ctx, vatPrepayment, filter, 'month', 'paid_amount')
  } catch (error) {
    if (error instanceof Refusal && error.code === 'access.denied') return []
    throw error
  }
}

async function simplifiedProjects(ctx: Ctx): Promise<readonly string[]> {
  const found = await all(asSystem(ctx), project, { filter: { tax_method: { eq: 'simplified' } }, fields: ['name'] })
  return found.map(each => each.id)
}

const nothing = () => ({
  ...{ general: '0.00' as Decimal, simplified: '0.00' as Decimal },
  ...{ deducted: '0.00' as Decimal, prepaid: '0.00' as Decimal },
})
