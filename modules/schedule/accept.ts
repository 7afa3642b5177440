// Edits taken on by a plan: applied, computed, written with their undo, and projected. The plan's row is locked by the caller.
import { applyEdits, dayOf, type EditError, formatDay, type Plan, type PlanEdit } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create, patch, refuse } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { keepCopies } from './copy.ts'
import { allIds, type PlanRecord, writePlan } from './keep.ts'
import { plan, planEdit } from './plan.entity.ts'
import { readPlanAt } from './read.ts'
import { projectPlan, reckon } from './reckon.ts'
import { planColumns } from './rows.ts'

const json = (value: object): Json => JSON.parse(JSON.stringify(value))

/** All of the edits or none; answers the new revision and the figures of the plan. Refuses what cannot be applied or computed. */
export async function accept(
  ctx: Ctx,
  record: PlanRecord,
  before: Plan,
  edits: readonly PlanEdit[],
  note: { readonly summary: string; readonly of?: string },
) {
  const applied = applyEdits(before, edits)
  if (!applied.ok) throw refusedEdit(before, applied.error)
  if (!allIds(applied.plan)) throw refuse('schedule.invalid_edit', { reason: 'id' })
  const last = { plan: before, schedule: reckon(before) }
  const schedule = reckon(applied.plan)
  // An edit that changes nothing is nothing to keep, and nothing to undo.
  if (applied.inverse.length === 0) {
    const figures = await projectPlan(ctx, record, before, schedule, last)
    return { revision: record.revision, edits, figures }
  }
  await writePlan(ctx, record, before, applied.plan)
  const revision = record.revision + 1
  const system = asSystem(ctx)
  const { options, calendars, more } = planColumns(applied.plan)
  await patch(
    system,
    plan.name,
    record.id,
    undefined,
    applied.plan.options === before.options
      ? { revision }
      : { revision, options, calendars, more, ...dateColumns(applied.plan) },
  )
  await create(system, planEdit.name, {
    id: newId(),
    plan: record.id,
    project: record.project,
    company: record.company,
    revision,
    summary: note.summary,
    edits: json(edits),
    inverse: json(applied.inverse),
    ...(note.of === undefined ? {} : { of: note.of }),
  })
  const now = { ...record, revision }
  await keepCopies(ctx, now, revision, async at => (at === revision ? applied.plan : readPlanAt(ctx, now, at)))
  const figures = await projectPlan(ctx, record, applied.plan, schedule, last)
  return { revision, edits, figures }
}

/** Lists show the start and status date; the options decide them. */
const dateColumns = ({ options }: Plan) => ({
  start_on: asDay(options.start),
  status_on: options.statusDate === undefined ? null : asDay(options.statusDate),
})
const asDay = (minute: number) => formatDay(dayOf(minute))

export const taskName = (value: Plan, id: string) => value.tasks.find(each => each.id === id)?.name ?? ''

export function refusedEdit(value: Plan, error: EditError) {
  if (error.code === 'schedule.edit.cycle')
    return refuse('schedule.cycle', { tasks: error.tasks.map(id => taskName(value, id)).join(' → ') })
  return refuse('schedule.invalid_edit', {
    reason: error.code,
    ...Object.fromEntries(Object.entries(error).filter(([key]) => key !== 'code')),
  })
}
