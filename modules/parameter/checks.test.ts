// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    parameter: { code: () => `p_${++made}`, values: [{ value: '1', from_on: '2020-01-01', to_on: null }] },
  },
  change: { parameter: 'name' },
})
