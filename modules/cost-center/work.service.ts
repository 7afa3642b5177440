// Cost joined with the current plan: earned value on the target cost, and dynamic cost by WBS.
import { performance } from '@yingzao/engines/earned-value'
import { formatMinute } from '@yingzao/engines/schedule'
import { asId, isPlainDate } from '@yingzao/kernel/entity'
import { act, type Ctx, get, metrics } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { type CurrentStanding, currentStanding } from '../schedule/public.ts'
import type { Earned, ProjectWork } from './shape.ts'
import { projectCost } from './standing.service.ts'
import { type TaskFacts, type WbsTask, wbsRows } from './wbs.ts'

export default act('cost_center.work', async (ctx, input): Promise<ProjectWork> => {
  const id = asId('project', String(input.project))
  await get(ctx, project, id)
  const { total } = await projectCost(ctx, id, {})
  const current = await currentStanding(ctx, id)
  const wbs = wbsRows(tasksOf(current), await factsOf(ctx, id), total)
  const { planned: pv, earned: ev } = wbs.total
  return {
    plan: current && { id: current.record.id, name: current.record.name },
    earned: earnedOf(current, { bac: total.target, pv, ev, ac: total.incurred }),
    ...wbs,
  }
})

function earnedOf(current: CurrentStanding | null, amounts: Omit<Earned, 'on' | 'performance'>): Earned | null {
  if (!current?.measured || !current.standing) return null
  const on = formatMinute(current.standing.statusDate).slice(0, 10)
  return isPlainDate(on) ? { on, ...amounts, performance: performance(amounts) } : null
}

function tasksOf(current: CurrentStanding | null): WbsTask[] {
  if (!current) return []
  const standing = new Map(current.standing?.tasks.map(each => [each.id, each]))
  return current.plan.tasks.flatMap(({ id, parent, code, name, inactive, external }) => {
    const at = standing.get(id)
    if (inactive || external) return []
    const { budget, pv, ev } = at ?? ({ budget: '0', pv: '0', ev: '0' } as const)
    return [{ id, parent: parent ?? null, code: code ?? null, name, budget, pv, ev }]
  })
}

async function factsOf(ctx: Ctx, of: string): Promise<TaskFacts> {
  const { rows } = await metrics(ctx, ['cost.committed', 'cost.direct', 'cost.incurred'], {
    where: { project: of },
    by: ['task'],
  })
  return new Map(
    rows.map(({ key: [task], values }) => [
      task ?? '',
      {
        committed: values['cost.committed'] ?? '0.00',
        direct: values['cost.direct'] ?? '0.00',
        incurred: values['cost.incurred'] ?? '0.00',
      },
    ]),
  )
}
