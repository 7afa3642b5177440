// The code says where an expense item stands.
import { asSystem, hooks, list } from '@yingzao/kernel/server'
import { codeAbove, keepTree, nothingAbove } from './code-path.ts'
import { expenseItem } from './cost-item.entity.ts'

export default hooks(expenseItem, {
  async beforeSave(ctx, item) {
    const code = codeAbove(item.code)
    if (code === null) return { parent: null }
    const [above] = (await list(asSystem(ctx), expenseItem, { filter: { code: { eq: code } }, limit: 1 })).items
    if (!above || above.id === item.id) throw nothingAbove(code)
    return { parent: above.id }
  },
  async afterSave(ctx, after, before) {
    await keepTree(ctx, 'expense_item', after, before)
  },
})
