// 进度填报的动作: what the planner sees of waiting reports, taking them, sending one back.
import { dayOf, formatDay, type Plan, parseDay, type Task } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { act, asSystem, type Ctx, get, handle, type Input, list, patch, refuse } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { openPlan } from '../schedule/public.ts'
import {
  baselineOf,
  confirmReports,
  givenOf,
  type Report,
  readTaken,
  type Taken,
  takenColumns,
  waitingOf,
} from './confirm.ts'
import { type Closing, changedSince, consequenceOf, type Seen } from './consequence.ts'
import { progressReport } from './progress-report.entity.ts'

export default handle(progressReport, {
  async confirm(ctx, report) {
    if (report.plan === null) throw refuse('progress.not_waiting', {})
    const { revision, finish_on } = await confirmReports(ctx, {
      plan: report.plan,
      items: [{ report: report.id }],
      closing: {},
    })
    return { revision, finish_on }
  },
  async return(ctx, report, input) {
    await patch(asSystem(ctx), progressReport.name, report.id, undefined, {
      answer: String(input.answer),
      decided_by: ctx.principal.user,
      decided_on: ctx.today,
    })
  },
})

const closingOf = (input: Input): Closing => ({
  statusDay: typeof input.status_on === 'string' ? parseDay(input.status_on) : undefined,
  reschedule: input.reschedule === true,
})

/** Everything waiting, with its consequence; `items`: what the planner has chosen and changed so far, all by default. */
export const review = act('progress.review', async (ctx, input) => {
  const id = String(input.plan)
  const { record, plan } = await openPlan(ctx, id)
  const waiting = await waitingOf(ctx, id)
  const taken = new Map(
    (readTaken(input.items) ?? waiting.map(each => ({ report: each.id }))).map(each => [each.report, each]),
  )
  const chosen = waiting.filter(each => taken.has(each.id))
  const of = (each: Report, what: Taken = { report: each.id }) => givenOf(each, taken.get(each.id) ?? what)
  const all = consequenceOf(
    plan,
    waiting.map(each => of(each)),
    {},
  )
  const picked = consequenceOf(
    plan,
    chosen.map(each => of(each)),
    closingOf(input),
  )
  const owner = await get(asSystem(ctx), project, record.project)
  const names = await namesOf(ctx, waiting)
  const tasks = new Map(plan.tasks.map((task, at) => [task.id, { task, number: at + 1 }]))
  const effects = new Map(all.ok ? all.effects.map(each => [each.report, each]) : [])
  const promised = baselineOf(plan)
  return {
    revision: record.revision,
    status_on: plan.options.statusDate === undefined ? null : formatDay(dayOf(plan.options.statusDate)),
    mode: plan.mode,
    may: record._can.includes('edit'),
    finish: picked.ok ? { before: day(picked.before), after: day(picked.after), moved: picked.moved } : null,
    error: [all, picked].flatMap(each => (each.ok ? [] : [JSON.stringify(each.error)]))[0] ?? null,
    baseline_on: promised === undefined ? null : day(promised),
    contract_on: owner.finish_on,
    reports: waiting.flatMap(each => {
      const found = tasks.get(each.task)
      if (!found) return []
      const effect = effects.get(each.id)
      return [
        {
          ...said(each),
          by: names.get(each.reporter ?? '') ?? null,
          number: plan.mode === 'p6' && found.task.code ? found.task.code : String(found.number),
          name: found.task.name,
          path: pathOf(tasks, found.task),
          now: standingOf(found.task),
          taken: takenColumns(each, taken.get(each.id) ?? { report: each.id }),
          doubts: effect?.doubts ?? [],
          since: changedSince(found.task, seenOf(each.seen)),
          effect: effect && { start_on: day(effect.start), finish_on: day(effect.finish), shift: effect.shift },
          may: each._can.includes('confirm'),
        },
      ]
    }),
  }
})

export const confirm = act('progress.confirm', async (ctx, input) => {
  const items = readTaken(input.items) ?? []
  const closing = closingOf(input)
  if (items.length === 0 && closing.statusDay === undefined) throw refuse('progress.nothing_chosen', {})
  return confirmReports(ctx, { plan: String(input.plan), base: Number(input.base), items, closing })
})

const day = (minute: number) => formatDay(dayOf(minute))

const said = ({ id, version, task, reported_on, percent, remaining, start_on, finish_on, ...more }: Report) => ({
  ...{ id, version, task, reported_on, percent, remaining, start_on, finish_on },
  ...{ done_qty: more.done_qty, total_qty: more.total_qty, qty_unit: more.qty_unit },
  ...{ reason: more.reason, note: more.note, created_at: more.created_at },
})

const standingOf = (task: Task) => ({
  percent: task.percentComplete ?? 0,
  duration: task.duration,
  start_on: task.actualStart === undefined ? null : day(task.actualStart),
  finish_on: task.actualFinish === undefined ? null : day(task.actualFinish),
})

/** The summaries above, outermost first: two tasks of one name are told apart. */
function pathOf(tasks: ReadonlyMap<string, { readonly task: Plan['tasks'][number] }>, task: Task): string {
  const names: string[] = []
  for (let at = task.parent; at !== undefined && names.length < 20; ) {
    const above = tasks.get(at)?.task
    if (above) names.unshift(above.name)
    at = above?.parent
  }
  return names.join(' / ')
}

function seenOf(value: Json): Seen {
  if (typeof value !== 'object' || value === null) return {}
  const names = ['percentComplete', 'actualStart', 'actualFinish', 'duration'] as const
  return Object.fromEntries(
    names.flatMap(name => {
      const found: unknown = Reflect.get(value, name)
      return typeof found === 'number' ? [[name, found]] : []
    }),
  )
}

/** Who reported, as far as the caller may see people. */
async function namesOf(ctx: Ctx, reports: readonly Report[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(reports.flatMap(each => each.reporter ?? []))].slice(0, 500)
  if (ids.length === 0) return new Map()
  const page = await list(ctx, 'user', { filter: { id: { in: ids } }, fields: ['name'], limit: 500 })
  return new Map(page.items.map(each => [each.id, String(each.name)]))
}
