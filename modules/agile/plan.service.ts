// 主计划: an epic or a sprint is a task of the master plan. What its log says of progress and dates is proposed; somebody who
// may edit the plan applies it, in one edit that can be taken back. Nothing is ever written there by itself.
import {
  applyEdits,
  calendarClock,
  compute,
  dayOf,
  defaultOptions,
  formatDay,
  type Minute,
  type Plan,
  type PlanEdit,
  parseDay,
  type Task,
} from '@yingzao/engines/schedule'
import { asId, isId, type RecordOf } from '@yingzao/kernel/entity'
import { act, all, asSystem, type Ctx, get, type Input, patch, refuse } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { project } from '../project/project.entity.ts'
import { editPlan, openPlan, reckon } from '../schedule/public.ts'
import { eventsOf } from './event-log.ts'
import { type Progress, progressFrom, taskPatch, type Window } from './plan-progress.ts'
import { currentPlan } from './plan-task.ts'
import type { Proposals } from './report.ts'
import { sprint } from './sprint.entity.ts'
import { wallMinute } from './wall-clock.ts'
import { workItem } from './work-item.entity.ts'

interface Source {
  readonly entity: 'work_item' | 'sprint'
  readonly id: string
  readonly title: string
  readonly task: string | null
  readonly progress: Progress
  readonly window?: Window
}

/** Epics and sprints that the asker sees, with what the log says of each. Sprints come in time, epics in their order. */
async function sourcesOf(ctx: Ctx, projectId: string): Promise<Source[]> {
  const filter = { project: { eq: projectId } }
  const events = await eventsOf(ctx, filter)
  const now = wallMinute(ctx.zone, ctx.now)
  const epics = await all(ctx, workItem, {
    filter: { ...filter, kind: { eq: 'epic' }, stage: { ne: 'cancelled' } },
    sort: ['rank'],
  })
  const sprints = await all(ctx, sprint, { filter, sort: ['start_on'] })
  return [
    ...sprints.map((each): Source => {
      const window = windowOf(ctx, each)
      const seen = each.closed_at === null ? events : events.filter(event => event.at < (each.closed_at ?? ''))
      const progress = progressFrom(ctx.zone, seen, event => event.sprint === each.id, now, window)
      return { entity: 'sprint', id: each.id, title: each.name, task: each.plan_task, progress, window }
    }),
    ...epics.map(
      (each): Source => ({
        ...{ entity: 'work_item', id: each.id, title: each.title, task: each.plan_task },
        progress: progressFrom(ctx.zone, events, event => event.epic === each.id, now),
      }),
    ),
  ]
}

function windowOf({ zone }: Ctx, record: RecordOf<typeof sprint>): Window {
  const start = (parseDay(record.start_on) ?? 0) * 1440 + defaultOptions.defaultStart
  const finish = (parseDay(record.finish_on) ?? 0) * 1440 + defaultOptions.defaultFinish
  return {
    start: record.started_at === null ? start : wallMinute(zone, record.started_at),
    finish: record.closed_at === null ? finish : wallMinute(zone, record.closed_at),
    begun: record.started_at !== null,
    over: record.closed_at !== null,
  }
}

const day = (minute: Minute) => formatDay(dayOf(minute))

/** The edit that brings a task in step with its source; null when it is. */
function editFor(plan: Plan, dates: ReturnType<typeof datesOf>, source: Source): PlanEdit | null {
  const task = plan.tasks.find(each => each.id === source.task)
  const at = source.task === null ? undefined : dates.get(source.task)
  if (!task || !at) return null
  const clock = calendarClock(plan.calendars, task.calendar ?? plan.options.calendar)
  if (!clock.ok) return null
  const change = taskPatch(task, source.progress, clock.clock, at, source.window)
  return Object.keys(change).length === 0 ? null : { kind: 'task.set', id: task.id, patch: change }
}

const datesOf = (plan: Plan) => new Map(reckon(plan).tasks.map(each => [each.id, each]))

