// A guarantee belongs to the company of its project, and to the project of its contract; its standing follows its days.
import { asSystem, get, hooks, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { project } from '../project/project.entity.ts'
import { guarantee } from './guarantee.entity.ts'
import { standingOn } from './standing.ts'

export default hooks(guarantee, {
  async beforeSave(ctx, record) {
    const system = asSystem(ctx)
    const { company } = await get(system, project, record.project)
    if (record.contract !== null && (await get(system, contract, record.contract)).project !== record.project)
      throw refuseInput([{ path: 'contract', code: 'guarantee.other_project' }])
    return { company, standing: standingOn(record, ctx.today) }
  },
})
