// Stand-up notes and findings of a retrospective belong where their sprint is.
import { asSystem, type Ctx, get, hooks } from '@yingzao/kernel/server'
import { retroItem, sprint, standUp } from './sprint.entity.ts'

async function placed(ctx: Ctx, id: string) {
  const { project, company } = await get(asSystem(ctx), sprint, id)
  return { project, company }
}

export const standUpHooks = hooks(standUp, {
  beforeSave: async (ctx, record, before) =>
    before?.sprint === record.sprint ? undefined : placed(ctx, record.sprint),
})
export const retroHooks = hooks(retroItem, {
  beforeSave: async (ctx, record, before) =>
    before?.sprint === record.sprint ? undefined : placed(ctx, record.sprint),
})
