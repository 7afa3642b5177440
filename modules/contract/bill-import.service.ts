// 导入清单: what a file holds, what does not add up in it, and — when somebody confirms — the bill of a contract or a target cost.
import { add, type Decimal } from '@yingzao/engines/money'
import type { BillFileItem } from '@yingzao/formats/bill-file'
import { asId, type Id } from '@yingzao/kernel/entity'
import { act, all, asSystem, create, createAll, get, refuse, write } from '@yingzao/kernel/server'
import { budget } from '../budget/budget.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { billDifferences, billSums } from './bill.ts'
import {
  amountOf,
  itemFor,
  keptAmount,
  keptMapping,
  keptPrice,
  keptQty,
  keyOf,
  learnMapping,
  prefixOf,
  readBill,
} from './bill-file.ts'
import type { BillImported, BillPreview } from './bill-import-shape.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'

const shownFindings = 500
const shownItems = 50
const groups = ['works', 'measure', 'other', 'tax'] as const

export const preview = act('contract.bill_preview', async (ctx, input): Promise<BillPreview> => {
  const { name, bill } = await readBill(ctx, input)
  const mapping = await keptMapping(ctx)
  const titles = new Map(
    (await all(asSystem(ctx), costItem, { fields: ['title'] })).map(({ id, title }) => [id, title ?? '']),
  )
  const parts = new Map<string, BillFileItem[]>()
  for (const item of priced(bill.items)) parts.set(prefixOf(item), [...(parts.get(prefixOf(item)) ?? []), item])
  const counts: Record<string, number> = {}
  for (const { code } of bill.findings) counts[code] = (counts[code] ?? 0) + 1
  return {
    ...{ name, format: bill.format, items: bill.items.length, amount: amountOf(priced(bill.items)), counts },
    groups: groups.flatMap(group => {
      const own = bill.items.filter(each => each.group === group)
      return own.length === 0 ? [] : [{ group, items: own.length, amount: amountOf(own) }]
    }),
    totals: bill.totals.slice(0, shownFindings),
    findings: bill.findings.slice(0, shownFindings),
    prefixes: [...parts].map(([prefix, own]) => {
      const [sample] = own
      const item = sample ? itemFor(mapping, keyOf(sample)) : null
      return {
        ...{ prefix, items: own.length, amount: amountOf(own), sample: sample?.name ?? '', item },
        title: item === null ? null : (titles.get(item) ?? null),
      }
    }),
    first: bill.items.slice(0, shownItems).map(each => ({
      ...{ code: each.code, name: each.name, unit: each.unit, section: each.section.join(' / ') },
      ...{ qty: keptQty(each), price: keptPrice(each), amount: keptAmount(each) },
    })),
  }
})

export const intoContract = act('contract.bill_import', async (ctx, input): Promise<BillImported> => {
  const { bill } = await readBill(ctx, input)
  return write(ctx, async ctx => {
    const of = await get(ctx, contract, asId('contract', String(input.contract)))
    const mapping = await learnMapping(ctx, input.mapping)
    const system = asSystem(ctx)
    const there = await all(system, billItem, { filter: { contract: { eq: of.id } }, fields: ['code'] })
    const taken = new Set(there.map(({ code }) => code))
    let renamed = 0
    const free = (wanted: string) => {
      let code = wanted
      for (let again = 2; taken.has(code); again++) code = `${wanted.slice(0, 34)}-${again}`
      if (code !== wanted) renamed++
      taken.add(code)
      return code
    }
    const items = priced(bill.items)
    const rate = typeof input.tax_rate === 'string' ? { tax_rate: input.tax_rate } : {}
    await createAll(
      ctx,
      billItem.name,
      items.map((each, at) => ({
        ...{ contract: of.id, group: each.group, name: (each.name || each.code || each.at).slice(0, 200), ...rate },
        code: free(each.code.slice(0, 40) || `${each.group}-${at + 1}`),
        ...{ feature: each.feature === '' ? null : each.feature.slice(0, 4000), unit: each.unit.slice(0, 20) || '—' },
        ...{ qty: keptQty(each), price: keptPrice(each), item: itemFor(mapping, keyOf(each)) },
        section: each.section.join(' / ').slice(0, 300) || null,
      })),
    )
    const differences = billDifferences(of, await billSums(ctx, of)).length
    return { created: items.length, amount: amountOf(items), renamed, differences }
  })
})

/** 目标成本: a line for each cost item, its amount what the bill says of it. Tax is no cost where it is deducted. */
export const intoBudget = act('contract.bill_budget', async (ctx, input) => {
  const { bill, name } = await readBill(ctx, input)
  return write(ctx, async ctx => {
    const mapping = await learnMapping(ctx, input.mapping)
    const sums = new Map<Id<'cost_item'>, { amount: Decimal; items: number }>()
    let unmapped = 0
    for (const each of priced(bill.items)) {
      const item = itemFor(mapping, keyOf(each))
      if (item === null) {
        unmapped++
        continue
      }
      const { amount, items } = sums.get(item) ?? { amount: '0.00', items: 0 }
      sums.set(item, { amount: add(amount, keptAmount(each)), items: items + 1 })
    }
    if (unmapped > 0) throw refuse('contract.unmapped', { count: unmapped })
    const made = await create(ctx, budget, {
      name: typeof input.name === 'string' && input.name !== '' ? input.name : name.slice(0, 100),
      project: asId('project', String(input.project)),
      reason: name.slice(0, 2000),
      lines: [...sums].map(([item, { amount, items }]) => ({
        ...{ item, qty: '1' as const, price: amount },
        note: ctx.lang === 'zh' ? `清单 ${items} 项` : `${items} bill items`,
      })),
    })
    return { id: made.id, amount: made.total_amount, lines: sums.size }
  })
})

/** 税金 follows from the rate of each line and is no item. */
const priced = (items: readonly BillFileItem[]) => items.filter(each => each.group !== 'tax')
