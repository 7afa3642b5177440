// The cost center: dynamic cost from the ledgers, as of any day, for who may see money and nobody else.
import { add, type Decimal } from '@yingzao/engines/money'
import { allow, defineModule, entity, f, type Id, type PlainDate, post } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budget } from '../budget/budget.entity.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { expectedChange } from '../budget/expected-change.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project as projectEntity } from '../project/project.entity.ts'
import { costLedger } from './cost.ledger.ts'
import { costAim } from './cost-aim.entity.ts'
import { costAlert } from './cost-alert.entity.ts'
import { costForecast } from './cost-forecast.entity.ts'
import { carryExpected } from './expected.jobs.ts'
import type { CompanyCost, ProjectCost } from './shape.ts'
import { watchCosts } from './watch.ts'

const label = (en: string) => ({ zh: en, en })
/** Stands for what contracts, claims and measurements post: the cost center reads ledgers, not documents. */
const fact = entity('t_fact', {
  kind: 'document',
  label: label('Fact'),
  title: 'why',
  number: 'F-{seq:5}',
  fields: {
    project: f.ref('project', label('Project'), { required: true }),
    company: f.orgUnit(label('Company'), { required: true }),
    why: f.text(label('Why'), { required: true }),
    item: f.ref('cost_item', label('Item'), { required: true }),
    done_on: f.date(label('Day'), { required: true, default: '=today()' }),
    committed: f.money(label('Committed'), { required: true, default: '0' }),
    direct: f.money(label('Direct'), { required: true, default: '0' }),
    spent: f.money(label('Spent'), { required: true, default: '0' }),
  },
  place: { company: 'company', project: 'project' },
  posting: [
    post(budgetLedger, {
      dims: { item: 'item', on: 'done_on' },
      measures: { committed: 'committed', direct: 'direct' },
    }),
    post(costLedger, { dims: { item: 'item', on: 'done_on' }, measures: { amount: 'spent' } }),
  ],
  access: [allow('cost_engineer', 'read create submit'), allow('project_manager', 'read')],
})
const facts = defineModule({ name: 'facts', label: label('Facts'), needs: ['cost-center'], entities: [fact] })
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_fact: typeof fact
  }
}

let app: TestApp
let [pmo, boss, keeper, finance]: Person[] = []
let count = 0
const items = new Map<string, Id<'cost_item'>>()
beforeAll(async () => {
  app = await testApp({ more: [facts] })
  pmo = await app.as('pmo')
  boss = await app.as('boss')
  keeper = await app.as('cost_engineer')
  finance = await app.as('finance')
  for (const [code, name] of [
    ['1', '直接费'],
    ['1.1', '人工'],
    ['1.2', '材料'],
    ['2', '分包'],
    ['3', '间接费'],
  ] as const)
    items.set(name, (await keeper.entity(costItem).create({ code, name })).id)
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [budgetLedger, costLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})
const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing there')
  return value
}
const itemOf = (name: string) => there(items.get(name))

/** E: what the cost engineer expects and nobody has asked for yet. */
async function foresee(project: Id<'project'>, item: string, amount: Decimal, reason: string) {
  const expects = there(keeper).entity(expectedChange)
  const { id } = await expects.create({ name: reason, project, item: itemOf(item), amount, reason })
  await expects.run(id, 'submit')
  return id
}

/** A project with the target of G-4.1, and a way to spend on it. */
async function site() {
  const [office, director, engineer] = [there(pmo), there(boss), there(keeper)]
  const made = await office
    .entity(projectEntity)
    .create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: made.id } })
  const lines = (
    [
      ['人工', '2000000'],
      ['材料', '4000000'],
      ['分包', '2500000'],
      ['间接费', '500000'],
    ] as const
  ).map(([name, price]) => ({ item: itemOf(name), qty: '1' as const, price }))
  const target = await engineer.entity(budget).create({ name: '目标成本', project: made.id, lines })
  await engineer.entity(budget).run(target.id, 'submit')
  await manager.entity(budget).run(target.id, 'approve')
  await director.entity(budget).run(target.id, 'approve')
  const spend = async (
    name: string,
    values: Partial<Record<'committed' | 'direct' | 'spent', Decimal>>,
    on?: PlainDate,
  ) => {
    const { id } = await engineer.entity(fact).create({
      ...{ project: made.id, company: app.company, why: name, item: itemOf(name), ...values },
      ...(on ? { done_on: on } : {}),
    })
    await engineer.entity(fact).run(id, 'submit')
  }
  const read = (who: Person, until?: PlainDate) =>
    who.perform<ProjectCost>('cost_center.project', { project: made.id, ...(until ? { until } : {}) })
  return { project: made.id, manager, spend, read }
}

