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
    progress_claim: {
      contract: at => contractInForce(at),
      lines: [{ kind: 'fine', what: '罚款', amount: '10' }],
    },
    settlement: {
      contract: at => contractInForce(at),
      accepted_on: '2024-01-31',
      lines: [{ what: '土建', submitted_amount: '10', approved_amount: '9' }],
    },
    retention_release: {
      contract: async at => {
        const contract = await contractInForce(at)
        await at.approved('settlement', { contract })
        return contract
      },
      amount: '0',
    },
  },
  change: { measurement: 'note', progress_claim: 'note', settlement: 'note', retention_release: 'reason' },
})
