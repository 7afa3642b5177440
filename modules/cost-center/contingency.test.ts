// The cost center joined with the schedule: contingency and its draws against progress, earned value and cost by WBS.
import { add, type Decimal } from '@yingzao/engines/money'
import { parseMinute, type Task } from '@yingzao/engines/schedule'
import type { Id } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budget } from '../budget/budget.entity.ts'
import { contract } from '../contract/contract.entity.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import type { ContingencyLine, ProjectContingency } from './contingency-shape.ts'
import { costAlert } from './cost-alert.entity.ts'
import type { ProjectCost, ProjectWork } from './shape.ts'
import { watchCosts } from './watch.ts'
import { wbsRows } from './wbs.ts'

let app: TestApp
let [keeper, manager, boss, planner]: Person[] = []
let site: Id<'project'>
let target: Id<'budget'>
const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing there')
  return value
}
const items = new Map<string, Id<'cost_item'>>()
const tasks = { dig: newId(), pour: newId(), close: newId() }
const minute = (text: string) => parseMinute(text) ?? 0

beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company })).id
  const at = { kind: 'project', id: site } as const
  keeper = await app.as('cost_engineer')
  manager = await app.as('project_manager', { at })
  planner = await app.as('planner', { at })
  boss = await app.as('boss')
  for (const [code, name, contingency] of [
    ['1', '土方', false],
    ['2', '混凝土', false],
    ['9', '不可预见费', true],
  ] as const)
    items.set(name, (await keeper.entity(costItem).create({ code, name, contingency })).id)
  target = (
    await keeper.entity(budget).create({
      ...{ name: '目标成本', project: site },
      lines: [
        { item: there(items.get('土方')), qty: '1', price: '5000000' },
        { item: there(items.get('混凝土')), qty: '1', price: '3400000' },
        { item: there(items.get('不可预见费')), qty: '1', price: '600000' },
      ],
    })
  ).id
  await approve(target)
  // Budgets of the plan: 4,320,000 done, 480,000 planned to be done, 4,200,000 to come: of 9,000,000 PV 4,800,000, EV 4,320,000.
  const { id } = await planner.entity(plan).create({ name: '总计划', project: site, start_on: '2026-03-02' })
  const row = (task: string, name: string, cost: Decimal, start: string): Task => ({
    ...{ id: task, name, kind: 'task', duration: 2400, fixedCost: cost, cost },
    constraint: { type: 'start_no_earlier_than', at: minute(`${start}T08:00`) },
  })
  const edit = (...edits: object[]) => there(planner).entity(plan).run(id, 'edit', { base: 999, edits })
  await edit(
    { kind: 'task.add', task: row(tasks.dig, '开挖', '4320000.00', '2026-03-02') },
    { kind: 'task.add', task: row(tasks.pour, '浇筑', '480000.00', '2026-03-09') },
    { kind: 'task.add', task: row(tasks.close, '收尾', '4200000.00', '2026-04-06') },
  )
  await planner.entity(plan).run(id, 'set_baseline', { number: 0 })
  const { current } = await planner.entity(plan).get(id)
  if (!current) await planner.entity(plan).run(id, 'make_current')
  await edit(
    { kind: 'options.set', patch: { statusDate: minute('2026-03-13T17:00') } },
    {
      ...{ kind: 'task.set', id: tasks.dig },
      patch: {
        ...{ percentComplete: 100, actualDuration: 2400, remainingDuration: 0 },
        ...{ actualStart: minute('2026-03-02T08:00'), actualFinish: minute('2026-03-06T17:00') },
      },
    },
  )
})
afterAll(() => app?.close())

async function approve(id: Id<'budget'>) {
  await there(keeper).entity(budget).run(id, 'submit')
  await there(manager).entity(budget).run(id, 'approve')
  await there(boss).entity(budget).run(id, 'approve')
}
/** A transfer out of contingency, into 土方. */
async function draw(amounts: { readonly contingency: Decimal; readonly digging: Decimal }, why: object) {
  const door = there(keeper).entity(budget)
  const { id } = (await door.run(target, 'reallocate')) as { id: Id<'budget'> }
  const { version, lines } = await door.get(id)
  const price = { [there(items.get('不可预见费'))]: amounts.contingency, [there(items.get('土方'))]: amounts.digging }
  await door.patch(id, version, {
    ...why,
    lines: { upsert: lines.flatMap(line => (price[line.item] ? [{ id: line.id, price: price[line.item] }] : [])) },
  })
  await approve(id)
  target = id
}
const read = (who: Person = there(manager)) =>
  who.perform<ProjectContingency>('cost_center.contingency', { project: site })

