// Money out and in: what is due is asked for, approved, paid and refunded under its limits; receipts settle what is oldest.
import { add, compare, type Decimal, multiply, negate, r2, subtract, sum } from '@yingzao/engines/money'
import { asId, type Id, isPlainDate } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { run } from '@yingzao/kernel/server'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { budget } from '../budget/budget.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { parameter } from '../parameter/parameter.entity.ts'
import { keep } from '../parameter/testing/keep.ts'
import { project } from '../project/project.entity.ts'
import type { Ageing } from './ageing-shape.ts'
import { netting } from './netting.entity.ts'
import { payment } from './payment.entity.ts'
import type { BankFile, PayQueue } from './queue-shape.ts'
import { receipt } from './receipt.entity.ts'
import { paymentRequest } from './request.entity.ts'
import { duesModule, testDue } from './testing/dues.ts'
import { transfer } from './transfer.entity.ts'

let app: TestApp
let pmo: Person
let keeper: Person
let finance: Person
let cashier: Person
let boss: Person
let count = 0
beforeAll(async () => {
  app = await testApp({ more: [duesModule] })
  pmo = await app.as('pmo')
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
const account = async (opening: Decimal, more: object = {}) =>
  asId(
    'bank_account',
    (
      await finance.entity(bankAccount).create({
        ...{ name: `账户 ${++count}`, type: 'general', company: app.company, bank: '云州银行' },
        ...{ number: `62220202${10_000_000 + count}`, opening_amount: opening, opening_on: '2025-01-01' },
        ...more,
      })
    ).id,
  )
const cash = async (of: string) => {
  const { posted } = await balanceOf(systemContext(app.host, 'test'), cashLedger.name, { account: of })
  return Number(posted.received) - Number(posted.paid)
}

/** A project, its manager, a subcontractor with two accounts, and a signed contract of either direction. */
async function site(direction: 'income' | 'expense' = 'expense', more: object = {}) {
  const { id } = await pmo.entity(project).create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id } })
  const item = (await keeper.entity(costItem).create({ code: `P${count}`, name: '分包' })).id
  const party = await finance.entity(counterparty).create({
    ...{ name: `分包 ${count}`, roles: ['subcontractor'], taxpayer: 'person' },
    accounts: [
      { bank: '云州银行云溪支行', number: '6222000011112222', main: true },
      { bank: '云州银行长宁支行', number: '6222000033334444', bank_code: '102100099996' },
    ],
  })
  if (direction === 'expense') {
    const plan = await keeper
      .entity(budget)
      .create({ name: '目标成本', project: id, lines: [{ item, qty: '1', price: '9000000' }] })
    await keeper.entity(budget).run(plan.id, 'submit')
    await manager.entity(budget).run(plan.id, 'approve')
    await boss.entity(budget).run(plan.id, 'approve')
  }
  const made = await keeper.entity(contract).create({
    ...{ name: `合同 ${count}`, project: id, counterparty: party.id, direction, kind: 'subcontract' },
    ...{ invoice_first: false, lines: [{ name: '土方', item, amount: '3270000.00', tax_rate: '0.09' }] },
    ...more,
  })
  await keeper.entity(contract).run(made.id, 'submit')
  await manager.entity(contract).run(made.id, 'approve')
  await finance.entity(contract).run(made.id, 'approve')
  await boss.entity(contract).run(made.id, 'approve')
  const sign = () => keeper.entity(contract).run(made.id, 'sign', { signed_on: '2025-01-05' })
  const due = async (
    amount: Decimal,
    due_on: `${number}-${number}-${number}` = '2025-06-30',
    invoiced: Decimal = '0',
  ) => {
    const one = await keeper
      .entity(testDue)
      .create({ name: '应付', project: id, contract: made.id, direction, due: amount, due_on, invoiced })
    await keeper.entity(testDue).run(one.id, 'submit')
  }
  const ask = (amount: Decimal, more: object = {}) =>
    keeper.entity(paymentRequest).create({ name: '进度款', contract: made.id, amount, ...more })
  const approve = async (of: Id<'payment_request'>) => {
    const done = await keeper.entity(paymentRequest).run(of, 'submit')
    await manager.entity(paymentRequest).run(of, 'approve')
    // The cost engineer asked: his step goes to another one.
    await second.entity(paymentRequest).run(of, 'approve')
    await finance.entity(paymentRequest).run(of, 'approve')
    const { state } = await finance.entity(paymentRequest).get(of)
    if (state === 'pending') await boss.entity(paymentRequest).run(of, 'approve')
    return done
  }
  const second = await app.as('cost_engineer', { at: { kind: 'project', id } })
  const ledger = async () => {
    const key = { project: id, contract: made.id, direction }
    return (await balanceOf(systemContext(app.host, 'test'), contractLedger.name, key)).posted
  }
  return { project: id, manager, item, party, contract: made.id, sign, due, ask, approve, ledger }
}
const pay = (who: Person, of: Id<'payment_request'>, from: Id<'bank_account'>, more: object = {}) =>
  who
    .entity(payment)
    .create({ request: of, account: from, ...more })
    .then(async made => ({ id: made.id, done: await who.entity(payment).run(made.id, 'submit') }))

