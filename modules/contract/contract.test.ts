// Contracts: what is agreed binds the target cost, and only within it.
import type { Decimal, Id } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { budget } from '../budget/budget.entity.ts'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { contract } from './contract.entity.ts'
import { contractLedger } from './contract.ledger.ts'

let app: TestApp
let count = 0
beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, budgetLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})

/** A project with a target of 1,000,000 for one cost item, and a subcontractor. */
async function site(target: Decimal = '1000000.00') {
  const [pmo, boss, finance, keeper] = [
    await app.as('pmo'),
    await app.as('boss'),
    await app.as('finance'),
    await app.as('cost_engineer'),
  ]
  const made = await pmo.entity(project).create({ name: `项目 ${++count}`, type: 'building', company: app.company })
  const place = { kind: 'project', id: made.id } as const
  const manager = await app.as('project_manager', { at: place })
  const item = (await keeper.entity(costItem).create({ code: `C${++count}`, name: '分包' })).id
  const party = await keeper.entity(counterparty).create({
    ...{ name: `单位 ${count}`, roles: ['subcontractor'], taxpayer: 'person' },
  })
  const plan = await keeper
    .entity(budget)
    .create({ name: '目标成本', project: made.id, lines: [{ item, qty: '1', price: target }] })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')
  const write = (gross: Decimal, more: object = {}) =>
    keeper.entity(contract).create({
      ...{ name: '土方分包', project: made.id, counterparty: party.id, direction: 'expense', kind: 'subcontract' },
      lines: [{ name: '土方开挖', item, gross_amount: gross, tax_rate: '0.09' }],
      ...more,
    })
  const approve = async (id: Id<'contract'>) => {
    await keeper.entity(contract).run(id, 'submit')
    await manager.entity(contract).run(id, 'approve')
    await finance.entity(contract).run(id, 'approve')
    return boss.entity(contract).run(id, 'approve')
  }
  const committed = async () =>
    (await balanceOf(systemContext(app.host, 'test'), budgetLedger.name, { project: made.id, item })).posted.committed
  return { project: made.id, keeper, manager, boss, item, party, write, approve, committed }
}

test('an approved contract binds the target at its net value where input VAT is deductible, at gross where not', async () => {
  const { write, approve, committed, keeper, project } = await site()
  const one = await write('109000.00')
  await approve(one.id)
  expect(await keeper.entity(contract).get(one.id)).toMatchObject({
    ...{ state: 'effective', stage: 'to_sign', gross_amount: '109000.00', net_amount: '100000.00' },
    tax_amount: '9000.00',
  })
  expect(await committed()).toBe('100000.00')
  await approve((await write('50000.00', { deductible: false })).id)
  expect(await committed()).toBe('150000.00')
  const system = systemContext(app.host, 'test')
  const key = { project, contract: one.id, direction: 'expense' }
  expect((await balanceOf(system, contractLedger.name, key)).posted.sum).toBe('109000.00')
})

test('a contract far beyond the target is stopped when it is submitted, and says what to do', async () => {
  const { write, keeper } = await site('100000.00')
  const { id } = await write('200000.00')
  await expect(keeper.entity(contract).run(id, 'submit')).rejects.toMatchObject({
    problem: { code: 'limit.budget_far_exceeded' },
  })
})

test('what a contract spends says for which cost item', async () => {
  const { keeper, project, party } = await site()
  const lines = [{ name: '土方', gross_amount: '1.00' as const }]
  const made = keeper.entity(contract).create({ name: '无科目', project, counterparty: party.id, lines })
  await expect(made).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'lines.0.item', code: 'contract.item' }] },
  })
})
