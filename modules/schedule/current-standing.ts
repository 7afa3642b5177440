// The current plan of a project and where each of its tasks stands on its status date, as its reader may know it.
import { type PlanStanding, planStanding } from '@yingzao/engines/earned-value'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { parseDay } from '@yingzao/engines/schedule/civil'
import { all, type Ctx, get } from '@yingzao/kernel/server'
import { asSeen } from './costs.ts'
import type { PlanRecord } from './keep.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { revivedPlan } from './revive.ts'

export interface CurrentStanding {
  readonly record: PlanRecord
  readonly plan: Plan
  /** Null where the plan has no task or no dates. Without a status date of its own it is that of today. */
  readonly standing: PlanStanding | null
  /** Says a status date, and has a baseline to compare with. */
  readonly measured: boolean
}

/** Null without a current plan that the caller sees. */
export async function currentStanding(ctx: Ctx, project: string): Promise<CurrentStanding | null> {
  const [found] = await all(ctx, plan, {
    filter: { project: { eq: project }, current: { eq: true } },
    fields: ['name'],
  })
  if (!found) return null
  const record = await get(ctx, plan, found.id)
  const value = revivedPlan(await asSeen(ctx, record, await readPlan(ctx, record)))
  const computed = compute(value)
  const today = parseDay(ctx.today)
  const at = value.options.statusDate ?? (today === undefined ? 0 : (today + 1) * 1440)
  const outcome = computed.ok ? planStanding(value, computed.schedule, at) : null
  const standing = outcome?.ok ? outcome.standing : null
  const measured = value.options.statusDate !== undefined && standing?.basis === 'baseline'
  return { record, plan: value, standing, measured }
}
