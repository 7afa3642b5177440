// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let made = 0
standardChecks(module, {
  samples: {
    funds_plan: {
      // One plan a month of a project.
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
      month: '2026-11',
      lines: [{ direction: 'out', kind: 'other', amount: '10' }],
    },
    funds_rule: {
      company: at => at.company,
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
    },
  },
  change: { funds_plan: 'note', funds_rule: 'name' },
})
