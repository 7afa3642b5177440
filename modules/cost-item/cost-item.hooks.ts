// The code says where a cost item stands; what is below another is of its kind.
import { asSystem, hooks, list } from '@yingzao/kernel/server'
import { codeAbove, keepTree, nothingAbove } from './code-path.ts'
import { costItem } from './cost-item.entity.ts'

export default hooks(costItem, {
  async beforeSave(ctx, item) {
    const code = codeAbove(item.code)
    if (code === null) return { parent: null, kind: item.kind ?? 'other' }
    const [above] = (await list(asSystem(ctx), costItem, { filter: { code: { eq: code } }, limit: 1 })).items
    if (!above || above.id === item.id) throw nothingAbove(code)
    return { parent: above.id, kind: above.kind }
  },
  async afterSave(ctx, after, before) {
    await keepTree(ctx, 'cost_item', after, before)
  },
})
