// 历史: the newest finished tasks that the reader may see, measured in working time: what duration advice is learned from.
import { calendarClock, type Task } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { act, all, asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import type { FinishedWork, History, HistoryPlan } from './history-shape.ts'
import { plan } from './plan.entity.ts'
import { firstBaseline, promiseOf } from './promise.ts'
import { planHead, taskOf } from './rows.ts'
import { planResource, task, taskAssignment, taskLink } from './task.entity.ts'

const usualMost = 5000
/** Most values of one filter. */
const atOnce = 1000
const nearlyAll = 0.95

export const history = act('schedule.history', async (ctx, input): Promise<History> => {
  const { found, more } = await newest(ctx, Number(input.most ?? usualMost))
  const plans = await plansOf(ctx, found)
  const resources = await resourcesOf(ctx, found)
  const links = await linksOf(ctx, found)
  const tasks: FinishedWork[] = []
  for (const each of found) {
    const work = plans.get(each.plan)?.measure(each)
    const { id } = each.value
    if (work)
      tasks.push({
        ...work,
        ...{ resources: resources.get(id) ?? [], before: links.before.get(id) ?? [], after: links.after.get(id) ?? 0 },
      })
  }
  const counts = new Map<string, number>()
  for (const each of tasks) counts.set(each.plan, (counts.get(each.plan) ?? 0) + 1)
  const told = [...plans].map(([id, { head }]) => [id, head(counts.get(id) ?? 0)] as const)
  return { tasks, plans: Object.fromEntries(told), more }
})

interface Found {
  readonly plan: string
  readonly parent: string | null
  readonly value: Task
}

/** Pages by the index of actual finishes: its cost does not grow with what was ever finished. */
async function newest(ctx: Ctx, most: number): Promise<{ found: Found[]; more: boolean }> {
  const found: Found[] = []
  let after: string | undefined
  do {
    const page = await list(ctx, task, {
      filter: { actual_finish_at: { gt: 0 }, kind: { in: ['task', 'resource_dependent'] } },
      sort: ['-actual_finish_at'],
      fields: columns,
      limit: Math.min(500, most - found.length),
      ...(after === undefined ? {} : { after }),
    })
    const more = await restOf(
      ctx,
      page.items.map(row => row.id),
    )
    for (const row of page.items)
      found.push({
        plan: row.plan,
        parent: row.parent === null ? null : (page.refs.task?.[row.parent] ?? null),
        value: taskOf({ ...row, more: more.get(row.id) ?? null }),
      })
    after = page.next ?? undefined
  } while (after !== undefined && found.length < most)
  return { found, more: after !== undefined }
}

/** Baselines and the like of tasks that the reader sees. Nobody is granted the field itself: it holds costs, which stay here. */
async function restOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Json>> {
  const rows = await all(asSystem(ctx), task, { filter: { id: { in: [...ids] } }, fields: ['more'] })
  return new Map(rows.map(row => [String(row.id), row.more]))
}

const columns =
  'name plan parent kind duration constraint_type constraint_at actual_start_at actual_finish_at work_calendar responsible'.split(
    ' ',
  )

interface Measuring {
  readonly measure: (found: Found) => Omit<FinishedWork, 'resources' | 'before' | 'after'> | null
  readonly head: (finished: number) => HistoryPlan
}

async function plansOf(ctx: Ctx, found: readonly Found[]): Promise<ReadonlyMap<string, Measuring>> {
  const rows = await byIds(
    found.map(each => each.plan),
    ids =>
      all(ctx, plan, {
        filter: { id: { in: ids } },
        fields: ['name', 'project', 'options', 'calendars', 'more', 'progress_pct', 'task_count'],
      }),
  )
  const owners = await byIds(
    rows.map(row => row.project),
    ids => all(ctx, project, { filter: { id: { in: ids } }, fields: ['name', 'type'] }),
  )
  const ownerOf = new Map(owners.map(each => [String(each.id), each]))
  return new Map(
    rows.map(row => {
      const owner = ownerOf.get(row.project)
      return [
        String(row.id),
        {
          measure: measuring(planHead(row)),
          head: (finished: number) => ({
            name: row.name,
            project: row.project,
            projectName: owner?.name ?? null,
            type: owner?.type ?? null,
            // Half: summaries and milestones count in the plan, not here.
            whole: Number(row.progress_pct ?? 0) >= nearlyAll && 2 * finished >= (row.task_count ?? 0),
          }),
        },
      ] as const
    }),
  )
}

/** Actual durations in the calendars of one plan, each compiled once. */
function measuring({ options, calendars }: ReturnType<typeof planHead>): Measuring['measure'] {
  const clocks = new Map<string, ReturnType<typeof calendarClock>>()
  const clockOf = (id: string) => {
    const known = clocks.get(id) ?? calendarClock(calendars, id)
    clocks.set(id, known)
    return known
  }
  const perDay = Math.max(1, options.minutesPerDay)
  return ({ plan: id, parent, value }) => {
    const { actualStart: start, actualFinish: finish, inactive, external } = value
    if (start === undefined || finish === undefined || !(finish > start) || inactive || external) return null
    const outcome = clockOf(value.calendar ?? options.calendar)
    if (!outcome.ok) return null
    const workDays = outcome.clock.work(start, finish) / perDay
    const calendarDays = (finish - start) / 1440
    if (!(workDays > 0)) return null
    const took = value.elapsed ? finish - start : workDays * perDay
    const baseline = firstBaseline(value)
    const promised = baseline?.duration
    return {
      ...{ id: value.id, plan: id, name: value.name, parent, start, finish, workDays, calendarDays },
      ratio: promised !== undefined && promised > 0 ? took / promised : null,
      promised: promiseOf(value),
      responsible: value.responsible ?? null,
      constrained: value.constraint.at !== undefined,
    }
  }
}

/** Names of the working resources of each task. */
async function resourcesOf(ctx: Ctx, found: readonly Found[]): Promise<ReadonlyMap<string, string[]>> {
  const assignments = await byIds(
    found.map(each => each.value.id),
    ids => all(ctx, taskAssignment, { filter: { task: { in: ids } }, fields: ['task', 'resource'] }),
  )
  const resources = await byIds(
    assignments.map(each => each.resource),
    ids => all(ctx, planResource, { filter: { id: { in: ids }, kind: { eq: 'work' } }, fields: ['name'] }),
  )
  const names = new Map(resources.map(each => [String(each.id), each.name]))
  const by = new Map<string, string[]>()
  for (const each of assignments) {
    const name = names.get(each.resource)
    if (name === undefined) continue
    const known = by.get(each.task)
    if (known) known.push(name)
    else by.set(each.task, [name])
  }
  return by
}

/** Which tasks each waited for, and how many waited for it. */
async function linksOf(ctx: Ctx, found: readonly Found[]) {
  const ids = found.map(each => each.value.id)
  const fields = ['from_task', 'to_task']
  const into = await byIds(ids, some => all(ctx, taskLink, { filter: { to_task: { in: some } }, fields }))
  const out = await byIds(ids, some => all(ctx, taskLink, { filter: { from_task: { in: some } }, fields }))
  const before = new Map<string, string[]>()
  for (const { from_task, to_task } of into) {
    const known = before.get(to_task)
    if (known) known.push(from_task)
    else before.set(to_task, [from_task])
  }
  const after = new Map<string, number>()
  for (const { from_task } of out) after.set(from_task, (after.get(from_task) ?? 0) + 1)
  return { before, after }
}

/** Rows of many ids, each asked for once, as many at a time as a filter takes. */
async function byIds<T>(ids: readonly string[], read: (ids: string[]) => Promise<T[]>): Promise<T[]> {
  const all = [...new Set(ids)]
  const rows: T[] = []
  for (let at = 0; at < all.length; at += atOnce) rows.push(...(await read(all.slice(at, at + atOnce))))
  return rows
}
