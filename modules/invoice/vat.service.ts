// 进销项: output and input VAT by month of issue, what was deducted in it and what waits, over the invoices the reader sees.
import { add, type Decimal, isDecimal } from '@yingzao/engines/money'
import { isId } from '@yingzao/kernel/entity'
import { act, aggregate, type Ctx } from '@yingzao/kernel/server'
import { invoice } from './invoice.entity.ts'
import type { Vat, VatMonth } from './report-shape.ts'
import { counted, vatMonths } from './vat-months.ts'

type Figures = { -readonly [K in keyof Omit<VatMonth, 'month'>]: Decimal }
const nothing = (): Figures => ({
  ...{ out_net: '0.00', out_tax: '0.00', in_net: '0.00', in_tax: '0.00' },
  ...{ deducted_tax: '0.00', waiting_tax: '0.00', payable: '0.00', credit: '0.00' },
})

export default act('invoice.vat', async (ctx, input): Promise<Vat> => {
  const year = typeof input.year === 'number' ? String(input.year) : ctx.today.slice(0, 4)
  const place = {
    ...(isId(input.project) ? { project: { eq: input.project } } : {}),
    ...(isId(input.company) ? { company: { eq: input.company } } : {}),
  }
  const months = new Map<string, Figures>()
  const add_ = (month: unknown, name: keyof Figures, value: unknown) => {
    if (typeof month !== 'string' || typeof value !== 'string' || !isDecimal(value)) return
    const of = months.get(month.slice(0, 7)) ?? nothing()
    of[name] = add(of[name], value)
    months.set(month.slice(0, 7), of)
  }
  const issued = { issued_on: { ge: `${year}-01-01`, le: `${year}-12-31` } }
  for (const { key, values } of await sums(ctx, { ...counted, ...place, ...issued }, [
    'direction',
    'issued_on:month',
  ])) {
    const side = key[0] === 'out' ? 'out' : 'in'
    add_(key[1], `${side}_net`, values[0])
    add_(key[1], `${side}_tax`, values[1])
  }
  const deducted = { deducted_in: { ge: `${year}-01`, le: `${year}-12` } }
  for (const { key, values } of await sums(ctx, { ...counted, ...place, ...deducted }, ['deducted_in']))
    add_(key[0], 'deducted_tax', values[1])
  const waiting = { direction: { eq: 'in' }, deductible: { eq: true }, deducted_in: { empty: true } }
  for (const { key, values } of await sums(ctx, { ...counted, ...place, ...issued, ...waiting }, ['issued_on:month']))
    add_(key[0], 'waiting_tax', values[1])
  const taxes = await vatMonths(ctx, `${year}-12`, place)
  for (const [month, { payable, credit }] of taxes) {
    if (!month.startsWith(year)) continue
    add_(month, 'payable', payable)
    add_(month, 'credit', credit)
  }
  const rows = [...months].sort(([a], [b]) => (a < b ? 1 : -1)).map(([month, of]) => ({ month, ...of }))
  const total = nothing()
  for (const row of rows) for (const name of keysOf(total)) total[name] = add(total[name], row[name])
  return { months: rows, total: { ...total, credit: rows[0]?.credit ?? '0.00' } }
})

const keysOf = (of: Figures): (keyof Figures)[] => Object.keys(of).filter((name): name is keyof Figures => name in of)

const sums = (ctx: Ctx, filter: NonNullable<Parameters<typeof aggregate>[2]['filter']>, by: readonly string[]) =>
  aggregate(ctx, invoice, {
    filter,
    by,
    measures: [
      { fn: 'sum', field: 'net_amount' },
      { fn: 'sum', field: 'tax_amount' },
    ],
  })
