// A contract belongs to the company of its project; what it spends says for which cost item.
import { asSystem, get, hooks, refuseInput } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { contract } from './contract.entity.ts'

export default hooks(contract, {
  async beforeSave(ctx, record) {
    const { company } = await get(asSystem(ctx), project, record.project)
    const errors = record.lines.flatMap(({ item }, at) =>
      record.direction === 'expense' && item === null ? [{ path: `lines.${at}.item`, code: 'contract.item' }] : [],
    )
    if (errors.length > 0) throw refuseInput(errors)
    return { company }
  },
})
