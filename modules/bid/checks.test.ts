// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, {
  samples: {
    bid_bond: { amount: '10' },
    bid_bond_entry: {
      bond: at => at.approved('bid_bond', { form: 'guarantee', amount: '10' }),
      kind: 'forfeited',
      on: '2026-01-05',
    },
  },
  change: { bid: 'name', bid_bond: 'name', bid_bond_entry: 'reason' },
})
