// Guarantees: told 30, 15 and 7 days before they end, red when they ended with the obligation open, and whose they are.
import { testApp } from '@yingzao/platform/testing/app'
import { standardChecks } from '@yingzao/platform/testing/checks'
import { expect, test } from 'vitest'
import { contractSite } from '../contract/testing/site.ts'
import { guarantee } from './guarantee.entity.ts'
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

test('a performance guarantee beyond 10 % of its contract is marked, one of another kind is not judged', async () => {
  const app = await testApp()
  try {
    const { agree, keeper, project, party } = await contractSite(app)
    const contract = await agree('109000.00')
    const give = (amount: `${number}`, more: object = {}) =>
      keeper.entity(guarantee).create({
        ...{ guarantee_no: `LY${++made}`, project, contract, counterparty: party.id, bank: '云州银行', amount },
        ...{ issued_on: '2026-03-02', valid_to: '2027-03-01', ...more },
      })
    expect(await give('10900.00')).toMatchObject({ cap_amount: '10900.00', within_law: 'within' })
    const beyond = await give('10900.01')
    expect(beyond).toMatchObject({ cap_amount: '10900.00', within_law: 'beyond' })
    expect(await give('50000.00', { kind: 'advance' })).toMatchObject({ cap_amount: null, within_law: null })
    const lessened = await keeper.entity(guarantee).patch(beyond.id, beyond.version, { amount: '10000.00' })
    expect(lessened).toMatchObject({ within_law: 'within' })
  } finally {
    await app.close()
  }
})
