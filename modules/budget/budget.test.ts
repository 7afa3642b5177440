// Target cost: one effective version, adjusted and transferred with approval, never below what is used; and what its limits do
// to spending, shown with a document of this test's own.
import { allow, type Decimal, defineModule, entity, f, type Id, post, step } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { costItem, projectCostItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import { budget } from './budget.entity.ts'
import { budgetLedger } from './budget.ledger.ts'
import type { Standing } from './standing-shape.ts'

const label = (en: string) => ({ zh: en, en })
const spend = entity('t_spend', {
  kind: 'document',
  label: label('Spend'),
  title: 'why',
  number: 'T-{seq:4}',
  fields: {
    project: f.ref('project', label('Project'), { required: true }),
    why: f.text(label('Why')),
    item: f.ref('cost_item', label('Item'), { required: true }),
    amount: f.money(label('Amount'), { required: true }),
  },
  place: { project: 'project' },
  approval: 't_spend',
  posting: [post(budgetLedger, { dims: { item: 'item' }, measures: { committed: 'amount' }, reserve: true })],
  access: [allow('cost_engineer', 'read create submit withdraw'), allow('project_manager', 'read')],
})
const spends = defineModule({
  name: 'spends',
  label: label('Spends'),
  needs: ['budget'],
  entities: [spend],
  flows: [
    {
      name: 't_spend',
      label: label('Spend'),
      root: step('manager', label('Manager'), { role: 'project_manager' }),
      escalation: step('boss', label('Boss'), { role: 'boss' }),
    },
  ],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_spend: typeof spend
  }
}

let app: TestApp
let [pmo, boss]: Person[] = []
let count = 0
beforeAll(async () => {
  app = await testApp({ more: [spends] })
  pmo = await app.as('pmo')
  boss = await app.as('boss')
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), budgetLedger.name)).toEqual([])
  await app.close()
})
const refused = (code: string) => ({ problem: { code } })

/** A project of its own with three cost items, its cost engineer and its manager. */
async function site() {
  const [office, director] = [pmo, boss]
  if (!office || !director) throw new Error('nobody')
  const made = await office.entity(project).create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const place = { kind: 'project', id: made.id } as const
  const [engineer, manager] = [
    await app.as('cost_engineer', { at: place }),
    await app.as('project_manager', { at: place }),
  ]
  const keeper = await app.as('cost_engineer')
  const item = async (name: string) => (await keeper.entity(costItem).create({ code: `S${++count}`, name })).id
  const items = [await item('人工'), await item('材料'), await item('间接费')] as const
  const line = (at: 0 | 1 | 2, price: Decimal) => ({ item: items[at], qty: '1' as const, price })
  const write = (...lines: ReturnType<typeof line>[]) =>
    engineer.entity(budget).create({ name: '目标成本', project: made.id, lines })
  const approve = async (id: string) => {
    await engineer.entity(budget).run(id, 'submit')
    await manager.entity(budget).run(id, 'approve')
    return director.entity(budget).run(id, 'approve')
  }
  const target = async (at: 0 | 1 | 2) =>
    (await balanceOf(systemContext(app.host, 'test'), budgetLedger.name, { project: made.id, item: items[at] })).posted
      .target
  return { project: made.id, engineer, manager, director, items, line, write, approve, target }
}
type Site = Awaited<ReturnType<typeof site>>

/** A new version of the effective one, its lines by cost item. */
async function revise({ engineer }: Site, id: string, verb: 'adjust' | 'reallocate') {
  const { id: next } = (await engineer.entity(budget).run(id, verb)) as { id: Id<'budget'> }
  const record = await engineer.entity(budget).get(next)
  const change = async (prices: Readonly<Record<string, Decimal>>) => {
    const { version } = await engineer.entity(budget).get(next)
    const lines = (await engineer.entity(budget).get(next)).lines
    return engineer.entity(budget).patch(next, version, {
      lines: { upsert: lines.flatMap(({ id, item }) => (prices[item] ? [{ id, price: prices[item] }] : [])) },
    })
  }
  return { id: next, record, change }
}

