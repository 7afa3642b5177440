// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    opening: {
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
      contracts: () => [],
      costs: async at => [{ item: await at.make('cost_item', { code: `KQ${++made}` }), amount: '10' }],
      control_measured_amount: () => null,
      control_due_amount: () => null,
      control_paid_amount: () => null,
      control_invoiced_amount: () => null,
      control_cost_amount: () => null,
    },
  },
  change: { opening: 'note' },
})
