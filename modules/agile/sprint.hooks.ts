// A sprint belongs where its project is, keeps when it really ran, and what was promised and done by its log.
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { linkable } from './plan-task.ts'
import { sprint } from './sprint.entity.ts'
import { burnOf } from './sprint-burn.ts'
import { isTakingOver } from './take-over.ts'

export default hooks(sprint, {
  async beforeSave(ctx, record, before) {
    if (isTakingOver(ctx)) return undefined
    if (before && before.project !== record.project) throw refuse('agile.project_fixed', { name: record.name })
    if (record.plan_task !== (before?.plan_task ?? null)) await linkable(ctx, record)
    if (before?.stage === 'planned' && record.stage === 'running') {
      const started = { ...record, started_at: ctx.now }
      return { started_at: ctx.now, committed: decimal((await burnOf(asSystem(ctx), started)).committed) }
    }
    if (before?.stage === 'running' && record.stage === 'closed') {
      const closed = { ...record, closed_at: ctx.now }
      return { closed_at: ctx.now, completed: decimal((await burnOf(asSystem(ctx), closed)).completed) }
    }
    if (before) return undefined
    return { company: (await get(asSystem(ctx), project, record.project)).company }
  },
})

export const decimal = (points: number): `${number}` => `${Math.round(points * 10) / 10}`
