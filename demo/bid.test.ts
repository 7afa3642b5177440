// Bids: from registration to the project; bonds with the figures of the domain rules; who sees the prices.
import { type Decimal, subtract } from '@yingzao/engines/money'
import { asId, type Id } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { cashLedger } from '@yingzao/modules/bank-account/cash.ledger'
import { bid } from '@yingzao/modules/bid/bid.entity'
import { bidBond } from '@yingzao/modules/bid/bid-bond.entity'
import { bidBondEntry, bidBondOpening } from '@yingzao/modules/bid/bid-bond-entry.entity'
import { bondLedger } from '@yingzao/modules/bid/bond.ledger'
import { alertOf } from '@yingzao/modules/bid/bond-rule'
import { carryBonds } from '@yingzao/modules/bid/carry.jobs'
import type { BidReport } from '@yingzao/modules/bid/report-shape'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), bondLedger.name)).toEqual([])
  await app.close()
})
const refused = (code: string) => ({ problem: { code } })

async function office() {
  const [pmo, finance, boss] = [await app.as('pmo'), await app.as('finance'), await app.as('boss')]
  const reviewed = async (more: object = {}) => {
    const { id } = await pmo.entity(bid).create({
      ...{ name: '示范学校', company: app.company, estimate_amount: '8000000.00', ...more },
    })
    await pmo.entity(bid).run(id, 'submit')
    await finance.entity(bid).run(id, 'approve')
    await boss.entity(bid).run(id, 'approve')
    return id
  }
  const opened = async (price: `${number}`) => {
    const id = await reviewed()
    await pmo.entity(bid).run(id, 'enroll', { on: '2026-03-01' })
    await pmo.entity(bid).run(id, 'hand_in', { on: '2026-03-10', amount: price })
    const { version } = await pmo.entity(bid).get(id)
    await pmo.entity(bid).patch(id, version, {
      bidders: {
        upsert: [
          { name: '我方', own: true, price, rank: 1 },
          { name: '对手', price: '7900000.00', rank: 2 },
        ],
      },
    })
    await pmo.entity(bid).run(id, 'open_bids', { on: '2026-03-12' })
    return id
  }
  return { pmo, finance, boss, reviewed, opened }
}

let count = 0
const open = async (opening: Decimal) => {
  const finance = await app.as('finance')
  const { id } = await finance.entity(bankAccount).create({
    ...{ name: `账户 ${++count}`, type: 'general', company: app.company, bank: '云州银行' },
    ...{ number: `62220205${10_000_000 + count}`, opening_amount: opening, opening_on: '2026-01-01' },
  })
  return id
}
const held = async (account: string) => {
  const { posted } = await balanceOf(systemContext(app.host, 'test'), cashLedger.name, { account })
  return subtract(posted.received ?? '0', posted.paid ?? '0')
}
const today = () => systemContext(app.host, 'test').today
/** An approved cash bond, and an account of 500,000 to pay it from and have it back. */
async function bonded(of: Id<'bid'>, amount: Decimal) {
  const [pmo, finance, boss, cashier] = [
    ...[await app.as('pmo'), await app.as('finance'), await app.as('boss'), await app.as('cashier')],
  ] as const
  const { id } = await pmo
    .entity(bidBond)
    .create({ name: `保证金 ${++count}`, bid: of, amount, due_back_on: '2026-04-07', payee: '交易中心' })
  await pmo.entity(bidBond).run(id, 'submit')
  await finance.entity(bidBond).run(id, 'approve')
  await boss.entity(bidBond).run(id, 'approve')
  const account = await open('500000.00')
  const pay = async (more: object = {}) => {
    const made = await cashier.entity(payment).create({ bond: id, account, ...more })
    await cashier.entity(payment).run(made.id, 'submit')
    return made.id
  }
  const back = async (amount: Decimal, interest: Decimal | null = null) => {
    const made = await cashier
      .entity(receipt)
      .create({ kind: 'bond', bond: id, account, amount, interest_amount: interest, received_on: today() })
    await cashier.entity(receipt).run(made.id, 'submit')
    await finance.entity(receipt).run(made.id, 'approve')
    return made.id
  }
  return { id, account, pay, back }
}

