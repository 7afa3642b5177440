// A project's cost item belongs where its project is.
import { asSystem, get, hooks } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { projectCostItem } from './cost-item.entity.ts'

export default hooks(projectCostItem, {
  async beforeSave(ctx, row) {
    return { company: (await get(asSystem(ctx), project, row.project)).company }
  },
})