test('contingency is drawn by versions with a cause, told against progress, and warned of when it runs ahead', async () => {
  const door = there(keeper).entity(contract)
  const party = await there(keeper)
    .entity(counterparty)
    .create({ name: '单位', roles: ['subcontractor'], taxpayer: 'person' })
  // Nothing is bound on contingency itself.
  await expect(
    door.create({
      ...{ name: '零星', project: site, counterparty: party.id, direction: 'expense', kind: 'subcontract' },
      lines: [{ name: '零星', item: there(items.get('不可预见费')), amount: '1' }],
    }),
  ).rejects.toMatchObject({ problem: { code: 'budget.contingency_not_spent' } })
  expect(await read()).toMatchObject({ total: '600000.00', drawn: '0.00', left: '600000.00', drawnShare: '0' })
  await expect(draw({ contingency: '510000', digging: '5090000' }, { reason: '涌水' })).rejects.toMatchObject({
    problem: { errors: [expect.objectContaining({ path: 'draw_cause', code: 'budget.why_drawn' })] },
  })
  const [waiting] = (
    await there(keeper)
      .entity(budget)
      .list({ filter: { state: { eq: 'draft' } } })
  ).items
  await there(keeper).entity(budget).remove(there(waiting).id, there(waiting).version)
  await draw(
    { contingency: '510000', digging: '5090000' },
    { reason: '涌水', draw_cause: 'risk', draw_risk: '基坑涌水' },
  )
  await draw({ contingency: '360000', digging: '5240000' }, { reason: '漏项', draw_cause: 'omission' })
  // 90,000 + 150,000 = 240,000 of 600,000 are 40 %. One of three equal tasks is done: 33.33 % → 199,980 were due by the linear
  // plan, 400,020 should be left: 40,020 ahead.
  const seen = await read()
  expect(seen).toMatchObject({
    ...{ total: '600000.00', drawn: '240000.00', left: '360000.00', drawnShare: '0.4' },
    draws: [
      { amount: '600000.00', left: '600000.00', cause: null },
      { amount: '-90000.00', left: '510000.00', cause: 'risk', risk: '基坑涌水', reason: '涌水' },
      { amount: '-150000.00', left: '360000.00', cause: 'omission', reason: '漏项' },
    ],
    history: [{ on: '2026-03-13', progress: '0.48' }],
  })
  expect(Number(seen.progress)).toBeCloseTo(1 / 3, 3)
  expect(Number(seen.ahead)).toBeCloseTo(40_000, -2)
  // Planned to be left and left differ by what is ahead.
  expect(add(seen.left, seen.ahead ?? '0')).toBe(seen.planned)
  const { lines } = await there(boss).perform<{ lines: ContingencyLine[] }>('cost_center.contingencies', {})
  expect(lines).toMatchObject([{ project: site, name: '车站', left: '360000.00', drawn: '240000.00' }])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: site } })
  await expect(read(foreman)).rejects.toMatchObject({ status: 403 })
  await expect(foreman.perform('cost_center.contingencies', {})).rejects.toMatchObject({ status: 403 })

  const open = async () => {
    await watchCosts(systemContext(app.host, 'test'))
    const filter = { kind: { eq: 'contingency_ahead' }, handling: { ne: 'closed' } } as const
    return (await there(manager).entity(costAlert).list({ filter })).items
  }
  // 6.67 points ahead is within the 10 points that are usual.
  expect(await open()).toEqual([])
  await draw({ contingency: '300000', digging: '5300000' }, { reason: '涨价', draw_cause: 'price' })
  expect(await open()).toMatchObject([{ level: 'warn', actual_amount: '300000.00', share: '0.500000' }])
  await draw({ contingency: '0', digging: '5600000' }, { reason: '涨价', draw_cause: 'price' })
  expect(await open()).toMatchObject([{ level: 'escalate', actual_amount: '600000.00' }])
})

