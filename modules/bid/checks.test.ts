// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, { samples: { bid_bond: { amount: '10' } }, change: { bid: 'name', bid_bond: 'name' } })
