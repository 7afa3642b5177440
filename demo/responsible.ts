// Who answers for which task: each part of the work (a summary's tasks) falls to one of the project's people.
import type { Plan, PlanEdit } from '@yingzao/engines/schedule'
import type { Client } from '@yingzao/platform/client'

/** As a planner does it: opens the plan and fills the column, in one edit. */
export async function shareOut(manager: Client, plan: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  const opened = await manager.entity('plan').read<{ plan: Plan; revision: number }>(plan, 'load')
  const parts = [...new Set(opened.plan.tasks.map(task => task.parent))]
  const edits = opened.plan.tasks.flatMap((task): PlanEdit[] => {
    const responsible = people[parts.indexOf(task.parent) % people.length]
    return task.kind === 'summary' || responsible === undefined
      ? []
      : [{ kind: 'task.set', id: task.id, patch: { responsible } }]
  })
  await manager.entity('plan').run(plan, 'edit', { base: opened.revision, edits, summary: '' })
}
