// Reports of one plan laid over it: the edits each means, what is odd about it, what changed since it was written, and what
// it does to the finish, alone and with the others. Pure.
import { applyEdits, dayOf, type Plan, type PlanEdit, prepare, type Task } from '@yingzao/engines/schedule'
import { type Doubt, doubtsOf } from './doubt.ts'
import { predecessorsIn } from './predecessors.ts'
import { editsOf, eveningOf, rescheduled, type Said, type Scheduled, settled, startOf } from './take.ts'

export interface Given {
  readonly report: string
  readonly task: string
  readonly said: Said
}
export interface Closing {
  /** The status date becomes the evening of this day. */
  readonly statusDay?: number | undefined
  /** And what nobody reported is moved behind it. */
  readonly reschedule?: boolean | undefined
}
export interface Effect {
  readonly report: string
  readonly doubts: readonly Doubt[]
  readonly edits: readonly PlanEdit[]
  /** Of the task, were this report alone taken. */
  readonly start: number
  readonly finish: number
  /** Working days of the plan's finish; later is positive. Calendar days. */
  readonly shift: number
}
export type Consequence =
  | {
      readonly ok: true
      readonly before: number
      readonly after: number
      readonly effects: readonly Effect[]
      readonly edits: readonly PlanEdit[]
      /** Tasks that nobody reported and that move behind the status date. */
      readonly moved: number
      readonly plan: Plan
    }
  /** The plan cannot be computed as it stands, or would not be any more. */
  | { readonly ok: false; readonly report?: string; readonly error: object }

/** Reports of tasks that are gone are left out. */
export function consequenceOf(plan: Plan, given: readonly Given[], closing: Closing): Consequence {
  const opened = prepare(plan)
  if (!opened.ok) return opened
  const { engine } = opened
  const first = engine.schedule()
  if (!first.ok) return first
  const { schedule } = first
  const dates = new Map(schedule.tasks.map(each => [each.id, each]))
  const tasks = new Map(plan.tasks.map((each, at) => [each.id, { task: each, at }]))
  const before = predecessorsIn(plan)
  const effects: Effect[] = []
  for (const { report, task: id, said } of given) {
    const found = tasks.get(id)
    const at = dates.get(id)
    if (!found || !at) continue
    const { task } = found
    const edits = editsOf(plan, task, at, said)
    const assumed = Math.floor(startOf(plan, task, at, settled(said)) / 1440)
    const doubts = doubtsOf(task, said, before(task), assumed)
    const one = applied(plan, edits)
    if (!one.ok) return { ok: false, report, error: one.error }
    const followed = engine.follow(one.plan)
    if (!followed.ok) return { ok: false, report, error: followed.error }
    const now = engine.task(found.at) ?? at
    const finish = finishOf(engine.schedule(), schedule.finish)
    engine.follow(plan)
    effects.push({
      report,
      doubts,
      edits,
      start: now.start,
      finish: now.finish,
      shift: dayOf(finish) - dayOf(schedule.finish),
    })
  }
  const together = applied(plan, [...effects.flatMap(each => each.edits), ...statusEdits(plan, closing)])
  if (!together.ok) return { ok: false, error: together.error }
  const reached = engine.follow(together.plan)
  if (!reached.ok) return { ok: false, error: reached.error }
  const rest = restEdits(together.plan, engine.schedule(), closing)
  const all = applied(together.plan, rest)
  if (!all.ok) return { ok: false, error: all.error }
  const last = engine.follow(all.plan)
  if (!last.ok) return { ok: false, error: last.error }
  return {
    ok: true,
    before: schedule.finish,
    after: finishOf(engine.schedule(), schedule.finish),
    effects,
    edits: [...effects.flatMap(each => each.edits), ...statusEdits(plan, closing), ...rest],
    moved: rest.length,
    plan: all.plan,
  }
}

const applied = (plan: Plan, edits: readonly PlanEdit[]) =>
  edits.length === 0 ? { ok: true as const, plan } : applyEdits(plan, edits)

type Outcome = { readonly ok: true; readonly schedule: { readonly finish: number } } | { readonly ok: false }
const finishOf = (outcome: Outcome, otherwise: number): number => (outcome.ok ? outcome.schedule.finish : otherwise)

function statusEdits(plan: Plan, { statusDay }: Closing): PlanEdit[] {
  if (statusDay === undefined) return []
  const statusDate = eveningOf(plan, statusDay)
  return plan.options.statusDate === statusDate ? [] : [{ kind: 'options.set', patch: { statusDate } }]
}

function restEdits(
  plan: Plan,
  outcome:
    | { readonly ok: true; readonly schedule: { readonly tasks: readonly (Scheduled & { id: string })[] } }
    | { readonly ok: false },
  { statusDay, reschedule }: Closing,
): PlanEdit[] {
  if (!reschedule || statusDay === undefined || !outcome.ok) return []
  return rescheduled(plan, new Map(outcome.schedule.tasks.map(each => [each.id, each])), eveningOf(plan, statusDay))
}

/** What of the task somebody has changed since the report was written. */
export interface Seen {
  readonly percentComplete?: number
  readonly actualStart?: number
  readonly actualFinish?: number
  readonly duration?: number
}
export const changedSince = (task: Task, seen: Seen): readonly (keyof Seen)[] =>
  (['percentComplete', 'actualStart', 'actualFinish', 'duration'] as const).filter(
    name =>
      (task[name] ?? (name === 'percentComplete' ? 0 : undefined)) !==
      (seen[name] ?? (name === 'percentComplete' ? 0 : undefined)),
  )
