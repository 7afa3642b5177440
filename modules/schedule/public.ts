// What another module may do with a plan on the server: read it whole, compute it, edit it through the one door.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { all, asSystem, type Ctx, get, refuse, run } from '@yingzao/kernel/server'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { task } from './task.entity.ts'

export { type CrossLinkRecord, connectedTo, crossLinkOf } from './cross-link.ts'
export { type CurrentStanding, currentStanding } from './current-standing.ts'
export type { PlanRecord } from './keep.ts'
export { standingsOf } from './past-standing.ts'
export { promiseOf } from './promise.ts'
export { readPlan } from './read.ts'
export { progressOf, reckon } from './reckon.ts'
export { readRisk } from './risk.ts'
export { planHead } from './rows.ts'
export type { PastStanding } from './standing-shape.ts'

/** A plan that the caller may open, whole. Refuses what he does not see. */
export async function openPlan(ctx: Ctx, id: string) {
  const record = await get(ctx, plan, id)
  return { record, plan: await readPlan(ctx, record) }
}

/** Of what names tasks of plans, the places that name one of another project (or one of a project where there is none). */
export async function tasksElsewhere(
  ctx: Ctx,
  project: string | null,
  tasks: readonly (string | null)[],
): Promise<number[]> {
  const named = [...new Set(tasks.flatMap(each => each ?? []))]
  if (named.length === 0) return []
  const found = await all(asSystem(ctx), task, { filter: { id: { in: named } }, fields: ['project'] })
  const places = new Map<string, string | null>(found.map(each => [each.id, each.project]))
  return tasks.flatMap((each, at) => (each === null || (project !== null && places.get(each) === project) ? [] : [at]))
}

export interface EditedPlan {
  readonly revision: number
}

/**
 * Edits a plan as its planner does: with his right, against the revision he saw, undone by him as one step. Joins the
 * caller's transaction. Refuses `schedule.changed` when somebody else has changed the same place since.
 */
export async function editPlan(
  ctx: Ctx,
  id: string,
  { base, edits, summary }: { readonly base: number; readonly edits: readonly PlanEdit[]; readonly summary: string },
): Promise<EditedPlan> {
  const answer = await run(ctx, plan, id, 'edit', { base, edits, summary })
  const revision: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'revision') : undefined
  if (typeof revision !== 'number') throw refuse('verb.unknown', { verb: 'edit' })
  return { revision }
}