test('what is due is asked for, approved, paid in two goes, refunded, and the rest given back', async () => {
  const at = await site()
  const draft = at.ask('600000.00')
  await expect(draft).rejects.toMatchObject(refusedBy('payment.contract_not_signed'))
  await at.sign()
  await at.due('1000000.00')
  const first = await at.ask('600000.00', { payee_ending: '4444' })
  expect(first).toMatchObject({ payee_ending: '4444', payee_bank: '云州银行长宁支行', counterparty: at.party.id })
  expect(await keeper.entity(paymentRequest).get(first.id)).toMatchObject({ payee_number: '****4444' })
  await at.approve(first.id)
  const more = await at.ask('400000.01')
  const over = keeper.entity(paymentRequest).run(more.id, 'submit')
  await expect(over).rejects.toMatchObject(refusedBy('limit.contract_over_requested'))

  const bank = await account('550000.00')
  await expect(pay(cashier, first.id, bank)).rejects.toMatchObject(refusedBy('limit.cash_short'))
  const paid = await pay(cashier, first.id, bank, { amount: '250000.00', paid_on: '2026-03-01' })
  expect(await finance.entity(paymentRequest).get(first.id)).toMatchObject({ stage: 'part_paid', state: 'effective' })
  await expect(pay(cashier, first.id, bank, { amount: '350000.01' })).rejects.toMatchObject({ status: 409 })
  await pay(cashier, first.id, bank, { amount: '300000.00' })
  expect([await cash(bank), (await at.ledger()).paid]).toEqual([0, '550000.00'])

  // A payment is undone only by money that comes back, on its own day.
  const late = cashier.entity(payment).run(paid.id, 'refund', { reason: '退回', refunded_on: '2026-02-28' })
  await expect(late).rejects.toMatchObject(refusedBy('payment.refund_day'))
  const refund = { amount: '50000.00', refunded_on: '2026-03-05', reason: '户名有误退回' }
  await cashier.entity(payment).run(paid.id, 'refund', refund)
  expect([await cash(bank), (await at.ledger()).paid]).toEqual([50_000, '500000.00'])
  const [mirror] = (await cashier.entity(payment).list({ filter: { reverses: { eq: paid.id } } })).items
  expect(mirror).toMatchObject({ amount: '-50000.00', refunded_on: '2026-03-05', state: 'effective' })
  await expect(
    cashier.entity(payment).run(paid.id, 'refund', { ...refund, amount: '200000.01' }),
  ).rejects.toMatchObject(refusedBy('document.over_reversed'))

  // 关闭余额: what is left can be asked for again.
  await keeper.entity(paymentRequest).run(first.id, 'close_rest', { reason: '不再支付' })
  expect(await finance.entity(paymentRequest).get(first.id)).toMatchObject({ stage: 'closed' })
  expect((await at.ledger()).requested).toBe('500000.00')
  await at.approve((await at.ask('500000.00')).id)
  await expect(pay(cashier, first.id, bank, { amount: '1' })).rejects.toMatchObject(refusedBy('payment.nothing_to_pay'))
  await expect(at.ask('1', { payee_ending: '9999' })).rejects.toMatchObject(
    atFault('payee_ending', 'payment.no_account'),
  )
  // A second account of his ends in the same four digits: as many more tell them apart, and stay so.
  const party = await finance.entity(counterparty).get(at.party.id)
  const accounts = { upsert: [{ bank: '长宁农商行', number: '330100998874444' }] }
  await finance.entity(counterparty).patch(party.id, party.version, { accounts })
  await expect(at.ask('1', { payee_ending: '4444' })).rejects.toMatchObject(
    atFault('payee_ending', 'payment.which_account'),
  )
  const told = await at.ask('1', { payee_ending: '330100998874444' })
  expect(told).toMatchObject({ payee_bank: '长宁农商行', payee_ending: expect.stringMatching(/^\d*74444$/) })
  await keeper.entity(paymentRequest).patch(told.id, told.version, { note: '分清账户' })
})

