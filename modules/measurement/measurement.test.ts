// Measuring a contract: by bill, by lump sum, with the deviation clause; what is over it, taken back, and seen by whom.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { balancesBy } from '@yingzao/kernel/ledgers/read'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { billLedger } from './bill.ledger.ts'
import { measurement } from './measurement.entity.ts'
import { refused, type Site, site } from './testing/site.ts'

let app: TestApp
let at: Site
beforeAll(async () => {
  app = await testApp()
  at = await site(app)
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, costLedger, billLedger])
    expect(await differences(at.system, name)).toEqual([])
  await app.close()
})

const deviation = (
  factors: { readonly above?: Decimal; readonly below?: Decimal },
  deviation_scope: 'segment' | 'full' = 'segment',
) => ({
  ...{ deviation_threshold: '0.15' as const, deviation_scope },
  ...{
    deviation_factor_above: factors.above ?? ('1' as const),
    deviation_factor_below: factors.below ?? ('1' as const),
  },
})

test('what is measured is worth its bill prices, counts as cost on cost basis, and follows month after month', async () => {
  const of = await at.sign(['240000.00'], {}, [
    { code: '010101', qty: '3000', price: '33.333333' },
    { code: '010102', qty: '1000', price: '140' },
  ])
  const first = await at.write(of, '2025-08-25', { '010101': '1000', '010102': '300' })
  expect(first).toMatchObject({
    ...{ kind: 'subcontract', period: '2025-08', period_no: 1, gross_amount: '75333.33', after_amount: '75333.33' },
    lines: [
      { unit: 'm3', before_qty: '0.0000', after_qty: '1000.0000', gross_amount: '33333.33' },
      { price: '140.000000' },
    ],
  })
  await expect(at.write(of, '2025-09-25', { '010101': '1' })).rejects.toMatchObject(refused('measurement.open'))
  expect(await at.pass('measurement', first.id)).toMatchObject({
    state: 'effective',
    number: expect.stringMatching(/^JL-/),
  })
  expect(await at.cost()).toBe('69113.15')
  await expect(at.write(of, '2025-08-31', { '010101': '1' })).rejects.toMatchObject({
    problem: { errors: [{ path: 'measured_on', code: 'measurement.not_after' }] },
  })
  const second = await at.write(of, '2025-09-25', { '010101': '2000', '010102': '-100' })
  expect(second).toMatchObject({
    period_no: 2,
    gross_amount: '52666.67',
    before_amount: '75333.33',
    done_share: '0.533333',
  })
  await at.pass('measurement', second.id)
  // 3,000 × 33.333333 to the fen, though it was measured in two parts.
  expect((await at.ledger(of)).measured).toBe('128000.00')
  await expect(at.write(of, '2025-10-25', { '010102': '-200.0001' })).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.0.qty', code: 'measurement.below_zero' }] },
  })
})

test('G-5.0: more than 15 % over the bill is priced anew, beyond it or in all, and less only when the item is complete', async () => {
  /** Quantities of each item, month by month; `final` from its last one on. Answers what each item is worth then. */
  const worth = async (
    terms: ReturnType<typeof deviation>,
    items: Readonly<Record<string, { readonly months: readonly Decimal[]; readonly final?: boolean }>>,
  ) => {
    const bill = Object.keys(items).map(code => ({ code, qty: '3000', price: '80' }) as const)
    const of = await at.sign(['1400000.00'], terms, bill)
    const codes = await at.billOf(of)
    for (const month of [0, 1]) {
      const lines = Object.entries(items).flatMap(([code, { months, final = false }]) => {
        const qty = months[month]
        return qty === undefined
          ? []
          : [{ bill_item: codes.get(code) ?? null, qty, final: final && !months[month + 1] }]
      })
      if (lines.length === 0) continue
      const measured_on = month === 0 ? '2025-01-20' : '2025-02-20'
      const { id } = await at.keeper.entity(measurement).create({ contract: of, measured_on, lines })
      expect(await at.pass('measurement', id)).toMatchObject({ state: 'effective' })
    }
    const found = await balancesBy(at.system, billLedger.name, { contract: [of] })
    return Object.fromEntries(
      [...codes]
        .filter(([code]) => code !== '999')
        .map(([code, id]) => [code, found.find(({ dims }) => dims.bill_item === id)?.posted.gross]),
    )
  }
  const segment = await worth(deviation({ above: '0.9' }), {
    ...{ a: { months: ['3600'] }, b: { months: ['2000', '1450'] }, c: { months: ['3450', '150'] } },
  })
  expect(segment).toEqual({ a: '286800.00', b: '276000.00', c: '286800.00' })
  expect(await worth(deviation({ above: '0.9' }, 'full'), { a: { months: ['3000', '600'] } })).toEqual({
    a: '259200.00',
  })
  const less = await worth(deviation({ below: '1.1' }), {
    ...{ a: { months: ['2400'] }, b: { months: ['2550'], final: true }, c: { months: ['2000', '400'], final: true } },
    // Complete, and then more after all: as if it had never been said.
    d: { months: ['2400', '200'] },
  })
  expect(less).toEqual({ a: '192000.00', b: '204000.00', c: '211200.00', d: '208000.00' })
})