test('G-4.1: dynamic cost, deviation and their roll-up stand to the fen', async () => {
  const { project, manager, spend, read } = await site()
  await spend('人工', { committed: '1560000', direct: '80000' })
  await spend('材料', { committed: '1750000' })
  await spend('材料', { committed: '1300000', direct: '30000' })
  await spend('分包', { committed: '1000000' })
  // The gate lets no contract cross the target by more than 5 %: what lies beyond is expected, not signed.
  await spend('分包', { committed: '1500000' })
  await spend('间接费', { direct: '210000' })
  const engineer = there(keeper)
  await foresee(project, '材料', '120000', '设计变更未报')
  await foresee(project, '分包', '200000', '索赔')
  await engineer
    .entity(costForecast)
    .create({ project, item: itemOf('分包'), uncommitted_amount: '0', reason: '已全部签约' })
  const { rows, total } = await read(manager)
  expect(
    rows.map(({ title, target, committed, estimated, direct, uncommitted, expected, deviation }) => [
      title,
      ...[target, add(committed, estimated), direct, uncommitted, expected, deviation],
    ]),
  ).toEqual([
    ['1 直接费', '6000000.00', '4730000.00', '110000.00', '1160000.00', '6000000.00', '0.00'],
    ['1.1 人工', '2000000.00', '1560000.00', '80000.00', '360000.00', '2000000.00', '0.00'],
    ['1.2 材料', '4000000.00', '3170000.00', '30000.00', '800000.00', '4000000.00', '0.00'],
    ['2 分包', '2500000.00', '2700000.00', '0.00', '0.00', '2700000.00', '-200000.00'],
    ['3 间接费', '500000.00', '0.00', '210000.00', '290000.00', '500000.00', '0.00'],
  ])
  expect(total).toMatchObject({
    ...{ target: '9000000.00', direct: '320000.00', uncommitted: '1450000.00', expected: '9200000.00' },
    ...{ deviation: '-200000.00', deviationRatio: '0.022222' },
  })
  expect(add(total.committed, total.estimated)).toBe('7430000.00')
  expect(rows.find(({ title }) => title === '2 分包')).toMatchObject({ deviationRatio: '0.08', level: 'block' })
  expect(rows.map(row => row.depth)).toEqual([0, 1, 1, 0, 0])
})

test('what was incurred counts in its month and as of any past day; to go is what is expected less that', async () => {
  const { manager, spend, read } = await site()
  await spend('人工', { committed: '1000000', spent: '300000.10' }, '2026-03-31' as PlainDate)
  await spend('人工', { spent: '200000.05' }, '2026-04-15' as PlainDate)
  const now = await read(manager)
  expect(now.total).toMatchObject({ incurred: '500000.15', expected: '9000000.00', toGo: '8499999.85' })
  expect((await read(manager, '2026-04-14' as PlainDate)).total.incurred).toBe('300000.10')
  expect((await read(manager, '2026-03-30' as PlainDate)).total.incurred).toBe('0.00')
  expect(now.months.flatMap(({ month, incurred }) => (incurred === '0.00' ? [] : [[month, incurred]])).sort()).toEqual([
    ['2026-03', '300000.10'],
    ['2026-04', '200000.05'],
  ])
})

test('what forecasts said of expected changes before they were documents is carried over, once', async () => {
  const { project, manager, read } = await site()
  const forecasts = there(keeper).entity(costForecast)
  const plain = await forecasts.create({ project, item: itemOf('材料'), reason: '钢筋涨价' })
  const both = await forecasts.create({ project, item: itemOf('分包'), uncommitted_amount: '7', reason: '索赔' })
  const { host } = app
  await sql`update ${sql.id(host.tenant, costForecast.name)} set change_amount = 5000 where id in (${plain.id}, ${both.id})`.execute(
    host.db,
  )
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  const carry = () => carryExpected.run(systemContext(host, 'test'), {}, progress)
  expect([await carry(), await carry()]).toEqual([{ carried: 2 }, { carried: 0 }])
  expect((await read(manager)).total.estimated).toBe('10000.00')
  const { items } = await forecasts.list({ filter: { project: { eq: project } } })
  expect(items.map(each => [each.id, each.uncommitted_amount])).toEqual([[both.id, '7.00']])
})

