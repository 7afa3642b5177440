// 预缴: month by month of a project, what was received less what went to subcontractors against an invoice, and its tax.
import { add, compare, type Decimal, subtract } from '@yingzao/engines/money'
import { type Prepayment, prepayments } from '@yingzao/engines/vat'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, list, metrics, refuse } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { project } from '../project/project.entity.ts'
import { rateOfCode } from '../tax-rate/public.ts'

/** Codes of the rates by method (tax-rate/standard.ts): the tax inside the amount, and what of the net is prepaid. */
const codes = {
  general: ['VAT-CONSTRUCTION', 'PRE-GENERAL'],
  simplified: ['VAT-CONSTRUCTION-SIMPLE', 'PRE-SIMPLE'],
} as const

export type Method = keyof typeof codes
export interface MonthOfProject extends Prepayment {
  /** "2026-11". */
  readonly month: string
  readonly received: Decimal
  readonly subcontracted: Decimal
}

/**
 * In the order of the months, those with money only, over the contracts that whoever asks may see. Rates are those of the last
 * day of each month.
 */
export async function prepaymentsOf(
  ctx: Ctx,
  id: Id<'project'>,
): Promise<{ readonly method: Method; readonly months: readonly MonthOfProject[] }> {
  const system = asSystem(ctx)
  const { tax_method, tax_place } = await get(system, project, id)
  const method: Method = tax_method === 'simplified' ? 'simplified' : 'general'
  const { rows } = await metrics(ctx, ['invoice_paid', 'invoice_in_advance', 'invoice_invoiced'], {
    where: { project: id },
    by: ['contract', 'direction', 'period'],
  })
  const subcontracts = await subcontractsOf(ctx, id)
  const received = new Map<string, Decimal>()
  const passed = new Map<string, { month: string; paid: Decimal; invoiced: Decimal }[]>()
  for (const { key, values } of rows) {
    const [of = null, direction, month] = key
    if (of === null || !month) continue
    const paid = values.invoice_paid ?? '0.00'
    const invoiced = values.invoice_invoiced ?? '0.00'
    const taxed = tax_place === 'home' ? (values.invoice_in_advance ?? '0.00') : paid
    if (direction === 'income') received.set(month, add(received.get(month) ?? '0.00', taxed))
    else if (subcontracts.has(of)) passed.set(of, [...(passed.get(of) ?? []), { month, paid, invoiced }])
  }
  const subcontracted = new Map<string, Decimal>()
  for (const months of passed.values())
    for (const [month, amount] of covered(months))
      subcontracted.set(month, add(subcontracted.get(month) ?? '0.00', amount))
  const months: MonthOfProject[] = []
  let carried: Decimal = '0.00'
  const names = [...new Set([...received.keys(), ...subcontracted.keys()])].sort()
  for (const month of names) {
    const of = { received: received.get(month) ?? '0.00', subcontracted: subcontracted.get(month) ?? '0.00' }
    if (compare(of.received, '0') === 0 && compare(of.subcontracted, '0') === 0) continue
    const [rate, prepaid] = await ratesOf(ctx, method, month)
    const [done] = prepayments([of], { rate, prepaid }, carried)
    if (!done) continue
    carried = done.carried
    months.push({ month, ...of, ...done })
  }
  return { method, months }
}

/** Of what was paid, as much as is invoiced by the end of each month counts; the rest counts when its invoice comes. */
function covered(months: readonly { month: string; paid: Decimal; invoiced: Decimal }[]): [string, Decimal][] {
  let paid: Decimal = '0.00'
  let invoiced: Decimal = '0.00'
  let before: Decimal = '0.00'
  return [...months]
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .map(each => {
      paid = add(paid, each.paid)
      invoiced = add(invoiced, each.invoiced)
      const now = compare(paid, invoiced) < 0 ? paid : invoiced
      const more = subtract(now, before)
      before = now
      return [each.month, more]
    })
}

/** 分包: only what goes on to another contractor is taken off, not material or rental. */
async function subcontractsOf(ctx: Ctx, id: Id<'project'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  let after: string | undefined
  do {
    const page = await list(ctx, contract, {
      filter: { project: { eq: id }, direction: { eq: 'expense' }, kind: { in: ['subcontract', 'labour'] } },
      fields: ['name'],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    })
    for (const each of page.items) found.add(each.id)
    after = page.next ?? undefined
  } while (after !== undefined)
  return found
}

async function ratesOf(ctx: Ctx, method: Method, month: string): Promise<readonly [Decimal, Decimal]> {
  const on = lastDay(month)
  const [inside, share] = codes[method]
  const [rate, prepaid] = [await rateOfCode(ctx, inside, on), await rateOfCode(ctx, share, on)]
  if (rate === null || prepaid === null)
    throw refuse('invoice.no_rate', { code: rate === null ? inside : share, month })
  return [rate, prepaid]
}

export function lastDay(month: string): PlainDate {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) as PlainDate
}
