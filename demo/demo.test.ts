// The demo enterprise is a product too: it loads through the public API and holds together.
import { overloads } from '@yingzao/engines/levelling'
import { add, type Decimal, subtract, sum } from '@yingzao/engines/money'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { differences } from '@yingzao/kernel/ledgers/audit'
import type { FlowReport } from '@yingzao/modules/agile/report'
import type { Register } from '@yingzao/modules/contract/figures-shape'
import type { CompanyCost, ProjectCost } from '@yingzao/modules/cost-center/shape'
import type { Funds } from '@yingzao/modules/funds-center/shape'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { measurement } from '@yingzao/modules/measurement/measurement.entity'
import { monthClosing } from '@yingzao/modules/month-closing/month-closing.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { planBaseline } from '@yingzao/modules/schedule/baseline.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { task } from '@yingzao/modules/schedule/task.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from './load.ts'
import { people } from './people.ts'

let app: TestApp
let boss: string
const passwords = new Set<string>()
beforeAll(async () => {
  app = await testApp()
  const admin = await app.as('administrator')
  await loadDemo({
    lang: 'zh',
    today: '2026-11-21',
    as: async user => (user === null ? admin : app.again({ ...admin, user: user as typeof admin.user, name: user })),
    setPassword: async user => {
      passwords.add(user)
    },
    say: () => {},
  })
  const found = await admin.entity('user').list({ filter: { login: { eq: 'boss' } } })
  boss = found.items[0]?.id ?? ''
}, 900_000)
afterAll(() => app?.close())

test('forty people in every shipped role, each with a password', () => {
  expect(people).toHaveLength(40)
  expect(passwords.size).toBe(40)
  const held = new Set(people.flatMap(person => person.roles.map(([role]) => role)))
  expect([...held].sort()).toEqual([
    'boss',
    'cashier',
    'cost_engineer',
    'department_head',
    'engineer',
    'finance',
    'foreman',
    'human_resources',
    'labour_officer',
    'observer',
    'planner',
    'pmo',
    'project_manager',
    'quality_officer',
    'safety_officer',
    'storekeeper',
    'technical_lead',
  ])
})

test('the ERP team has its backlog with a history of its own: six closed sprints, one running', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const items = await client.entity('work_item').list({ limit: 1, count: true })
  expect(items.count?.value).toBeGreaterThan(110)
  const sprints = await client.entity('sprint').list({ sort: ['start_on'] })
  expect(sprints.items.map(each => each.stage)).toEqual([...Array(6).fill('closed'), 'running'])
  for (const each of sprints.items.slice(0, 6)) {
    expect(Number(each.committed)).toBeGreaterThan(15)
    expect(Number(each.completed)).toBeGreaterThan(10)
  }
  const found = await client.entity(project).list({ filter: { short_name: { eq: 'ERP 升级' } } })
  const flow = await client.perform<FlowReport>('agile.flow', { project: found.items[0]?.id ?? '' })
  expect(flow.finished.length).toBeGreaterThan(60)
  expect(flow.cycle?.p85).toBeGreaterThan(1)
  expect(flow.cycle?.p85).toBeLessThan(15)
  expect(flow.forecast?.levels[1]?.weeks).toBeGreaterThan(1)
})

test('the station has a what-if branch that ends earlier, a published version and a baseline to compare', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const [branch] = (await client.entity(plan).list({ filter: { branch_of: { empty: false } } })).items
  const original = await client.entity(plan).get(branch?.branch_of ?? '')
  expect(branch).toMatchObject({ name: '两班开挖', current: false })
  expect(String(branch?.finish_on) < String(original.finish_on)).toBe(true)
  const kept = await client.entity(planBaseline).list({ filter: { plan: { eq: original.id } }, sort: ['created_at'] })
  expect(kept.items.map(each => [each.name, each.published])).toEqual([
    ['第 1 版', true],
    ['两班开挖论证前', false],
  ])
})

test('the chairman sees three living projects: one late, one on track, one to watch', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const page = await client.entity(project).list({ sort: ['code'] })
  expect(page.items.map(each => [each.short_name, each.stage, each.health])).toEqual([
    ['云溪路站', 'active', 'late'],
    ['ERP 升级', 'active', 'good'],
    ['卫浴产线', 'active', 'watch'],
  ])
  const plans = await client.entity(plan).list({ filter: { branch_of: { empty: true } } })
  expect(plans.items.map(each => each.task_count).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([76, 89, 425])
  expect(plans.items.every(each => each.current)).toBe(true)
  // The station's crews are asked for more than there is: there is something to level.
  const station = plans.items.find(each => each.task_count === 425)
  const { plan: loaded } = await client.entity(plan).read<{ plan: Plan }>(station?.id ?? '', 'load')
  const computed = compute(revivedPlan(loaded))
  expect(computed.ok && overloads(loaded, computed.schedule.tasks).length).toBeGreaterThan(3)
  const late = await client.entity(task).list({ filter: { critical: { eq: true } }, count: true })
  expect(late.count?.value).toBeGreaterThan(50)
})

