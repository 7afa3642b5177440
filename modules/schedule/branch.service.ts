// 试算方案: a plan is branched off, worked on as any plan, and taken over: what it changed becomes one edit of the original,
// together with what was done there meanwhile. What both changed is decided by whoever takes it over.
import { type MergeConflict, type MergeSide, mergePlans, type Plan, planDifference } from '@yingzao/engines/schedule'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { asId, type Json } from '@yingzao/kernel/entity'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, type Ctx, create, get, handle, patch, refuse } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { accept, refusedEdit, taskName } from './accept.ts'
import { asSeen } from './costs.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { readBase, readPlan } from './read.ts'
import { projectPlan, reckon } from './reckon.ts'

export default handle(plan, {
  /** A branch of the plan as it is now; nothing is copied. */
  async branch(ctx, record, input) {
    const system = asSystem(ctx)
    const id = asId('plan', newId())
    const { project, mode, calendar, start_on, status_on, options, calendars, more, revision } = record
    const { risk, risk_costs, crash } = record
    await create(system, plan.name, {
      ...{ id, name: String(input.name), project, mode, calendar, start_on, status_on, options, calendars, more },
      ...{ risk, risk_costs, crash, branch_of: record.id, branch_revision: revision },
    })
    const made = await get(system, plan, id)
    const value = await readPlan(ctx, record)
    await projectPlan(ctx, made, value, reckon(value))
    return { plan: id }
  },

  /** What a take-over would do now, and what is to be decided before. */
  async review(ctx, record) {
    if (record.branch_of === null) throw refuse('verb.not_now', { verb: 'review' })
    const original = await get(asSystem(ctx), plan, record.branch_of)
    const { merged, theirs } = await merge(ctx, record, original, new Map())
    const difference = planDifference(theirs, merged.plan)
    const refusal = difference.ok ? undefined : refusedEdit(merged.plan, difference.error)
    return asSeen(ctx, record, {
      revision: original.revision,
      branch_revision: record.revision,
      /** Edits on the original since the branch was made. */
      meanwhile: original.revision - (record.branch_revision ?? 0),
      conflicts: merged.conflicts.map(each => ({ ...each, subject: subjectOf(merged.plan, each) })),
      ...(difference.ok && { edits: difference.edits }),
      /** Together the two would be no plan (a loop): said in the words of the refusal. */
      ...(refusal && { refused: { code: refusal.code, values: refusal.values } }),
    })
  },

  async take_over(ctx, record, input) {
    if (record.branch_of === null) throw refuse('verb.not_now', { verb: 'take_over' })
    const system = asSystem(ctx)
    const rights = rightsOf(ctx, plan.name)
    const locked = await lockRecord(ctx, shapeOf(ctx.registry, plan.name), record.branch_of, {
      taken: rights.rows('take_over'),
    })
    if (!locked.allowed.taken) throw refuse('access.denied', { function: 'take_over' })
    const original = await get(system, plan, record.branch_of)
    if (Number(input.revision) !== original.revision || Number(input.branch_revision) !== record.revision)
      throw refuse('schedule.seen_before', {})
    const decisions = decisionsOf(input.decisions)
    const { merged, theirs } = await merge(ctx, record, original, decisions)
    const open = merged.conflicts.filter(each => !decisions.has(each.place))
    if (open[0]) throw refuse('schedule.undecided', { count: open.length, task: subjectOf(merged.plan, open[0]) })
    const difference = planDifference(theirs, merged.plan)
    if (!difference.ok) throw refusedEdit(merged.plan, difference.error)
    if (difference.edits.length === 0) throw refuse('schedule.nothing_to_take_over', {})
    const summary = takenOver[ctx.lang](record.name).slice(0, 300)
    const { revision, figures } = await accept(ctx, original, theirs, difference.edits, { summary })
    await patch(system, plan.name, record.id, undefined, { taken_over_revision: revision })
    return { plan: original.id, revision, figures }
  },
})

async function merge(ctx: Ctx, branch: PlanRecord, original: PlanRecord, decisions: ReadonlyMap<string, MergeSide>) {
  const theirs = await readPlan(ctx, original)
  const mine = { ...(await readPlan(ctx, branch)), name: theirs.name }
  return { theirs, merged: mergePlans(await readBase(ctx, branch), mine, theirs, decisions) }
}

function decisionsOf(value: Json | undefined): ReadonlyMap<string, MergeSide> {
  const decisions = new Map<string, MergeSide>()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return decisions
  for (const [place, side] of Object.entries(value))
    if (side === 'mine' || side === 'theirs') decisions.set(place, side)
  return decisions
}

/** What a conflict is about, in names: a task, a link's two ends, a task and its resource. */
function subjectOf(value: Plan, { what, id, base, mine, theirs }: MergeConflict): string {
  const resource = (of: string) => value.resources.find(each => each.id === of)?.name ?? ''
  const known =
    what === 'link' || what === 'assignment'
      ? [...value.links, ...value.assignments].find(each => each.id === id)
      : [theirs, mine, base].find(each => typeof each === 'object' && each !== null)
  const part = (name: string) => (typeof known === 'object' && known !== null ? Reflect.get(known, name) : undefined)
  if (what === 'link') return `${taskName(value, String(part('from')))} → ${taskName(value, String(part('to')))}`
  if (what === 'assignment') return `${taskName(value, String(part('task')))} · ${resource(String(part('resource')))}`
  if (what === 'resource') return resource(id) || String(part('name') ?? '')
  return taskName(value, id) || String(part('name') ?? '')
}

const takenOver = {
  zh: (name: string) => `并入试算方案“${name}”`,
  en: (name: string) => `Took over the branch “${name}”`,
}
