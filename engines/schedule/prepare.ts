// A plan kept compiled for interactive use: an edit recomputes only what it reaches, whatever kind of edit it is.
import type { CompiledPlan, CompileOutcome } from './compiled.ts'
import type { DateTable } from './date-table.ts'
import { openMicrosoft } from './microsoft.ts'
import type { Mode, Plan } from './plan.ts'
import { openPrimavera } from './primavera.ts'
import type { ScheduleError, ScheduleOutcome, TaskDates } from './result.ts'

export type FollowOutcome =
  /** `changed` reads the rows that differ from before, when asked. */
  | { ok: true; changed: () => readonly TaskDates[] }
  /** The edited plan cannot be computed (a cycle, a date out of range …): the engine stays with the plan before. */
  | { ok: false; error: ScheduleError }

export interface PlanEngine {
  /** The plan the engine stands at. */
  plan(): Plan
  /**
   * Follows the plan to another version of itself. Records that stayed should be the same objects (as `applyEdits` leaves
   * them): what is the same object is not looked at again.
   */
  follow(next: Plan): FollowOutcome
  /** The whole schedule of the plan as it stands. */
  schedule(): ScheduleOutcome
  /** Its dates as columns. */
  dates(): DateTable
  /** One task with its reasons, by its position in the plan. */
  task(position: number): TaskDates | undefined
}

export type PrepareOutcome = { ok: true; engine: PlanEngine } | { ok: false; error: ScheduleError }

export function openPlan(plan: Plan, mode: Mode): CompileOutcome {
  return mode === 'p6' ? openPrimavera(plan) : openMicrosoft(plan)
}

/** Compiles and computes a plan; `mode` overrides the plan's own. Errors: those of `compute`. */
export function prepare(initial: Plan, mode?: Mode): PrepareOutcome {
  const opened = run(initial, mode ?? initial.mode)
  if (!opened.ok) return opened
  let { compiled } = opened
  return {
    ok: true,
    engine: {
      plan: () => compiled.plan,
      schedule: () => compiled.read(),
      dates: () => compiled.dates(),
      task: position => (compiled.plan.tasks[position] ? compiled.readTask(position) : undefined),
      follow(next) {
        const before = compiled.plan
        // Another calendar or other rules leave nothing as it was.
        if (next.calendars !== before.calendars || (mode === undefined && next.mode !== before.mode)) {
          const anew = run(next, mode ?? next.mode)
          if (!anew.ok) return anew
          const fresh = anew.compiled
          compiled = fresh
          return { ok: true, changed: () => next.tasks.map((_, i) => fresh.readTask(i)) }
        }
        const followed = compiled.follow(next)
        if (!followed.ok) return followed
        const now = followed.compiled
        compiled = now
        return { ok: true, changed: () => followed.changed().map(i => now.readTask(i)) }
      },
    },
  }
}

function run(plan: Plan, mode: Mode): { ok: true; compiled: CompiledPlan } | { ok: false; error: ScheduleError } {
  const opened = openPlan(plan, mode)
  const error = opened.ok ? opened.compiled.run() : undefined
  return error ? { ok: false, error } : opened
}
