// A link between plans is made by whoever may edit the successor's plan and sees the predecessor; it closes no circle.
import { crossCycle } from '@yingzao/engines/foresight'
import { asSystem, type Ctx, get, hooks, list, refuse } from '@yingzao/kernel/server'
import { crossLink } from './cross-link.entity.ts'
import { connectedTo, crossLinkOf } from './cross-link.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { task } from './task.entity.ts'

export default hooks(crossLink, {
  async beforeSave(ctx, link, before) {
    // Its predecessor was removed from its plan: the link stays, as a question to the successor's planner.
    if (link.from_task === null && before !== null && ctx.principal.kind === 'system') return undefined
    if (link.from_task === null) throw refuse('schedule.cross_link_needs', {})
    const system = asSystem(ctx)
    const to = await get(ctx, task, link.to_task)
    const from = await get(ctx, task, link.from_task)
    const own = await get(ctx, plan, to.plan)
    const other = await get(system, plan, from.plan)
    if (ctx.principal.kind !== 'system' && !own._can.includes('edit'))
      throw refuse('schedule.cross_link_not_yours', { plan: own.name })
    if (to.plan === from.plan) throw refuse('schedule.cross_link_same_plan', {})
    await refuseCircle(system, { ...link, plan: to.plan, from_plan: from.plan })
    return {
      ...{ plan: to.plan, project: own.project, company: own.company },
      ...{ from_plan: from.plan, from_project: other.project, from_company: other.company },
    }
  },
})

type Kept = Parameters<typeof crossLinkOf>[0]

/** Through every plan that hangs together with these two. */
async function refuseCircle(ctx: Ctx, link: Kept): Promise<void> {
  const { plans, links } = await connectedTo(
    ctx,
    [link.plan, link.from_plan].flatMap(id => id ?? []),
  )
  const read = await Promise.all(plans.map(async id => ({ id, plan: await readPlan(ctx, await get(ctx, plan, id)) })))
  const others = links.filter(each => each.id !== link.id)
  const circle = crossCycle(
    read,
    [...others, link].flatMap(each => crossLinkOf(each) ?? []),
  )
  if (!circle) return
  const ids = [...new Set(circle.map(each => each.task))]
  const named = await list(ctx, task, { filter: { id: { in: ids } }, fields: ['name'], limit: 500 })
  const nameOf = new Map(named.items.map(each => [String(each.id), each.name]))
  throw refuse('schedule.cycle', { tasks: circle.map(each => nameOf.get(each.task) ?? '').join(' → ') })
}
