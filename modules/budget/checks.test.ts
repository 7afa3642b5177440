// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    budget: {
      // One version in work a project.
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
      lines: async at => [{ item: await at.make('cost_item', { code: `B${made}` }), qty: '1', price: '10' }],
    },
  },
  change: { budget: 'name' },
})
