// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import type { SamplePlace } from '@yingzao/platform/testing/sample'
import module from './module.ts'

let made = 0
const party = (at: SamplePlace) => at.make('counterparty', { name: `银行 ${++made}`, taxpayer: 'person' })

standardChecks(module, {
  samples: {
    loan: {
      name: () => `借款 ${++made}`,
      pay_day: 21,
      counterparty: party,
      rates: [{ rate: '0.0435', from_on: '2026-01-01' }],
    },
  },
  change: { loan: 'note' },
})
