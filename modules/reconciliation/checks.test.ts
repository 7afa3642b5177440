// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import type { SamplePlace } from '@yingzao/platform/testing/sample'
import module from './module.ts'

let made = 0
const account = (at: SamplePlace) =>
  at.make('bank_account', { name: `账户 ${++made}`, type: 'cash', project: null, company: at.company })
const days = { from_on: '2026-01-01', to_on: '2026-01-31' }

standardChecks(module, {
  samples: {
    bank_statement: { account, ...days },
    bank_statement_line: {
      statement: async at =>
        at.make('bank_statement', {
          ...{ name: `对账单 ${++made}`, account: await account(at), ...days },
          ...{ opening_amount: '0', closing_amount: '0' },
        }),
    },
  },
  change: { bank_statement: 'name', bank_statement_line: 'summary' },
})
