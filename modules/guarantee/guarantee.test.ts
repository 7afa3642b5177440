// Guarantees: told 30, 15 and 7 days before they end, red when they ended with the obligation open, and whose they are.
import { standardChecks } from '@yingzao/platform/testing/checks'
import { expect, test } from 'vitest'
import module from './module.ts'
import { standingOn } from './standing.ts'

let made = 0
standardChecks(module, {
  samples: {
    guarantee: {
      issued_on: '2026-01-01',
      valid_to: '2026-12-31',
      counterparty: at => at.make('counterparty', { name: `受益人 ${++made}`, taxpayer: 'person' }),
      guarantee_no: () => `BH${++made}`,
    },
  },
  change: { guarantee: 'bank' },
})

test('the days before its end and after it', () => {
  const on = (today: string, returned_on: string | null = null) =>
    standingOn({ valid_to: '2026-03-31', returned_on }, today)
  expect(
    ['2026-02-28', '2026-03-01', '2026-03-16', '2026-03-24', '2026-03-31', '2026-04-01'].map(day => on(day)),
  ).toEqual(['valid', 'd30', 'd15', 'd7', 'd7', 'expired'])
  expect(on('2026-04-01', '2026-03-30')).toBe('returned')
})