const chairman = (): Promise<Person> => app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
const total = (amounts: readonly (Decimal | null)[]): Decimal => add('0.00', sum(amounts.map(each => each ?? '0')))

test('two years of money: every balance is the sum of its entries, and each contract that of its papers, to the fen', async () => {
  const system = systemContext(app.host, 'test')
  for (const name of ['contract', 'cash', 'cost', 'budget', 'payable', 'bill', 'advance'])
    expect(await differences(system, `${name}_ledger`)).toEqual([])
  const client = await chairman()
  const { rows } = await client.perform<Register>('contract.register', {})
  expect(rows.length).toBeGreaterThan(25)
  expect(new Set(rows.map(each => each.project_name)).size).toBe(3)
  const days = rows.map(each => each.signed_on ?? '').sort()
  expect([days[0]?.slice(0, 7), days.at(-1)?.slice(0, 7)]).toEqual(['2024-12', '2026-09'])
  const of = async (entity: string, amount: 'amount' | 'gross_amount') => {
    const filter = { state: { in: ['effective', 'reversed'] } }
    const { items } = await client.entity<string>(entity).list({ filter, limit: 500 })
    return (id: string) =>
      total(items.filter(each => each.contract === id).map(each => String(each[amount]) as Decimal))
  }
  const [paid, received] = [await of(payment.name, 'amount'), await of(receipt.name, 'amount')]
  const [measured, invoiced] = [await of(measurement.name, 'gross_amount'), await of(invoice.name, 'gross_amount')]
  for (const each of rows) {
    const money = each.direction === 'income' ? received : paid
    expect([each.name, each.paid]).toEqual([each.name, money(each.id)])
    expect([each.name, each.invoiced]).toEqual([each.name, invoiced(each.id)])
    expect(each.unpaid).toBe(subtract(each.due, each.paid))
    // A settlement makes what is measured what was approved.
    if (!['settled', 'warranty', 'finished'].includes(each.stage))
      expect([each.name, each.measured]).toEqual([each.name, measured(each.id)])
    else expect(each.measured).toBe(each.sum)
  }
  const invoices = (await client.entity(invoice).list({ limit: 500 })).items
  for (const each of invoices) expect(each.gross_amount).toBe(add(each.net_amount ?? '0', each.tax_amount ?? '0'))
})

test('the station heads for overrun with its causes, the others do not; dynamic cost is C + V + E + N + W', async () => {
  const client = await chairman()
  const { lines } = await client.perform<CompanyCost>('cost_center.company', {})
  const over = new Map(lines.map(each => [each.name, Number(each.deviation) < -1_000_000]))
  expect([...over.values()].filter(each => each)).toHaveLength(1)
  for (const { project: id, ...figures } of lines) {
    const { rows, total: all } = await client.perform<ProjectCost>('cost_center.project', { project: id })
    const leaves = rows.filter(each => each.leaf)
    expect(all.expected).toBe(total([all.committed, all.estimated, all.direct, all.uncommitted]))
    expect(all.expected).toBe(total(leaves.map(each => each.expected)))
    expect(figures.expected).toBe(all.expected)
    expect(figures.deviation).toBe(subtract(all.target, all.expected))
  }
  const [worst] = [...lines].sort((a, b) => Number(a.deviation) - Number(b.deviation))
  const station = await client.perform<ProjectCost>('cost_center.project', { project: worst?.project ?? '' })
  const causes = station.rows.filter(each => each.leaf && each.forecast !== null && Number(each.deviation) < 0)
  expect(causes.map(each => each.code)).toEqual(['01.01', '02.01', '02.02', '04.01'])
  // It has spent more than it has earned.
  expect(Number(station.marginSoFar)).toBeLessThan(0)
})

test('accounts hold what came in less what went out; one month ahead is red; the books are closed but for the last', async () => {
  const client = await chairman()
  const funds = await client.perform<Funds>('funds_center.overview', { months: 12 })
  expect(funds.balance).toBe(total(funds.accounts.map(each => each.balance)))
  expect(funds.accounts.every(each => Number(each.balance) > 0)).toBe(true)
  const red = funds.base.short.filter(each => each.alert === 'negative')
  expect(red.length).toBeGreaterThan(0)
  expect(red.every(each => each.causes.length > 0)).toBe(true)
  for (const [at, each] of funds.base.months.entries()) {
    expect(each.closing).toBe(subtract(add(each.opening, each.in), each.out))
    expect(each.opening).toBe(funds.base.months[at - 1]?.closing ?? funds.balance)
  }
  const books = await client.entity(monthClosing).list({})
  expect(books.items.map(each => each.closed_through)).toEqual(['2026-09', '2026-09', '2026-09'])
})
