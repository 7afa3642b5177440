// The engine behind the Gantt: keeps a plan compiled, follows it by small changes, previews edits. Runs in the worker.
import { type PlanEngine, prepare } from '@yingzao/engines/schedule'
import type { DateTable } from '@yingzao/engines/schedule/date-table'
import { applyEdits, type EditError, type PlanEdit } from '@yingzao/engines/schedule/edit'
import { type FloatPathOutcome, floatPaths } from '@yingzao/engines/schedule/float-path'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { ScheduleError, TaskDates } from '@yingzao/engines/schedule/result'
import { type PlanDelta, withDelta } from './plan-delta.ts'

export type ComputeError = ScheduleError | EditError

export type Computed = { ok: true; dates: DateTable } | { ok: false; error: ComputeError }

export interface ComputeEngine {
  /** Follows the plan shown; answers with all its dates. */
  follow: (delta: PlanDelta) => Computed
  /** The dates after edits of the plan followed, without keeping them. */
  preview: (edits: readonly PlanEdit[]) => Computed
  /** The plan of the last preview becomes the one followed. */
  adopt: () => void
  /** One task's dates with their reasons. */
  explain: (task: string) => TaskDates | undefined
  /** The chains of work that lead to a task; without one, to the task that finishes last. */
  paths: (target: string | undefined, most: number) => FloatPathOutcome | undefined
}

export function createComputeEngine(): ComputeEngine {
  let plan: Plan | undefined
  let previewed: Plan | undefined
  /** Stands at the plan followed, or at a preview of it. */
  let engine: PlanEngine | undefined

  function bring(next: Plan): ScheduleError | undefined {
    if (engine) {
      const outcome = engine.plan() === next ? undefined : engine.follow(next)
      return outcome?.ok === false ? outcome.error : undefined
    }
    const prepared = prepare(next)
    if (!prepared.ok) return prepared.error
    engine = prepared.engine
    return undefined
  }

  function compute(next: Plan): Computed {
    const error = bring(next)
    if (error) return { ok: false, error }
    if (!engine) throw new Error('The compute worker computed without an engine')
    return { ok: true, dates: engine.dates() }
  }

  return {
    follow(delta) {
      plan = withDelta(plan, delta)
      if (!plan) throw new Error('The compute worker was given a change before a plan')
      return compute(plan)
    },
    preview(edits) {
      if (!plan) throw new Error('The compute worker was given a preview before a plan')
      const applied = applyEdits(plan, edits)
      previewed = applied.ok ? applied.plan : undefined
      return applied.ok ? compute(applied.plan) : { ok: false, error: applied.error }
    },
    adopt() {
      if (!previewed) throw new Error('The compute worker was told to keep a preview that it has not')
      plan = previewed
    },
    paths: (target, most) => plan && floatPaths(plan, { ...(target !== undefined && { target }), most }),
    explain(task) {
      return plan && !bring(plan) ? engine?.task(plan.tasks.findIndex(item => item.id === task)) : undefined
    },
  }
}
