// 资源负荷: how much of each person, crew and machine one plan asks for, by weeks or months.
import { periodEdges, resourceLoads } from '@yingzao/engines/levelling'
import { all, handle } from '@yingzao/kernel/server'
import type { PlanLoads } from './load-shape.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'
import { planResource } from './task.entity.ts'

export default handle(plan, {
  async loads(ctx, record, input): Promise<PlanLoads> {
    const value = await readPlan(ctx, record)
    const { start, finish, tasks } = reckon(value)
    const edges = periodEdges(start, finish, input.unit === 'month' ? 'month' : 'week')
    const rows = await all(ctx, planResource, { filter: { plan: { eq: record.id } }, fields: ['user'] })
    const people = new Map(rows.map(row => [String(row.id), row.user]))
    const names = new Map(value.resources.map(each => [each.id, each.name]))
    const resources = resourceLoads(value, tasks, edges)
      .filter(load => load.work > 0)
      .map(({ resource, periods }) => ({
        id: resource,
        name: names.get(resource) ?? resource,
        user: people.get(resource) ?? null,
        work: periods.map(each => Math.round(each.work)),
        available: periods.map(each => Math.round(each.available)),
        over: periods.flatMap((each, at) => (each.overloaded ? [at] : [])),
      }))
    return { edges, perDay: value.options.minutesPerDay, resources }
  },
})
