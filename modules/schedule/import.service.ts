// 导入计划: what a file holds, how our dates differ from its own and why, and — only when somebody confirms — the plan.
import { checkAgainstStored, compute, type DifferenceReason, formatMinute, type Plan } from '@yingzao/engines/schedule'
import { act, get, later } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { project } from '../project/project.entity.ts'
import { chosenPlan, keepImported, readUpload } from './import.ts'
import { reckon } from './reckon.ts'

/** Above this many the plan is written by a job, which tells how far it is. */
const mostAtOnce = 5000
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
    ...(reading.face ? { face: reading.face } : {}),
  }
})

export const importPlan = act('schedule.import', async (ctx, input) => {
  const { reading, ...upload } = await readUpload(ctx, input)
  const value = chosenPlan(reading, input)
  const asked = {
    plan: newId(),
    project: String(input.project),
    name: String(input.name),
    index: Number(input.index ?? 0),
  }
  const table = input.table ?? null
  const make_current = input.make_current === true
  if (value.tasks.length <= mostAtOnce)
    return keepImported(ctx, { ...asked, make_current, value, upload, loss: reading.loss })
  await get(ctx, project, asked.project)
  reckon(value)
  const job = await later(ctx, 'schedule.import', { ...asked, make_current, file: upload.file.id, table })
  return { plan: asked.plan, job, tasks: value.tasks.length }
})

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
