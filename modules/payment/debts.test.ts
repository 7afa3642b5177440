// What is owed outside contracts: borrowed and paid back, lent and collected, lent among ourselves; never more than is owed.
import { accruedInterest } from '@yingzao/engines/loan-interest'
import { type Decimal, negate } from '@yingzao/engines/money'
import { asId, type Id } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { parameter } from '../parameter/parameter.entity.ts'
import { keep } from '../parameter/testing/keep.ts'
import { project } from '../project/project.entity.ts'
import type { Debts } from './debts-shape.ts'
import { payment } from './payment.entity.ts'
import { receipt } from './receipt.entity.ts'
import { paymentRequest } from './request.entity.ts'
import { transfer } from './transfer.entity.ts'

let app: TestApp
let finance: Person
let accountant: Person
let cashier: Person
let boss: Person
let bank: Id<'counterparty'>
let account: Id<'bank_account'>
beforeAll(async () => {
  app = await testApp()
  finance = await app.as('finance')
  accountant = await app.as('finance')
  cashier = await app.as('cashier')
  boss = await app.as('boss')
  bank = (
    await finance.entity(counterparty).create({
      ...{ name: '云州银行云溪支行', roles: ['supplier'], taxpayer: 'person' },
      accounts: [{ bank: '云州银行', number: '6222000011112222', main: true }],
    })
  ).id
  account = await open('基本户', { opening_amount: '1000000.00' })
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), debtLedger.name)).toEqual([])
  await app.close()
})

let count = 0
async function open(name: string, more: object = {}) {
  const number = `62220203${10_000_000 + ++count}`
  const { id } = await finance.entity(bankAccount).create({
    ...{ name, type: 'general', company: app.company, bank: '云州银行', number, opening_on: '2025-01-01' },
    ...{ opening_amount: '0', ...more },
  })
  return asId('bank_account', id)
}
const refusedBy = (code: string) => ({ problem: { code } })
const comesIn = async (kind: 'borrowed' | 'receivable' | 'lent', amount: Decimal, more: object = {}) => {
  const made = await cashier
    .entity(receipt)
    .create({ kind, counterparty: bank, account, amount, received_on: '2026-01-10', name: '款项', ...more })
  await cashier.entity(receipt).run(made.id, 'submit')
  await finance.entity(receipt).run(made.id, 'approve')
  return made.id
}
const ask = async (kind: 'borrowed' | 'payable' | 'lent', amount: Decimal, more: object = {}) => {
  const { id } = await accountant
    .entity(paymentRequest)
    .create({ kind, counterparty: bank, company: app.company, amount, name: '款项', ...more })
  await accountant.entity(paymentRequest).run(id, 'submit')
  return id
}
const goesOut = async (of: Id<'payment_request'>) => {
  for (;;) {
    const now = await finance.entity(paymentRequest).get(of)
    if (now.state !== 'pending') break
    const next = (now._can ?? []).includes('approve') ? finance : boss
    await next.entity(paymentRequest).run(of, 'approve')
  }
  const { id } = await cashier.entity(payment).create({ request: of, account, paid_on: '2026-03-02' })
  await cashier.entity(payment).run(id, 'submit')
}
const page = (who = finance) => who.perform<Debts>('payment.debts', {})

test('what was borrowed is paid back in parts, never more than is owed; its rest stands with its day', async () => {
  await expect(comesIn('borrowed', '500000.00')).rejects.toMatchObject({ status: 422 })
  const first = await comesIn('borrowed', '500000.00', { due_on: '2026-02-28' })
  await comesIn('borrowed', '200000.00', { due_on: '2030-06-30' })
  await goesOut(await ask('borrowed', '40000.00'))
  await expect(ask('borrowed', '660000.01')).rejects.toMatchObject(refusedBy('limit.debt_over_asked'))
  const { debts } = await page()
  expect(debts).toEqual([
    expect.objectContaining({
      ...{ kind: 'borrowed', counterparty: bank, name: '云州银行云溪支行', arisen: '700000.00', settled: '40000.00' },
      ...{ open: '660000.00', overdue: '460000.00', next_due: '2026-02-28' },
    }),
  ])
  // Nothing more is owed than 660,000, so the loan of 500,000 cannot be taken back any more once 40,000 is asked and paid.
  await ask('borrowed', '200000.00')
  await expect(finance.entity(receipt).run(first, 'reverse', { reason: '重复登记' })).rejects.toMatchObject(
    refusedBy('limit.debt_settled_already'),
  )
})

test('what we lent is collected, no more than that; a contract has no part in it; a foreman sees none of it', async () => {
  await expect(ask('lent', '30000.00')).rejects.toMatchObject({ status: 422 })
  await goesOut(await ask('lent', '30000.00', { back_on: '2030-12-31' }))
  await expect(comesIn('lent', '30000.01')).rejects.toMatchObject(refusedBy('limit.debt_over_settled'))
  await comesIn('lent', '12000.00')
  await expect(comesIn('receivable', '1.00')).rejects.toMatchObject(refusedBy('limit.debt_over_settled'))
  await expect(comesIn('lent', '1.00', { counterparty: null })).rejects.toMatchObject({ status: 422 })
  expect((await page(boss)).debts.find(each => each.kind === 'lent')).toMatchObject({
    ...{ arisen: '30000.00', settled: '12000.00', open: '18000.00', overdue: '0.00', next_due: '2030-12-31' },
  })
  const foreman = await app.as('foreman')
  await expect(page(foreman)).rejects.toMatchObject({ status: 403 })
})

test('what own projects lend each other adds up to nothing', async () => {
  const pmo = await app.as('pmo')
  const site = async (name: string) =>
    (await pmo.entity(project).create({ name, type: 'building', company: app.company })).id
  const [one, two] = [await site('一号'), await site('二号')]
  const from = await open('一号户', { project: one, opening_amount: '90000.00' })
  const { id } = await cashier.entity(transfer).create({
    ...{ name: '周转', from_account: from, to_account: await open('二号户', { project: two }), amount: '50000.00' },
    moved_on: '2026-01-15',
  })
  await cashier.entity(transfer).run(id, 'submit')
  await finance.entity(transfer).run(id, 'approve')
  await boss.entity(transfer).run(id, 'approve')
  // 内部借款利率 is a dated parameter; what one earns the other owes.
  await keep(app)
  const [rate] = (await finance.entity(parameter).list({ filter: { code: { eq: 'internal_loan_rate' } } })).items
  if (!rate) throw new Error('no rate')
  const { values, version } = await finance.entity(parameter).get(rate.id)
  const [line] = values
  await finance
    .entity(parameter)
    .patch(rate.id, version, { values: { upsert: line ? [{ id: line.id, value: '0.036' }] : [] } })
  const { today } = systemContext(app.host, 'test')
  const interest = accruedInterest(
    {
      moves: [{ on: '2026-01-15', amount: '50000.00' }],
      ...{ rates: [{ from: '2000-01-01', rate: '0.036' }], dayCount: 'ACT/360' },
    },
    today,
  )
  expect((await page()).internal.map(({ project, open, interest }) => [project, open, interest])).toEqual([
    [expect.stringContaining('一号'), '50000.00', interest],
    [expect.stringContaining('二号'), '-50000.00', negate(interest)],
  ])
})