test('先票后款: no more is asked for than was invoiced, an advance apart; without the clause it only warns', async () => {
  const at = await site('expense', { invoice_first: true })
  await at.sign()
  await at.due('500000.00', '2025-06-30', '200000.00')
  const { id } = await at.ask('200000.01')
  await expect(keeper.entity(paymentRequest).run(id, 'submit')).rejects.toMatchObject(
    refusedBy('limit.contract_invoice_first'),
  )
  await at.approve((await at.ask('200000.00')).id)
  const advance = await at.ask('100000.00', { kind: 'advance', name: '预付款' })
  expect(await keeper.entity(paymentRequest).run(advance.id, 'submit')).toMatchObject({
    warnings: ['limit.contract_before_invoice'],
  })
})

test('without a contract: from 50,000 one more is asked; a wage account pays wages only; the payer is the company that owes', async () => {
  const at = await site()
  const ask = (amount: Decimal) =>
    finance
      .entity(paymentRequest)
      .create({ name: '水电押金', kind: 'other', counterparty: at.party.id, company: app.company, amount })
  const chief = await app.as('finance')
  const { id } = await ask('60000.00')
  await finance.entity(paymentRequest).run(id, 'submit')
  await chief.entity(paymentRequest).run(id, 'approve')
  expect(await boss.entity(paymentRequest).run(id, 'approve')).toMatchObject({
    ...{ state: 'pending', escalated: ['limit.payable_without_contract'] },
  })
  const small = await ask('50000.00')
  await finance.entity(paymentRequest).run(small.id, 'submit')
  await chief.entity(paymentRequest).run(small.id, 'approve')
  expect(await boss.entity(paymentRequest).run(small.id, 'approve')).toMatchObject({ state: 'effective' })
  const wage = await account('90000.00', { type: 'wage', project: at.project })
  await expect(pay(cashier, small.id, wage)).rejects.toMatchObject(atFault('account', 'bank_account.wages_only'))
  const administrator = await app.as('administrator')
  const other = await administrator
    .entity('org_unit')
    .create({ name: `子公司 ${++count}`, type: 'company', parent: app.company })
  const theirs = await account('90000.00', { company: other.id })
  await expect(pay(cashier, small.id, theirs)).rejects.toMatchObject(atFault('account', 'payment.other_company'))
})

test('the cashier sees what waits, writes a file for the bank and pays it in one go, all of it or none', async () => {
  const at = await site()
  await at.sign()
  await at.due('900000.00')
  const ids = [(await at.ask('100000.00', { due_on: '2026-01-31' })).id, (await at.ask('200000.00')).id]
  for (const id of ids) await at.approve(id)
  const queue = (await cashier.perform<PayQueue>('payment.queue')).rows.filter(each => ids.some(id => id === each.id))
  expect(queue).toMatchObject([
    { rest: '100000.00', due_on: '2026-01-31', account: '6222000011112222' },
    { rest: '200000.00', due_on: null },
  ])
  const items = ids.map(id => ({ source: 'request', id }))
  const file = await cashier.perform<BankFile>('payment.bank_file', { items })
  expect(file.total).toBe('300000.00')
  expect(file.text).toContain('"6222000011112222"')
  // The file carries what is approved and not yet paid, no more, and every document says who wrote it.
  const [first] = items
  const oneOf = (amount: string) => cashier.perform('payment.bank_file', { items: [{ ...first, amount }] })
  for (const amount of ['100000.01', '0', '-1'])
    await expect(oneOf(amount)).rejects.toMatchObject(refusedBy('payment.beyond_rest'))
  expect((await cashier.entity(paymentRequest).history(ids[0] ?? '')).map(each => each.action)).toContain('bank_file')
  const poor = await account('299999.99')
  await expect(cashier.perform('payment.pay', { items, account: poor })).rejects.toMatchObject(
    refusedBy('limit.cash_short'),
  )
  expect(await cash(poor)).toBe(299_999.99)
  const bank = await account('300000.00')
  expect(await cashier.perform('payment.pay', { items, account: bank, bank_ref: 'B1' })).toMatchObject({
    ...{ total: '300000.00', payments: [{}, {}] },
  })
  await expect(cashier.perform('payment.bank_file', { items })).rejects.toMatchObject(
    refusedBy('payment.nothing_to_pay'),
  )
  expect((await cashier.perform<PayQueue>('payment.queue')).rows.some(each => ids.some(id => id === each.id))).toBe(
    false,
  )
  await expect(cashier.perform('payment.pay', { items: [{ source: 'x' }], account: bank })).rejects.toMatchObject({
    status: 422,
  })
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  for (const of of [paymentRequest, payment, receipt, transfer])
    await expect(foreman.entity(of.name).list()).rejects.toMatchObject({ status: 403 })
  for (const action of ['payment.queue', 'payment.ageing'])
    await expect(foreman.perform(action)).rejects.toMatchObject({ status: 403 })
})

