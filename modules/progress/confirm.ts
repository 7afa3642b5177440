// Taking reports: what they mean is edited into the plan as its planner's one step, each report keeps what was taken of it,
// and the week keeps where the plan then stood.
import { dayOf, formatDay, type Plan, parseDay } from '@yingzao/engines/schedule'
import type { Id, Json, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, create, get, list, patch, refuse, run } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { editPlan, openPlan, type PlanRecord, progressOf } from '../schedule/public.ts'
import { type Closing, type Consequence, consequenceOf, type Given } from './consequence.ts'
import { progressReport } from './progress-report.entity.ts'
import { mondayOf, plainDay, saidOf } from './said.ts'
import type { Said } from './take.ts'
import { progressWeek } from './week.entity.ts'

export type Report = RecordOf<typeof progressReport>

/** What the planner takes of a report; a field that is absent is taken as said. */
export interface Taken {
  readonly report: string
  readonly percent?: string | null
  readonly remaining?: number | null
  readonly start_on?: string | null
  readonly finish_on?: string | null
}

const numbers = /^(0(\.\d{1,6})?|1(\.0+)?)$/
const isDay = (value: unknown): value is string => typeof value === 'string' && parseDay(value) !== undefined

/** Reads the list off the wire. Refuses what is no list of reports with values. */
export function readTaken(value: Json | undefined): readonly Taken[] | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.length > 500) throw refuse('progress.invalid_items', {})
  return value.map(takenOf)
}

function takenOf(item: Json): Taken {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw refuse('progress.invalid_items', {})
  const { report, percent, remaining, start_on, finish_on } = item as { readonly [name: string]: Json | undefined }
  const fits = <T extends Json>(value: Json | undefined, check: (value: Json) => value is T): T | null | undefined => {
    if (value === undefined || value === null) return value
    if (!check(value)) throw refuse('progress.invalid_items', {})
    return value
  }
  const minutes = (each: Json): each is number =>
    typeof each === 'number' && Number.isInteger(each) && each >= 0 && each < 1e7
  const share = (each: Json): each is string => typeof each === 'string' && numbers.test(each)
  if (typeof report !== 'string') throw refuse('progress.invalid_items', {})
  const said = {
    percent: fits(percent, share),
    remaining: fits(remaining, minutes),
    start_on: fits(start_on, isDay),
    finish_on: fits(finish_on, isDay),
  }
  return { report, ...Object.fromEntries(Object.entries(said).filter(([, each]) => each !== undefined)) }
}

/** The report with the planner's values over it. */
export function takenColumns(report: Report, taken: Taken) {
  const values = {
    reported_on: report.reported_on,
    percent: taken.percent === undefined ? report.percent : taken.percent,
    remaining: taken.remaining === undefined ? report.remaining : taken.remaining,
    start_on: taken.start_on === undefined ? report.start_on : taken.start_on,
    finish_on: taken.finish_on === undefined ? report.finish_on : taken.finish_on,
  }
  const { start_on, finish_on } = values
  if (start_on !== null && finish_on !== null && finish_on < start_on) throw refuse('progress.finish_before_start', {})
  return values
}

/** Reports of the plan that wait and that the caller sees, oldest first. */
export const waitingOf = (ctx: Ctx, plan: string) =>
  all(ctx, progressReport, {
    filter: { plan: { eq: plan } },
    where: 'stage = "reported"',
    sort: ['reported_on', 'created_at'],
  })

export const givenOf = (report: Report, taken: Taken): Given => ({
  report: report.id,
  task: report.task,
  said: saidOf(takenColumns(report, taken)),
})

export interface Confirming {
  readonly plan: string
  /** The revision that the planner saw; without one he takes what stands. */
  readonly base?: number | undefined
  readonly items: readonly Taken[]
  readonly closing: Closing
}

