// A chosen shortening as edits of the plan: shorter durations, the same work by more hands, and what it costs more.
import { add, type Decimal, isDecimal } from '../money/index.ts'
import type { TaskPatch } from '../schedule/edit.ts'
import type { Plan, PlanEdit, Task } from '../schedule/index.ts'
import type { Cut } from './plan-crash.ts'

/**
 * Work is not less for being done sooner: what is assigned keeps its work and takes more units. What a task costs more is added
 * to its fixed cost, so that the cost of the plan holds it.
 */
export function crashEdits(plan: Plan, cuts: readonly Pick<Cut, 'task' | 'minutes' | 'cost'>[]): PlanEdit[] {
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return cuts.flatMap(({ task: id, minutes, cost }): PlanEdit[] => {
    const task = tasks.get(id)
    if (!task || minutes <= 0) return []
    const duration = task.duration - minutes
    const hands = plan.assignments.flatMap((each): PlanEdit[] => {
      if (each.task !== id || each.work === undefined || each.work === 0 || duration <= 0) return []
      // Records keep four places.
      const units = Math.round(each.units * (task.duration / duration) * 10_000) / 10_000
      return [
        {
          kind: 'assignment.set',
          id: each.id,
          patch: { units, work: each.work, remainingWork: each.remainingWork ?? null },
        },
      ]
    })
    return [{ kind: 'task.set', id, patch: { ...shorter(task, duration), ...dearer(task, cost) } }, ...hands]
  })
}

/** What is done stays done. */
function shorter(task: Task, duration: number): TaskPatch {
  if (task.actualStart === undefined) return { duration, estimated: null }
  const done = Math.min(duration, task.actualDuration ?? (task.duration * (task.percentComplete ?? 0)) / 100)
  return {
    ...{ duration, estimated: null, actualDuration: done, remainingDuration: duration - done },
    percentComplete: duration === 0 ? 100 : Math.round((1000 * done) / duration) / 10,
  }
}

/** The cost of the task follows. */
function dearer(task: Task, cost: Decimal): TaskPatch {
  if (Number(cost) === 0) return {}
  return { fixedCost: add(task.fixedCost !== undefined && isDecimal(task.fixedCost) ? task.fixedCost : '0', cost) }
}
