// What the funds center tells beside contracts: loans with their interest, taxes, bid bonds; today, and as of a past day.
import { asId, type Decimal } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { bid } from '../bid/bid.entity.ts'
import { bidBond } from '../bid/bid-bond.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { fundsPlan } from '../funds-plan/funds-plan.entity.ts'
import { type InvoiceSite, invoiceSite, ourCompany } from '../invoice/testing/site.ts'
import { loan } from '../loan/loan.entity.ts'
import { payment } from '../payment/payment.entity.ts'
import { receipt } from '../payment/receipt.entity.ts'
import { paymentRequest } from '../payment/request.entity.ts'
import { transfer } from '../payment/transfer.entity.ts'
import { project } from '../project/project.entity.ts'
import type { Flows, Funds } from './shape.ts'

let app: TestApp
let count = 0
let now = new Date('2026-04-10T02:00:00Z')
let at: InvoiceSite
let cashier: Person
let account: ReturnType<typeof asId<'bank_account'>>
beforeAll(async () => {
  app = await testApp({ now: () => now })
  await ourCompany(app)
  at = await invoiceSite(app)
  await at.finance.perform('tax_rate.load_standard')
  cashier = await app.as('cashier')
  const made = await at.finance.entity(bankAccount).create({
    ...{ name: '基本户', type: 'basic', company: app.company, bank: '云州银行', number: '622202051000000' },
    ...{ opening_amount: '1000000.00', opening_on: '2026-01-01' },
  })
  account = asId('bank_account', made.id)
})
afterAll(() => app?.close())

const flows = async (why: string, until?: `${number}-${number}-${number}`) => {
  const { rows } = await at.boss.perform<Flows>('funds_center.flows', {
    ...{ from: '2026-01-01', to: '2030-12-31', ...(until ? { until } : {}) },
  })
  return rows
    .filter(each => each.why === why)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .map(({ direction, on, amount }) => [direction, on, amount])
}
const comesIn = async (more: object) => {
  const made = await cashier.entity(receipt).create({ account, amount: '1', ...more })
  await cashier.entity(receipt).run(made.id, 'submit')
  await at.finance.entity(receipt).run(made.id, 'approve')
}
const goesOut = async (amount: Decimal, more: object) => {
  const { id } = await at.chief
    .entity(paymentRequest)
    .create({ name: '款项', company: app.company, kind: 'interest', amount, ...more })
  await at.chief.entity(paymentRequest).run(id, 'submit')
  for (const who of [at.manager, at.keeper, at.finance, at.boss]) {
    const now = await who
      .entity(paymentRequest)
      .get(id)
      .catch(() => null)
    if (now?._can?.includes('approve')) await who.entity(paymentRequest).run(id, 'approve')
  }
  const paid = await cashier.entity(payment).create({ request: id, account, paid_on: '2026-03-25' })
  await cashier.entity(payment).run(paid.id, 'submit')
}

