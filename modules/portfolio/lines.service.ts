// 项目组合: every project of the reader in one answer: its dates against what was promised, published and agreed by contract,
// its summaries and milestones, and the links between projects.
import { type CalendarClock, calendarClock, parseDay } from '@yingzao/engines/schedule'
import type { RecordOf } from '@yingzao/kernel/entity'
import { act, all, type Ctx, titlesOf } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { planBaseline } from '../schedule/baseline.entity.ts'
import { crossLink } from '../schedule/cross-link.entity.ts'
import { planHead } from '../schedule/public.ts'
import { task } from '../schedule/task.entity.ts'
import { warning } from '../warning/warning.entity.ts'
import {
  currentPlans,
  everyProject,
  inParts,
  isWhole,
  orNone,
  type PlanRow,
  type ProjectRow,
  underWay,
} from './scope.ts'
import type { Line, LineLink, LineRow, Portfolio } from './shape.ts'
import { workingDays } from './working-days.ts'

const projectFields = [
  ...['code', 'name', 'short_name', 'type', 'stage', 'company', 'department', 'manager', 'health', 'progress_pct'],
  ...['start_on', 'started_on', 'finish_on', 'forecast_finish_on'],
]

export const lines = act('portfolio.lines', async (ctx, input): Promise<Portfolio> => {
  const filter = input.all === true ? everyProject : underWay
  const projects = await all(ctx, project, { filter, fields: projectFields, sort: ['name'] })
  const ids = projects.map(each => each.id)
  const plans = await currentPlans(ctx, ids)
  const planIds = plans.map(each => each.id)
  const { links, tasks: linked, hidden } = await linksOf(ctx, plans)
  const rows = await rowsOf(ctx, planIds, linked)
  const published = await publishedOf(ctx, planIds)
  const warnings = await warningsOf(ctx, ids)
  const clockOf = clocks()
  const planOf = new Map(plans.map(each => [String(each.project), each]))
  return {
    lines: projects.map(each => {
      const plan = planOf.get(each.id)
      return lineOf(each, plan, clockOf, {
        published: (plan && published.get(plan.id)) ?? null,
        rows: (plan && rows.get(plan.id)) ?? [],
        warnings: warnings.get(each.id) ?? 0,
      })
    }),
    ...{ links, hiddenLinks: hidden, whole: await isWhole(ctx, ids.length, filter) },
    names: {
      ...(await titlesOf(ctx, 'org_unit', [
        ...new Set(projects.flatMap(each => [each.company, each.department ?? []].flat())),
      ])),
      ...(await titlesOf(ctx, 'user', [...new Set(projects.flatMap(each => each.manager ?? []))])),
    },
    today: ctx.today,
  }
})

type Known = Pick<Line, 'published' | 'rows' | 'warnings'>

function lineOf(each: ProjectRow, plan: PlanRow | undefined, clockOf: ClockOf, known: Known): Line {
  const clock = plan && clockOf(plan)
  const forecast = each.forecast_finish_on
  const gap = (from: string | null | undefined) => (clock && from ? workingDays(clock, from, forecast) : null)
  const { promised_start_on, promised_on } = plan ?? { promised_start_on: null, promised_on: null }
  return {
    ...{ id: each.id, code: each.code ?? '', name: each.name, short: each.short_name, type: each.type },
    ...{ stage: String(each.stage), company: each.company, department: each.department, manager: each.manager },
    health: each.health ?? 'unknown',
    progress: each.progress_pct === null ? null : Number(each.progress_pct),
    start: plan?.start_on ?? each.started_on ?? each.start_on,
    ...{ forecast, contract: each.finish_on, plan: plan?.id ?? null },
    ...{ critical: plan?.critical_count ?? null, tasks: plan?.task_count ?? null },
    promised: promised_start_on && promised_on ? { start: promised_start_on, finish: promised_on } : null,
    gaps: { contract: gap(each.finish_on), published: gap(known.published?.finish), promised: gap(promised_on) },
    ...known,
  }
}

type ClockOf = (plan: PlanRow) => CalendarClock | undefined

/** Calendars of plans are many and alike: each is compiled once for an answer. */
function clocks(): ClockOf {
  const known = new Map<string, CalendarClock | undefined>()
  return plan => {
    const { options, calendars } = planHead({ ...plan, more: null })
    const key = JSON.stringify([options.calendar, calendars])
    if (!known.has(key)) {
      const outcome = calendarClock(calendars, options.calendar)
      known.set(key, outcome.ok ? outcome.clock : undefined)
    }
    return known.get(key)
  }
}

const marks = ['milestone', 'start_milestone']
const rowFields = [
  ...['name', 'plan', 'parent', 'kind', 'start_on', 'finish_on', 'promised_on', 'percent_complete'],
  ...['critical', 'actual_finish_at', 'position'],
]

