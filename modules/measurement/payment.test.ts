// From what is measured to what is due: the worked examples of the domain period by period, the settlement, the retention, and
// what random contracts must add up to.
import { add, compare, type Decimal, subtract, sum } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { guarantee } from '../guarantee/guarantee.entity.ts'
import { billLedger } from './bill.ledger.ts'
import { addDays } from './day.ts'
import type { ContractPayment } from './payment-shape.ts'
import { progressClaim } from './progress-claim.entity.ts'
import { retentionDue } from './retention.jobs.ts'
import { retentionRelease } from './retention-release.entity.ts'
import { settlement } from './settlement.entity.ts'
import { refused, type Site, site } from './testing/site.ts'

let app: TestApp
let at: Site
beforeAll(async () => {
  app = await testApp()
  at = await site(app)
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, costLedger, billLedger, budgetLedger])
    expect(await differences(at.system, name)).toEqual([])
  await app.close()
})

interface Deduction {
  readonly kind: 'fine' | 'utilities' | 'reward'
  readonly amount: Decimal
}
const claim = (of: Id<'contract'>, on: PlainDate, deductions: readonly Deduction[] = []) =>
  at.keeper.entity(progressClaim).create({
    ...{ contract: of, claimed_on: on, lines: deductions.map(each => ({ ...each, what: '扣款' })) },
  })
const advance = async (of: Id<'contract'>, amount: Decimal) => {
  const made = await at.keeper.entity(progressClaim).create({
    ...{ contract: of, kind: 'advance', claimed_on: '2025-01-05', advance_amount: amount },
  })
  return at.pass('progress_claim', made.id)
}
const figures = async (id: string) => {
  const { measured_amount, earned_amount, recovered_total, retained_total, due_total, payable_amount } = await at.keeper
    .entity(progressClaim)
    .get(id)
  return [measured_amount, earned_amount, recovered_total, retained_total, due_total, payable_amount]
}
/** Measured up to so much in all, then claimed and approved. */
const period = async (of: Id<'contract'>, month: number, amount: Decimal, deductions: readonly Deduction[] = []) => {
  await at.lump(of, `2025-0${month}-25` as PlainDate, amount)
  const { id } = await claim(of, `2025-0${month}-28` as PlainDate, deductions)
  expect(await at.pass('progress_claim', id)).toMatchObject({ state: 'effective' })
  return id
}
const settle = async (
  of: Id<'contract'>,
  submitted: Decimal,
  approved: Decimal,
  accepted: PlainDate | null = '2024-02-29',
) => {
  const made = await at.keeper.entity(settlement).create({
    ...{ contract: of, settled_on: '2025-09-30', accepted_on: accepted },
    lines: [{ what: '土建', item: at.items[0], submitted_amount: submitted, approved_amount: approved }],
  })
  return made
}

const g51: Parameters<Site['sign']>[1] = {
  ...{ progress_share: '0.8', advance_amount: '1090000', recovery: 'linear', recovery_from: '0.2', recovery_to: '0.8' },
  ...{ retention_mode: 'at_settlement', retention_share: '0.03', warranty_months: 12 },
}