test('a loan of 1,000,000 at 4.35 % pays 8,458.33 after 70 days, then each quarter, its principal at the end; a past day knows less', async () => {
  const bank = await at.finance.entity(counterparty).create({
    ...{ name: '云州银行', roles: ['supplier'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000011112222', main: true }],
  })
  const terms = {
    ...{ name: '流动资金借款', kind: 'borrowed' as const, company: app.company, counterparty: bank.id },
    due_on: '2026-07-10',
    rates: [{ rate: '0.0435', from_on: '2026-01-01' }],
  } as const
  const { id } = await at.finance.entity(loan).create(terms)
  const drawn = { kind: 'borrowed', counterparty: bank.id, loan: id, amount: '1000000.00', due_on: '2026-07-10' }
  await expect(comesIn({ ...drawn, kind: 'lent', received_on: '2026-01-10' })).rejects.toMatchObject({
    problem: { errors: [{ path: 'loan', code: 'loan.not_this' }] },
  })
  await comesIn({ ...drawn, received_on: '2026-01-10' })
  // Not paid yet, the interest of March is overdue: today.
  const quarters = [
    ['expense', '2026-06-21', '11116.67'],
    ['expense', '2026-07-10', '2295.83'],
  ]
  expect(await flows('interest')).toEqual([['expense', '2026-04-10', '8458.33'], ...quarters])
  expect(await flows('debt')).toEqual([['expense', '2026-07-10', '1000000.00']])
  await expect(goesOut('8458.33', { counterparty: bank.id })).rejects.toMatchObject({ status: 422 })
  await goesOut('8458.33', { counterparty: bank.id, loan: id })
  expect(await flows('interest')).toEqual(quarters)
  expect(await flows('debt')).toEqual([['expense', '2026-07-10', '1000000.00']])
  // At the end of 20 March nothing was paid; before the loan nothing was owed.
  expect(await flows('interest', '2026-03-20')).toEqual([['expense', '2026-03-21', '8458.33'], ...quarters])
  expect([await flows('interest', '2026-01-09'), await flows('debt', '2026-01-09')]).toEqual([[], []])
})

test('a bid bond leaves the account, is due back in 7 or 30 days, and is in the forecast until it is back', async () => {
  const tender = await at.pmo.entity(bid).create({ name: '学校', company: app.company, estimate_amount: '8000000' })
  await at.pmo.entity(bid).run(tender.id, 'submit')
  await at.finance.entity(bid).run(tender.id, 'approve')
  await at.boss.entity(bid).run(tender.id, 'approve')
  const bonds: string[] = []
  for (const [amount, due_back_on] of [
    ['60000.00', '2026-04-15'],
    ['50000.00', '2026-05-05'],
    ['40000.00', '2026-03-31'],
  ] as const) {
    const { id } = await at.pmo.entity(bidBond).create({ name: '保证金', bid: tender.id, amount, due_back_on })
    await at.pmo.entity(bidBond).run(id, 'submit')
    await at.finance.entity(bidBond).run(id, 'approve')
    await at.boss.entity(bidBond).run(id, 'approve')
    const paid = await cashier.entity(payment).create({ bond: id, account, paid_on: '2026-03-10' })
    await cashier.entity(payment).run(paid.id, 'submit')
    bonds.push(id)
  }
  const out = async (until?: string) =>
    (await at.boss.perform<Funds>('funds_center.overview', { months: 12, ...(until ? { until } : {}) })).bonds
  expect(await out()).toEqual({
    ...{ count: 3, outstanding: '150000.00', overdue: '40000.00' },
    due: [
      { days: 7, amount: '100000.00' },
      { days: 30, amount: '150000.00' },
    ],
  })
  expect(await flows('bond')).toEqual([
    ['income', '2026-04-10', '40000.00'],
    ['income', '2026-04-15', '60000.00'],
    ['income', '2026-05-05', '50000.00'],
  ])
  expect((await out('2026-03-09')).outstanding).toBe('0.00')
  await comesIn({
    kind: 'bond',
    bond: bonds[2],
    amount: '40100.00',
    interest_amount: '100.00',
    received_on: '2026-04-10',
  })
  expect(await out()).toMatchObject({ count: 2, outstanding: '110000.00', overdue: '0.00' })
  expect((await out('2026-04-09')).outstanding).toBe('150000.00')

  // Won, the bid is a project, which occupies what its bonds still hold: 150,000 out, 40,100 back with the interest.
  const cash = async () =>
    (await at.boss.perform<Funds>('funds_center.overview', { months: 12 })).projects.find(each => each.name === '学校')
  expect(await cash()).toBeUndefined()
  const tenders = at.pmo.entity(bid)
  await tenders.run(tender.id, 'enroll', { on: '2026-03-01' })
  await tenders.run(tender.id, 'hand_in', { on: '2026-03-20', amount: '7900000.00' })
  const bidders = { upsert: [{ name: '我方', own: true, price: '7900000.00' as const, rank: 1 }] }
  await tenders.patch(tender.id, (await tenders.get(tender.id)).version, { bidders })
  await tenders.run(tender.id, 'open_bids', { on: '2026-03-25' })
  await tenders.run(tender.id, 'win', { on: '2026-03-30', amount: '7900000.00' })
  await tenders.run(tender.id, 'make_project')
  expect(await cash()).toMatchObject({ received: '40100.00', paid: '150000.00', occupied: '-109900.00' })
  // The cashier sees bonds and no bids: whose they are is not told.
  const { projects } = await cashier.perform<Funds>('funds_center.overview', { months: 12 })
  expect(projects.map(each => each.name)).not.toContain('学校')
})

test('项目资金占用 counts what a project pays and gets without a contract, loans between projects too; a transfer within it is nothing', async () => {
  const money = async (who = at.boss) => {
    const { projects } = await who.perform<Funds>('funds_center.overview', { months: 12 })
    return projects
      .filter(each => each.name !== '学校')
      .map(each => [each.name, each.received, each.paid, each.occupied])
  }
  const name = (await at.boss.entity(project).get(at.project)).name
  const other = await at.pmo.entity(project).create({ name: '二号', type: 'building', company: app.company })
  const open = async (more: object) => {
    const number = `62220206${10_000_000 + ++count}`
    const { id } = await at.finance.entity(bankAccount).create({
      ...{ name: `户 ${count}`, type: 'general', company: app.company, bank: '云州银行', number },
      ...{ opening_amount: '90000.00', opening_on: '2026-01-01', ...more },
    })
    return asId('bank_account', id)
  }
  const [own, second, theirs] = [
    await open({ project: at.project }),
    await open({ project: at.project }),
    await open({ project: other.id }),
  ]
  const { id: landlord } = await at.finance.entity(counterparty).create({
    ...{ name: '云溪物业', roles: ['supplier'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000055556666', main: true }],
  })
  await goesOut('20000.00', {
    ...{ kind: 'other', counterparty: landlord, company: null, project: at.project, counts: false, note: '押金' },
  })
  await comesIn({ kind: 'other', counterparty: landlord, project: at.project, amount: '1500.00', name: '退回' })
  for (const [to_account, amount] of [
    [theirs, '50000.00'],
    [second, '30000.00'],
  ] as const) {
    const { id } = await cashier
      .entity(transfer)
      .create({ name: '周转', from_account: own, to_account, amount, moved_on: '2026-03-15' })
    await cashier.entity(transfer).run(id, 'submit')
    for (const who of [at.finance, at.boss])
      if ((await who.entity(transfer).get(id)).state === 'pending') await who.entity(transfer).run(id, 'approve')
  }
  expect(await money()).toEqual([
    [name, '1500.00', '70000.00', '-68500.00'],
    ['二号', '50000.00', '0.00', '50000.00'],
  ])
})

test('prepayment of last month is due on the 15th, VAT of this month on the 15th after; a past day knows neither', async () => {
  await comesIn({ contract: at.income, amount: '3270000.00', received_on: '2026-03-20' })
  const issued = await at.write('out', { issued_on: '2026-04-05' })
  await at.approve(issued.id)
  // 3,270,000 ÷ 1.09 × 2 %; 1,090,000 at 9 %.
  expect(await flows('tax')).toEqual([
    ['expense', '2026-04-15', '60000.00'],
    ['expense', '2026-05-15', '90000.00'],
  ])
  expect(await flows('tax', '2026-04-09')).toEqual([])
})

test('a plan approved at half past one in the night of 11 April is not known at the end of 10 April, though it is still the 10th in London', async () => {
  now = new Date('2026-04-10T17:30:00Z')
  const manager = await app.as('project_manager', { at: { kind: 'project', id: at.project } })
  const [finance, boss] = [await app.as('finance'), await app.as('boss')]
  const line = { direction: 'in', kind: 'contract', contract: at.income, amount: '5000' } as const
  const { id } = await manager.entity(fundsPlan).create({ project: at.project, month: '2026-05', lines: [line] })
  await manager.entity(fundsPlan).run(id, 'submit')
  await finance.entity(fundsPlan).run(id, 'approve')
  await boss.entity(fundsPlan).run(id, 'approve')
  const planned = async (until: string) =>
    (await boss.perform<Flows>('funds_center.flows', { from: '2026-01-01', to: '2030-12-31', until })).rows.filter(
      each => each.why === 'funds_plan',
    ).length
  expect([await planned('2026-04-10'), await planned('2026-04-11')]).toEqual([0, 1])
})