describe('versions', () => {
  test('the first is approved by manager and director, posts its targets, and there is one', async () => {
    const at = await site()
    const made = await at.write(at.line(0, '2000000'), at.line(1, '4000000'), at.line(2, '500000'))
    expect(made).toMatchObject({
      total_amount: '6500000.00',
      version_no: 1,
      kind: 'initial',
      state: 'draft',
      number: null,
    })
    await expect(at.write(at.line(0, '1'))).rejects.toMatchObject(refused('budget.in_work'))
    expect(await at.approve(made.id)).toMatchObject({
      state: 'effective',
      number: expect.stringMatching(/^MB-\d{6}-\d{4}$/),
    })
    expect([await at.target(0), await at.target(1), await at.target(2)]).toEqual([
      '2000000.00',
      '4000000.00',
      '500000.00',
    ])
    await expect(at.write(at.line(0, '1'))).rejects.toMatchObject(refused('budget.has_version'))
  })

  test('an adjustment posts the difference, takes the place of the version before, and that one is closed', async () => {
    const at = await site()
    const first = await at.write(at.line(0, '2000'), at.line(1, '4000'))
    await at.approve(first.id)
    const { id, record, change } = await revise(at, first.id, 'adjust')
    expect(record).toMatchObject({
      version_no: 2,
      base: first.id,
      previous_total_amount: '6000.00',
      change_amount: '0.00',
    })
    await expect(at.engineer.entity(budget).run(first.id, 'adjust')).rejects.toMatchObject(refused('budget.in_work'))
    expect(await change({ [at.items[0]]: '2500', [at.items[1]]: '3800' })).toMatchObject({ change_amount: '300.00' })
    await at.approve(id)
    expect([await at.target(0), await at.target(1)]).toEqual(['2500.00', '3800.00'])
    expect((await at.engineer.entity(budget).get(first.id)).state).toBe('closed')
    const { items } = await at.engineer
      .entity(budget)
      .list({ filter: { project: { eq: at.project }, state: { eq: 'effective' } } })
    expect(items.map(each => each.id)).toEqual([id])
  })

  test('a transfer keeps the total; what stood there is set to zero, not removed; a reason is said', async () => {
    const at = await site()
    const first = await at.write(at.line(0, '2000'), at.line(1, '4000'))
    await at.approve(first.id)
    const { id, record, change } = await revise(at, first.id, 'reallocate')
    await expect(change({ [at.items[0]]: '2100' })).rejects.toMatchObject({ status: 422 })
    const { version } = await at.engineer.entity(budget).get(id)
    await expect(
      at.engineer
        .entity(budget)
        .patch(id, version, { lines: { remove: record.lines.slice(0, 1).map(line => line.id) } }),
    ).rejects.toMatchObject(refused('budget.removed'))
    await expect(
      at.engineer.entity(budget).patch(id, version, {
        lines: { upsert: record.lines.slice(0, 1).map(line => ({ id: line.id, item: at.items[2] })) },
      }),
    ).rejects.toMatchObject(refused('budget.removed'))
    await expect(at.engineer.entity(budget).patch(id, version, { reason: null })).rejects.toMatchObject({ status: 422 })
    await change({ [at.items[0]]: '2100', [at.items[1]]: '3900' })
    await at.approve(id)
    expect([await at.target(0), await at.target(1)]).toEqual(['2100.00', '3900.00'])
  })

  test('a rejected version is changed and submitted again; two of the same base cannot both come into force', async () => {
    const at = await site()
    const first = await at.write(at.line(0, '2000'))
    await at.engineer.entity(budget).run(first.id, 'submit')
    await at.manager.entity(budget).run(first.id, 'reject', { opinion: '人工偏低' })
    expect(await at.target(0)).toBe('0.00')
    await at.approve(first.id)
    expect(await at.target(0)).toBe('2000.00')
    const both = await Promise.allSettled([revise(at, first.id, 'adjust'), revise(at, first.id, 'adjust')])
    expect(both.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  })

  test('a project that chose its cost items takes no others', async () => {
    const at = await site()
    await at.engineer.entity(projectCostItem).create({ project: at.project, cost_item: at.items[0] })
    await expect(at.write(at.line(0, '1'), at.line(1, '1'))).rejects.toMatchObject({
      problem: { errors: [{ path: 'lines.1.item', code: 'budget.not_chosen' }] },
    })
    await at.write(at.line(0, '1'))
  })

  test('a file of lines becomes a version, each line by its cost item', async () => {
    const at = await site()
    const { title } = await at.engineer.entity(costItem).get(at.items[1])
    const { name } = await at.engineer.entity(project).get(at.project)
    const csv = `名称,项目,明细 / 成本科目,明细 / 数量,明细 / 单价（成本口径）\n导入的目标成本,${name},${title},12.5,4000.10\n`
    const preview = await at.engineer.entity(budget).importPreview(new Blob([csv]), 'budget.csv')
    expect(preview.rows).toEqual({ total: 1, good: 1, bad: 0 })
    const { job } = await at.engineer.entity(budget).importConfirm(preview.id)
    await at.engineer.jobs.wait(job)
    const [made] = (await at.engineer.entity(budget).list({ filter: { project: { eq: at.project } } })).items
    expect(made).toMatchObject({ total_amount: '50001.25' })
  })
})

describe('the gate', () => {
  test('G-4.2: 4,000,000 with 3,200,000 used: 850,000 asks one more, 1,010,000 is stopped, 1,000,000 asks, 800,000 warns', async () => {
    const at = await site()
    await at.approve((await at.write(at.line(1, '4000000'))).id)
    const document = (amount: Decimal) =>
      at.engineer.entity(spend).create({ project: at.project, item: at.items[1], amount, why: 'x' })
    const submit = async (amount: Decimal) => {
      const { id } = await document(amount)
      return { id, done: await at.engineer.entity(spend).run(id, 'submit') }
    }
    const first = await submit('3200000')
    expect(await at.manager.entity(spend).run(first.id, 'approve')).toMatchObject({ state: 'effective' })
    await expect(submit('1010000')).rejects.toMatchObject(refused('limit.budget_far_exceeded'))
    const tries: [Decimal, string, string[]][] = [
      ['850000', 'pending', ['limit.budget_exceeded']],
      ['1000000', 'pending', ['limit.budget_exceeded']],
      ['800000', 'effective', []],
    ]
    for (const [amount, state, escalated] of tries) {
      const { id, done } = await submit(amount)
      expect(done).toMatchObject({ warnings: expect.arrayContaining(['limit.budget_nearly_used']) })
      expect(await at.manager.entity(spend).run(id, 'approve')).toMatchObject({ state, escalated })
      if (state === 'pending') await at.director.entity(spend).run(id, 'reject', { opinion: '超预算' })
    }
  })

  test('nothing is spent where there is no target, and what gives back always passes', async () => {
    const at = await site()
    const document = async (amount: Decimal) => {
      const { id } = await at.engineer
        .entity(spend)
        .create({ project: at.project, item: at.items[0], amount, why: 'x' })
      return at.engineer.entity(spend).run(id, 'submit')
    }
    await expect(document('0.01')).rejects.toMatchObject(refused('limit.budget_far_exceeded'))
    await document('-5')
  })

  test('a target is never lowered below what is used, what waits in approval included', async () => {
    const at = await site()
    const first = await at.write(at.line(0, '1000'))
    await at.approve(first.id)
    const { id: spent } = await at.engineer
      .entity(spend)
      .create({ project: at.project, item: at.items[0], amount: '700', why: 'x' })
    await at.engineer.entity(spend).run(spent, 'submit')
    const { id, change } = await revise(at, first.id, 'adjust')
    await change({ [at.items[0]]: '699.99' })
    await expect(at.engineer.entity(budget).run(id, 'submit')).rejects.toMatchObject(refused('limit.budget_below_used'))
    await change({ [at.items[0]]: '700' })
    await at.approve(id)
    expect(await at.target(0)).toBe('700.00')
  })
})

describe('where the targets stand', () => {
  test('target, bound, in approval and left, by cost item and in all; a foreman sees none of it', async () => {
    const at = await site()
    await at.approve((await at.write(at.line(0, '1000'), at.line(1, '500'))).id)
    const { id } = await at.engineer
      .entity(spend)
      .create({ project: at.project, item: at.items[0], amount: '950', why: 'x' })
    await at.engineer.entity(spend).run(id, 'submit')
    const standing = (who: Person) => who.perform<Standing>('budget.standing', { project: at.project })
    expect(await standing(at.manager)).toMatchObject({
      rows: [
        { target: '1000.00', committed: '0.00', pending: '950.00', available: '50.00', ratio: '0.95', level: 'warn' },
        { target: '500.00', available: '500.00', ratio: '0', level: 'pass' },
      ],
      total: { target: '1500.00', pending: '950.00', available: '550.00' },
    })
    const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
    await expect(standing(foreman)).rejects.toMatchObject({ status: 403 })
    await expect(foreman.entity(budget).list()).rejects.toMatchObject({ status: 403 })
    const elsewhere = (await site()).manager
    expect(await standing(elsewhere)).toMatchObject({ budget: null, rows: [] })
  })
})