test('beyond the bill one more person is asked; beyond the contract sum it is stopped; a lump sum ends at 100 %', async () => {
  const of = await at.sign(['200000.00'], {}, [{ code: '010104', qty: '100', price: '1000' }])
  const over = await at.write(of, '2025-06-20', { '010104': '120' })
  expect(over.lines).toMatchObject([{ over_qty: '20.0000' }])
  await at.keeper.entity(measurement).run(over.id, 'submit')
  await at.manager.entity(measurement).run(over.id, 'approve')
  expect(await at.finance.entity(measurement).run(over.id, 'approve')).toMatchObject({
    ...{ state: 'pending', escalated: ['limit.measured_over_bill'] },
  })
  await at.boss.entity(measurement).run(over.id, 'approve')
  const far = await at.write(of, '2025-07-20', { '010104': '100' })
  await expect(at.keeper.entity(measurement).run(far.id, 'submit')).rejects.toMatchObject(
    refused('limit.contract_over_measured'),
  )
  const lump = await at.sign(['109000.00', '10000.00'], { pricing: 'lump' })
  const part = await at.keeper.entity(measurement).create({
    ...{ contract: lump, measured_on: '2025-06-20' },
    lines: [
      { kind: 'lump', item: at.items[0], to_share: '0.33333' },
      { kind: 'daywork', item: at.items[1], what: '零星用工', qty: '1.5', price: '333.33', tax_rate: '0.03' },
    ],
  })
  expect(part).toMatchObject({
    lines: [{ gross_amount: '36332.97' }, { gross_amount: '500.00' }],
    net_amount: '33818.44',
  })
  await at.pass('measurement', part.id)
  const rest = (to_share: `${number}`, amount: `${number}` | null = null) =>
    at.keeper.entity(measurement).create({
      ...{ contract: lump, measured_on: '2025-07-20' },
      lines: [{ kind: 'lump', item: at.items[0], ...(amount === null ? { to_share } : { amount }) }],
    })
  await expect(rest('1', '72667.04')).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.0.amount', code: 'measurement.over_lump' }] },
  })
  expect(await rest('1')).toMatchObject({ gross_amount: '72667.03', lines: [{ net_amount: '66667.00' }] })
})

test('two rates on one cost item: what is measured in part is split at both, to the fen', async () => {
  const of = await at.sign([], {
    pricing: 'lump',
    lines: [
      { name: '安装', item: at.items[0], amount: '100000.00', tax_rate: '0.09' },
      { name: '设备', item: at.items[0], amount: '50000.00', tax_rate: '0.13' },
    ],
  })
  const lump = (measured_on: PlainDate, to_share: Decimal) =>
    at.keeper.entity(measurement).create({
      ...{ contract: of, measured_on },
      lines: [{ kind: 'lump', item: at.items[0], to_share }],
    })
  // 33,333.30 / 1.09 = 30,581.01 and 16,666.65 / 1.13 = 14,749.25
  const part = await lump('2025-06-20', '0.333333')
  expect(part.lines).toMatchObject([{ gross_amount: '49999.95', net_amount: '45330.26', tax_rate: null }])
  await at.pass('measurement', part.id)
  // 91,743.12 + 44,247.79 in all
  expect((await lump('2025-07-20', '1')).lines).toMatchObject([{ gross_amount: '100000.05', net_amount: '90660.65' }])
})

