// The last four digits stand beside the secret, a project's wage account is one, and it is that of the project's company.
import { asSystem, get, hooks, list, refuseInput } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { bankAccount } from './bank-account.entity.ts'

export default hooks(bankAccount, {
  async beforeSave(ctx, record) {
    const errors: { path: string; code: string }[] = []
    const number = record.number?.replaceAll(/\s/g, '') ?? null
    if (number !== null && !/^[0-9]{8,30}$/.test(number)) errors.push({ path: 'number', code: 'bank_account.number' })
    const system = asSystem(ctx)
    if (record.project !== null) {
      const { company } = await get(system, project, record.project)
      if (company !== record.company) errors.push({ path: 'project', code: 'bank_account.other_company' })
    }
    const wage_of = record.type === 'wage' && record.active ? record.project : null
    if (wage_of !== null) {
      const others = await list(system, bankAccount, {
        filter: { wage_of: { eq: wage_of } },
        limit: 2,
      })
      if (others.items.some(({ id }) => id !== record.id))
        errors.push({ path: 'project', code: 'bank_account.second_wage_account' })
    }
    if (errors.length > 0) throw refuseInput(errors)
    return { number, ending: number?.slice(-4) ?? null, wage_of }
  },
})
