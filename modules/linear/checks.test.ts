// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

standardChecks(module, {
  samples: {
    alignment: { from_chainage: 'K12+000', to_chainage: 'K15+000' },
    stretch: {
      task: async at => at.make('task', { plan: await at.make('plan') }),
      ...{ from_chainage: 'K13+000', to_chainage: 'K14+000' },
    },
    chainage_report: { from_chainage: 'K13+100', to_chainage: 'K13+200', reported_on: '2026-01-15' },
  },
  change: {
    alignment: { field: 'left_name', values: ['左线', '上行线'] },
    stretch: { field: 'work', values: ['掘进', '管片'] },
  },
})
