// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'
import { contractInForce } from './testing/samples.ts'

standardChecks(module, {
  samples: {
    measurement: {
      contract: at => contractInForce(at),
      lines: [{ kind: 'variation', what: '签证', amount: '10', tax_rate: '0.09' }],
    },
  },
  change: { measurement: 'note' },
})
