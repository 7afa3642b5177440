// Limits lie where their project lies.
import { asSystem, get, hooks } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { costAim } from './cost-aim.entity.ts'

export default hooks(costAim, {
  async beforeSave(ctx, record) {
    const { company } = await get(asSystem(ctx), project, record.project)
    return { company }
  },
})
