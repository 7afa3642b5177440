// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    tax_rate: { code: () => `T-${++made}`, periods: [{ rate: '0.09', from_on: '2020-01-01', to_on: null }] },
  },
  change: { tax_rate: 'name' },
})
