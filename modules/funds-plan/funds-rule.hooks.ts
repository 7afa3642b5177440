// A rule is for one company, or one project of it.
import { asSystem, get, hooks, refuseInput } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { fundsRule } from './funds-rule.entity.ts'

export default hooks(fundsRule, {
  async beforeSave(ctx, record) {
    if (record.project === null) return { scope: record.company }
    const { company } = await get(asSystem(ctx), project, record.project)
    if (company !== record.company) throw refuseInput([{ path: 'project', code: 'funds_plan.other_company' }])
    return { scope: record.project }
  },
})
