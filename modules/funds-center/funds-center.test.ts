// The funds center: money at hand and what contracts will bring and take, moved by the plans, for who may see money.
import { add, type Decimal, r2, subtract, sum } from '@yingzao/engines/money'
import { type Id, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { writeProjected } from '@yingzao/kernel/server'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { fundsPlan } from '../funds-plan/funds-plan.entity.ts'
import { fundsRule } from '../funds-plan/funds-rule.entity.ts'
import { receipt } from '../payment/receipt.entity.ts'
import { paymentRequest } from '../payment/request.entity.ts'
import { duesModule, testDue } from '../payment/testing/dues.ts'
import { project } from '../project/project.entity.ts'
import type { Curve, Flows, Funds } from './shape.ts'

let app: TestApp
let [pmo, keeper, finance, boss]: Person[] = []
let count = 0
beforeAll(async () => {
  app = await testApp({ more: [duesModule] })
  pmo = await app.as('pmo')
  keeper = await app.as('cost_engineer')
  finance = await app.as('finance')
  boss = await app.as('boss')
})
afterAll(() => app?.close())

const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing there')
  return value
}
const inDays = (days: number): PlainDate => {
  // As the server counts days: in China.
  return isDay(new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10))
}
function isDay(day: string): PlainDate {
  if (!isPlainDate(day)) throw new Error(day)
  return day
}
const account = async (opening: Decimal) =>
  (
    await there(finance)
      .entity(bankAccount)
      .create({
        ...{ name: `账户 ${++count}`, type: 'general', company: app.company, bank: '云州银行' },
        ...{ number: `62220202${10_000_000 + count}`, opening_amount: opening, opening_on: '2025-01-01' },
      })
  ).id

/** A project that ends in 100 days with a signed income contract of 1,090,000. */
async function site(more: object = {}) {
  const [office, engineer, money, director] = [there(pmo), there(keeper), there(finance), there(boss)]
  const made = await office.entity(project).create({
    ...{ name: `项目 ${++count}`, type: 'building', company: app.company, finish_on: inDays(100) },
  })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: made.id } })
  const client = await engineer
    .entity(counterparty)
    .create({ name: `甲方 ${count}`, roles: ['client'], taxpayer: 'person' })
  const { id } = await engineer.entity(contract).create({
    ...{ name: `总包 ${count}`, project: made.id, counterparty: client.id, direction: 'income', kind: 'works' },
    ...{
      progress_share: '0.8',
      retention_mode: 'at_settlement',
      retention_share: '0.03',
      warranty_months: 12,
      pay_days: 28,
    },
    lines: [{ name: '工程', amount: '1090000.00', tax_rate: '0.09' }],
    ...more,
  })
  await engineer.entity(contract).run(id, 'submit')
  await manager.entity(contract).run(id, 'approve')
  await money.entity(contract).run(id, 'approve')
  await director.entity(contract).run(id, 'approve')
  await engineer.entity(contract).run(id, 'sign', { signed_on: inDays(0) })
  return { project: made.id, contract: id, manager }
}
const read = (who: Person, more: object = {}) => who.perform<Funds>('funds_center.overview', { months: 36, ...more })

const monthFrom = (at: number): string => {
  const [year = 0, month = 1] = inDays(0).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + at, 1)).toISOString().slice(0, 7)
}
/** A plan of a month, written by the manager, decided by finance and boss. */
async function plan(at: { project: Id<'project'>; manager: Person }, month: string, lines: readonly object[]) {
  const { id } = await at.manager.entity(fundsPlan).create({ project: at.project, month, lines: lines as [] })
  await at.manager.entity(fundsPlan).run(id, 'submit')
  await there(finance).entity(fundsPlan).run(id, 'approve')
  await there(boss).entity(fundsPlan).run(id, 'approve')
  return id
}