test('G-5.1, G-5.3, G-5.4: advance, three claims, settlement and release, each to the fen', async () => {
  const of = await at.sign(['10900000'], g51)
  await expect(advance(of, '1090000.01')).rejects.toMatchObject({
    problem: { errors: [{ path: 'advance_amount', code: 'measurement.advance_left' }] },
  })
  await advance(of, '1090000')
  const fine = [{ kind: 'fine', amount: '20000' }] as const
  const ids = [await period(of, 1, '1635000'), await period(of, 2, '3270000', fine), await period(of, 3, '3815000')]
  expect(await Promise.all(ids.map(figures))).toEqual([
    ['1635000.00', '1308000.00', '0.00', '0.00', '1308000.00', '1308000.00'],
    ['4905000.00', '3924000.00', '454166.67', '0.00', '3449833.33', '2141833.33'],
    ['8720000.00', '6976000.00', '1090000.00', '0.00', '5866000.00', '2416166.67'],
  ])
  expect(await at.keeper.entity(progressClaim).get(ids[1] ?? '')).toMatchObject({
    ...{ measured_before: '1635000.00', measured_change: '3270000.00', recovered_change: '454166.67', period_no: 2 },
    ...{ deducted_total: '20000.00', due_on: '2025-03-28' },
  })
  const { id, version } = await settle(of, '11800000', '11450000', null)
  // 缺陷责任期 has to begin some day, or the retention would never fall due.
  await expect(at.keeper.entity(settlement).run(id, 'submit')).rejects.toMatchObject({
    problem: { errors: [{ path: 'accepted_on', code: 'measurement.accepted_on' }] },
  })
  await at.keeper.entity(settlement).patch(id, version, { accepted_on: '2024-02-29' })
  expect(await at.pass('settlement', id)).toMatchObject({ state: 'effective', number: expect.stringMatching(/^JS-/) })
  expect(await at.keeper.entity(settlement).get(id)).toMatchObject({
    ...{ cut_amount: '350000.00', cut_share: '0.029661', retention_amount: '343500.00', payable_amount: '4130500.00' },
    ...{ refund_amount: '0.00', retention_due_on: '2025-02-28', retention_state: 'held' },
  })
  expect((await at.keeper.entity(contract).get(of)).stage).toBe('settled')
  expect(await at.ledger(of)).toMatchObject({
    ...{ sum: '11450000.00', measured: '11450000.00', due: '11086500.00', retained: '343500.00', deducted: '20000.00' },
    ...{ recovered: '1090000.00' },
  })
  expect(await at.cost()).toBe('10504587.16')
  await expect(at.lump(of, '2025-10-20', '1')).rejects.toMatchObject(refused('measurement.not_in_force'))
  await retentionDue.run(at.system, {}, progress)
  expect((await at.keeper.entity(settlement).get(id)).retention_state).toBe('due')

  const release = (amount: Decimal, repair_amount: Decimal = '0') =>
    at.keeper.entity(retentionRelease).create({ contract: of, released_on: '2025-03-10', amount, repair_amount })
  await expect(release('324900.01', '18600')).rejects.toMatchObject({
    problem: { errors: [{ path: 'amount', code: 'measurement.release_left' }] },
  })
  const part = await release('100000', '18600')
  expect(part).toMatchObject({ held_amount: '343500.00', left_amount: '224900.00', due_on: '2025-02-28' })
  await at.pass('retention_release', part.id)
  await expect(at.boss.entity(settlement).run(id, 'reverse', { reason: 'x' })).rejects.toMatchObject(
    refused('measurement.released'),
  )
  await at.pass('retention_release', (await release('224900')).id)
  expect(await at.ledger(of)).toMatchObject({ due: '11411400.00', retained: '0.00', deducted: '38600.00' })
  expect((await at.keeper.entity(settlement).get(id)).retention_state).toBe('released')
  const early = release('1')
  await expect(early).rejects.toMatchObject({ status: 422 })
})
test('解除: what was done is settled by approval, the rest is free again, what is due stays payable; its mirror takes it back', async () => {
  const of = await at.sign(['1090000'], { retention_mode: 'none' })
  const bound = async () =>
    (await balanceOf(at.system, budgetLedger.name, { project: at.project, item: at.items[0] })).posted.committed
  const before = await bound()
  await at.lump(of, '2025-03-25', '436000')
  // Nobody ends a contract by a click.
  await expect(at.keeper.entity(contract).run(of, 'terminate')).rejects.toMatchObject({ status: 403 })
  const write = (more: object) =>
    at.keeper.entity(settlement).create({
      ...{ contract: of, settled_on: '2025-04-30', ends: 'termination' },
      lines: [{ what: '已完工程', item: at.items[0], submitted_amount: '500000', approved_amount: '436000' }],
      ...more,
    })
  await expect(write({})).rejects.toMatchObject({
    problem: { errors: [{ path: 'termination_reason', code: 'field.required' }] },
  })
  const { id } = await write({ termination_reason: '分包停工逾 60 天，按合同 16.2 条解除' })
  await at.pass('settlement', id)
  expect((await at.keeper.entity(contract).get(of)).stage).toBe('terminated')
  expect(await at.ledger(of)).toMatchObject({ sum: '436000.00', measured: '436000.00', due: '436000.00' })
  expect(subtract(before ?? '0', (await bound()) ?? '0')).toBe('600000.00')
  await expect(at.lump(of, '2025-05-25', '1')).rejects.toMatchObject(refused('measurement.not_in_force'))
  await at.boss.entity(settlement).run(id, 'reverse', { reason: '双方和解，恢复履行' })
  const [mirror] = (await at.keeper.entity(settlement).list({ filter: { reverses: { eq: id } } })).items
  for (const who of [at.manager, at.finance, at.boss])
    if ((await at.keeper.entity(settlement).get(mirror?.id ?? '')).state === 'pending')
      await who.entity<string>('settlement').run(mirror?.id ?? '', 'approve')
  expect((await at.keeper.entity(contract).get(of)).stage).toBe('signed')
  expect([await bound(), (await at.ledger(of)).sum]).toEqual([before, '1090000.00'])
  await at.lump(of, '2025-05-25', '1')
})

