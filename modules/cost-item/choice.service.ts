// 项目选用科目: the leaves of chosen branches become the project's; what is taken off again must not be in use.
import { asId, isId } from '@yingzao/kernel/entity'
import { act, all, asSystem, create, refuse, remove } from '@yingzao/kernel/server'
import { costItem, projectCostItem } from './cost-item.entity.ts'

/** `items`: ids of all leaves the project reckons with from now on. In the caller's name. */
export default act('cost_item.choose', async (ctx, input) => {
  const project = asId('project', String(input.project))
  if (!Array.isArray(input.items) || !input.items.every(isId)) throw refuse('cost_item.choice')
  const wanted = new Set<string>(input.items)
  const leaves = new Map(
    (await all(asSystem(ctx), costItem, { filter: { leaf: { eq: true } }, fields: ['code'] })).map(({ id }) => [
      String(id),
      id,
    ]),
  )
  if ([...wanted].some(id => !leaves.has(id))) throw refuse('cost_item.choice')
  const there = await all(ctx, projectCostItem, { filter: { project: { eq: project } }, fields: ['cost_item'] })
  const known = new Set<string>(there.map(({ cost_item }) => cost_item))
  let [added, removed] = [0, 0]
  for (const row of there) {
    if (wanted.has(row.cost_item)) continue
    await remove(ctx, projectCostItem, row.id)
    removed++
  }
  for (const id of wanted) {
    const cost_item = leaves.get(id)
    if (known.has(id) || cost_item === undefined) continue
    await create(ctx, projectCostItem, { project, cost_item })
    added++
  }
  return { added, removed }
})
