// Funds plans: proposed from contracts and requests, decided by the company, kept by payments, warned of or asked beyond.
import { add, type Decimal } from '@yingzao/engines/money'
import { asId, type Id, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { fundsPlan } from './funds-plan.entity.ts'
import { fundsPlanLedger } from './funds-plan.ledger.ts'
import { fundsRule } from './funds-rule.entity.ts'
import type { CompanyPlans, PlanStanding } from './shape.ts'

let app: TestApp
let pmo: Person
let keeper: Person
let asker: Person
let finance: Person
let chief: Person
let cashier: Person
let boss: Person
let count = 0
beforeAll(async () => {
  app = await testApp()
  ;[pmo, keeper, asker, finance, chief, cashier, boss] = await Promise.all([
    app.as('pmo'),
    app.as('cost_engineer'),
    app.as('cost_engineer'),
    app.as('finance'),
    app.as('finance'),
    app.as('cashier'),
    app.as('boss'),
  ])
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), fundsPlanLedger.name)).toEqual([])
  await app.close()
})

const refused = (code: string) => ({ problem: { code } })
const day = (days: number): PlainDate => {
  const found = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
  if (!isPlainDate(found)) throw new Error(found)
  return found
}
const month = day(0).slice(0, 7)
const monthAfter = () => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** A project with its manager and a supplier; what it asks for goes through manager, cost and finance. */
async function site() {
  const { id } = await pmo.entity(project).create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id } })
  const party = await finance.entity(counterparty).create({
    ...{ name: `单位 ${count}`, roles: ['supplier'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: `62220000${100 + count}`, main: true }],
  })
  const account = await finance.entity(bankAccount).create({
    ...{ name: `账户 ${count}`, type: 'cash', company: app.company },
    ...{ opening_amount: '100000.00', opening_on: '2025-01-01' },
  })
  const plan = (lines: readonly object[], more: object = {}) =>
    manager.entity(fundsPlan).create({ project: id, month, lines: lines as [], ...more })
  const approve = async (
    of: Id<'funds_plan'>,
    decide?: (lines: readonly { id: string; amount: Decimal }[]) => object,
  ) => {
    await manager.entity(fundsPlan).run(of, 'submit')
    const { lines } = await chief.entity(fundsPlan).get(of)
    if (decide) await chief.entity(fundsPlan).run(of, 'decide', { amounts: [decide(lines)] })
    await chief.entity(fundsPlan).run(of, 'approve')
    await boss.entity(fundsPlan).run(of, 'approve')
    return chief.entity(fundsPlan).get(of)
  }
  const ask = async (amount: Decimal, more: object = {}) => {
    const made = await asker.entity('payment_request').create({
      ...{ name: `材料 ${count}`, kind: 'other', counterparty: party.id, project: id, amount, ...more },
      ...{ counts: false, note: '押金' },
    })
    const done = await asker.entity('payment_request').run(made.id, 'submit')
    return { id: asId('payment_request', made.id), done }
  }
  const grant = async (of: Id<'payment_request'>) => {
    await manager.entity('payment_request').run(of, 'approve')
    await keeper.entity('payment_request').run(of, 'approve')
    return finance.entity('payment_request').run(of, 'approve')
  }
  const pay = async (of: Id<'payment_request'>) => {
    const made = await cashier.entity('payment').create({ request: of, account: account.id })
    return cashier.entity('payment').run(made.id, 'submit')
  }
  const standing = async (of: string) =>
    (await manager.perform<PlanStanding>('funds_plan.standing', { plan: of })).lines
  return { project: id, manager, party: party.id, plan, approve, ask, grant, pay, standing }
}
const out = (amount: Decimal, more: object = {}) => ({ direction: 'out', kind: 'other', amount, ...more })