test('G-4.3 joined with the plan; by WBS the same money as by cost item, and what names no task in a row of its own', async () => {
  const [engineer, lead, money, chief] = [there(keeper), there(manager), await app.as('finance'), there(boss)]
  const [party] = (await engineer.entity(counterparty).list({})).items
  const sign = async (item: string, amount: Decimal, task: string | null) => {
    const { id } = await engineer.entity(contract).create({
      ...{ name: item, project: site, counterparty: there(party).id, direction: 'expense', kind: 'subcontract' },
      ...{ price_mode: 'net' },
      lines: [{ name: item, item: there(items.get(item)), amount, tax_rate: '0.09', task: task as Id<'task'> | null }],
    })
    await engineer.entity(contract).run(id, 'submit')
    for (const who of [lead, money, chief]) await who.entity(contract).run(id, 'approve')
    await engineer.entity(contract).run(id, 'sign', { signed_on: '2026-03-01' })
    return id
  }
  const measure = async (of: Id<'contract'>, item: string, amount: Decimal) => {
    const { id } = await engineer.entity<string>('measurement').create({
      ...{ contract: of, measured_on: '2026-03-13' },
      lines: [{ kind: 'lump', item: there(items.get(item)), amount }],
    })
    await engineer.entity<string>('measurement').run(id, 'submit')
    for (const who of [lead, money, chief]) {
      const { state } = await engineer.entity<string>('measurement').get(id)
      if (state !== 'effective') await who.entity<string>('measurement').run(id, 'approve')
    }
  }
  // What is measured is the task's that its contract line names: 4,360,000 × 1.09 = 4,752,400 gross.
  await measure(await sign('土方', '5000000', tasks.dig), '土方', '4752400.00')
  await measure(await sign('混凝土', '400000', null), '混凝土', '316100.00')
  const work = await lead.perform<ProjectWork>('cost_center.work', { project: site })
  expect(work.earned).toMatchObject({
    ...{ on: '2026-03-13', bac: '9000000.00', pv: '4800000.00', ev: '4320000.00', ac: '4650000.00' },
    performance: {
      ...{ cv: '-330000.00', sv: '-480000.00', cpi: '0.9290', spi: '0.9000', tcpi: '1.0759' },
      eac: { cpi: '9687500.00', budget: '9330000.00', cpi_spi: '10247222.22' },
      ...{ etc: '5037500.00', vac: '-687500.00' },
    },
  })
  const cost = await lead.perform<ProjectCost>('cost_center.project', { project: site })
  expect(work.rows.map(({ name, target: of, committed, incurred }) => [name, of, committed, incurred])).toEqual([
    ['开挖', '4320000.00', '5000000.00', '4360000.00'],
    ['浇筑', '480000.00', '0.00', '0.00'],
    ['收尾', '4200000.00', '0.00', '0.00'],
  ])
  expect(work.loose).toMatchObject({ target: '0.00', committed: '400000.00', incurred: '290000.00' })
  for (const name of ['target', 'committed', 'direct', 'expected', 'incurred', 'toGo', 'deviation'] as const)
    expect([name, work.total[name]]).toEqual([name, cost.total[name]])
  // A task of another project's plan is none of this one.
  await expect(sign('土方', '1', newId())).rejects.toMatchObject({ problem: { status: 422 } })
})

test('whatever documents say, the rows by WBS add up to the total by cost item', () => {
  const fen = (min: number, max: number) => fc.integer({ min, max }).map(n => (n / 100).toFixed(2) as Decimal)
  const task = fc.record({ up: fc.nat(8), budget: fen(0, 1e7), done: fc.constantFrom(0, 0.5, 1) })
  const fact = fc.record({ of: fc.nat(12), committed: fen(-1e6, 1e8), direct: fen(-1e6, 1e7), incurred: fen(0, 1e8) })
  const total = fc.record({ target: fen(0, 1e9), estimated: fen(-1e6, 1e6), uncommitted: fen(0, 1e9) })
  fc.assert(
    fc.property(fc.array(task, { maxLength: 9 }), fc.array(fact, { maxLength: 9 }), total, (list, booked, of) => {
      const facts = new Map(booked.map(({ of, ...each }) => [of > 9 ? '' : `t${of}`, each]))
      const tasks = list.map(({ up, budget, done }, at) => ({
        ...{ id: `t${at}`, parent: up < at ? `t${up}` : null, code: null, name: `${at}`, budget, pv: budget },
        ev: (Number(budget) * done).toFixed(2) as Decimal,
      }))
      const found = wbsRows(tasks, facts, of)
      const tops = [...found.rows.filter(row => row.parent === null), found.loose]
      const sumOf = (name: 'target' | 'committed' | 'direct' | 'open' | 'incurred' | 'earned') =>
        tops.reduce<Decimal>((sum, row) => add(sum, row[name]), '0.00')
      const all = (name: 'committed' | 'direct' | 'incurred') =>
        [...facts.values()].reduce<Decimal>((sum, each) => add(sum, each[name]), '0.00')
      expect(sumOf('target')).toBe(of.target)
      expect(sumOf('open')).toBe(add(of.estimated, of.uncommitted))
      expect(sumOf('earned')).toBe(found.total.earned)
      // What is done whole is earned whole.
      for (const [at, row] of found.rows.entries())
        if (row.leaf && list[at]?.done === 1 && tasks[at]?.budget !== '0.00') expect(row.earned).toBe(row.target)
      for (const name of ['committed', 'direct', 'incurred'] as const) expect(sumOf(name)).toBe(all(name))
      expect(found.total.expected).toBe([all('committed'), all('direct'), sumOf('open')].reduce(add, '0.00'))
    }),
    { numRuns: 60 },
  )
})
