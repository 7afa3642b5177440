// Limits by the days they hold: what ships, what an administrator changes, and that an older document is judged by its own day.
import type { PlainDate } from '@yingzao/kernel/entity'
import { bid } from '@yingzao/modules/bid/bid.entity'
import { bidBond } from '@yingzao/modules/bid/bid-bond.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import { overlapping, valueIn } from '@yingzao/modules/parameter/in-force'
import { parameter } from '@yingzao/modules/parameter/parameter.entity'
import { limitOn, type ParameterCode } from '@yingzao/modules/parameter/public'
import { standardParameters } from '@yingzao/modules/parameter/standard'
import { keep } from '@yingzao/modules/parameter/testing/keep'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let now = new Date('2026-03-02T01:00:00Z')
beforeAll(async () => {
  app = await testApp({ now: () => now })
})
afterAll(() => app?.close())
const system = () => systemContext(app.host, 'test')

test('every limit ships with its days and source; the law of 2017 lowered the retention to 3 %', async () => {
  const on = (code: ParameterCode, day: string) => limitOn(system(), code, day)
  expect(await on('late_day_rate', '2026-01-01')).toBe('0.0005')
  expect(await on('late_day_rate', '2020-08-31')).toBeNull()
  expect(await keep(app)).toMatchObject({ made: Object.keys(standardParameters).length })
  expect(await keep(app)).toEqual({ made: 0, changed: 0 })
  expect([
    Number(await on('retention_share', '2017-06-30')),
    Number(await on('retention_share', '2017-07-01')),
  ]).toEqual([0.05, 0.03])
  const { items } = await (await app.as('administrator')).entity(parameter).list({ limit: 100 })
  expect(items.every(each => each.basis && each.name_en)).toBe(true)
  const general = { value: '1', from_on: '2020-01-01', to_on: null, company: null } as const
  const own = { ...general, value: '2', from_on: '2021-01-01', company: 'c' } as const
  expect([valueIn([general, own], '2020-06-01', 'c'), valueIn([general, own], '2021-06-01', 'c')]).toEqual(['1', '2'])
  expect(valueIn([general, own], '2021-06-01', 'd')).toBe('1')
  expect([overlapping([general, own]), overlapping([general, general])]).toEqual([null, 1])
})

test('a limit that changes next month judges what is written then, and nothing that was written before', async () => {
  const finance = await app.as('finance')
  let [administrator, keeper] = [await app.as('finance'), await app.as('cost_engineer')]
  const change = async (code: ParameterCode, value: `${number}`, before: PlainDate, from_on: PlainDate) => {
    const [found] = (await administrator.entity(parameter).list({ filter: { code: { eq: code } } })).items
    if (!found) throw new Error(code)
    const { values, version } = await administrator.entity(parameter).get(found.id)
    const [last] = values
    if (!last) throw new Error(code)
    return administrator.entity(parameter).patch(found.id, version, {
      values: {
        upsert: [
          { id: last.id, to_on: before },
          { value, from_on },
        ],
      },
    })
  }
  const party = await finance.entity(counterparty).create({
    ...{ name: '检测单位', roles: ['service'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '62220001', main: true }],
  })
  const ask = () =>
    keeper
      .entity(paymentRequest)
      .create({ name: '检测费', kind: 'other', counterparty: party.id, company: app.company, amount: '40000' })
  const submit = async (id: Awaited<ReturnType<typeof ask>>['id']) =>
    (await keeper.entity(paymentRequest).run(id, 'submit')) as { warnings: readonly string[] }
  const [march, later] = [await ask(), await ask()]
  await change('payment_without_contract', '30000', '2026-03-31', '2026-04-01')
  expect((await submit(march.id)).warnings).toEqual([])
  now = new Date('2026-04-02T01:00:00Z')
  administrator = await app.again(administrator)
  keeper = await app.again(keeper)
  // Written in March: by the limit of March, also when it is submitted in April.
  expect((await submit(later.id)).warnings).toEqual([])
  expect((await submit((await ask()).id)).warnings).toEqual(['limit.payable_without_contract'])

  const tender = await keeper.entity(bid).create({ name: '学校', company: app.company, estimate_amount: '8000000' })
  const bond = (pay_by: PlainDate) =>
    keeper.entity(bidBond).create({ name: '保证金', bid: tender.id, amount: '100000', pay_by })
  await change('bid_bond_share', '0.01', '2026-04-30', '2026-05-01')
  expect([(await bond('2026-04-30')).cap_amount, (await bond('2026-05-01')).cap_amount]).toEqual([
    '160000.00',
    '80000.00',
  ])
  await expect(change('bid_bond_share', '0.03', '2010-12-31', '2011-01-01')).rejects.toMatchObject({ status: 422 })
})

test('everybody reads limits; administrator and finance change them; nobody adds or removes a code', async () => {
  const [engineer, administrator] = [await app.as('cost_engineer'), await app.as('administrator')]
  const [first] = (await engineer.entity(parameter).list({ limit: 1 })).items
  if (!first) throw new Error('none')
  await expect(engineer.entity(parameter).patch(first.id, first.version, { name: 'x' })).rejects.toMatchObject({
    status: 403,
  })
  await expect(administrator.entity(parameter).remove(first.id, first.version)).rejects.toMatchObject({ status: 403 })
})