test('asked, decided with another amount, kept: reserved while asked for, used when approved, paid; the rest is warned of', async () => {
  const at = await site()
  const made = await at.plan([
    out('1000.00', { counterparty: at.party }),
    { direction: 'in', kind: 'other', amount: '2000.00', probability: '0.9' },
  ])
  expect(made).toMatchObject({ in_amount: '2000.00', expected_amount: '1800.00', out_amount: '1000.00' })
  const plan = await at.approve(made.id, ([line]) => ({ id: line?.id, amount: '800.00' }))
  expect(plan).toMatchObject({
    ...{ state: 'effective', number: expect.stringMatching(/^ZJJH-\d{6}-\d{4}$/) },
    ...{ approved_out_amount: '800.00', out_amount: '1000.00', approved_in_amount: '2000.00' },
  })
  const first = await at.ask('500.00')
  expect(first.done).toMatchObject({ warnings: [] })
  // 500 wait already: 301 more are beyond the 800.
  const second = await at.ask('301.00')
  expect(second.done).toMatchObject({ warnings: ['limit.funds_plan_exceeded'] })
  await asker.entity('payment_request').run(second.id, 'withdraw')
  await at.grant(first.id)
  await at.pay(first.id)
  expect((await at.standing(made.id))[0]).toMatchObject({ approved: '800.00', used: '500.00', done: '500.00' })
  // A supplement makes room.
  const { id } = (await at.manager.entity(fundsPlan).run(made.id, 'supplement')) as { id: Id<'funds_plan'> }
  await expect(at.manager.entity(fundsPlan).run(id, 'submit')).rejects.toMatchObject(refused('funds_plan.no_lines'))
  const { version } = await at.manager.entity(fundsPlan).get(id)
  await at.manager.entity(fundsPlan).patch(id, version, {
    lines: { upsert: [{ direction: 'out', kind: 'other', counterparty: at.party, amount: '1.00' }] },
  })
  expect(await at.approve(id)).toMatchObject({ state: 'effective', kind: 'supplement' })
  expect(await asker.entity('payment_request').run(second.id, 'submit')).toMatchObject({ warnings: [] })
  // There is one plan a month; it is closed when the month is over.
  await expect(at.plan([out('1.00')])).rejects.toMatchObject(refused('funds_plan.has_plan'))
  const elsewhere = await site()
  const atOnce = await Promise.allSettled([1, 2, 3].map(() => elsewhere.plan([out('1.00')])))
  expect(atOnce.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  await expect(finance.entity(fundsPlan).run(made.id, 'close')).rejects.toMatchObject(
    refused('funds_plan.month_not_over'),
  )
  // What payments use is not taken back.
  await expect(finance.entity(fundsPlan).run(made.id, 'reverse', { reason: 'x' })).rejects.toMatchObject(
    refused('limit.funds_plan_in_use'),
  )
})

test('a project without a plan is left alone; a rule makes it ask one more person, and the company sees what no plan has', async () => {
  const at = await site()
  expect((await at.ask('700.00')).done).toMatchObject({ warnings: [] })
  await finance.entity(fundsRule).create({ name: '加签', company: app.company, project: at.project, gate: 'escalate' })
  const asked = await at.ask('900.00')
  expect(asked.done).toMatchObject({ warnings: ['limit.funds_plan_asks'] })
  expect(await at.grant(asked.id)).toMatchObject({ state: 'pending', escalated: ['limit.funds_plan_asks'] })
  expect(await boss.entity('payment_request').run(asked.id, 'approve')).toMatchObject({ state: 'effective' })
  const company = await boss.perform<CompanyPlans>('funds_plan.company', { month })
  expect(company.rows.find(row => row.project === at.project)).toMatchObject({
    ...{ approved_out: '0.00', used: '900.00', unplanned: '900.00', plans: [] },
  })
  expect(company.unplanned.find(each => each.project === at.project)).toMatchObject({ beyond: '900.00' })
  expect(company.total.used).toBe(company.rows.reduce<Decimal>((sum, row) => add(sum, row.used), '0.00'))
})

test('an approved request that was not paid moves into the plan of the month it is proposed for, and is paid there', async () => {
  const at = await site()
  const asked = await at.ask('400.00')
  await at.grant(asked.id)
  const made = await at.plan([], { month: monthAfter() })
  expect(await at.manager.entity(fundsPlan).run(made.id, 'generate')).toMatchObject({ lines: 1, kept: 0 })
  const draft = await at.manager.entity(fundsPlan).get(made.id)
  expect(draft.lines).toMatchObject([
    { amount: '400.00', carried_from: month, why: expect.stringContaining('已批未付 400.00') },
  ])
  expect(await at.approve(made.id)).toMatchObject({ state: 'effective' })
  expect(await at.manager.entity('payment_request').get(asked.id)).toMatchObject({ plan_month: monthAfter() })
  expect(await at.standing(made.id)).toMatchObject([{ approved: '400.00', used: '400.00', done: '0.00' }])
  // Paid this month after all: the amount comes along.
  expect(await at.pay(asked.id)).toMatchObject({ state: 'effective', warnings: ['limit.funds_plan_exceeded'] })
  expect(await at.standing(made.id)).toMatchObject([{ used: '0.00', done: '0.00' }])
  const [now] = (await boss.perform<CompanyPlans>('funds_plan.company', { month })).rows.filter(
    row => row.project === at.project,
  )
  expect(now).toMatchObject({ used: '400.00', paid: '400.00', unplanned: '400.00' })
})

test('a foreman sees no plan at any door; a manager none of another project', async () => {
  const at = await site()
  const made = await at.plan([out('10.00')])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  await expect(foreman.entity(fundsPlan).list()).rejects.toMatchObject({ status: 403 })
  await expect(foreman.perform('funds_plan.company')).rejects.toMatchObject({ status: 403 })
  const other = (await site()).manager
  await expect(other.perform('funds_plan.standing', { plan: made.id })).rejects.toMatchObject({ status: 404 })
  expect((await other.perform<CompanyPlans>('funds_plan.company', { month })).rows).toEqual([])
})