test('a bid goes from review to opening; won, it becomes a project once, with its fields', async () => {
  const { pmo, boss, reviewed, opened } = await office()
  const early = await reviewed()
  await expect(pmo.entity(bid).run(early, 'win', { on: '2026-03-20', amount: '1' })).rejects.toMatchObject(
    refused('verb.not_now'),
  )
  const id = await opened('7600000.00')
  expect(await pmo.entity(bid).get(id)).toMatchObject({
    ...{
      stage: 'opened',
      bid_amount: '7600000.00',
      lowest_amount: '7600000.00',
      number: expect.stringMatching(/^TB-/),
    },
  })
  await pmo.entity(bid).run(id, 'win', { on: '2026-03-20', amount: '7600000.00' })
  const { project: made } = (await pmo.entity(bid).run(id, 'make_project')) as { project: Id<'project'> }
  expect(await pmo.entity(project).get(made)).toMatchObject({
    ...{ name: '示范学校', contract_amount: '7600000.00', type: 'building', company: app.company },
  })
  await expect(pmo.entity(bid).run(id, 'make_project')).rejects.toMatchObject(refused('verb.not_now'))
  await expect(boss.entity(bid).run(id, 'drop', { on: '2026-03-21', reason: 'x' })).rejects.toMatchObject({
    status: 403,
  })
})

test('G-2: of 8,000,000 the cap is 160,000; 100,000 back with 212.50 interest leaves 60,000, and the rate is told', async () => {
  const { pmo, finance, boss, opened } = await office()
  const before = (await pmo.perform<BidReport>('bid.report')).rate
  const won = await opened('6000000.00')
  await pmo.entity(bid).run(won, 'win', { on: '2026-04-01', amount: '6000000.00' })
  const lost = await opened('2000000.00')
  await pmo.entity(bid).run(lost, 'lose', { on: '2026-04-02', reason: '报价偏高' })
  const { rate } = await pmo.perform<BidReport>('bid.report', { from_on: '2026-04-01' })
  expect(rate).toEqual({
    ...{
      decided: 2,
      won: 1,
      decided_amount: '8000000.00',
      won_amount: '6000000.00',
      by_count: '0.5',
      by_amount: '0.75',
    },
  })
  expect((await pmo.perform<BidReport>('bid.report')).rate.decided).toBe(before.decided + 2)

  const made = await bonded(lost, '160000.00')
  const { id, account } = made
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({ cap_amount: '160000.00', outstanding_amount: '0.00' })
  expect(await pmo.entity(bidBond).run(id, 'concerns')).toEqual({ concerns: [] })
  // Approved, it waits for the cashier like everything else that is paid; the account must hold it.
  const cashier = await app.as('cashier')
  const { rows } = await cashier.perform<{ readonly rows: readonly { readonly id: string }[] }>('payment.queue')
  expect(rows.find(row => row.id === id)).toMatchObject({ source: 'bond', rest: '160000.00', payee: '交易中心' })
  const poor = await open('1000.00')
  await expect(made.pay({ account: poor })).rejects.toMatchObject(refused('limit.cash_short'))
  await expect(made.pay({ amount: '160000.01' })).rejects.toMatchObject(refused('limit.payable_over_paid'))
  const paid = await made.pay()
  expect(await held(account)).toBe('340000.00')
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({ stage: 'paid', outstanding_amount: '160000.00' })

  const back = await made.back('100212.50', '212.50')
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({
    ...{ paid_amount: '160000.00', returned_amount: '100000.00', interest_amount: '212.50' },
    ...{ outstanding_amount: '60000.00', alert: 'overdue' },
  })
  expect(await held(account)).toBe('440212.50')
  await expect(made.back('60000.01')).rejects.toMatchObject(refused('limit.bond_over_returned'))
  const refund = cashier.entity(payment).run(paid, 'refund', { reason: '退', refunded_on: today() })
  await expect(refund).rejects.toMatchObject(refused('limit.bond_settled_already'))
  const { bonds, outstanding } = await finance.perform<BidReport>('bid.report')
  expect(bonds).toMatchObject([{ id, outstanding: '60000.00', alert: 'overdue' }])
  expect(outstanding).toBe('60000.00')
  // Reversed, the return is no more; it comes in again.
  await finance.entity(receipt).run(back, 'reverse', { reason: '户名有误' })
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({ outstanding_amount: '160000.00', interest_amount: '0.00' })
  await made.back('100212.50', '212.50')

  // 没收: without money, by its own approval; paid = Σ returned + forfeited + outstanding.
  const lose = async (amount: `${number}`, kind: 'forfeited' | 'given_back' = 'forfeited') => {
    const { id: of } = await pmo.entity(bidBondEntry).create({ bond: id, amount, kind, reason: '放弃中标' })
    await pmo.entity(bidBondEntry).run(of, 'submit')
    await finance.entity(bidBondEntry).run(of, 'approve')
    await boss.entity(bidBondEntry).run(of, 'approve')
    return of
  }
  await expect(lose('60000.01')).rejects.toMatchObject(refused('limit.bond_over_returned'))
  await expect(lose('1.00', 'given_back')).rejects.toMatchObject({
    problem: { errors: [{ path: 'kind', code: 'bid.cash_comes_back' }] },
  })
  await lose('20000.00')
  expect(await pmo.entity(bidBond).get(id)).toMatchObject({
    forfeited_amount: '20000.00',
    outstanding_amount: '40000.00',
  })
  const more = await pmo.entity(bidBond).create({ name: '多缴', bid: lost, amount: '160000.01' })
  expect(await pmo.entity(bidBond).run(asId('bid_bond', more.id), 'concerns')).toMatchObject({
    concerns: [{ code: 'over_cap' }],
  })
})

