// The engine behind the Gantt: keeps a plan compiled, follows it by small changes, previews edits. Runs in the worker.
import { type PlanChange, type PlanEngine, prepare } from '@yingzao/engines/schedule'
import { applyEdits, type EditError, type PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan, Task } from '@yingzao/engines/schedule/plan'
import type { ScheduleError, TaskDates } from '@yingzao/engines/schedule/result'
import { CRITICAL, type DateTable, emptyDates, LONGEST_PATH } from './date-table.ts'
import { type PlanDelta, withDelta } from './plan-delta.ts'

export type ComputeError = ScheduleError | EditError

export type Computed = { ok: true; dates: DateTable } | { ok: false; error: ComputeError }

export interface ComputeEngine {
  /** Follows the plan shown; answers with all its dates. */
  follow: (delta: PlanDelta) => Computed
  /** The dates after edits of the plan followed, without keeping them. */
  preview: (edits: readonly PlanEdit[]) => Computed
  /** One task's dates with their reasons. */
  explain: (task: string) => TaskDates | undefined
}

export function createComputeEngine(): ComputeEngine {
  let plan: Plan | undefined
  let engine: PlanEngine | undefined
  /** The plan the compiled engine stands at: the one followed, or a preview of it. */
  let standing: Plan | undefined
  let dates = new Map<string, TaskDates>()
  let finish = 0

  function bring(next: Plan): ScheduleError | undefined {
    if (standing === next) return undefined
    if (!engine || !standing) {
      const prepared = prepare(next)
      if (!prepared.ok) return prepared.error
      const outcome = prepared.engine.compute()
      if (!outcome.ok) return outcome.error
      engine = prepared.engine
      dates = new Map(outcome.schedule.tasks.map(task => [task.id, task]))
      finish = outcome.schedule.finish
    } else {
      const outcome = engine.edit(changesBetween(standing, next))
      if (!outcome.ok) return outcome.error
      for (const task of outcome.changed) dates.set(task.id, task)
      finish = outcome.finish
    }
    standing = next
    return undefined
  }

  function tableOf(next: Plan): DateTable {
    const table = emptyDates(next.tasks.length)
    let start = Number.POSITIVE_INFINITY
    next.tasks.forEach((task, i) => {
      const row = dates.get(task.id)
      if (!row) return
      table.start[i] = row.start
      table.finish[i] = row.finish
      table.earlyStart[i] = row.earlyStart
      table.earlyFinish[i] = row.earlyFinish
      table.lateStart[i] = row.lateStart
      table.lateFinish[i] = row.lateFinish
      table.totalFloat[i] = row.totalFloat
      table.freeFloat[i] = row.freeFloat
      table.duration[i] = row.duration
      table.flags[i] = (row.critical ? CRITICAL : 0) | (row.longestPath ? LONGEST_PATH : 0)
      if (row.start < start) start = row.start
    })
    table.projectStart = Number.isFinite(start) ? start : next.options.start
    table.projectFinish = next.tasks.length > 0 ? finish : next.options.start
    return table
  }

  function compute(next: Plan): Computed {
    const error = bring(next)
    return error ? { ok: false, error } : { ok: true, dates: tableOf(next) }
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
      return applied.ok ? compute(applied.plan) : { ok: false, error: applied.error }
    },
    explain(task) {
      return plan && !bring(plan) ? dates.get(task) : undefined
    },
  }
}

/** The engine recomputes little when only fields of tasks changed; anything else is given as a whole plan. */
function changesBetween(before: Plan, after: Plan): PlanChange[] {
  const sameShape =
    before.links === after.links &&
    before.calendars === after.calendars &&
    before.resources === after.resources &&
    before.assignments === after.assignments &&
    before.options === after.options &&
    before.mode === after.mode &&
    before.tasks.length === after.tasks.length &&
    before.tasks.every((task, i) => task.id === after.tasks[i]?.id)
  if (!sameShape) return [{ kind: 'plan', plan: after }]
  const changes: PlanChange[] = []
  before.tasks.forEach((task, i) => {
    const next = after.tasks[i]
    if (next && next !== task) changes.push({ kind: 'task', id: task.id, set: fieldsThatDiffer(task, next) })
  })
  return changes
}

function fieldsThatDiffer(before: Task, after: Task): Partial<Omit<Task, 'id'>> {
  const set: Partial<Omit<Task, 'id'>> = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value: unknown = Reflect.get(after, field)
    if (Reflect.get(before, field) !== value) Reflect.set(set, field, value)
  }
  return set
}
