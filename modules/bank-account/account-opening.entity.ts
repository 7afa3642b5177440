// 账户期初: what an account held, and may be overdrawn by, when it came into the books. Made of the account's own fields; a
// change of those makes a new one and reverses the old, so that the ledger tells both.
import { allow, entity, f, post, table } from '@yingzao/kernel/entity'
import { cashLedger } from './cash.ledger.ts'

export const accountOpening = entity('account_opening', {
  kind: 'document',
  label: { zh: '账户期初', en: 'Opening of an account' },
  title: 'account',
  number: 'ZHQC-{yyyy}{mm}-{seq:4}',
  fields: {
    account: f.ref('bank_account', { zh: '资金账户', en: 'Account' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { system: true, quiet: true }),
    opened_on: f.date({ zh: '期初日期', en: 'As of' }, { required: true }),
    amount: f.money({ zh: '期初余额', en: 'Opening balance' }, { required: true, group: 'balance' }),
    overdraft_amount: f.money({ zh: '允许透支', en: 'Overdraft allowed' }, { required: true, group: 'balance' }),
  },
  place: { company: 'company', project: 'project' },
  posting: [
    post(cashLedger, {
      dims: { account: 'account', purpose: '"opening"', on: 'opened_on' },
      measures: { received: 'amount', overdraft: 'overdraft_amount' },
    }),
  ],
  reversal: { negate: ['amount', 'overdraft_amount'] },
  access: [
    allow('finance', 'read export', { fields: { balance: 'read' } }),
    allow('cashier', 'read', { fields: { balance: 'read' } }),
    allow('boss', 'read', { fields: { balance: 'read' } }),
  ],
  views: { list: table('number account opened_on amount overdraft_amount state', { sort: '-created_at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    account_opening: typeof accountOpening
  }
}
