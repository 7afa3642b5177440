// A forecast lies where its project lies.
import { asSystem, get, hooks } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { costForecast } from './cost-forecast.entity.ts'

export default hooks(costForecast, {
  async beforeSave(ctx, record) {
    const { company } = await get(asSystem(ctx), project, record.project)
    return { company }
  },
})
