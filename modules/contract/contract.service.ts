// What people do with a contract beyond approving it: sign it, take its lines from the bill, see what is unusual and how it stands.
import { isPlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, handle, patch, refuse } from '@yingzao/kernel/server'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { demandContractable } from '../counterparty/public.ts'
import { billDifferences, billSums } from './bill.ts'
import { concernsOf } from './concern.ts'
import { contract } from './contract.entity.ts'
import { figuresBy, ordersOf, totalOf } from './figures.ts'
import type { Checked, Figures } from './figures-shape.ts'
import type { Contract } from './terms.ts'

/** As the reader may see it; without the money it is refused. */
async function demandMoney(ctx: Ctx, { id }: Contract): Promise<void> {
  if ((await get(ctx, contract, id)).gross_amount === undefined) throw refuse('access.denied', { function: 'read' })
}

export default handle(contract, {
  // As the system: what was approved is written by nobody else.
  async sign(ctx, record, input) {
    const day = isPlainDate(input.signed_on) ? input.signed_on : ctx.today
    await demandContractable(ctx, record.counterparty, ctx.today, day)
    const given = Object.fromEntries(
      ['contract_no', 'start_on', 'finish_on'].flatMap(name =>
        input[name] === null || input[name] === undefined ? [] : [[name, input[name]]],
      ),
    )
    await patch(asSystem(ctx), contract.name, record.id, undefined, { signed_on: input.signed_on, ...given })
  },
  async lines_from_bill(ctx, record) {
    const sums = await billSums(ctx, record)
    if (sums.length === 0) throw refuse('contract.no_bill')
    const titles = await itemTitles(
      ctx,
      sums.map(({ item }) => item),
    )
    await patch(ctx, contract.name, record.id, undefined, {
      lines: {
        upsert: sums.map(({ item, tax_rate, amount }) => ({
          ...{ item, tax_rate, amount },
          name: titles(item) ?? (ctx.lang === 'zh' ? '清单' : 'Bill'),
        })),
        remove: record.lines.map(({ id }) => id),
      },
    })
    return { lines: sums.length }
  },
  async concerns(ctx, record): Promise<Checked> {
    await demandMoney(ctx, record)
    const differences = billDifferences(record, await billSums(ctx, record))
    const titles = await itemTitles(
      ctx,
      differences.map(({ item }) => item),
    )
    return {
      concerns: await concernsOf(ctx, record, differences.length),
      differences: differences.map(each => ({ ...each, title: titles(each.item) ?? '—' })),
    }
  },
  async figures(ctx, record): Promise<Figures> {
    await demandMoney(ctx, record)
    const ids = record.form === 'framework' ? await ordersOf(ctx, record.id) : [record.id]
    return totalOf(ids.map(await figuresBy(ctx, ids)))
  },
})

async function itemTitles(ctx: Ctx, items: readonly (string | null)[]) {
  const system = asSystem(ctx)
  const found = new Map<string, string>()
  for (const item of new Set(items)) if (item !== null) found.set(item, (await get(system, costItem, item)).title ?? '')
  return (item: string | null) => (item === null ? undefined : found.get(item))
}