/** Summaries of the two upper levels, all milestones, and what other projects are linked to; in the plan's order. */
async function rowsOf(
  ctx: Ctx,
  plans: readonly string[],
  linked: readonly RecordOf<typeof task>[],
): Promise<ReadonlyMap<string, readonly LineRow[]>> {
  const found = await orNone(
    inParts(plans, ids =>
      all(ctx, task, {
        filter: { plan: { in: ids }, kind: { in: ['summary', 'wbs_summary', ...marks] } },
        where: 'kind = "milestone" or kind = "start_milestone" or parent = null or parent.parent = null',
        fields: rowFields,
      }),
    ),
  )
  const rows = new Map([...found, ...linked].map(each => [String(each.id), each]))
  const by = new Map<string, RecordOf<typeof task>[]>()
  for (const each of rows.values()) {
    const own = by.get(each.plan)
    if (own) own.push(each)
    else by.set(each.plan, [each])
  }
  return new Map(
    [...by].map(([plan, own]) => [
      plan,
      own
        .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
        .flatMap(each => (each.start_on && each.finish_on ? [lineRow(each, each.start_on, each.finish_on, rows)] : [])),
    ]),
  )
}

function lineRow(
  each: RecordOf<typeof task>,
  start: string,
  finish: string,
  rows: ReadonlyMap<string, unknown>,
): LineRow {
  const kind = marks.includes(each.kind)
    ? 'milestone'
    : each.kind === 'summary' || each.kind === 'wbs_summary'
      ? 'summary'
      : 'task'
  return {
    ...{ id: each.id, name: each.name, kind, start, finish, promised: each.promised_on },
    parent: each.parent !== null && rows.has(each.parent) ? each.parent : null,
    percent: each.percent_complete === null ? null : Number(each.percent_complete),
    done: each.actual_finish_at !== null,
    critical: each.critical === true,
  }
}

async function linksOf(ctx: Ctx, plans: readonly PlanRow[]) {
  const projectOf = new Map(plans.map(each => [String(each.id), String(each.project)]))
  const records = await orNone(
    inParts([...projectOf.keys()], ids => all(ctx, crossLink, { filter: { plan: { in: ids } } })),
  )
  const leaving = await orNone(
    inParts([...projectOf.keys()], ids => all(ctx, crossLink, { filter: { from_plan: { in: ids } } })),
  )
  const every = [...new Map([...records, ...leaving].map(each => [String(each.id), each])).values()]
  const shown = every.filter(each => projectOf.has(each.plan ?? '') && projectOf.has(each.from_plan ?? ''))
  const ends = [...new Set(shown.flatMap(each => [each.to_task, each.from_task ?? []].flat()))]
  const tasks = await orNone(inParts(ends, ids => all(ctx, task, { filter: { id: { in: ids } }, fields: rowFields })))
  const dates = new Map(tasks.map(each => [String(each.id), each]))
  const links = shown.flatMap((each): LineLink[] => {
    const [from, to] = [projectOf.get(each.from_plan ?? ''), projectOf.get(each.plan ?? '')]
    if (!from || !to || each.from_task === null || !dates.has(each.from_task) || !dates.has(each.to_task)) return []
    return [
      {
        ...{ id: each.id, type: each.type, lagDays: Number(each.lag_days ?? 0), note: each.note },
        from: { project: from, task: each.from_task },
        to: { project: to, task: each.to_task },
        broken: isBroken(each.type, dates.get(each.from_task), dates.get(each.to_task)),
      },
    ]
  })
  return { links, tasks, hidden: every.length - links.length }
}

type Dated = Pick<RecordOf<typeof task>, 'start_on' | 'finish_on' | 'actual_finish_at'>

/** Even without its lag the successor stands before what it waits for; what is finished waits for nothing. */
function isBroken(type: LineLink['type'], from: Dated | undefined, to: Dated | undefined): boolean {
  if (!from || !to || to.actual_finish_at !== null) return false
  const before = type === 'FS' || type === 'FF' ? from.finish_on : from.start_on
  const after = type === 'FS' || type === 'SS' ? to.start_on : to.finish_on
  return before !== null && after !== null && (parseDay(before) ?? 0) > (parseDay(after) ?? 0)
}

/** The newest publication of each plan. */
async function publishedOf(ctx: Ctx, plans: readonly string[]) {
  const rows = await orNone(
    inParts(plans, ids =>
      all(ctx, planBaseline, {
        filter: { plan: { in: ids }, published: { eq: true } },
        fields: ['plan', 'name', 'finish_on'],
        sort: ['created_at'],
      }),
    ),
  )
  return new Map(
    rows.flatMap(each =>
      each.finish_on ? [[String(each.plan), { name: each.name, finish: each.finish_on }] as const] : [],
    ),
  )
}

async function warningsOf(ctx: Ctx, projects: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await orNone(
    inParts(projects, ids =>
      all(ctx, warning, {
        filter: { project: { in: ids }, handling: { in: ['raised', 'acknowledged', 'assigned'] } },
        fields: ['project'],
      }),
    ),
  )
  const counts = new Map<string, number>()
  for (const { project: id } of rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
