// An entry belongs to the company of its account, which must be in use; a wage account gets interest and pays nothing here.
import { hooks } from '@yingzao/kernel/server'
import { accountEntry } from './account-entry.entity.ts'
import { accountsFor } from './public.ts'

const use = ({ account, kind }: { readonly account: string; readonly kind: string }) =>
  ({
    account,
    path: 'account',
    way: kind === 'interest' || kind === 'other_in' ? 'in' : 'out',
    wages: kind === 'interest',
  }) as const

export default hooks(accountEntry, {
  async beforeSave(ctx, record) {
    const [account] = await accountsFor(ctx, [use(record)])
    return account && { company: account.company, project: account.project }
  },
  async afterSave(ctx, after, before) {
    // It may have gone out of use while the entry waited.
    if (after?.state === 'effective' && before?.state === 'pending' && after.reverses === null)
      await accountsFor(ctx, [use(after)])
  },
})
