// 导入清单: what a file holds, what does not add up in it, and — when somebody confirms — the bill of a contract or a target cost.
import { add, type Decimal, isZero, sum } from '@yingzao/engines/money'
import type { BillFileItem } from '@yingzao/formats/bill-file'
import { asId, type Id } from '@yingzao/kernel/entity'
import {
  act,
  all,
  asSystem,
  type Ctx,
  create,
  get,
  later,
  list,
  patch,
  refuse,
  run,
  write,
} from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { budget } from '../budget/budget.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { changesOf } from './bill-changes.ts'
import {
  amountOf,
  chosen,
  itemFor,
  keptAmount,
  keptMapping,
  keptPrice,
  keptQty,
  keyOf,
  learnMapping,
  prefixOf,
  priced,
  readBill,
} from './bill-file.ts'
import { keepBill } from './bill-import.ts'
import type { BillBudgeted, BillChanges, BillImported, BillPreview } from './bill-import-shape.ts'
import { contract } from './contract.entity.ts'
import { variation } from './variation.entity.ts'

const shownFindings = 500
const shownItems = 50
/** Items that are written while the asker waits. */
const atOnce = 2000
/** Of one variation. */
const mostChanges = 500
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

/** A small bill at once, a large one by a job that tells how far it is and can be stopped. */
export const intoContract = act('contract.bill_import', async (ctx, input): Promise<BillImported | { job: string }> => {
  const { bill } = await readBill(ctx, input)
  if (bill.items.length <= atOnce) return keepBill(ctx, bill, input)
  await get(ctx, contract, asId('contract', String(input.contract)))
  return { job: await later(ctx, 'contract.bill_import', { ...input, first: newId() }) }
})

/** What a variation from the file would change, before it is there. For who may see the money of the contract. */
export const changes = act('contract.bill_changes', async (ctx, input): Promise<BillChanges> => {
  const of = await get(ctx, contract, asId('contract', String(input.contract)))
  if (of.gross_amount === undefined) throw refuse('access.denied', { function: 'read' })
  const { bill } = await readBill(ctx, input)
  return (await changesOf(ctx, of, bill, input, chosen(await keptMapping(ctx), input.mapping))).summary
})

/** 变更签证: a draft with a line for each item that changes, or is new. */
export const intoVariation = act('contract.bill_variation', async (ctx, input) => {
  const { bill, name } = await readBill(ctx, input)
  return write(ctx, async ctx => {
    const of = await get(ctx, contract, asId('contract', String(input.contract)))
    const mapping = await learnMapping(ctx, input.mapping)
    const { lines, summary } = await changesOf(ctx, of, bill, input, mapping)
    if (lines.length === 0) throw refuse('contract.changes_nothing')
    if (lines.length > mostChanges) throw refuse('contract.too_many_changes', { limit: mostChanges })
    if (summary.unmapped > 0) throw refuse('contract.unmapped', { count: summary.unmapped })
    const made = await create(ctx, variation, {
      name: typeof input.name === 'string' && input.name !== '' ? input.name : name.slice(0, 200),
      ...{ contract: of.id, lines },
    })
    return { id: made.id, gross_amount: made.gross_amount, ...summary }
  })
})

/**
 * 目标成本: a line for each cost item, its amount what the bill says of it. Tax is no cost where it is deducted. Where the project
 * has a target already it is an adjustment of it: what the bill does not name stays.
 */
export const intoBudget = act('contract.bill_budget', async (ctx, input): Promise<BillBudgeted> => {
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
    const lines = [...sums].map(([item, { amount, items }]) => ({
      ...{ item, qty: '1' as const, price: amount },
      note: ctx.lang === 'zh' ? `清单 ${items} 项` : `${items} bill items`,
    }))
    const project = asId('project', String(input.project))
    const [stands] = (
      await list(ctx, budget, { filter: { project: { eq: project }, state: { eq: 'effective' } }, limit: 1 })
    ).items
    const reason = name.slice(0, 2000)
    if (stands) return adjusted(ctx, stands.id, lines, reason)
    const made = await create(ctx, budget, {
      name: typeof input.name === 'string' && input.name !== '' ? input.name : name.slice(0, 100),
      ...{ project, reason, lines },
    })
    return { id: made.id, amount: made.total_amount ?? '0.00', lines: sums.size, kept: null }
  })
})

interface TargetLine {
  readonly item: Id<'cost_item'>
  readonly qty: Decimal
  readonly price: Decimal
  readonly note: string
}

/** 调整: the next version, with the amounts of the bill for the cost items that it names. */
async function adjusted(
  ctx: Ctx,
  stands: Id<'budget'>,
  lines: readonly TargetLine[],
  reason: string,
): Promise<BillBudgeted> {
  const done = await run(ctx, budget, stands, 'adjust')
  const made = typeof done === 'object' && done !== null && 'id' in done ? String(done.id) : ''
  const next = await get(ctx, budget, asId('budget', made))
  const there = new Map(next.lines.map(line => [line.item, line.id]))
  const named = new Set(lines.map(line => line.item))
  const kept = next.lines.filter(line => !named.has(line.item) && !isZero(line.amount ?? '0'))
  const { total_amount } = await patch(ctx, budget, next.id, undefined, {
    reason,
    lines: {
      upsert: lines.map(line => {
        const id = there.get(line.item)
        return id === undefined ? line : { ...line, id, unit: null }
      }),
    },
  })
  return {
    ...{ id: next.id, amount: total_amount ?? '0.00', lines: lines.length },
    kept: { lines: kept.length, amount: add('0.00', sum(kept.map(line => line.amount ?? '0'))) },
  }
}
