// 应退: what a settlement finds overpaid, in lists, ageing and forecast, until it is given back.
import type { Decimal } from '@yingzao/engines/money'
import { asId, type Id, type PlainDate } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { progressClaim } from '../measurement/progress-claim.entity.ts'
import { settlement } from '../measurement/settlement.entity.ts'
import { site } from '../measurement/testing/site.ts'
import type { Ageing } from './ageing-shape.ts'
import { payment } from './payment.entity.ts'
import { receipt } from './receipt.entity.ts'
import { paymentRequest } from './request.entity.ts'
import { duesModule, testDue } from './testing/dues.ts'

let app: TestApp
let keeper: Person
let finance: Person
let cashier: Person
let boss: Person
beforeAll(async () => {
  app = await testApp({ more: [duesModule] })
  keeper = await app.as('cost_engineer')
  finance = await app.as('finance')
  cashier = await app.as('cashier')
  boss = await app.as('boss')
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [cashLedger, payableLedger, contractLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})

const refusedBy = (code: string) => ({ problem: { code } })
const atFault = (path: string, code: string) => ({ problem: { errors: [{ path, code }] } })

/** What the pages show of a contract; the ledger does not say it by itself. */
interface Shown {
  readonly refund: { readonly amount: Decimal; readonly due_on: string; readonly days: number } | null
  readonly rows: readonly {
    readonly id: string
    readonly contract: string | null
    readonly on: string
    readonly amount: Decimal
    readonly why: string
    readonly direction: string
  }[]
}

test('应退: what a settlement finds overpaid is owed by the other side within 30 days, until it is given back; both ways', async () => {
  const at = await site(app)
  const second = await app.as('cost_engineer', { at: { kind: 'project', id: at.project } })
  const after = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
  const [today, day] = [after(0) as PlainDate, after(30)]
  await finance.entity(counterparty).patch(at.party.id, at.party.version, {
    accounts: { upsert: [{ bank: '云州银行', number: '6222000011112222', main: true }] },
  })
  const { id: own } = await finance.entity(bankAccount).create({
    ...{ name: '基本户', type: 'general', company: app.company, bank: '云州银行', number: '6222020210000001' },
    ...{ opening_amount: '9000000', opening_on: '2025-01-01' },
  })
  const bank = asId('bank_account', own)
  const pay = async (request: Id<'payment_request'>) => {
    const { id } = await cashier.entity(payment).create({ request, account: bank })
    await cashier.entity(payment).run(id, 'submit')
    return id
  }
  const ask = async (of: Id<'contract'>, amount: Decimal, kind: 'progress' | 'overpaid' = 'progress') => {
    const { id } = await at.keeper.entity(paymentRequest).create({ name: '款项', contract: of, kind, amount })
    await at.keeper.entity(paymentRequest).run(id, 'submit')
    for (const who of [at.manager, second, finance, boss]) await who.entity(paymentRequest).run(id, 'approve')
    return id
  }
  const receive = async (of: Id<'contract'>, amount: Decimal, kind: 'progress' | 'overpaid') => {
    const { id } = await cashier.entity(receipt).create({ contract: of, kind, account: bank, amount })
    await cashier.entity(receipt).run(id, 'submit')
    await finance.entity(receipt).run(id, 'approve')
    return id
  }
  const claim = async (of: Id<'contract'>, more: object) =>
    at.pass('progress_claim', (await at.keeper.entity(progressClaim).create({ contract: of, ...more })).id)
  const settle = async (of: Id<'contract'>, approved: Decimal) => {
    const { id } = await at.keeper.entity(settlement).create({
      ...{ contract: of, settled_on: today, accepted_on: today },
      lines: [{ what: '土建', item: at.items[0], submitted_amount: approved, approved_amount: approved }],
    })
    await at.pass('settlement', id)
    return at.keeper.entity(settlement).get(id)
  }
  const refund = async (of: Id<'contract'>) =>
    (await finance.perform<Shown>('measurement.payment', { contract: of })).refund
  const aged = async (of: Id<'contract'>, direction: 'income' | 'expense') =>
    (await finance.perform<Ageing>('payment.ageing', { contract: of, direction })).contracts
  const expected = async (of: Id<'contract'>) =>
    (await boss.perform<Shown>('funds_center.flows', { from: today, to: after(400) })).rows
      .filter(each => each.contract === of)
      .map(({ on, amount, why, direction }) => [on, amount, why, direction])

  // We paid 6,956,000 (G-5.1); 6,500,000 less 195,000 of retention and 20,000 of fines are 671,000 less than that.
  const of = await at.sign(['10900000'], {
    ...{
      progress_share: '0.8',
      advance_amount: '1090000',
      recovery: 'linear',
      recovery_from: '0.2',
      recovery_to: '0.8',
    },
    ...{ retention_mode: 'at_settlement', retention_share: '0.03', warranty_months: 12, invoice_first: true },
  })
  await claim(of, { kind: 'advance', claimed_on: '2025-01-05', advance_amount: '1090000' })
  await at.lump(of, '2025-01-25', '8720000')
  const fine = { kind: 'fine', amount: '20000', what: '扣款' }
  await claim(of, { claimed_on: '2025-01-28', lines: [fine] })
  // 先票后款: the invoice is there, and counts for what is paid of it only.
  const paper = await keeper.entity(testDue).create({
    ...{ name: '发票', project: at.project, contract: of, direction: 'expense', due_on: '2025-01-28' },
    invoiced: '6956000',
  })
  await keeper.entity(testDue).run(paper.id, 'submit')
  const paid = await pay(await ask(of, '6956000'))
  await expect(receive(of, '1', 'overpaid')).rejects.toMatchObject(atFault('contract', 'payment.overpaid_of'))
  expect(await settle(of, '6500000')).toMatchObject({
    ...{ payable_amount: '0.00', refund_amount: '671000.00', retention_amount: '195000.00', due_on: day },
  })
  const settled = { due: '6285000.00', retained: '195000.00', refundable: '671000.00' }
  expect(await at.ledger(of)).toMatchObject({ ...settled, sum: '6500000.00', paid: '6956000.00' })
  expect(await refund(of)).toEqual({ amount: '671000.00', due_on: day, days: -30 })
  expect(await aged(of, 'expense')).toEqual([])
  expect(await aged(of, 'income')).toMatchObject([
    {
      ...{ refund: true, open: '671000.00', due: '671000.00', paid: '0.00', excess: '0.00' },
      items: [{ due_on: day, open: '671000.00', entity: 'settlement' }],
    },
  ])
  const retention = [`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`, '195000.00', 'retention', 'expense']
  expect(await expected(of)).toEqual([[day, '671000.00', 'refund', 'income'], retention])
  const { rows } = await boss.perform<Shown>('contract.register', { project: at.project })
  expect(rows.find(each => each.id === of)).toMatchObject({ unpaid: '0.00', refundable: '671000.00' })

  const part = await receive(of, '400000', 'overpaid')
  const less = { paid: '6556000.00', requested: '6556000.00', against_invoice: '6556000.00' }
  expect(await at.ledger(of)).toMatchObject({ ...settled, ...less })
  await expect(receive(of, '271000.01', 'overpaid')).rejects.toMatchObject(refusedBy('limit.contract_over_given_back'))
  const back = (rest: string) =>
    cashier.entity(payment).run(paid, 'refund', { amount: '271000', refunded_on: today, rest, reason: '结算多付' })
  await expect(back('again')).rejects.toMatchObject(refusedBy('payment.refund_again'))
  await back('close')
  expect([await refund(of), await aged(of, 'income'), await expected(of)]).toEqual([null, [], [retention]])
  expect(await at.ledger(of)).toMatchObject({ ...settled, paid: '6285000.00', requested: '6285000.00' })
  // The receipt was entered by mistake: it is owed again.
  await finance.entity(receipt).run(part, 'reverse', { reason: '录错合同' })
  expect(await refund(of)).toMatchObject({ amount: '400000.00' })
  expect(await at.ledger(of)).toMatchObject({ paid: '6685000.00', against_invoice: '6685000.00', given_back: '0.00' })

  // A client paid 900,000 and the settlement leaves him 800,000: 100,000 go back to him, by approval and from an account.
  const income = await at.sign(['1000000'], { direction: 'income', kind: 'works', progress_share: '0.9' })
  await at.lump(income, '2025-01-25', '1000000')
  await claim(income, { claimed_on: '2025-01-28' })
  await receive(income, '900000', 'progress')
  expect(await settle(income, '800000')).toMatchObject({ refund_amount: '100000.00' })
  expect(await aged(income, 'expense')).toMatchObject([{ refund: true, open: '100000.00' }])
  expect(await expected(income)).toEqual([[day, '100000.00', 'refund', 'expense']])
  await expect(ask(income, '1')).rejects.toMatchObject(atFault('contract', 'payment.other_side'))
  const beyond = refusedBy('limit.contract_over_refund_asked')
  await expect(ask(income, '100000.01', 'overpaid')).rejects.toMatchObject(beyond)
  const asked = await ask(income, '100000', 'overpaid')
  expect(await expected(income)).toEqual([[today, '100000.00', 'request', 'expense']])
  await expect(ask(income, '0.01', 'overpaid')).rejects.toMatchObject(beyond)
  await pay(asked)
  expect(await at.ledger(income, 'income')).toMatchObject({ paid: '800000.00', given_back: '100000.00' })
  expect([await refund(income), await aged(income, 'expense'), await expected(income)]).toEqual([null, [], []])
})
