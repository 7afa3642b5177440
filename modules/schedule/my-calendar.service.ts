// What of the plans stands in somebody's calendar: tasks that are his, and the milestones of his projects.
import { parseDay } from '@yingzao/engines/schedule'
import type { RecordOf } from '@yingzao/kernel/entity'
import { act, all, type Ctx, list } from '@yingzao/kernel/server'
import type { CalendarEntry } from '@yingzao/platform/client/shapes'
import { plan } from './plan.entity.ts'
import { task } from './task.entity.ts'

/** Finished work stays in the calendar for so many days; more than so much is not shown at once. */
const keptDays = 60
const most = 500

export default act('schedule.my_calendar', async (ctx): Promise<readonly CalendarEntry[]> => {
  const { principal } = ctx
  const current = await all(ctx, plan, { filter: { current: { eq: true } }, fields: ['name', 'project', 'updated_at'] })
  const ids = current.map(each => each.id)
  if (ids.length === 0 || principal.user === null) return []
  const since = day(ctx.today, -keptDays)
  const open = `percent_complete = null or percent_complete < 100 or finish_on >= date("${since}")`
  const dated = { start_on: { empty: false }, finish_on: { empty: false } } as const
  const own = await some(ctx, { plan: { in: ids }, responsible: { eq: principal.user }, ...dated }, open)
  const held = new Set(principal.roles.flatMap(({ at }) => (at.kind === 'project' ? [String(at.id)] : [])))
  const managed = await all(ctx, 'project', { filter: { manager: { eq: principal.user } }, fields: ['name'] })
  for (const { id } of managed) held.add(id)
  const mine = current.flatMap(each => (held.has(String(each.project)) ? [each.id] : []))
  const kinds = ['milestone', 'start_milestone']
  const milestones =
    mine.length === 0 ? [] : await some(ctx, { plan: { in: mine }, kind: { in: kinds }, ...dated }, open)
  const plans = new Map(current.map(each => [String(each.id), each]))
  const rows = new Map([...milestones, ...own].map(row => [row.id, row]))
  return [...rows.values()].flatMap(row => entryOf(ctx, row, plans.get(String(row.plan))))
})

type PlanRow = Pick<RecordOf<typeof plan>, 'name' | 'updated_at'>
type Row = Pick<
  RecordOf<typeof task>,
  'id' | 'name' | 'plan' | 'kind' | 'start_on' | 'finish_on' | 'percent_complete' | 'critical' | 'updated_at'
>

async function some(ctx: Ctx, filter: NonNullable<Parameters<typeof list>[2]>['filter'], where: string) {
  const found = await list(ctx, task, {
    ...(filter === undefined ? {} : { filter }),
    where: `kind != "summary" and (${where})`,
    fields: ['name', 'plan', 'kind', 'start_on', 'finish_on', 'percent_complete', 'critical', 'updated_at'],
    sort: ['finish_on'],
    limit: most,
  })
  return found.items
}

function entryOf({ lang }: Ctx, row: Row, plan: PlanRow | undefined): CalendarEntry[] {
  const [from, to] = [parseDay(row.start_on ?? ''), parseDay(row.finish_on ?? '')]
  if (from === undefined || to === undefined) return []
  const w = words[lang]
  const done = Number(row.percent_complete ?? 0)
  const milestone = row.kind !== 'task' && row.kind !== 'resource_dependent' && from === to
  const marks = [done >= 100 ? w.done : done > 0 ? `${done}%` : '', row.critical && done < 100 ? w.critical : '']
  return [
    {
      uid: `task-${row.id}`,
      at: { from, to },
      summary: `${done >= 100 ? '✓ ' : milestone ? '◆ ' : ''}${row.name}`,
      description: [plan?.name ?? '', ...marks].filter(Boolean).join(' · '),
      path: `/schedule/plan/${row.plan}?task=${row.id}`,
      categories: [milestone ? w.milestone : w.task],
      // Dates are projected when the plan is edited, also of tasks that nobody touched.
      changed: plan && plan.updated_at > row.updated_at ? plan.updated_at : row.updated_at,
    },
  ]
}

const words = {
  zh: { task: '任务', milestone: '里程碑', critical: '关键', done: '已完成' },
  en: { task: 'Task', milestone: 'Milestone', critical: 'critical', done: 'done' },
}

function day(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
