// Tax rates: which one holds on a day, that no day has two, what ships, and that a change of law happens by itself.
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { overlapping, periodOn } from './in-force.ts'
import { rateOn } from './public.ts'
import { taxRate } from './tax-rate.entity.ts'
import { today } from './today.jobs.ts'

let app: TestApp
let finance: Person
beforeAll(async () => {
  app = await testApp({ now: () => new Date('2026-03-02T01:00:00Z') })
  finance = await app.as('finance')
})
afterAll(() => app?.close())

test('the common rates ship: construction was 11 %, then 10 %, and is 9 % since April 2019', async () => {
  expect(await finance.perform('tax_rate.load_standard')).toEqual({ made: 10 })
  expect(await finance.perform('tax_rate.load_standard')).toEqual({ made: 0 })
  const [rate] = (await finance.entity(taxRate).list({ filter: { code: { eq: 'VAT-CONSTRUCTION' } } })).items
  expect(rate).toMatchObject({ method: 'general', rate: '0.090000' })
  const ctx = systemContext(app.host, 'test')
  const on = async (day: `${number}-${number}-${number}`) => (rate ? Number(await rateOn(ctx, rate.id, day)) : null)
  expect([await on('2018-04-30'), await on('2018-05-01'), await on('2019-03-31'), await on('2019-04-01')]).toEqual([
    0.11, 0.1, 0.1, 0.09,
  ])
  await expect(on('2015-12-31')).rejects.toMatchObject({ code: 'tax_rate.none' })
})

test('no day has two rates', async () => {
  const periods = (...of: [`${number}-${number}-${number}`, `${number}-${number}-${number}` | null][]) =>
    of.map(([from_on, to_on]) => ({ rate: '0.09' as const, from_on, to_on }))
  const make = (code: string, lines: ReturnType<typeof periods>) =>
    finance.entity(taxRate).create({ code, name: code, name_en: code, periods: lines })
  await expect(make('OVER-1', periods(['2020-01-01', null], ['2021-01-01', null]))).rejects.toMatchObject({
    problem: { errors: [{ path: 'periods.1.from_on', code: 'tax_rate.overlap' }] },
  })
  await expect(make('OVER-2', periods(['2021-01-01', null], ['2020-01-01', '2021-01-01']))).rejects.toMatchObject({
    problem: { errors: [{ path: 'periods.1.from_on', code: 'tax_rate.overlap' }] },
  })
  await expect(make('BACK', periods(['2021-01-01', '2020-12-31']))).rejects.toMatchObject({ status: 422 })
  const made = await make('NEXT', periods(['2020-01-01', '2020-12-31'], ['2021-01-01', null]))
  expect(made.rate).toBe('0.090000')
  expect(overlapping(periods(['2020-01-01', '2020-01-01'], ['2020-01-02', null]))).toBeNull()
  expect(periodOn(periods(['2020-01-01', '2020-01-31']), '2020-02-01')).toBeNull()
})

test('a rate that begins on a day is shown from that day on', async () => {
  const made = await finance.entity(taxRate).create({
    ...{ code: 'NEW-LAW', name: '新税率', name_en: 'New law' },
    periods: [
      { rate: '0.09', from_on: '2019-04-01', to_on: '2026-06-30' },
      { rate: '0.08', from_on: '2026-07-01', to_on: null },
    ],
  })
  const morning = async (day: `${number}-${number}-${number}`) => {
    const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
    await today.run({ ...systemContext(app.host, 'test'), today: day }, {}, progress)
    return Number((await finance.entity(taxRate).get(made.id)).rate)
  }
  expect([await morning('2026-06-30'), await morning('2026-07-01')]).toEqual([0.09, 0.08])
})

test('rates go out as a file and come back, each period a row', async () => {
  const file = await finance.entity(taxRate).exportFile('csv', { filter: { code: { eq: 'VAT-GOODS' } } })
  const text = await file.text()
  expect(text.trim().split('\n')).toHaveLength(4)
  const preview = await finance.entity(taxRate).importPreview(new Blob([text]), 'rates.csv')
  expect(preview.rows).toEqual({ total: 1, good: 1, bad: 0 })
})

test('everybody reads rates, finance alone writes them', async () => {
  const engineer = await app.as('cost_engineer')
  expect((await engineer.entity(taxRate).list({ limit: 1 })).items).toHaveLength(1)
  await expect(engineer.perform('tax_rate.load_standard')).rejects.toMatchObject({ status: 403 })
})
