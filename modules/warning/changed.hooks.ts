// What makes early warning look again: an edit of a plan, another current plan, a link between plans, other settings.
import type { Id } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, hooks, later } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { crossLink } from '../schedule/cross-link.entity.ts'
import { plan, planEdit } from '../schedule/plan.entity.ts'
import { warningSetting } from './setting.entity.ts'

/** Somebody who types makes many edits: one look for all of them. */
const settleMs = 1500

async function lookAgain(ctx: Ctx, id: Id<'plan'> | null): Promise<void> {
  if (id === null) return
  const runAt = new Date(Date.parse(ctx.now) + settleMs).toISOString()
  await later(asSystem(ctx), 'warning.look_ahead', { plan: id }, { key: `warning:${id}`, runAt })
}

export const afterEdit = hooks(planEdit, {
  afterSave: (ctx, after) => lookAgain(ctx, after?.plan ?? null),
})

export const afterPlan = hooks(plan, {
  async afterSave(ctx, after, before) {
    const id = after?.id ?? before?.id ?? null
    const same = after && before && after.current === before.current && after.calendars === before.calendars
    if (!same) await lookAgain(ctx, id)
  },
})

export const afterLink = hooks(crossLink, {
  async afterSave(ctx, after, before) {
    const ends = [after?.plan, after?.from_plan, before?.plan, before?.from_plan].flatMap(id => id ?? [])
    for (const id of new Set(ends)) await lookAgain(ctx, id)
  },
})

export const afterSetting = hooks(warningSetting, {
  async beforeSave(ctx, setting) {
    const owner = await get(asSystem(ctx), project, setting.project)
    return { company: owner.company }
  },
  async afterSave(ctx, after, before) {
    const filter = { project: { eq: after?.project ?? before?.project ?? '' }, current: { eq: true } }
    for (const each of await all(asSystem(ctx), plan, { filter, fields: ['current'] })) await lookAgain(ctx, each.id)
  },
})
