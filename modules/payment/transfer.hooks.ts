// A transfer is of the companies of its accounts; to a wage account only the labour share goes, and nothing comes from one.
import { hooks } from '@yingzao/kernel/server'
import { accountsFor } from '../bank-account/public.ts'
import { transfer } from './transfer.entity.ts'

const uses = (record: { readonly from_account: string; readonly to_account: string; readonly labour_share: boolean }) =>
  [
    { account: record.from_account, path: 'from_account', way: 'out' },
    { account: record.to_account, path: 'to_account', way: 'in', wages: record.labour_share },
  ] as const

export default hooks(transfer, {
  async beforeSave(ctx, record) {
    const [from, to] = await accountsFor(ctx, uses(record))
    if (!from || !to) return undefined
    const loan = from.company !== to.company || (from.project !== to.project && !!from.project && !!to.project)
    return {
      ...{ company: from.company, project: from.project, to_company: to.company, to_project: to.project, loan },
      kind: loan ? 'internal_loan' : record.labour_share ? 'labour_share' : 'transfer',
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.state === 'effective' && before?.state === 'pending' && after.reverses === null)
      await accountsFor(ctx, uses(after))
  },
})