const progress = Object.assign(async () => {}, { signal: new AbortController().signal })

test('G-5.2: recovery from a threshold with retention each period; what an audit took back is carried, never paid back', async () => {
  const of = await at.sign(['9200000'], {
    ...{ progress_share: '1', advance_amount: '1840000', recovery: 'threshold', material_share: '0.625' },
    ...{ retention_mode: 'each_period', retention_share: '0.03' },
  })
  await advance(of, '1840000')
  const ids = [
    await period(of, 1, '5000000'),
    await period(of, 2, '1800000'),
    await period(of, 3, '-50000'),
    await period(of, 4, '1250000'),
  ]
  expect(await Promise.all(ids.map(figures))).toEqual([
    ['5000000.00', '5000000.00', '0.00', '150000.00', '4850000.00', '4850000.00'],
    ['6800000.00', '6800000.00', '340000.00', '204000.00', '6256000.00', '1406000.00'],
    ['6750000.00', '6750000.00', '308750.00', '202500.00', '6238750.00', '0.00'],
    ['8000000.00', '8000000.00', '1090000.00', '240000.00', '6670000.00', '414000.00'],
  ])
  expect((await at.keeper.entity(progressClaim).get(ids[2] ?? '')).carried_amount).toBe('-17250.00')
  // Taken back, the last claim is made again with the same figures.
  const before = await at.ledger(of)
  await at.boss.entity(progressClaim).run(ids[3] ?? '', 'reverse', { reason: '重办' })
  const again = await claim(of, '2025-05-28')
  await at.pass('progress_claim', again.id)
  expect(await at.ledger(of)).toEqual(before)
  // Paid more than the settlement leaves: it is to be given back.
  const { id } = await settle(of, '8000000', '7000000')
  await at.pass('settlement', id)
  expect(await at.keeper.entity(settlement).get(id)).toMatchObject({
    ...{ payable_amount: '0.00', refund_amount: '1720000.00', balance_amount: '-1720000.00' },
  })
  expect(await at.ledger(of)).toMatchObject({ due: '6790000.00', retained: '210000.00', refundable: '1720000.00' })
  const stood = before.sum
  await at.boss.entity(settlement).run(id, 'reverse', { reason: '审减有误' })
  expect(await at.ledger(of)).toEqual({ ...before, sum: stood })
  expect((await at.keeper.entity(contract).get(of)).stage).toBe('completed')
})