test('income is reported by us and confirmed by the client, each for itself, and only the confirmed is measured', async () => {
  const of = await at.sign(['1000000.00'], { direction: 'income', kind: 'works' })
  const month = (kind: 'reported' | 'confirmed' | 'subcontract', amount: `${number}`) =>
    at.keeper.entity(measurement).create({
      ...{ contract: of, kind, measured_on: '2025-05-25', lines: [{ kind: 'lump', item: at.items[0], amount }] },
    })
  await expect(month('subcontract', '1')).rejects.toMatchObject({ problem: { errors: [{ code: 'measurement.kind' }] } })
  const before = await at.cost()
  await at.pass('measurement', (await month('reported', '500000')).id)
  await at.pass('measurement', (await month('confirmed', '480000')).id)
  expect(await at.ledger(of, 'income')).toMatchObject({
    ...{ reported: '500000.00', measured: '480000.00', measured_net: '440366.97' },
  })
  expect(await at.cost()).toBe(before)
})

test('a measurement that is taken back, in part or whole, leaves the figures as if it had never been', async () => {
  const bill = [{ code: '010105', qty: '3000', price: '80.123457' }] as const
  const terms = deviation({ above: '0.9', below: '1.1' })
  const [of, other] = [await at.sign(['400000'], terms, bill), await at.sign(['400000'], terms, bill)]
  const measure = async (contract: typeof of, on: PlainDate, qty: `${number}`, final = false) => {
    const made = await at.write(contract, on, { '010105': qty }, final)
    await at.pass('measurement', made.id)
    return made
  }
  const first = await measure(of, '2025-01-20', '1500.5')
  await measure(of, '2025-02-20', '2000', true)
  await measure(other, '2025-01-20', '1000.5')
  await measure(other, '2025-02-20', '2000', true)
  const [line] = first.lines
  const mirror = await at.boss.entity(measurement).run(first.id, 'reverse', {
    ...{ reason: '多计', lines: [{ id: line?.id ?? '', qty: '500' }] },
  })
  expect(mirror).toMatchObject({ state: 'effective' })
  expect(await at.ledger(of)).toEqual(await at.ledger(other))
  await expect(
    at.boss.entity(measurement).run(first.id, 'reverse', { reason: 'x', lines: [{ id: line?.id ?? '', qty: '1001' }] }),
  ).rejects.toMatchObject(refused('document.over_reversed'))
  await at.boss.entity(measurement).run(first.id, 'reverse', { reason: '整单' })
  // 2,000 of 3,000 and complete: the price of too little.
  expect((await at.ledger(of)).measured).toBe('176271.61')
  expect((await at.keeper.entity(measurement).get(first.id)).state).toBe('reversed')
})

test('only a contract in force is measured; a foreman fills in quantities, and sees no price and no other project', async () => {
  const draft = await at.sign(['1000'])
  await at.keeper.entity('contract' as string).run(draft, 'suspend')
  await expect(at.lump(draft, '2025-05-20', '10')).rejects.toMatchObject(refused('measurement.not_in_force'))
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  const of = await at.sign(['100.00'], {}, [{ code: '010190', qty: '10', price: '7.77' }])
  const made = await at.write(of, '2025-08-25', { '010190': '1' })
  const [line] = made.lines
  const told = await foreman
    .entity<string>('measurement')
    .patch(made.id, made.version, { lines: { upsert: [{ id: line?.id ?? '', qty: '4' }] } })
  expect(told).toMatchObject({ lines: [{ qty: '4.0000', after_qty: '4.0000', planned_qty: '10.0000' }] })
  const { items } = await foreman.entity<string>('bill_item').list({ filter: { contract: { eq: of } } })
  expect(items.find(({ code }) => code === '010190')).toMatchObject({ name: '010190', qty: '10.0000' })
  // (The seconds of an instant are no price.)
  for (const seen of [told, items, await foreman.entity<string>('measurement').list()])
    expect(JSON.stringify(seen).replaceAll(/\d+\.\d+Z/g, '')).not.toMatch(/amount"|"price"|7\.77|31\.08/)
  await expect(
    foreman
      .entity<string>('measurement')
      .patch(made.id, Number(told.version), { lines: { upsert: [{ id: line?.id ?? '', price: '8' }] } }),
  ).rejects.toMatchObject({ problem: { code: 'access.field' } })
  await expect(foreman.entity(measurement).run(made.id, 'submit')).rejects.toMatchObject({ status: 403 })
  expect((await at.keeper.entity(measurement).get(made.id)).gross_amount).toBe('31.08')
  const elsewhere = await at.pmo.entity('project' as string).create({
    ...{ name: '别的项目', type: 'building', company: app.company },
  })
  const other = await app.as('foreman', { at: { kind: 'project', id: elsewhere.id } })
  expect((await other.entity(measurement).list()).items).toEqual([])
})