test('G-8.5: 20 % of 3,270,000.00 goes to the wage account, as two entries; the contract has got all of it', async () => {
  const at = await site('income')
  await at.due('3000000.00', '2025-05-31')
  const [bank, other] = [await account('0'), await account('0')]
  const receive = async (more: object) => {
    const made = await cashier
      .entity(receipt)
      .create({ contract: at.contract, account: bank, amount: '1.00', received_on: '2025-06-05', ...more })
    await cashier.entity(receipt).run(made.id, 'submit')
    await finance.entity(receipt).run(made.id, 'approve')
    return cashier.entity(receipt).get(made.id)
  }
  // 待签: nothing is received on it yet; signed, the same receipt passes.
  await expect(receive({})).rejects.toMatchObject(refusedBy('payment.receipt_unsigned'))
  await at.sign()
  await expect(receive({ wage_share: '0.2' })).rejects.toMatchObject(atFault('wage_share', 'payment.no_wage_account'))
  const wage = await account('0', { type: 'wage', project: at.project })
  const made = await receive({ amount: '3270000.00', wage_share: '0.2' })
  expect(made).toMatchObject({ wage_amount: '654000.00', general_amount: '2616000.00', excess_amount: '270000.00' })
  expect([await cash(wage), await cash(bank)]).toEqual([654_000, 2_616_000])
  expect((await at.ledger()).paid).toBe('3270000.00')
  // The next one of the contract is split the same way.
  expect(await receive({ amount: '100.00' })).toMatchObject({ wage_amount: '20.00' })
  // The money came: it cannot be voided, by anybody; it is reversed.
  expect((await finance.entity(receipt).get(made.id))._can).not.toContain('void')
  await expect(
    run(systemContext(app.host, 'test'), receipt, made.id, 'void', { reason: '重复' }),
  ).rejects.toMatchObject({
    code: 'document.moved',
  })
  await finance.entity(receipt).run(made.id, 'reverse', { reason: '重复登记' })
  expect([await cash(wage), await cash(bank), (await at.ledger()).paid]).toEqual([20, 80, '100.00'])
  // What is received as an advance is known as that: it is what VAT is prepaid on at home.
  const ahead = await receive({ amount: '40.00', kind: 'advance', wage_share: '0' })
  expect(await at.ledger()).toMatchObject({ paid: '140.00', in_advance: '40.00' })
  await finance.entity(receipt).run(ahead.id, 'reverse', { reason: '重复登记' })
  expect(await at.ledger()).toMatchObject({ paid: '100.00', in_advance: '0.00' })

  // 调拨: two entries, nothing is won or lost; nothing leaves a wage account, and only the labour share enters it.
  const move = async (from: Id<'bank_account'>, to: Id<'bank_account'>, more: object = {}) => {
    const { id } = await cashier
      .entity(transfer)
      .create({ name: '调拨', from_account: from, to_account: to, amount: '30.00', ...more })
    await cashier.entity(transfer).run(id, 'submit')
    return finance.entity(transfer).run(id, 'approve')
  }
  await move(bank, other)
  await move(bank, wage, { labour_share: true })
  expect([await cash(bank), await cash(other), await cash(wage)]).toEqual([20, 30, 50])
  await expect(move(bank, wage)).rejects.toMatchObject(atFault('to_account', 'bank_account.wages_in_only'))
  await expect(move(wage, bank)).rejects.toMatchObject(atFault('from_account', 'bank_account.wages_only'))
  await expect(move(bank, other)).rejects.toMatchObject(refusedBy('limit.cash_short'))
})

