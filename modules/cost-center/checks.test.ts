// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    cost_forecast: {
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
      item: at => at.make('cost_item', { code: `Y${++made}` }),
    },
    cost_aim: { project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }) },
  },
  change: { cost_forecast: 'reason', cost_aim: 'escalate_share' },
})
