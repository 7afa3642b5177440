// Baselines saved in an XER file are whole projects: their dates become baselines of the project they belong to.
import type { Plan, TaskBaseline } from '@yingzao/engines/schedule/plan'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'

interface ProjectPlan {
  project: ReadonlyMap<string, string>
  plan: Plan
}

/** Folds each project whose `orig_proj_id` names another of the file; the one in use as baseline gets number 0. */
export function foldBaselines(plans: readonly ProjectPlan[], losses: LossLog): Plan[] {
  const byId = new Map(plans.map(p => [p.project.get('proj_id') ?? '', p]))
  const saved = new Map<string, ProjectPlan[]>()
  const current: ProjectPlan[] = []
  for (const item of plans) {
    const origin = item.project.get('orig_proj_id') ?? ''
    const own = item.project.get('proj_id') ?? ''
    // Only a project marked as no project of its own (project_flag N) is a baseline; a copy keeps orig_proj_id too.
    if (origin !== own && byId.has(origin) && item.project.get('project_flag') === 'N') pushTo(saved, origin, item)
    else current.push(item)
  }
  return current.map(({ project, plan }) => {
    const list = saved.get(project.get('proj_id') ?? '')
    if (!list) return plan
    const chosen = project.get('sum_base_proj_id')
    const ordered = [...list].sort(
      (a, b) => Number(b.project.get('proj_id') === chosen) - Number(a.project.get('proj_id') === chosen),
    )
    const byCode = new Map<string, TaskBaseline[]>()
    for (const [number, baseline] of ordered.entries()) {
      if (number > 10) {
        losses.add('structure', 'PROJECT (baseline)', baseline.plan.name)
        continue
      }
      for (const task of baseline.plan.tasks) {
        if (task.kind === 'summary' || task.code === undefined) continue
        const { start, finish } = task.stored ?? {}
        const entry: TaskBaseline = {
          number,
          ...(start !== undefined && { start }),
          ...(finish !== undefined && { finish }),
          duration: task.duration,
          ...(task.work !== undefined && { work: task.work }),
        }
        pushTo(byCode, task.code, entry)
      }
    }
    return {
      ...plan,
      tasks: plan.tasks.map(task => {
        const baselines = task.kind === 'summary' ? undefined : byCode.get(task.code ?? '')
        return baselines ? { ...task, baselines } : task
      }),
    }
  })
}
