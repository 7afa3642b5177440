// Computes a kept plan and projects what lists and reports show: dates of tasks, finish and lateness of the plan, health of
// the project. Projections have no history: they follow from records that have one.
import {
  compute,
  dayOf,
  formatDay,
  type Plan,
  parseDay,
  type Schedule,
  type ScheduleError,
} from '@yingzao/engines/schedule'
import type { PlainDate } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, refuse, writeProjected } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { costOf } from './compare.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { promisedFinish, promiseOfPlan } from './promise.ts'
import { task } from './task.entity.ts'

/** Computes or refuses with a message that says what to mend. */
export function reckon(value: Plan): Schedule {
  const outcome = compute(value)
  if (outcome.ok) return outcome.schedule
  throw refusalOf(value, outcome.error)
}

export function refusalOf(value: Plan, error: ScheduleError) {
  const nameOf = (id: string) => value.tasks.find(each => each.id === id)?.name ?? id
  if (error.code === 'schedule.cycle') return refuse('schedule.cycle', { tasks: error.tasks.map(nameOf).join(' → ') })
  return refuse('schedule.incomputable', { reason: JSON.stringify(error) })
}

const day = (minute: number): PlainDate => formatDay(dayOf(minute)) as PlainDate
const pct = (part: number, whole: number) => (whole > 0 ? (part / whole).toFixed(6) : '0')

/** Share of planned working time that is done: Σ duration × % over Σ duration of the leaves. */
export function progressOf(value: Plan): string {
  let done = 0
  let all = 0
  for (const each of value.tasks) {
    if (each.kind === 'summary' || each.inactive) continue
    all += each.duration
    done += (each.duration * (each.percentComplete ?? 0)) / 100
  }
  return pct(done, all)
}

export interface PlanFigures {
  readonly task_count: number
  readonly critical_count: number
  readonly finish_on: PlainDate
  readonly progress_pct: string
  readonly late_days: number | null
}

/** A plan as it was computed before an edit. */
export interface Computed {
  readonly plan: Plan
  readonly schedule: Schedule
}

/** Writes the projections of a computed plan; only rows whose dates or promise differ from `last` when that is known. */
export async function projectPlan(
  ctx: Ctx,
  record: PlanRecord,
  value: Plan,
  schedule: Schedule,
  last?: Computed,
): Promise<PlanFigures> {
  const system = asSystem(ctx)
  const before = new Map(last?.schedule.tasks.map(each => [each.id, each]))
  const promisesBefore = last && promisesOf(last.plan)
  const promises = promisesOf(value)
  const rows = schedule.tasks.flatMap(now => {
    const was = before.get(now.id)
    const promised = promises.get(now.id)
    if (
      was &&
      promisesBefore?.get(now.id) === promised &&
      was.start === now.start &&
      was.finish === now.finish &&
      was.totalFloat === now.totalFloat &&
      was.critical === now.critical
    )
      return []
    return [
      {
        id: now.id,
        start_on: day(now.start),
        finish_on: day(now.finish),
        total_float: Math.round(now.totalFloat),
        critical: now.critical,
        promised_on: promised === undefined ? null : day(promised),
        slip_days: promised === undefined ? null : dayOf(now.finish) - dayOf(promised),
      },
    ]
  })
  // A branch has no tasks of its own to tell of (read.ts).
  if (record.branch_of === null) await writeProjected(system, task, rows)
  const owner = await get(system, project, record.project)
  const finish = dayOf(schedule.finish)
  const promised = owner.finish_on === null ? undefined : parseDay(owner.finish_on)
  const figures: PlanFigures = {
    task_count: value.tasks.length,
    critical_count: schedule.tasks.filter(each => each.critical).length,
    finish_on: day(schedule.finish),
    progress_pct: progressOf(value),
    late_days: promised === undefined ? null : Math.max(0, finish - promised),
  }
  const whole = promiseOfPlan(value.tasks)
  await writeProjected(system, plan, [
    {
      ...{ id: record.id, ...figures, cost_amount: costOf(value) },
      promised_start_on: whole && day(whole.start),
      promised_on: whole && day(whole.finish),
    },
  ])
  if (record.current) {
    const { finish_on, progress_pct, late_days } = figures
    await writeProjected(system, project, [
      {
        id: owner.id,
        forecast_finish_on: finish_on,
        progress_pct,
        health: healthOf(late_days, schedule, owner.finish_on),
      },
    ])
  }
  return figures
}

const promisesOf = (value: Plan): ReadonlyMap<string, number> =>
  new Map(
    value.tasks.flatMap(each => {
      const promised = promisedFinish(each)
      return promised === undefined ? [] : [[each.id, promised] as const]
    }),
  )

/** Late: the forecast passes the contract finish. Watch: fewer than 10 days of room are left. */
function healthOf(late: number | null, schedule: Schedule, promised: string | null): 'good' | 'watch' | 'late' {
  if (late === null || promised === null) return 'good'
  if (late > 0) return 'late'
  const room = (parseDay(promised) ?? 0) - dayOf(schedule.finish)
  return room < 10 ? 'watch' : 'good'
}