/** Answers the plan's new revision and finish. All or nothing. */
export async function confirmReports(ctx: Ctx, { plan: id, base, items, closing }: Confirming) {
  // Whoever confirms first, the second finds nothing waiting: the plan's row is locked by the edit before that is asked again.
  const waiting = new Map((await waitingOf(ctx, id)).map(each => [String(each.id), each]))
  const chosen = items.map(taken => {
    const report = waiting.get(taken.report)
    if (!report) throw refuse('progress.not_waiting', {})
    if (!report._can.includes('confirm')) throw refuse('access.denied', { function: 'confirm' })
    return { report, taken }
  })
  const { record, plan } = await openPlan(ctx, id)
  if (!record._can.includes('edit')) throw refuse('access.denied', { function: 'edit' })
  const given = chosen.map(({ report, taken }) => givenOf(report, taken))
  const consequence = consequenceOf(plan, given, closing)
  if (!consequence.ok) throw refuse('progress.incomputable', { reason: JSON.stringify(consequence.error) })
  const done = await keep(ctx, record, base, chosen, consequence)
  await remember(
    ctx,
    record,
    consequence,
    given.map(each => each.said),
    closing,
    done.revision,
  )
  return { revision: done.revision, taken: chosen.length, finish_on: formatDay(dayOf(consequence.after)) }
}

type Reached = Extract<Consequence, { ok: true }>
type Chosen = readonly { readonly report: Report; readonly taken: Taken }[]

async function keep(ctx: Ctx, record: PlanRecord, base: number | undefined, chosen: Chosen, { edits }: Reached) {
  const summary = summaryText[ctx.lang](chosen.length)
  const { revision } =
    edits.length === 0 ? record : await editPlan(ctx, record.id, { base: base ?? record.revision, edits, summary })
  const system = asSystem(ctx)
  for (const { report, taken } of chosen) {
    const values = takenColumns(report, taken)
    const names = ['percent', 'remaining', 'start_on', 'finish_on'] as const
    await patch(system, progressReport.name, report.id, undefined, {
      taken_pct: values.percent,
      taken_remaining: values.remaining,
      taken_start_on: values.start_on,
      taken_finish_on: values.finish_on,
      changed: names.some(name => values[name] !== report[name] && Number(values[name]) !== Number(report[name])),
      decided_by: ctx.principal.user,
      decided_on: ctx.today,
      plan_revision: revision,
    })
    await run(system, progressReport, report.id, 'take')
  }
  return { revision }
}

const summaryText = {
  zh: (count: number) => (count === 0 ? '状态日期' : `采纳进度填报 ${count} 项`),
  en: (count: number) => (count === 0 ? 'Status date' : `Progress reports taken: ${count}`),
}

/** The week of the status date, or of the last day reported: the last confirmation of a week is how it is remembered. */
async function remember(
  ctx: Ctx,
  record: PlanRecord,
  { plan, after }: Reached,
  said: readonly Said[],
  { statusDay }: Closing,
  revision: number,
): Promise<void> {
  const last = statusDay ?? Math.max(...said.map(each => each.on))
  if (!Number.isFinite(last)) return
  const system = asSystem(ctx)
  const week_on = plainDay(mondayOf(last))
  const owner = await get(system, project, record.project)
  const promised = baselineOf(plan)
  const standing = {
    status_on: plan.options.statusDate === undefined ? plainDay(last) : plainDay(dayOf(plan.options.statusDate)),
    forecast_on: plainDay(dayOf(after)),
    baseline_on: promised === undefined ? null : plainDay(dayOf(promised)),
    contract_on: owner.finish_on,
    progress_pct: progressOf(plan),
    plan_revision: revision,
  }
  const known = await list(system, progressWeek, {
    filter: { plan: { eq: record.id }, week_on: { eq: week_on } },
    limit: 1,
  })
  const [row] = known.items
  if (row) await patch(system, progressWeek.name, row.id, undefined, standing)
  else
    await create(system, progressWeek.name, {
      plan: record.id,
      week_on,
      project: record.project,
      company: record.company,
      ...standing,
    })
}

/** Finish of baseline 0. */
export function baselineOf(plan: Plan): number | undefined {
  const found = plan.tasks.flatMap(task => task.baselines?.find(each => each.number === 0)?.finish ?? [])
  return found.length === 0 ? undefined : found.reduce((a, b) => Math.max(a, b))
}

export type PlanId = Id<'plan'>