test('a bond paid before the take-over, or in an earlier version, is carried: no account moves, the rest is waited for', async () => {
  const { finance, opened } = await office()
  const lost = await opened('2000000.00')
  const { id, account, back } = await bonded(lost, '50000.00')
  const carried = { paid_on: '2026-01-05', returned_amount: '20000.00', interest_amount: '10.00' }
  await expect(
    finance.entity(bidBond).run(id, 'carry', { ...carried, returned_amount: '50000.01' }),
  ).rejects.toMatchObject({ problem: { errors: [{ code: 'bid.over_carried' }] } })
  await finance.entity(bidBond).run(id, 'carry', carried)
  expect(await finance.entity(bidBond).get(id)).toMatchObject({
    ...{ stage: 'paid', paid_on: '2026-01-05', returned_amount: '20000.00', outstanding_amount: '30000.00' },
  })
  expect(await held(account)).toBe('500000.00')
  await back('30000.00')
  expect(await held(account)).toBe('530000.00')

  // As the version before left it: returns on the bond itself, no ledger. The job carries it once.
  const db = app.host.db
  const table = sql.id(app.host.tenant, 'bid_bond')
  const made = await bonded(lost, '70000.00')
  const old = { id: asId('bid_bond', newId()) }
  const then = {
    ...{ id: old.id, payable: null, in_ledger: false, stage: 'to_pay', number: 'BZJ-202602-9001', paid_amount: null },
    ...{ returned_amount: '25000', interest_amount: '8', outstanding_amount: '45000', paid_on: '2026-02-03' },
  }
  await sql`insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(b) || ${JSON.stringify(then)}::jsonb)).*
    from ${table} b where id = ${made.id}::uuid`.execute(db)
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  const upgrade = () => carryBonds.run(systemContext(app.host, 'test'), {}, progress)
  expect(await upgrade()).toEqual({ carried: 1 })
  expect(await upgrade()).toEqual({ carried: 0 })
  expect(await finance.entity(bidBond).get(old.id)).toMatchObject({
    ...{ stage: 'paid', paid_on: '2026-02-03', paid_amount: '70000.00', returned_amount: '25000.00' },
    ...{ interest_amount: '8.00', outstanding_amount: '45000.00' },
  })
})

test('a bond is due a week before, overdue a day after, and neither when nothing is out', () => {
  const bond = { state: 'effective', outstanding_amount: '1.00' as const, due_back_on: '2026-05-10' }
  expect(['2026-05-02', '2026-05-03', '2026-05-10', '2026-05-11'].map(day => alertOf(bond, day))).toEqual([
    ...['none', 'due', 'due', 'overdue'],
  ])
  expect(alertOf({ ...bond, outstanding_amount: '0.00' }, '2026-06-01')).toBe('none')
})

test('a foreman sees no bid, no bond and no report', async () => {
  const { pmo, reviewed } = await office()
  await reviewed()
  const site = await pmo.entity(project).create({ name: '工地', type: 'building', company: app.company })
  const foreman = await app.as('foreman', { at: { kind: 'project', id: site.id } })
  for (const entity of [bid, bidBond, bidBondEntry, bidBondOpening])
    await expect(foreman.entity(entity.name).list()).rejects.toMatchObject({ status: 403 })
  await expect(foreman.perform('bid.report')).rejects.toMatchObject({ status: 403 })
})