export const proposals = act('agile.plan_proposals', async (ctx, input): Promise<Proposals> => {
  const owner = await get(ctx, project, String(input.project))
  const sources = await sourcesOf(ctx, owner.id)
  const record = await currentPlan(ctx, owner.id)
  const {
    record: { revision },
    plan,
  } = await openPlan(ctx, record.id)
  const before = reckon(plan)
  const dates = new Map(before.tasks.map(each => [each.id, each]))
  const edits = new Map(sources.map(each => [each.id, editFor(plan, dates, each)]))
  const applied = applyEdits(
    plan,
    [...edits.values()].flatMap(edit => edit ?? []),
  )
  const after = applied.ok ? compute(applied.plan) : undefined
  const later = new Map(after?.ok ? after.schedule.tasks.map(each => [each.id, each]) : [])
  const shown = (id: string | null) => {
    const task = plan.tasks.find(each => each.id === id)
    const [was, will] = [dates.get(id ?? ''), later.get(id ?? '')]
    if (!task || !was) return null
    return {
      ...{ id: task.id, name: task.name },
      now: { percent: Math.round(task.percentComplete ?? 0), start: day(was.start), finish: day(was.finish) },
      proposed: will ? { start: day(will.start), finish: day(will.finish) } : null,
    }
  }
  return {
    plan: { id: record.id, name: record.name, revision, mayEdit: record._can.includes('edit') },
    finish: { now: day(before.finish), proposed: after?.ok ? day(after.schedule.finish) : null },
    // A sprint that is over and stands for nothing needs no task any more.
    sources: sources
      .filter(each => each.task !== null || each.window?.over !== true)
      .map(({ entity, id, title, task, progress }) => ({
        ...{ entity, id, title, task: shown(task) },
        ...{ done: progress.done, total: progress.total, unit: progress.unit, percent: progress.percent },
        differs: edits.get(id) !== null,
      })),
  }
})

export const applyProgress = act('agile.apply_progress', async (ctx, input) => {
  const owner = await get(ctx, project, String(input.project))
  const chosen = chosenOf(input, await sourcesOf(ctx, owner.id))
  const record = await currentPlan(ctx, owner.id)
  const { plan } = await openPlan(ctx, record.id)
  const dates = datesOf(plan)
  const edits = chosen.flatMap(each => editFor(plan, dates, each) ?? [])
  if (edits.length === 0) throw refuse('agile.nothing_to_apply', {})
  const names = chosen.map(each => each.title).join(ctx.lang === 'zh' ? '、' : ', ')
  await editPlan(ctx, record.id, { base: Number(input.base), edits, summary: applied[ctx.lang](names).slice(0, 300) })
  return { plan: record.id, tasks: edits.length }
})

const applied = {
  zh: (names: string) => `敏捷进度：${names}`,
  en: (names: string) => `Agile progress: ${names}`,
}
const placed = {
  zh: (names: string) => `由敏捷新建：${names}`,
  en: (names: string) => `From the backlog: ${names}`,
}

/** Two weeks, until its log says otherwise. */
const usualDuration = 10 * 480

export const placeInPlan = act('agile.place_in_plan', async (ctx, input) => {
  const owner = await get(ctx, project, String(input.project))
  const chosen = chosenOf(input, await sourcesOf(ctx, owner.id)).filter(each => each.task === null)
  if (chosen.length === 0) throw refuse('agile.nothing_to_apply', {})
  const record = await currentPlan(ctx, owner.id)
  const {
    record: { revision },
    plan,
  } = await openPlan(ctx, record.id)
  const parent = typeof input.parent === 'string' ? input.parent : null
  const above = plan.tasks.find(each => each.id === parent)
  if (parent !== null && !above) throw refuse('agile.not_in_plan', { task: parent })
  const made = chosen.map(each => ({ source: each, task: newTask(plan, each, above) }))
  const names = chosen.map(each => each.title).join(ctx.lang === 'zh' ? '、' : ', ')
  const edits = made.map(({ task }): PlanEdit => ({ kind: 'task.add', task }))
  await editPlan(ctx, record.id, { base: revision, edits, summary: placed[ctx.lang](names).slice(0, 300) })
  // The right that counts is the one on the plan; what the source stands for follows.
  for (const { source, task } of made)
    await patch(asSystem(ctx), source.entity, source.id, undefined, { plan_task: asId('task', task.id) })
  return { plan: record.id, tasks: made.length }
})

function newTask(plan: Plan, { title, window }: Source, above: Task | undefined): Task {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  const from = window && clock.ok ? clock.clock.nextWorkStart(window.start) : undefined
  const duration =
    from === undefined || !clock.ok || !window ? usualDuration : Math.max(1, clock.clock.work(from, window.finish))
  return {
    id: newId(),
    name: title,
    kind: 'task',
    duration,
    constraint: from === undefined ? { type: 'asap' } : { type: 'start_no_earlier_than', at: from },
    ...(above ? { parent: above.id } : {}),
  }
}

function chosenOf(input: Input, sources: readonly Source[]): Source[] {
  const ids: unknown = input.sources
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > 500 || !ids.every(isId))
    throw refuse('agile.nothing_to_apply', {})
  const wanted = new Set<string>(ids)
  const chosen = sources.filter(each => wanted.has(each.id))
  if (chosen.length < wanted.size) throw refuse('agile.unknown_items', {})
  return chosen
}