test('G-6.3: as of 2025-09-30, 400,000 are 183 days overdue and 600,000 are 92; what names its due settles that one', async () => {
  const at = await site('income')
  await at.sign()
  await at.due('500000.00', '2025-01-31')
  await at.due('800000.00', '2025-03-31')
  await at.due('600000.00', '2025-06-30')
  const bank = await account('0')
  const receive = async (amount: Decimal, more: object = {}) => {
    const { id } = await cashier
      .entity(receipt)
      .create({ contract: at.contract, account: bank, amount, received_on: '2025-07-01', ...more })
    await cashier.entity(receipt).run(id, 'submit')
    await finance.entity(receipt).run(id, 'approve')
  }
  await receive('900000.00')
  const ageing = async (as_of: string) =>
    (await finance.perform<Ageing>('payment.ageing', { direction: 'income', as_of, contract: at.contract }))
      .contracts[0]
  expect(await ageing('2025-09-30')).toMatchObject({
    ...{ due: '1900000.00', paid: '900000.00', open: '1000000.00', excess: '0.00' },
    buckets: ['0.00', '0.00', '0.00', '0.00', '600000.00', '400000.00', '0.00'],
    items: [
      { due_on: '2025-03-31', days: 183, open: '400000.00', entity: 'test_due' },
      { due_on: '2025-06-30', days: 92, open: '600000.00' },
    ],
  })
  await expect(receive('10.00', { lines: [{ due_on: '2025-06-01', amount: '10.00' }] })).rejects.toMatchObject(
    atFault('lines.0.amount', 'payment.not_due'),
  )
  await receive('250000.00', { lines: [{ due_on: '2025-06-30', amount: '200000.00' }] })
  expect((await ageing('2025-09-30'))?.items).toMatchObject([
    { due_on: '2025-03-31', open: '350000.00' },
    { due_on: '2025-06-30', open: '400000.00' },
  ])
  // 退票: the money was there until it went back; what it had settled is open again from that day.
  const [last] = (await finance.entity(receipt).list({ filter: { amount: { eq: '250000.00' } } })).items
  const goBack = (returned_on: string) =>
    finance.entity(receipt).run(last?.id ?? '', 'give_back', { returned_on, reason: '支票退票' })
  await expect(goBack('2025-06-30')).rejects.toMatchObject(refusedBy('payment.return_day'))
  await expect(cashier.entity(receipt).run(last?.id ?? '', 'give_back', { reason: '退' })).rejects.toMatchObject({
    status: 403,
  })
  await goBack('2025-08-15')
  const { rows } = await finance.perform<Book>('bank_account.book', { account: bank })
  expect(rows.map(row => [row.on, row.received, row.balance])).toEqual([
    ['2025-08-15', '-250000.00', '900000.00'],
    ['2025-07-01', '250000.00', '1150000.00'],
    ['2025-07-01', '900000.00', '900000.00'],
  ])
  expect([(await ageing('2025-08-14'))?.open, (await ageing('2025-08-15'))?.open]).toEqual(['750000.00', '1000000.00'])
})

test('an overdue payable shows the late interest of the law: 100,000 × 45 days are 2,250', async () => {
  const at = await site()
  await at.sign()
  await at.due('100000.00', '2026-01-15')
  const late = await finance.perform<Ageing>('payment.ageing', {
    ...{ direction: 'expense', as_of: '2026-03-01', contract: at.contract },
  })
  expect(late).toMatchObject({ late_rate: '0.0005', contracts: [{ items: [{ days: 45, interest: '2250.00' }] }] })
  const { late_rate } = await finance.perform<Ageing>('payment.ageing', { direction: 'expense', as_of: '2020-08-31' })
  expect(late_rate).toBe('0')
})

interface Book {
  readonly rows: readonly {
    readonly on: string
    readonly purpose: string
    readonly received: Decimal
    readonly paid: Decimal
    readonly balance: Decimal
  }[]
}
const dayIn = (month: number) => {
  const day = `2025-0${month}-28`
  if (!isPlainDate(day)) throw new Error(day)
  return day
}
const fen = (min: number, max: number) =>
  fc.integer({ min, max }).map((units): Decimal => r2(multiply(`${units}`, '0.01')))

