// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, {
  samples: { approval_power: { entity: 'project_gate', up_to_amount: '50000.00', basis: '董字〔2026〕3号' } },
  change: { approval_power: 'basis' },
})
