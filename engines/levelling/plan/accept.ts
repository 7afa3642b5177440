// A planner accepts levelling whole or in part: the edits that do it, and what follows from them before anything is written.
import type { PlanEdit } from '../../schedule/edit.ts'
import { compute } from '../../schedule/index.ts'
import type { Plan } from '../../schedule/plan.ts'
import type { Schedule, ScheduleError } from '../../schedule/result.ts'
import type { LevelledPlan } from './level-plan.ts'
import { type Overload, overloads } from './overload.ts'
import { delayUntil, openPasses } from './passes.ts'

export interface AcceptedLevelling {
  /** One edit a task whose levelling delay changes, and one an assignment that somebody takes. */
  readonly edits: readonly PlanEdit[]
  readonly plan: Plan
  readonly schedule: Schedule
  readonly overloads: readonly Overload[]
}
export type AcceptOutcome = { ok: true; accepted: AcceptedLevelling } | { ok: false; error: ScheduleError }

/** May this task's move be accepted by itself? Tasks that only follow move with those they follow. */
export const isChoice = (plan: Plan, { task, delay, assigned }: LevelledPlan['differences'][number]): boolean =>
  assigned !== undefined || (plan.tasks.find(each => each.id === task)?.levelingDelay ?? 0) !== delay

/**
 * What accepting the moves of these tasks makes of the plan that was levelled. An accepted task starts when it was proposed
 * to, or as soon after as its predecessors allow, also where a predecessor's move was not accepted; the others keep the
 * delay they have. Accepting all gives the levelled dates.
 */
export function acceptLevelling(
  plan: Plan,
  { differences, delays }: Pick<LevelledPlan, 'differences' | 'delays'>,
  tasks: ReadonlySet<string>,
): AcceptOutcome {
  const people = new Map(
    differences.flatMap(({ task, assigned = [] }) =>
      tasks.has(task) ? assigned.map(each => [each.assignment, each.resource] as const) : [],
    ),
  )
  const named: Plan = {
    ...plan,
    assignments: plan.assignments.map(each => {
      const resource = people.get(each.id)
      return resource === undefined ? each : { ...each, resource }
    }),
  }
  const opened = openPasses(named, plan.mode)
  if (!opened.ok) return opened
  const { passes } = opened
  for (const node of passes.nodes) passes.visit(node)
  const target = new Map<number, number>()
  const differing = new Map(differences.map(each => [each.task, each]))
  if (tasks.size > 0)
    plan.tasks.forEach(({ id, levelingDelay = 0 }, i) => {
      const difference = differing.get(id)
      if ((delays.get(id) ?? 0) === levelingDelay) return
      if (!difference) {
        // It stays, but for another reason than before: with another delay.
        target.set(i, passes.es[i]!)
      } else if (tasks.has(id)) target.set(i, difference.startAfter)
    })
  for (const node of passes.nodes) {
    const start = target.get(node)
    if (start !== undefined) passes.inputs.delay[node] = 0
    passes.visit(node)
    if (start !== undefined) delayUntil(passes, node, start)
  }
  const edits: PlanEdit[] = [...people].map(([id, resource]) => ({
    kind: 'assignment.set',
    id,
    patch: { resource },
  }))
  const next: Plan = {
    ...named,
    tasks: plan.tasks.map((task, i) => {
      const delay = target.has(i) ? passes.inputs.delay[i]! : (task.levelingDelay ?? 0)
      if (delay === (task.levelingDelay ?? 0)) return task
      edits.push({ kind: 'task.set', id: task.id, patch: { levelingDelay: delay > 0 ? delay : null } })
      const { levelingDelay: _, ...rest } = task
      return delay > 0 ? { ...rest, levelingDelay: delay } : rest
    }),
  }
  const outcome = compute(next)
  if (!outcome.ok) return outcome
  const { schedule } = outcome
  return { ok: true, accepted: { edits, plan: next, schedule, overloads: overloads(next, schedule.tasks) } }
}

/** The edits that take every levelling delay away. */
export const clearLevelling = (plan: Plan): PlanEdit[] =>
  plan.tasks.flatMap(({ id, levelingDelay }) =>
    levelingDelay === undefined || levelingDelay === 0
      ? []
      : [{ kind: 'task.set', id, patch: { levelingDelay: null } } satisfies PlanEdit],
  )
