// Who answers for which task: what is still to be done is shared out among the project's people, one after the other.
import type { Plan, PlanEdit } from '@yingzao/engines/schedule'
import type { Client } from '@yingzao/platform/client'

/** As a planner does it: opens the plan and fills the column, in one edit. */
export async function shareOut(manager: Client, plan: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  const opened = await manager.entity('plan').read<{ plan: Plan; revision: number }>(plan, 'load')
  const open = opened.plan.tasks.filter(task => task.kind !== 'summary' && (task.percentComplete ?? 0) < 100)
  const edits = open.flatMap((task, index): PlanEdit[] => {
    const responsible = people[index % people.length]
    return responsible === undefined ? [] : [{ kind: 'task.set', id: task.id, patch: { responsible } }]
  })
  await manager.entity('plan').run(plan, 'edit', { base: opened.revision, edits, summary: '' })
}
