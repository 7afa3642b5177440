// Claims and advances: cost within the target, what was lent is settled first, and everybody sees his own only.
import type { Decimal } from '@yingzao/engines/money'
import { asId, type Id } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { budget } from '../budget/budget.entity.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { advance } from '../claim/advance.entity.ts'
import { advanceLedger } from '../claim/advance.ledger.ts'
import { claim } from '../claim/claim.entity.ts'
import { costLedger } from '../cost-center/cost.ledger.ts'
import { costItem, expenseItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import { payment } from './payment.entity.ts'
import { receipt } from './receipt.entity.ts'

let app: TestApp
let finance: Person
let cashier: Person
let boss: Person
let head: Person
let cash: Id<'bank_account'>
let travel: Id<'expense_item'>
let office: Id<'expense_item'>
let item: Id<'cost_item'>
beforeAll(async () => {
  app = await testApp()
  finance = await app.as('finance')
  cashier = await app.as('cashier')
  boss = await app.as('boss')
  head = await app.as('department_head', { at: { kind: 'company', id: app.company } })
  const held = { name: '库存现金', type: 'cash', company: app.company, opening_amount: '100000' } as const
  cash = asId('bank_account', (await finance.entity(bankAccount).create(held)).id)
  const keeper = await app.as('cost_engineer')
  item = (await keeper.entity(costItem).create({ code: 'J1', name: '间接费' })).id
  const made = (code: string, cost_item: Id<'cost_item'> | null) =>
    finance.entity(expenseItem).create({ code, name: `费用 ${code}`, cost_item })
  travel = (await made('F1', item)).id
  office = (await made('F2', null)).id
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [advanceLedger, budgetLedger, costLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})

const refusedBy = (code: string) => ({ problem: { code } })
const atFault = (path: string, code: string) => ({ problem: { errors: [{ path, code }] } })
const day = (days: number) => {
  const at = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
  return at as `${number}-${number}-${number}`
}
const owed = async (who: Person) => {
  const { posted } = await balanceOf(systemContext(app.host, 'test'), advanceLedger.name, { person: who.user })
  return Number(posted.lent) - Number(posted.settled)
}
const borrow = async (who: Person, amount: Decimal, due_on = day(30)) => {
  const { id } = await who.entity(advance).create({ name: '备料', amount, due_on })
  await who.entity(advance).run(id, 'submit')
  await head.entity(advance).run(id, 'approve')
  return { id, done: await finance.entity(advance).run(id, 'approve') }
}
const lend = async (who: Person, amount: Decimal, due_on?: ReturnType<typeof day>) => {
  const { id } = await borrow(who, amount, due_on)
  const paid = await cashier.entity(payment).create({ advance: id, account: cash })
  await cashier.entity(payment).run(paid.id, 'submit')
  return id
}
const write = (who: Person, amount: Decimal, more: object = {}) =>
  who.entity(claim).create({ name: '差旅', lines: [{ expense_item: travel, amount }], ...more })
const approve = async (who: Person, id: Id<'claim'>) => {
  await who.entity(claim).run(id, 'submit')
  await head.entity(claim).run(id, 'approve')
  await finance.entity(claim).run(id, 'approve')
  return who.entity(claim).get(id)
}

test('G-6.2: of 5,000 lent a claim of 3,800 pays nothing and leaves 1,200; one of 6,500 pays 1,500', async () => {
  const [one, two] = [await app.as(), await app.as()]
  await lend(one, '5000.00')
  const small = await approve(one, (await write(one, '3800.00')).id)
  expect(small).toMatchObject({ offset_amount: '3800.00', pay_amount: '0.00', stage: 'paid' })
  expect(await owed(one)).toBe(1200)
  await lend(two, '5000.00')
  const large = await approve(two, (await write(two, '6500.00')).id)
  expect(large).toMatchObject({ offset_amount: '5000.00', pay_amount: '1500.00', stage: 'to_pay' })
  expect(await owed(two)).toBe(0)
  const paid = await cashier.entity(payment).create({ claim: large.id, account: cash })
  expect(paid).toMatchObject({ amount: '1500.00', kind: 'claim', person: two.user })
  await cashier.entity(payment).run(paid.id, 'submit')
  expect(await two.entity(claim).get(large.id)).toMatchObject({ stage: 'paid' })
  // Two claims wait at once: what the first one settles is no longer there for the second.
  const [a, b] = [await write(one, '900.00'), await write(one, '900.00')]
  await one.entity(claim).run(a.id, 'submit')
  await one.entity(claim).run(b.id, 'submit')
  expect(await one.entity(claim).get(b.id)).toMatchObject({ offset_amount: '300.00', pay_amount: '600.00' })
  await one.entity(claim).run(b.id, 'withdraw')
  // The rest is paid back; more than is owed is refused.
  const back = async (amount: Decimal) => {
    const { id } = await cashier
      .entity(receipt)
      .create({ kind: 'repayment', person: one.user, account: cash, amount, name: '归还' })
    await cashier.entity(receipt).run(id, 'submit')
    return finance.entity(receipt).run(id, 'approve')
  }
  await expect(back('1200.01')).rejects.toMatchObject(refusedBy('limit.advance_over_settled'))
  await back('300.00')
  expect(await owed(one)).toBe(900)
})

test('an advance past its day asks one more person for the next one; the rest of one that is not paid is given back', async () => {
  const who = await app.as()
  await lend(who, '800.00', day(-3))
  const next = await borrow(who, '500.00')
  expect(next.done).toMatchObject({ state: 'pending', escalated: ['limit.advance_overdue'] })
  expect(await who.entity(advance).get(next.id)).toMatchObject({ owed_amount: '800.00', overdue_amount: '800.00' })
  await boss.entity(advance).run(next.id, 'approve')
  await finance.entity(advance).run(next.id, 'close_rest', { reason: '不再借支' })
  expect(await who.entity(advance).get(next.id)).toMatchObject({ stage: 'closed', state: 'reversed' })
  const { posted } = await balanceOf(systemContext(app.host, 'test'), advanceLedger.name, { person: who.user })
  expect(posted).toMatchObject({ granted: '800.00', lent: '800.00' })
})

test('a claim of a project is cost at once, net of deductible VAT, within the target; no invoice is claimed twice', async () => {
  const keeper = await app.as('cost_engineer')
  const { id } = await (await app.as('pmo'))
    .entity(project)
    .create({ name: '报销项目', type: 'building', company: app.company })
  const place = { kind: 'project', id } as const
  const manager = await app.as('project_manager', { at: place })
  const foreman = await app.as('foreman', { at: place })
  const plan = await keeper
    .entity(budget)
    .create({ name: '目标成本', project: id, lines: [{ item, qty: '1', price: '1000' }] })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')
  const lines = [
    { expense_item: travel, amount: '109.00' as const, tax_amount: '9.00' as const, invoice_no: '24110001' },
  ]
  const mine = await foreman.entity(claim).create({ name: '住宿', project: id, lines })
  await foreman.entity(claim).run(mine.id, 'submit')
  await manager.entity(claim).run(mine.id, 'approve')
  await finance.entity(claim).run(mine.id, 'approve')
  const system = systemContext(app.host, 'test')
  expect((await balanceOf(system, costLedger.name, { project: id, item })).posted.amount).toBe('100.00')
  expect((await balanceOf(system, budgetLedger.name, { project: id, item })).posted.direct).toBe('100.00')
  const again = foreman.entity(claim).create({ name: '住宿', project: id, lines })
  await expect(again).rejects.toMatchObject(atFault('lines.0.invoice_no', 'claim.invoice_claimed'))
  const of = (await app.as('pmo')).entity(project)
  await of.patch(id, (await of.get(id)).version, { tax_method: 'simplified' })
  const deducting = [{ ...lines[0], expense_item: travel, amount: '109.00' as const, invoice_no: '24110009' }]
  await expect(foreman.entity(claim).create({ name: '住宿', project: id, lines: deducting })).rejects.toMatchObject(
    atFault('lines.0.tax_amount', 'project.not_deductible'),
  )
  const unmapped = foreman
    .entity(claim)
    .create({ name: '办公', project: id, lines: [{ expense_item: office, amount: '5' }] })
  await expect(unmapped).rejects.toMatchObject(atFault('lines.0.expense_item', 'claim.no_cost_item'))
  const far = await write(foreman, '951.00', { project: id })
  await expect(foreman.entity(claim).run(far.id, 'submit')).rejects.toMatchObject(
    refusedBy('limit.budget_far_exceeded'),
  )
  await finance.entity(claim).run(mine.id, 'reverse', { reason: '发票不合规' })
  expect((await balanceOf(system, costLedger.name, { project: id, item })).posted.amount).toBe('0.00')
  // Everybody sees his own; a foreman's own money is no reason to see another's.
  const other = await app.as('foreman', { at: place })
  expect((await other.entity(claim).list()).items).toEqual([])
  await expect(other.entity(claim).get(mine.id)).rejects.toMatchObject({ status: 404 })
  expect((await manager.entity(claim).list({ filter: { id: { eq: mine.id } } })).items).toHaveLength(1)
  // His card is asked once.
  await write(other, '1.00', { pay_bank: '云州银行', pay_number: '6222000055556666' })
  expect(await other.entity(claim).get((await write(other, '2.00')).id)).toMatchObject({
    pay_number: '6222000055556666',
  })
})
