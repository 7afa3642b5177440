// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, {
  change: { plan_resource: 'user' },
  // Its two ends lie in two plans.
  samples: { cross_link: { from_task: async at => at.make('task', { plan: await at.make('plan') }) } },
})