test('the same is recovered each period up to the advance, and less than the minimum certificate waits for the next claim', async () => {
  const of = await at.sign(['1000000'], {
    ...{ progress_share: '0.8', advance_amount: '100000', recovery: 'fixed', recovery_each: '30000' },
    minimum_amount: '140000',
  })
  await advance(of, '100000')
  const seen: (readonly (string | null)[])[] = []
  for (const month of [1, 2, 3, 4]) {
    const id = await period(of, month, '200000')
    const { recovered_total, due_total, payable_amount, carried_amount } = await at.keeper.entity(progressClaim).get(id)
    seen.push([recovered_total, due_total, payable_amount, carried_amount])
  }
  expect(seen).toEqual([
    ['30000.00', '130000.00', '0.00', '130000.00'],
    ['60000.00', '260000.00', '260000.00', '0.00'],
    ['90000.00', '390000.00', '0.00', '130000.00'],
    ['100000.00', '540000.00', '280000.00', '0.00'],
  ])
  // A variation that nobody submitted is told before the contract is settled, and stops nothing.
  const begun = await at.keeper.entity('variation' as string).create({
    ...{ name: '临时道路', contract: of, lines: [{ name: '道路', unit: '项', price: '500', item: at.items[0] }] },
  })
  await at.keeper.entity(contract).run(of, 'complete')
  const { id } = await settle(of, '800000', '800000')
  expect(await at.keeper.entity(settlement).read(id, 'concerns')).toEqual({
    variations: [{ id: begun.id, name: '临时道路', state: 'draft', amount: '500.00' }],
  })
})

