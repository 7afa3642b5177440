// 项目关口: what must stand before a project starts, and what the life cycle writes by itself.
import { type Ctx, hooks, list, refuse } from '@yingzao/kernel/server'
import { projectMember } from './member.entity.ts'
import { project } from './project.entity.ts'

const say = {
  start_on: { zh: '计划开工日期', en: 'planned start' },
  manager: { zh: '项目经理', en: 'project manager' },
  members: { zh: '项目成员', en: 'members' },
}

export default hooks(project, {
  async beforeSave(ctx, record, before) {
    if (before?.stage === 'closed' && record.stage === 'closed') throw refuse('project.closed', { name: record.name })
    if (!before || before.stage === record.stage) return undefined
    if (record.stage === 'active' && before.stage === 'ready') {
      const missing = await missingToStart(ctx, record)
      if (missing.length > 0)
        throw refuse('project.start_needs', {
          missing: missing.map(key => say[key][ctx.lang]).join(ctx.lang === 'zh' ? '、' : ', '),
        })
      return { started_on: record.started_on ?? ctx.today }
    }
    if (record.stage === 'completed') return { completed_on: record.completed_on ?? ctx.today }
    return undefined
  },
})

async function missingToStart(
  ctx: Ctx,
  record: { readonly id: string; readonly start_on: string | null; readonly manager: string | null },
) {
  const members = await list(ctx, projectMember, { filter: { project: { eq: record.id } }, limit: 1 })
  const missing: (keyof typeof say)[] = []
  if (!record.start_on) missing.push('start_on')
  if (!record.manager) missing.push('manager')
  if (members.items.length === 0) missing.push('members')
  return missing
}