test('G-6.4: three months of plans in the red, the safety line, the peak and what weighs most', async () => {
  const director = there(boss)
  await account('1200000.00')
  const made = await there(pmo).entity(project).create({ name: '示例', type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: made.id } })
  for (const [at, [into, probability, out]] of (
    [
      ['2000000', '0.9', '2600000'],
      ['1500000', '0.8', '2100000'],
      ['3500000', '0.7', '2200000'],
    ] as const
  ).entries())
    await plan({ project: made.id, manager }, monthFrom(at), [
      { direction: 'in', kind: 'other', amount: into, probability },
      { direction: 'out', kind: 'wages', amount: out },
    ])
  const { base } = await read(director)
  expect(
    base.months.slice(0, 3).map(({ opening, in: into, out, closing, alert }) => [opening, into, out, closing, alert]),
  ).toEqual([
    ['1200000.00', '1800000.00', '2600000.00', '400000.00', null],
    ['400000.00', '1200000.00', '2100000.00', '-500000.00', 'negative'],
    ['-500000.00', '2450000.00', '2200000.00', '-250000.00', 'negative'],
  ])
  expect(base).toMatchObject({ peak: '500000.00', lowest: monthFrom(1) })
  expect(base.short[0]).toMatchObject({ period: monthFrom(1), causes: [{ amount: '2100000.00', why: 'funds_plan' }] })
  await there(finance)
    .entity(fundsRule)
    .create({ name: '安全存量', company: app.company, gate: 'warn', safety_amount: '450000' })
  expect((await read(director)).base.months[0]).toMatchObject({ alert: 'below_safety' })
  // Thirteen weeks say the same of what falls into them; a week opens as the one before closed.
  const { weeks } = base
  expect(weeks).toHaveLength(13)
  expect(weeks.slice(1).every((week, at) => week.opening === weeks[at]?.closing)).toBe(true)
})

test('the forecast brings in every contract to the fen; late, unlikely and delayed money stands beside the base', async () => {
  const director = there(boss)
  const one = await site()
  const funds = await read(director)
  const mine = funds.flows.filter(flow => flow.contract === one.contract)
  expect(new Set(mine.map(flow => flow.why))).toEqual(new Set(['progress', 'settlement', 'retention']))
  expect(add('0.00', sum(mine.map(flow => flow.amount)))).toBe('1090000.00')
  expect(funds.scenario).toBeNull()
  // Less sure income: less of it; the base stays.
  const unsure = await read(director, { chance: '0.5' })
  const last = (curve: Curve | null) => curve?.months.at(-1)?.closing ?? '0'
  // Each flow is rounded by itself.
  expect(Number(subtract(last(unsure.base), last(unsure.scenario)))).toBeCloseTo(545_000, 0)
  const late = await read(director, { late: 30, project: one.project, delay: 60 })
  const rows = async (more: object) =>
    (await director.perform<Flows>('funds_center.flows', { from: inDays(0), to: inDays(2000), ...more })).rows.filter(
      flow => flow.contract === one.contract && flow.why === 'settlement',
    )
  const [before, after] = [await rows({}), await rows({ late: 30, project: one.project, delay: 60 })]
  const days = (Date.parse(after[0]?.on ?? '') - Date.parse(before[0]?.on ?? '')) / 86_400_000
  expect([days, after[0]?.amount]).toEqual([90, before[0]?.amount])
  expect(late.base).toEqual(funds.base)
})

test('a project that its plan expects to end later brings its money later; a payment plan says its own days', async () => {
  const director = there(boss)
  const [moved, planned] = [
    await site(),
    await site({ plan: [{ milestone: '主体封顶', due_on: inDays(40), amount: '500000' }] }),
  ]
  const daysOf = async (id: string, why: string) =>
    (await read(director)).flows
      .filter(flow => flow.contract === id && flow.why === why)
      .map(flow => [flow.on, flow.amount])
  const before = await daysOf(moved.contract, 'settlement')
  await writeProjected(systemContext(app.host, 'test'), project, [
    { id: moved.project, forecast_finish_on: inDays(160) },
  ])
  const after = await daysOf(moved.contract, 'settlement')
  const days = (Date.parse(after[0]?.[0] ?? '') - Date.parse(before[0]?.[0] ?? '')) / 86_400_000
  expect([days, after[0]?.[1]]).toEqual([60, before[0]?.[1]])
  expect(await daysOf(planned.contract, 'plan')).toEqual([[inDays(40), '500000.00']])
})

