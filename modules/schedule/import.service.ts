// 导入计划: what a file holds, how our dates differ from its own and why, and — only when somebody confirms — the plan.
import {
  checkAgainstStored,
  compute,
  type DifferenceReason,
  dayOf,
  formatDay,
  formatMinute,
  type Plan,
} from '@yingzao/engines/schedule'
import { type PlanReading, readPlanFile, refusalMessage } from '@yingzao/formats/plan-file'
import { asId, type FileRef, type Id, isId } from '@yingzao/kernel/entity'
import { act, asSystem, type Ctx, create, get, type Input, patch, refuse } from '@yingzao/kernel/server'
import { openFile } from '@yingzao/platform/files/open'
import { v7 as newId } from 'uuid'
import { project } from '../project/project.entity.ts'
import { adopt } from './adopt.ts'
import { writePlan } from './keep.ts'
import { plan } from './plan.entity.ts'
import { projectPlan, reckon } from './reckon.ts'
import { planColumns } from './rows.ts'

const mostTasks = 50_000
/** Differences shown one by one; the counts are of all. */
const shown = 5000

export const preview = act('schedule.import_preview', async (ctx, input) => {
  const { name, reading } = await readUpload(ctx, input)
  return {
    name,
    format: reading.format,
    encoding: reading.encoding,
    loss: reading.loss,
    plans: reading.plans.map(summaryOf),
  }
})

export const importPlan = act('schedule.import', async (ctx, input) => {
  const { file, name, reading } = await readUpload(ctx, input)
  const read = reading.plans[Number(input.index ?? 0)]
  if (!read) throw refuse('schedule.unreadable', { reason: `#${input.index}`, way_out: '' })
  if (read.tasks.length > mostTasks)
    throw refuse('schedule.too_many_tasks', { limit: mostTasks, count: read.tasks.length })
  const owner = await get(ctx, project, String(input.project))
  const value = adopt(read, newId)
  const schedule = reckon(value)
  const record = await create(ctx, plan, {
    name: String(input.name),
    project: owner.id,
    mode: value.mode,
    start_on: asDay(value.options.start),
    ...(value.options.statusDate === undefined ? {} : { status_on: asDay(value.options.statusDate) }),
    source_file: [file],
  })
  const system = asSystem(ctx)
  const { options, calendars, more } = planColumns(value)
  await patch(system, plan.name, record.id, undefined, {
    options,
    calendars,
    more,
    source: name.slice(0, 300),
    current: input.make_current === true,
  })
  const kept = await get(ctx, plan, record.id)
  const empty: Plan = { ...value, tasks: [], links: [], resources: [], assignments: [] }
  await writePlan(ctx, kept, empty, value)
  const figures = await projectPlan(ctx, kept, value, schedule)
  return { plan: record.id, figures, loss: reading.loss }
})

const asDay = (minute: number) => formatDay(dayOf(minute)) as `${number}-${number}-${number}`

async function readUpload(ctx: Ctx, input: Input) {
  const file = fileOf(input.file)
  if (!file) throw refuse('schedule.unreadable', { reason: 'file', way_out: '' })
  const upload = await openFile(ctx, file.id)
  const reading = await readPlanFile(upload.content, upload.name)
  if (!reading.ok) throw unreadable(ctx, reading)
  return { file: { ...file, name: upload.name, size: upload.size }, name: upload.name, reading }
}

function unreadable(ctx: Ctx, reading: Extract<PlanReading, { ok: false }>) {
  const message = refusalMessage(reading.error)
  return refuse('schedule.unreadable', { reason: message[ctx.lang], way_out: '', code: reading.error.code })
}

/** A file field's value: one or several references. */
function fileOf(value: unknown): FileRef | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one === 'string' && isId(one)) return { id: asId('file', one), name: '', size: 0, type: '' }
  if (typeof one !== 'object' || one === null || !('id' in one) || !isId(one.id)) return undefined
  const text = (key: 'name' | 'type') =>
    key in one && typeof (one as Record<string, unknown>)[key] === 'string'
      ? String((one as Record<string, unknown>)[key])
      : ''
  return { id: one.id as Id<'file'>, name: text('name'), size: 0, type: text('type') }
}

/** What the wizard shows of one plan before anything is written. */
function summaryOf(value: Plan) {
  const outcome = compute(value)
  const head = {
    name: value.title ?? value.name,
    mode: value.mode,
    tasks: value.tasks.length,
    links: value.links.length,
    resources: value.resources.length,
    assignments: value.assignments.length,
    calendars: value.calendars.length,
    baselines: new Set(value.tasks.flatMap(each => (each.baselines ?? []).map(baseline => baseline.number))).size,
    start: formatMinute(value.options.start),
  }
  if (!outcome.ok) return { ...head, error: outcome.error }
  const { schedule } = outcome
  const check = checkAgainstStored(value, schedule)
  const nameOf = new Map(value.tasks.map(each => [each.id, each.name]))
  return {
    ...head,
    finish: formatMinute(schedule.finish),
    critical: schedule.tasks.filter(each => each.critical).length,
    warnings: schedule.warnings.length,
    check: {
      tasks: check.tasks,
      agreeing: check.agreeing,
      fields: check.fields,
      total: check.differences.length,
      differences: check.differences.slice(0, shown).map(each => {
        const by = taskBehind(each.reason)
        return {
          ...each,
          name: nameOf.get(each.task) ?? '',
          ...(by === undefined ? {} : { by: nameOf.get(by) ?? '' }),
        }
      }),
    },
  }
}

/** The task that a reason names, for its name in the table. */
function taskBehind(reason: DifferenceReason): string | undefined {
  if (reason.kind === 'follows') return reason.task
  if (reason.kind === 'same_moment') return undefined
  const { why } = reason
  return why.kind === 'link' || why.kind === 'calendar' ? why.from : why.kind === 'children' ? why.task : undefined
}
