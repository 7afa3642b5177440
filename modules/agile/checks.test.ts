// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'

let days = 0
standardChecks(module, {
  samples: {
    sprint: { start_on: '2026-03-02', finish_on: '2026-03-13' },
    // One note a day and person.
    stand_up: { held_on: () => `2026-03-${String(1 + (days++ % 28)).padStart(2, '0')}` },
  },
})
