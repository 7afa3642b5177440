// What every entity of this module must do, asked over HTTP.
import { formatDay } from '@yingzao/engines/schedule'
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

// Weeks are named by their Monday, and a task is promised once a week.
let monday = 20_514
const nextMonday = () => {
  monday += 7
  return formatDay(monday)
}

standardChecks(module, {
  samples: { progress_report: { percent: '0.5' }, week_commitment: { week_on: nextMonday } },
  change: { progress_report: 'note', week_commitment: 'promise' },
})
