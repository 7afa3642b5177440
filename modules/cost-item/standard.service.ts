// 标准科目: puts what is missing of the shipped trees into the register; what is there stays as it is.
import { act, all, asSystem, type Ctx, create } from '@yingzao/kernel/server'
import { costItem, expenseItem } from './cost-item.entity.ts'
import { standardCostItems, standardExpenses } from './standard.ts'

const byCode = async (ctx: Ctx, entity: typeof costItem | typeof expenseItem) =>
  new Map((await all(asSystem(ctx), entity.name, { fields: ['code'] })).map(({ id, code }) => [String(code), id]))

export const preview = act('cost_item.standard', async ctx => {
  const [costs, expenses] = [await byCode(ctx, costItem), await byCode(ctx, expenseItem)]
  return {
    cost_items: standardCostItems.map(each => ({ ...each, there: costs.has(each.code) })),
    expense_items: standardExpenses.map(each => ({ ...each, there: expenses.has(each.code) })),
  }
})

/** In the caller's name: whoever may not create items may not do this. */
export const load = act('cost_item.load_standard', async ctx => {
  const costs = await byCode(ctx, costItem)
  let made = 0
  for (const { code, kind, unit, contingency = false, ...name } of standardCostItems) {
    if (costs.has(code)) continue
    const input = { code, name: name[ctx.lang], contingency, ...(kind ? { kind } : {}), ...(unit ? { unit } : {}) }
    costs.set(code, (await create(ctx, costItem, input)).id)
    made++
  }
  const expenses = await byCode(ctx, expenseItem)
  for (const { code, cost, ...name } of standardExpenses) {
    if (expenses.has(code)) continue
    const cost_item = cost === undefined ? undefined : costs.get(cost)
    await create(ctx, expenseItem.name, { code, name: name[ctx.lang], ...(cost_item ? { cost_item } : {}) })
    made++
  }
  return { made }
})
