// The funds center: money at hand and what contracts will bring and take, moved by the plans, for who may see money.
import { add, type Decimal, sum } from '@yingzao/engines/money'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { writeProjected } from '@yingzao/kernel/server'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import type { Funds } from './shape.ts'

let app: TestApp
let [pmo, keeper, finance, boss]: Person[] = []
let count = 0
beforeAll(async () => {
  app = await testApp()
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
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
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

test('balances are what accounts hold; the forecast starts from them and brings in every contract to the fen', async () => {
  const director = there(boss)
  const id = await account('1200000.00')
  const one = await site()
  const funds = await read(director)
  expect(funds.accounts).toMatchObject([{ account: id, balance: '1200000.00' }])
  const mine = funds.flows.filter(flow => flow.contract === one.contract)
  expect(new Set(mine.map(flow => flow.why))).toEqual(new Set(['progress', 'settlement', 'retention']))
  expect(add('0.00', sum(mine.map(flow => flow.amount)))).toBe('1090000.00')
  const [first] = funds.forecast.months
  expect(first?.opening).toBe('1200000.00')
  const last = funds.forecast.months.at(-1)
  expect(last?.closing).toBe('2290000.00')
  // Less sure income: less of it.
  expect((await read(director, { chance: '0.5' })).forecast.months.at(-1)?.closing).toBe('1745000.00')
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

test('a project manager sees the contracts of his project, a foreman nothing', async () => {
  const [one, other] = [await site(), await site()]
  const seen = await read(one.manager)
  expect(new Set(seen.flows.map(flow => flow.contract))).toEqual(new Set([one.contract]))
  expect(seen.flows.some(flow => flow.contract === other.contract)).toBe(false)
  const foreman = await app.as('foreman', { at: { kind: 'project', id: one.project } })
  await expect(read(foreman)).rejects.toMatchObject({ status: 403 })
})
