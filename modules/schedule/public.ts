// What another module may do with a plan on the server: read it whole, compute it, edit it through the one door.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { type Ctx, get, refuse, run } from '@yingzao/kernel/server'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'

export { type CrossLinkRecord, connectedTo, crossLinkOf } from './cross-link.ts'
export type { PlanRecord } from './keep.ts'
export { promiseOf } from './promise.ts'
export { readPlan } from './read.ts'
export { progressOf, reckon } from './reckon.ts'
export { planHead } from './rows.ts'

/** A plan that the caller may open, whole. Refuses what he does not see. */
export async function openPlan(ctx: Ctx, id: string) {
  const record = await get(ctx, plan, id)
  return { record, plan: await readPlan(ctx, record) }
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