test('whatever is agreed, due, received and taken back: gross = net + tax, cash = contract, balances follow, ages add up', async () => {
  const run = fc.record({
    lines: fc.array(fc.record({ amount: fen(5, 900_000_00), rate: fc.constantFrom('0.09', '0.06', '0.03') }), {
      ...{ minLength: 1, maxLength: 4 },
    }),
    dues: fc.array(fc.record({ amount: fen(1, 90_000_00), month: fc.integer({ min: 1, max: 6 }) }), { maxLength: 3 }),
    moves: fc.array(fc.record({ amount: fen(1, 90_000_00), back: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(run, async ({ lines, dues, moves }) => {
      const at = await site('income', {
        // Large enough for everything that becomes due.
        lines: [{ amount: '5000000.00' as const, rate: '0.09' as const }, ...lines].map(({ amount, rate }) => ({
          ...{ name: '工程', amount, tax_rate: rate },
        })),
      })
      await at.sign()
      const agreed = await finance.entity(contract).get(at.contract)
      const taxed = [agreed, ...agreed.lines]
      for (const { gross_amount, net_amount, tax_amount } of taxed)
        expect(add(net_amount ?? '0', tax_amount ?? '0')).toBe(gross_amount)
      for (const name of ['gross_amount', 'net_amount', 'tax_amount'] as const)
        expect(r2(sum(agreed.lines.map(line => line[name] ?? '0')))).toBe(agreed[name])
      for (const { amount, month } of dues) await at.due(amount, dayIn(month))
      const bank = await account('1000.00')
      for (const { amount, back } of moves) {
        const { id } = await cashier
          .entity(receipt)
          .create({ contract: at.contract, account: bank, amount, received_on: '2025-07-01' })
        await cashier.entity(receipt).run(id, 'submit')
        await finance.entity(receipt).run(id, 'approve')
        if (back) await finance.entity(receipt).run(id, 'reverse', { reason: '冲' })
      }
      const { due, paid } = await at.ledger()
      const { rows } = await finance.perform<Book>('bank_account.book', { account: bank })
      const book = [...rows].reverse()
      // Σ cash of the contract = what its ledger says was paid: both gross, the tax inside.
      const ofContract = book.filter(row => row.purpose !== 'opening')
      expect(r2(sum(ofContract.map(row => subtract(row.received, row.paid))))).toBe(paid)
      for (const [n, row] of book.entries())
        expect(row.balance).toBe(r2(subtract(add(book[n - 1]?.balance ?? '0', row.received), row.paid)))
      const [aged] = (
        await finance.perform<Ageing>('payment.ageing', {
          ...{ direction: 'income', as_of: '2025-12-31', contract: at.contract },
        })
      ).contracts
      const rest = subtract(due ?? '0', paid ?? '0')
      expect(aged?.open ?? '0.00').toBe(compare(rest, '0') > 0 ? rest : '0.00')
      expect(aged?.excess ?? '0.00').toBe(compare(rest, '0') < 0 ? negate(rest) : '0.00')
      expect(r2(sum(aged?.buckets ?? []))).toBe(aged?.open ?? '0.00')
      expect(r2(sum(aged?.items.map(item => item.open) ?? []))).toBe(aged?.open ?? '0.00')
    }),
    { numRuns: 3, endOnFailure: true },
  )
})

test('what comes back of a payment is payable anew from its own day, not late since the first; or it is paid no more', async () => {
  const at = await site()
  await at.sign()
  await at.due('300000.00')
  const asked = await at.ask('300000.00', { due_on: '2026-02-15' })
  await at.approve(asked.id)
  const paid = await pay(cashier, asked.id, await account('400000.00'), { paid_on: '2026-02-14' })
  const row = async () => (await cashier.perform<PayQueue>('payment.queue')).rows.find(each => each.id === asked.id)
  expect(await row()).toBeUndefined()
  const refund = (more: object) => cashier.entity(payment).run(paid.id, 'refund', { reason: '户名有误', ...more })
  await refund({ amount: '100000.00', refunded_on: '2026-03-05' })
  expect(await row()).toMatchObject({ rest: '100000.00', due_on: '2026-03-05' })
  expect(await keeper.entity(paymentRequest).get(asked.id)).toMatchObject({ stage: 'part_paid', due_on: '2026-02-15' })
  await refund({ amount: '50000.00', refunded_on: '2026-03-06', rest: 'close' })
  expect(await row()).toBeUndefined()
  expect(await keeper.entity(paymentRequest).get(asked.id)).toMatchObject({ stage: 'closed' })
  expect(await at.ledger()).toMatchObject({ requested: '150000.00', paid: '150000.00' })
})

test('requests, payments, refunds and closings at once from three nodes: nothing beyond what is due, approved or in the account', async () => {
  const at = await site()
  await at.sign()
  await at.due('1000.00')
  const nodes = [app, await app.node(), await app.node()]
  const cashiers = await Promise.all(nodes.map(node => node.as('cashier')))
  const bank = await account('700.00')
  const requests = (
    await Promise.allSettled(
      [400, 300, 300, 200].map(async amount => {
        const { id } = await at.ask(`${amount}` as const)
        await at.approve(id)
        return id
      }),
    )
  ).flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  expect(Number((await at.ledger()).requested)).toBeLessThanOrEqual(1000)
  const expected = [
    'limit.cash_short',
    'limit.payable_over_paid',
    'payment.nothing_to_pay',
    'bank_account.nothing_to_close',
  ]
  let out = 0
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const who = cashiers[n % 3] ?? cashier
      const of = requests[n % requests.length]
      if (!of) return
      try {
        if (n % 10 === 9) return void (await keeper.entity(paymentRequest).run(of, 'close_rest', { reason: '关闭' }))
        const amount = (['60.00', '90.00', '130.00'] as const)[n % 3] ?? '60.00'
        const { id } = await pay(who, of, bank, { amount })
        out += Number(amount)
        if (n % 4 === 0) {
          await who.entity(payment).run(id, 'refund', { amount: '10.00', reason: '退', refunded_on: today() })
          out -= 10
        }
      } catch (error) {
        const code = Reflect.get(Object(Reflect.get(Object(error), 'problem')), 'code')
        expect([...expected, 'limit.contract_over_paid', 'verb.not_now']).toContain(code)
      }
    }),
  )
  const { paid, requested, due } = await at.ledger()
  expect(Number(paid)).toBe(out)
  expect(await cash(bank)).toBe(700 - out)
  expect(Number(paid)).toBeLessThanOrEqual(Number(requested))
  expect(Number(requested)).toBeLessThanOrEqual(Number(due))
})

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

test('三流一致: an account in another name is told of to whoever approves; wages of workers are exempt', async () => {
  const at = await site()
  await at.sign()
  await at.due('1000.00')
  expect((await at.ask('100.00')).findings).toEqual([])
  const { version, accounts } = await finance.entity(counterparty).get(at.party.id)
  await finance.entity(counterparty).patch(at.party.id, version, {
    accounts: { upsert: accounts.slice(0, 1).map(({ id }) => ({ id, holder: '某个体工商户' })) },
  })
  const strange = await at.ask('100.00')
  expect(strange).toMatchObject({ payee_name: '某个体工商户', findings: ['payee'] })
  expect((await at.ask('100.00', { kind: 'wages' })).findings).toEqual([])
})

test('what both owe each other is netted without money, never beyond what is due on either contract, and taken back whole', async () => {
  const [owed, owing] = [await site('income', { kind: 'works' }), await site()]
  const other = await keeper.entity(contract).get(owing.contract)
  // The same party on both sides.
  const own = await site('income', { kind: 'works', counterparty: owing.party.id })
  for (const each of [owed, owing, own]) await each.sign()
  await owing.due('500000.00')
  await own.due('80000.00')
  await own.due('20000.00', '2025-07-31')
  const write = (amount: Decimal, income_contract = own.contract, more: object = {}) =>
    finance
      .entity(netting)
      .create({ income_contract, expense_contract: owing.contract, amount, agreed_on: '2025-08-01', ...more })
  await expect(write('1.00', owed.contract)).rejects.toMatchObject(atFault('expense_contract', 'payment.netting_party'))
  const far = await write('100000.01')
  await expect(finance.entity(netting).run(far.id, 'submit')).rejects.toMatchObject(
    refusedBy('limit.contract_over_netted'),
  )
  const made = await write('90000.00')
  expect(made).toMatchObject({ name: (await finance.entity(counterparty).get(other.counterparty)).name })
  await finance.entity(netting).run(made.id, 'submit')
  // Pending it is spoken for: what is left is too little for another.
  await finance.entity(netting).patch(far.id, far.version, { amount: '20000.00' })
  await expect(finance.entity(netting).run(far.id, 'submit')).rejects.toMatchObject(
    refusedBy('limit.contract_over_netted'),
  )
  const approve = async (id: Id<'netting'>) => {
    await owing.manager.entity(netting).run(id, 'approve')
    for (const who of [finance, accountant, boss])
      if ((await finance.entity(netting).get(id)).state === 'pending')
        await who
          .entity(netting)
          .run(id, 'approve')
          .catch(error => expect(error.status).toBe(403))
    return (await finance.entity(netting).get(id)).state
  }
  const accountant = await app.as('finance')
  expect(await approve(made.id)).toBe('effective')
  expect(await own.ledger()).toMatchObject({ due: '100000.00', paid: '90000.00', netted: '90000.00' })
  expect(await owing.ledger()).toMatchObject({ requested: '90000.00', paid: '90000.00', netted: '90000.00' })
  const { contracts } = await finance.perform<Ageing>('payment.ageing', { direction: 'income', project: own.project })
  expect(contracts).toMatchObject([{ open: '10000.00' }])
  // Taken back, both are owed again.
  await finance.entity(netting).run(made.id, 'reverse', { reason: '协议作废' })
  const [mirror] = (await finance.entity(netting).list({ filter: { reverses: { eq: made.id } } })).items
  if (!mirror) throw new Error('no mirror')
  expect(await approve(mirror.id)).toBe('effective')
  expect(await own.ledger()).toMatchObject({ paid: '0.00', netted: '0.00' })
  expect(await owing.ledger()).toMatchObject({ requested: '0.00', paid: '0.00' })
})

test('复核: from the amount that the company sets, who enters a payment is not who checks it; until then no money moves', async () => {
  const at = await site()
  await at.sign()
  await at.due('900000.00')
  const [request, small] = [(await at.ask('100000.00')).id, (await at.ask('49999.99')).id]
  for (const id of [request, small]) await at.approve(id)
  const bank = await account('160000.00')
  await keep(app)
  const limits = finance.entity(parameter)
  const [rule] = (await limits.list({ filter: { code: { eq: 'payment_check_from' } } })).items
  if (!rule) throw new Error('the register knows no such limit')
  await limits.patch(rule.id, rule.version, {
    values: { upsert: [{ value: '50000', from_on: '2026-01-01', company: app.company }] },
  })
  const enter = (who: Person, id: string, amount?: string) =>
    who.perform<{ payments: { id: Id<'payment'> }[]; to_check: number }>('payment.pay', {
      ...{ items: [{ source: 'request', id, ...(amount ? { amount } : {}) }], account: bank, paid_on: '2025-12-31' },
    })
  const waits = async () =>
    (await cashier.perform<PayQueue>('payment.queue')).rows.find(each => each.id === request)?.rest
  // Paid in parts it is judged by what was approved; dated before the rule as well.
  const { payments, to_check } = await enter(cashier, request, '40000.00')
  const id = payments[0]?.id as Id<'payment'>
  expect(to_check).toBe(1)
  expect(await finance.entity(payment).get(id)).toMatchObject({ state: 'pending', to_check: true })
  expect([await cash(bank), (await at.ledger()).paid, await waits()]).toEqual([160_000, '0.00', '60000.00'])
  expect(await finance.entity(paymentRequest).get(request)).toMatchObject({ stage: 'to_pay' })
  // What waits is taken: of the request, of the account, and of what may be closed.
  await expect(enter(cashier, request, '60000.01')).rejects.toMatchObject(refusedBy('limit.payable_over_paid'))
  await expect(keeper.entity(paymentRequest).run(request, 'close_rest', { reason: '不付了' })).rejects.toMatchObject(
    refusedBy('bank_account.payment_waits'),
  )

  // The checker has it in his to-do, the one who entered it is told to wait, and may take it back.
  const todo = async (who: Person) =>
    (await who.perform<{ rows: readonly { document: string }[] }>('approval.box', { box: 'todo' })).rows
  expect((await todo(finance)).map(each => each.document)).toContain(id)
  expect((await todo(cashier)).map(each => each.document)).not.toContain(id)
  await expect(cashier.entity(payment).run(id, 'approve')).rejects.toMatchObject(refusedBy('access.own_approval'))
  await finance.entity(payment).run(id, 'approve')
  expect([await cash(bank), (await at.ledger()).paid]).toEqual([120_000, '40000.00'])
  expect(await finance.entity(paymentRequest).get(request)).toMatchObject({ stage: 'part_paid' })

  // An accountant who pays herself is not her own checker: another accountant is.
  const other = await app.as('finance')
  const second = (await enter(finance, request)).payments[0]?.id as Id<'payment'>
  expect(await waits()).toBeUndefined()
  await expect(finance.entity(payment).run(second, 'approve')).rejects.toMatchObject(refusedBy('access.own_approval'))
  await other.entity(payment).run(second, 'reject', { opinion: '账户不对' })
  expect(await waits()).toBe('60000.00')
  await finance.entity(payment).run(second, 'submit')
  await other.entity(payment).run(second, 'approve')
  expect(await finance.entity(paymentRequest).get(request)).toMatchObject({ stage: 'paid' })

  // Below the amount, and once the rule has no value, the cashier pays alone.
  expect((await enter(cashier, small)).to_check).toBe(0)
  expect(await cash(bank)).toBeCloseTo(10_000.01, 2)
  const { version, values } = await limits.get(rule.id)
  await limits.patch(rule.id, version, { values: { remove: values.map(each => each.id) } })
  const third = (await at.ask('50000.00')).id
  await at.approve(third)
  const richer = await account('50000.00')
  expect((await pay(cashier, third, richer)).done).toMatchObject({ state: 'effective' })
})
