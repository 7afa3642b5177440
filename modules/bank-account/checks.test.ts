// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    bank_account: { name: () => `账户 ${++made}`, type: 'cash', project: null },
    account_entry: {
      account: at => at.make('bank_account', { name: `账户 ${++made}`, type: 'cash', company: at.company }),
      counterparty: null,
      reason: '利息',
      entered_on: '2026-01-05',
    },
    account_opening: {
      account: at => at.make('bank_account', { name: `账户 ${++made}`, type: 'cash', company: at.company }),
    },
  },
  change: { bank_account: 'note', account_entry: 'reason' },
})