test('what moves while a claim waits sends it back; two who approve at once post it once; nothing open is settled over', async () => {
  const of = await at.sign(['1000000'], { progress_share: '0.9' })
  const measured = await at.lump(of, '2025-01-25', '300000')
  const { id } = await claim(of, '2025-01-28')
  await expect(claim(of, '2025-01-29')).rejects.toMatchObject(refused('measurement.open'))
  await expect(
    settle(of, '1', '1').then(made => at.keeper.entity(settlement).run(made.id, 'submit')),
  ).rejects.toMatchObject(refused('measurement.open'))
  await at.keeper.entity(progressClaim).run(id, 'submit')
  await at.manager.entity(progressClaim).run(id, 'approve')
  await at.finance.entity(progressClaim).run(id, 'approve')
  const mirror = await at.boss.entity('measurement' as string).run(measured, 'reverse', { reason: '重复' })
  expect(mirror).toMatchObject({ state: 'reversed' })
  await expect(at.boss.entity(progressClaim).run(id, 'approve')).rejects.toMatchObject(
    refused('measurement.claim_moved'),
  )
  await at.boss.entity(progressClaim).run(id, 'return', { opinion: '重新计算' })
  await at.lump(of, '2025-01-26', '200000')
  await at.keeper.entity(progressClaim).run(id, 'submit')
  await at.manager.entity(progressClaim).run(id, 'approve')
  await at.finance.entity(progressClaim).run(id, 'approve')
  const boss = await app.again(at.boss)
  const both = await Promise.allSettled([at.boss, boss].map(who => who.entity(progressClaim).run(id, 'approve')))
  expect(both.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  expect(await at.ledger(of)).toMatchObject({ measured: '200000.00', due: '180000.00' })
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  for (const entity of ['progress_claim', 'settlement', 'retention_release'])
    await expect(foreman.entity(entity).list()).rejects.toMatchObject({ status: 403 })
})

test('what is late bears interest by law; guarantees stand instead of retention and tell before they end', async () => {
  const of = await at.sign(['1000000'], { pay_days: 14, retention_mode: 'at_settlement', retention_share: '0.05' })
  await at.lump(of, '2025-01-25', '100000')
  await at.pass('progress_claim', (await claim(of, '2025-02-01')).id)
  const payment = (as_of: PlainDate) =>
    at.finance.perform<ContractPayment>('measurement.payment', { contract: of, as_of })
  expect(await payment('2025-04-01')).toMatchObject({
    ...{ open: '100000.00', overdue: '100000.00', interest: '2250.00', notes: ['retention_over_3'] },
    dues: [{ kind: 'progress', due_on: '2025-02-15', open: '100000.00', days: 45, interest: '2250.00' }],
  })
  expect(await payment('2025-02-15')).toMatchObject({ overdue: '0.00', interest: '0.00' })
  // The ledger knows the day, too: ageing, cards and forecast count from it.
  const entries = await entriesBy(systemContext(app.host, 'test'), contractLedger.name, { contract: [of] })
  expect(entries.flatMap(each => (each.due === '100000.00' ? [each.due_on] : []))).toEqual(['2025-02-15'])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  await expect(foreman.perform('measurement.payment', { contract: of })).rejects.toMatchObject({ status: 403 })

  const today = new Date().toISOString().slice(0, 10) as PlainDate
  const issue = (days: number, more: object = {}) =>
    at.finance.entity(guarantee).create({
      ...{
        guarantee_no: `BH-${days}`,
        kind: 'quality',
        project: at.project,
        contract: of,
        counterparty: at.party.id,
        handler: at.keeper.user,
      },
      ...{ bank: '云州银行', amount: '50000', valid_to: addDays(today, days) ?? today, ...more },
    })
  const soon = await issue(20)
  expect(soon.standing).toBe('d30')
  expect((await issue(-3)).standing).toBe('expired')
  const told = async () => (await at.keeper.inbox.read({})).items.map(each => each.text)
  await expect
    .poll(told, { timeout: 20_000 })
    .toEqual(expect.arrayContaining([expect.stringContaining('BH-20'), expect.stringContaining('BH--3')]))
  const { id } = await settle(of, '1000000', '1000000', today)
  await at.pass('settlement', id)
  const release = (instead: Id<'guarantee'> | null) =>
    at.keeper.entity(retentionRelease).create({ contract: of, amount: '50000', guarantee: instead })
  await expect(release(null)).rejects.toMatchObject({ status: 422 })
  await expect(release((await issue(400, { amount: '49999', replaces_retention: true })).id)).rejects.toMatchObject({
    problem: { errors: [{ path: 'guarantee', code: 'measurement.guarantee' }] },
  })
  const whole = (await issue(401, { replaces_retention: true })).id
  const part = await at.keeper.entity(retentionRelease).create({ contract: of, amount: '30000', guarantee: whole })
  await at.keeper.entity(retentionRelease).run(part.id, 'submit')
  // One guarantee stands for what is released against it in all.
  const second = at.keeper.entity(retentionRelease).create({ contract: of, amount: '20000.01', guarantee: whole })
  await expect(second).rejects.toMatchObject({
    problem: { errors: [{ path: 'guarantee', code: 'measurement.guarantee' }] },
  })
  await at.keeper.entity(retentionRelease).run(part.id, 'withdraw')
  await at.pass('retention_release', (await release(whole)).id)
  expect((await at.ledger(of)).retained).toBe('0.00')
})

test('random contracts: dues, retention and deductions add up to the settlement, whatever was measured, claimed and taken back', async () => {
  const share = fc.integer({ min: 50, max: 100 }).map(n => `${n / 100}` as Decimal)
  const fen = (max: number) => fc.integer({ min: 1, max }).map(n => `${n / 100}` as Decimal)
  await fc.assert(
    fc.asyncProperty(
      share,
      fc.constantFrom('none' as const, 'each_period' as const, 'at_settlement' as const),
      fc.boolean(),
      fc.array(fc.record({ amount: fen(15_000_000), fine: fen(100_000), back: fc.boolean() }), {
        minLength: 1,
        maxLength: 3,
      }),
      fen(80_000_000),
      async (progress_share, retention_mode, advanced, months, approved) => {
        const of = await at.sign(['1000000'], {
          ...{ progress_share, retention_mode, ...(retention_mode === 'none' ? {} : { retention_share: '0.03' }) },
          ...(advanced
            ? { advance_amount: '100000', recovery: 'linear', recovery_from: '0.1', recovery_to: '0.7' }
            : {}),
        })
        if (advanced) await advance(of, '100000')
        for (const [index, { amount, fine, back }] of months.entries()) {
          const id = await period(of, index + 1, amount, [{ kind: 'fine', amount: fine }])
          if (back) await at.boss.entity(progressClaim).run(id, 'reverse', { reason: 'x' })
        }
        const now = await at.ledger(of)
        expect(compare(add(now.due ?? '0', now.retained ?? '0'), '1000000')).toBeLessThanOrEqual(0)
        const { id } = await settle(of, '1000000', approved)
        expect(await at.pass('settlement', id)).toMatchObject({ state: 'effective' })
        const end = await at.ledger(of)
        expect(sum([end.due ?? '0', end.retained ?? '0', end.deducted ?? '0'])).toBe(end.sum)
        expect([end.measured, end.recovered]).toEqual([end.sum, end.advanced])
      },
    ),
    { numRuns: 4 },
  )
})
