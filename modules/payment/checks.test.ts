// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import type { SamplePlace } from '@yingzao/platform/testing/sample'
import module from './module.ts'

let made = 0
const account = (at: SamplePlace) =>
  at.make('bank_account', {
    name: `账户 ${++made}`,
    type: 'cash',
    project: null,
    company: at.company,
    opening_amount: '1000',
  })
const party = (at: SamplePlace) =>
  at.make('counterparty', {
    ...{ name: `单位 ${++made}`, taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: `62220000${made}`, main: true }],
  })

/** Both sides of a netting are with the same one. */
const sides = new WeakMap<SamplePlace, Promise<string>>()
const contractOf = (direction: 'income' | 'expense') => async (at: SamplePlace) => {
  const counterparty = sides.get(at) ?? party(at)
  sides.set(at, counterparty)
  const item = direction === 'income' ? null : await at.make('cost_item', { code: `D${++made}`, name: '分包' })
  const lines = [{ name: '土方', item, amount: direction === 'income' ? '100' : '0', tax_rate: '0.09' }]
  const project = await at.make('project', { name: `项目 ${++made}`, company: at.company })
  return at.approved('contract', { project, direction, counterparty: await counterparty, lines }, 'signed')
}

standardChecks(module, {
  samples: {
    payment_request: { contract: null, project: null, company: at => at.company, counterparty: party, kind: 'other' },
    receipt: { contract: null, project: null, counterparty: party, account, kind: 'other', received_on: '2026-01-05' },
    netting: {
      income_contract: contractOf('income'),
      expense_contract: contractOf('expense'),
      amount: '1',
      agreed_on: '2026-01-05',
    },
    transfer: { from_account: account, to_account: account, moved_on: '2026-01-05' },
    payment: {
      account,
      amount: '1',
      paid_on: '2026-01-05',
      request: async at => {
        const id = await at.make('payment_request', {
          ...{ contract: null, project: null, kind: 'other', amount: '10', name: `申请 ${++made}` },
          ...{ company: at.company, counterparty: await party(at) },
        })
        return id
      },
    },
  },
  change: { payment_request: 'name', receipt: 'name', transfer: 'name', netting: 'name', payment: 'bank_ref' },
})