test('nothing counts twice: Σ flows = what contracts leave unpaid + lines and requests beside contracts', async () => {
  const at = await site()
  const party = await there(finance)
    .entity(counterparty)
    .create({
      ...{ name: '检测', roles: ['service'], taxpayer: 'person' },
      accounts: [{ bank: '云州银行', number: '62220001', main: true }],
    })
  await plan(at, monthFrom(1), [
    { direction: 'in', kind: 'contract', contract: at.contract, amount: '300000', probability: '0.8' },
    { direction: 'out', kind: 'other', counterparty: party.id, amount: '50000' },
  ])
  // Waits for its approval, takes its room of the line, and is there once.
  const asked = await there(keeper)
    .entity(paymentRequest)
    .create({
      ...{ name: '检测费', kind: 'other', counterparty: party.id, project: at.project, amount: '20000' },
      ...{ counts: false, note: '押金' },
      due_on: isDay(`${monthFrom(1)}-10`),
    })
  await there(keeper).entity(paymentRequest).run(asked.id, 'submit')
  const { rows } = await there(boss).perform<Flows>('funds_center.flows', { from: inDays(0), to: inDays(3000) })
  const own = rows.filter(flow => flow.project === at.project)
  const total = (direction: string) =>
    r2(sum(own.filter(flow => flow.direction === direction).map(flow => flow.amount)))
  expect([total('income'), total('expense')]).toEqual(['1090000.00', '50000.00'])
  const planned = own.filter(flow => flow.why === 'funds_plan' && flow.contract === at.contract)
  expect(r2(sum(planned.map(flow => flow.amount)))).toBe('300000.00')
  expect(planned.every(flow => flow.on.startsWith(monthFrom(1)) && Number(flow.probability) === 0.8)).toBe(true)
  expect(own.filter(flow => flow.direction === 'expense').map(flow => [flow.why, flow.amount])).toEqual([
    ['funds_plan', '30000.00'],
    ['request', '20000.00'],
  ])
})

test('ageing and forecast take what a receipt names off that very due, and the rest off the oldest', async () => {
  const at = await site()
  for (const [due, days] of [
    ['300000.00', -100],
    ['200000.00', -40],
  ] as const) {
    const { id } = await there(keeper)
      .entity(testDue)
      .create({
        name: '进度款',
        project: at.project,
        contract: at.contract,
        direction: 'income',
        due,
        due_on: inDays(days),
      })
    await there(keeper).entity(testDue).run(id, 'submit')
  }
  const cashier = await app.as('cashier')
  const { id } = await cashier.entity(receipt).create({
    ...{ contract: at.contract, account: await account('0'), amount: '150000.00' },
    lines: [{ due_on: inDays(-40), amount: '120000.00' }],
  })
  await cashier.entity(receipt).run(id, 'submit')
  await there(finance).entity(receipt).run(id, 'approve')
  const { ageing, flows } = await read(there(boss))
  expect(ageing.filter(each => each.receivable !== '0.00').map(each => [each.bucket, each.receivable])).toEqual([
    ['31–60', '80000.00'],
    ['91–180', '270000.00'],
  ])
  const due = flows.filter(flow => flow.contract === at.contract && flow.why === 'due')
  expect(due.map(flow => flow.amount).sort()).toEqual(['270000.00', '80000.00'])
})

test('a project manager sees the contracts of his project, a foreman nothing', async () => {
  const [one, other] = [await site(), await site()]
  const seen = await read(one.manager)
  expect(new Set(seen.flows.flatMap(flow => flow.contract ?? []))).toEqual(new Set([one.contract]))
  expect(seen.flows.some(flow => flow.contract === other.contract)).toBe(false)
  const foreman = await app.as('foreman', { at: { kind: 'project', id: one.project } })
  await expect(read(foreman)).rejects.toMatchObject({ status: 403 })
  await expect(foreman.perform('funds_center.flows', { from: inDays(0), to: inDays(9) })).rejects.toMatchObject({
    status: 403,
  })
})
