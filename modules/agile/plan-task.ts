// An epic or a sprint stands for a task of the project's current plan: which tasks will do.
import { asSystem, type Ctx, get, list, refuse } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { sprint } from './sprint.entity.ts'
import { workItem } from './work-item.entity.ts'

interface Source {
  readonly id: string
  readonly project: string
  readonly plan_task: string | null
}

/** The current plan as the asker sees it; refused when there is none. */
export async function currentPlan(ctx: Ctx, project: string) {
  const filter = { project: { eq: project }, current: { eq: true } }
  const found = (await list(ctx, plan, { filter, limit: 1 })).items[0]
  if (!found) throw refuse('agile.no_plan', {})
  return found
}

/** A leaf of the current plan that stands for nothing else: its progress is one figure, from one source. */
export async function linkable(ctx: Ctx, { id, project, plan_task }: Source): Promise<void> {
  if (plan_task === null) return
  const system = asSystem(ctx)
  const found = await get(system, task, plan_task)
  const current = await currentPlan(system, project)
  if (found.plan !== current.id) throw refuse('agile.not_in_plan', { task: found.name })
  if (found.kind === 'summary' || found.kind === 'wbs_summary')
    throw refuse('agile.task_is_summary', { task: found.name })
  const filter = { plan_task: { eq: plan_task }, id: { ne: id } }
  const epic = (await list(system, workItem, { filter, limit: 1 })).items[0]
  const other = epic?.title ?? (await list(system, sprint, { filter, limit: 1 })).items[0]?.name
  if (other !== undefined) throw refuse('agile.task_taken', { task: found.name, other })
}
