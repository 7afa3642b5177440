// What other modules may do with a plan on the server: read it as its reader sees it, and change it as its planner would.
import type { Plan, PlanEdit } from '@yingzao/engines/schedule'
import { type Ctx, get, run } from '@yingzao/kernel/server'
import { readPlan } from './keep.ts'
import { plan } from './plan.entity.ts'

export { reckon } from './reckon.ts'

/** A plan that the asker may open, whole, with the revision it has now. Refused like any record he may not see. */
export async function openPlan(ctx: Ctx, id: string): Promise<{ readonly plan: Plan; readonly revision: number }> {
  const record = await get(ctx, plan, id)
  return { plan: await readPlan(ctx, record), revision: record.revision }
}

/**
 * Edits a plan in the asker's name by the same verb as the Gantt: his right, conflicts with what others did since `base`,
 * history and undo are those of any edit. All edits are one step back.
 */
export async function editPlan(
  ctx: Ctx,
  id: string,
  { base, edits, summary }: { readonly base: number; readonly edits: readonly PlanEdit[]; readonly summary: string },
): Promise<void> {
  await run(ctx, plan, id, 'edit', { base, edits: JSON.parse(JSON.stringify(edits)), summary })
}
