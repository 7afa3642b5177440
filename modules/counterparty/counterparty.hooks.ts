// The credit code checks itself, one account is the default, and the state of the qualifications follows their dates.
import { isCreditCode } from '@yingzao/engines/identity'
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { counterparty } from './counterparty.entity.ts'
import { qualificationOn } from './qualification.ts'

export default hooks(counterparty, {
  async beforeSave(ctx, record) {
    const errors: { path: string; code: string }[] = []
    const code = record.credit_code?.replaceAll(/\s/g, '').toUpperCase() ?? null
    if (code !== null && !isCreditCode(code)) errors.push({ path: 'credit_code', code: 'counterparty.credit_code' })
    if (record.accounts.filter(account => account.main).length > 1)
      errors.push({ path: 'accounts', code: 'counterparty.two_default_accounts' })
    if (errors.length > 0) throw refuseInput(errors)
    return { credit_code: code, ...qualificationOn(record.qualifications, ctx.today) }
  },
})