test('the margin is net income less dynamic cost; every project stands in the company’s list, the worst first', async () => {
  const [good, bad] = [await site(), await site()]
  const [engineer, director, money] = [there(keeper), there(boss), there(finance)]
  await bad.spend('分包', { committed: '2500000' })
  await foresee(bad.project, '分包', '100000', '变更')
  const client = await engineer
    .entity(counterparty)
    .create({ name: `甲方 ${++count}`, roles: ['client'], taxpayer: 'person' })
  const sold = await engineer.entity(contract).create({
    ...{ name: '总承包', project: good.project, counterparty: client.id, direction: 'income', kind: 'works' },
    lines: [{ name: '工程', amount: '10900000.00', tax_rate: '0.09' }],
  })
  await engineer.entity(contract).run(sold.id, 'submit')
  await good.manager.entity(contract).run(sold.id, 'approve')
  await money.entity(contract).run(sold.id, 'approve')
  await director.entity(contract).run(sold.id, 'approve')
  expect(await good.read(good.manager)).toMatchObject({
    ...{ margin: '1000000.00', income: { sum: '10900000.00', net: '10000000.00' } },
  })
  const { lines, total } = await director.perform<CompanyCost>('cost_center.company', {})
  const mine = lines.filter(line => [good.project, bad.project].some(id => id === line.project))
  expect(mine.map(({ project, deviation, over, margin }) => [project, deviation, over, margin])).toEqual([
    [bad.project, '-100000.00', 1, null],
    [good.project, '0.00', 0, '1000000.00'],
  ])
  expect(total.target).toBe(lines.reduce<Decimal>((sum, line) => add(sum, line.target), '0.00'))
  // A project manager sees his own project there, a foreman nothing at all.
  const own = await good.manager.perform<CompanyCost>('cost_center.company', {})
  expect(own.lines.map(line => line.project)).toEqual([good.project])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: good.project } })
  await expect(good.read(foreman)).rejects.toMatchObject({ status: 403 })
  expect((await foreman.metrics.read(['cost.target', 'income.sum'], { by: ['project'] })).rows).toEqual([])
  expect((await foreman.metrics.entries('cost.incurred', {})).items).toEqual([])
})

test('a number opens to its documents; which are named only for who may read them', async () => {
  const { project, manager, spend } = await site()
  await spend('人工', { spent: '100.00' })
  const where = { project, item: itemOf('人工') }
  const seen = await manager.metrics.entries('cost.incurred', { where })
  expect(seen.items).toMatchObject([{ entity: 't_fact', title: '人工', measures: { amount: '100.00' } }])
  const hidden = await there(boss).metrics.entries('cost.incurred', { where })
  expect(hidden.items).toMatchObject([{ entity: 't_fact', title: null, measures: { amount: '100.00' } }])
})

test('an alert tells who must act, names what it is about, follows its figures, and closes when it is gone', async () => {
  const { project, manager, spend } = await site()
  const [engineer, director] = [there(keeper), there(boss)]
  const system = systemContext(app.host, 'test')
  const made = await there(pmo).entity(projectEntity).get(project)
  await there(pmo).entity(projectEntity).patch(project, made.version, { manager: manager.user })
  await spend('分包', { committed: '2500000' })
  await foresee(project, '分包', '100000', '索赔')
  const open = async (who: Person) =>
    (
      await who
        .entity(costAlert)
        .list({ filter: { project: { eq: project }, handling: { ne: 'closed' } }, sort: ['kind'] })
    ).items
  const mine = async (who: Person) =>
    (await who.inbox.read({})).items.filter(each => each.to?.entity === costAlert.name)
  await watchCosts(system)
  // 2,600,000 of 2,500,000 is 4 %: beyond the target, short of what management is told of.
  expect(await open(manager)).toMatchObject([
    { kind: 'item_over', level: 'warn', item: itemOf('分包'), limit_amount: '2500000.00', actual_amount: '2600000.00' },
    { kind: 'over_target', level: 'warn', limit_amount: '9000000.00', actual_amount: '9100000.00', share: '1.011111' },
  ])
  expect(await mine(manager)).toHaveLength(2)
  // Looking again changes nothing: no history, no second message.
  const version = (await open(manager)).map(each => each.version)
  await watchCosts(system)
  expect((await open(manager)).map(each => each.version)).toEqual(version)
  expect(await mine(engineer)).not.toHaveLength(0)
  const before = (await mine(director)).length
  const [alert] = await open(manager)
  await manager.entity(costAlert).run(there(alert).id, 'acknowledge', { note: '与分包谈判' })
  await watchCosts(system)
  expect(await open(manager)).toMatchObject([{ handling: 'acknowledged', note: '与分包谈判' }, { handling: 'raised' }])
  // Worse than when it was acknowledged: it is raised again, and management is told.
  await foresee(project, '分包', '100000', '再索赔')
  await watchCosts(system)
  expect(await open(manager)).toMatchObject([{ level: 'escalate', handling: 'raised', share: '1.080000' }, {}])
  expect((await mine(director)).length).toBe(before + 1)
  // A project of its own mind: warned from 10 % on, and of a margin below 20 %.
  await engineer
    .entity(costAim)
    .create({ project, warn_share: '0.1', escalate_share: '0.2', contract_share: '0.9', margin_share: '0.2' })
  await watchCosts(system)
  expect(await open(manager)).toEqual([])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: project } })
  await expect(foreman.entity(costAlert).list({})).rejects.toMatchObject({ status: 403 })
  expect(await mine(foreman)).toEqual([])
})
