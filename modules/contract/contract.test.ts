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
import { project as projects } from '../project/project.entity.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'
import { contractLedger } from './contract.ledger.ts'
import type { Checked } from './figures-shape.ts'
import { contractSite, next } from './testing/site.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, budgetLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})

const site = (target?: Decimal) => contractSite(app, target)

test('an approved contract binds the target at its net value where input VAT is deductible, at gross where not', async () => {
  const { write, approve, committed, keeper, project, pmo } = await site()
  const one = await write('109000.00')
  await approve(one.id)
  expect(await keeper.entity(contract).get(one.id)).toMatchObject({
    ...{ state: 'effective', stage: 'to_sign', gross_amount: '109000.00', net_amount: '100000.00' },
    tax_amount: '9000.00',
  })
  expect(await committed()).toBe('100000.00')
  await approve((await write('50000.00', { invoice_type: 'plain' })).id)
  expect(await committed()).toBe('150000.00')
  const system = systemContext(app.host, 'test')
  const key = { project, contract: one.id, direction: 'expense' }
  expect((await balanceOf(system, contractLedger.name, key)).posted.sum).toBe('109000.00')
  // Under the simplified method nothing is deducted, whatever is invoiced; what was agreed before keeps its basis.
  const of = pmo.entity(projects)
  await of.patch(project, (await of.get(project)).version, { tax_method: 'simplified' })
  const simplified = await write('10900.00')
  expect(simplified).toMatchObject({ invoice_type: 'special', deductible: false })
  await approve(simplified.id)
  expect(await committed()).toBe('160900.00')
  await expect(write('1.00', { deductible: true })).rejects.toMatchObject({
    problem: { errors: [{ path: 'deductible' }] },
  })
})

test('a contract far beyond the target is stopped when it is submitted, and says what to do', async () => {
  const { write, keeper } = await site('100000.00')
  const { id } = await write('200000.00')
  await expect(keeper.entity(contract).run(id, 'submit')).rejects.toMatchObject({
    problem: { code: 'limit.budget_far_exceeded' },
  })
})

test('G-4.2: of a target of 4,000,000 with 3,200,000 used a contract is passed, warned of, escalated or stopped', async () => {
  const { write, approve, keeper, manager, finance, boss } = await site('4000000.00')
  const net = { price_mode: 'net' as const }
  await approve((await write('3200000.00', net)).id)
  const submitted = async (amount: Decimal) => {
    const { id } = await write(amount, net)
    return { id, run: await keeper.entity(contract).run(id, 'submit') }
  }
  const back = (id: Id<'contract'>) => keeper.entity(contract).run(id, 'withdraw')
  const just = await submitted('800000.00')
  expect(just.run).toMatchObject({ warnings: ['limit.budget_nearly_used'] })
  await back(just.id)
  for (const amount of ['850000.00', '1000000.00'] as const) {
    const over = await submitted(amount)
    expect(over.run).toMatchObject({ warnings: ['limit.budget_nearly_used', 'limit.budget_exceeded'] })
    for (const person of [manager, finance]) await person.entity(contract).run(over.id, 'approve')
    expect(await boss.entity(contract).run(over.id, 'approve')).toMatchObject({
      ...{ state: 'pending', escalated: ['limit.budget_exceeded'] },
    })
    await boss.entity(contract).run(over.id, 'reject', { opinion: '超' })
  }
  await expect(submitted('1010000.00')).rejects.toMatchObject({ problem: { code: 'limit.budget_far_exceeded' } })
})

test('what has no target of its own uses the nearest above it, which then stays as it is', async () => {
  const { project: of, keeper, party, item, committed, approve } = await site('100000.00')
  const code = (await keeper.entity(costItem).get(item)).code
  await expect(keeper.entity(costItem).create({ code: `${code}.01`, name: '开挖' })).rejects.toMatchObject({
    problem: { code: 'budget.leaf_used' },
  })
  // A target of a branch: its leaves share it.
  const branch = `B${next()}`
  const above = await keeper.entity(costItem).create({ code: branch, name: '机械' })
  const below = await keeper.entity(costItem).create({ code: `${branch}.01`, name: '塔吊' })
  const plan = (await keeper.entity(budget).list({ filter: { project: { eq: of } } })).items[0]
  if (!plan) throw new Error('no target')
  const { id } = (await keeper.entity(budget).run(plan.id, 'adjust')) as { id: Id<'budget'> }
  const { version } = await keeper.entity(budget).get(id)
  const both = [above, below].map(each => ({ item: each.id, qty: '1' as const, price: '50000.00' as const }))
  await expect(keeper.entity(budget).patch(id, version, { lines: { upsert: both } })).rejects.toMatchObject({
    problem: { errors: [{ path: 'lines.2.item', code: 'budget.nested' }] },
  })
  await keeper.entity(budget).patch(id, version, { lines: { upsert: both.slice(0, 1) } })
  const [manager, boss] = [await app.as('project_manager', { at: { kind: 'project', id: of } }), await app.as('boss')]
  await keeper.entity(budget).run(id, 'submit')
  await manager.entity(budget).run(id, 'approve')
  await boss.entity(budget).run(id, 'approve')
  const write = (amount: Decimal) =>
    keeper.entity(contract).create({
      ...{ name: '塔吊租赁', project: of, counterparty: party.id, kind: 'rental', price_mode: 'net' },
      lines: [{ name: '塔吊', item: below.id, amount }],
    })
  await approve((await write('40000.00')).id)
  const system = systemContext(app.host, 'test')
  const bound = await balanceOf(system, budgetLedger.name, { project: of, item: above.id })
  expect([bound.posted.committed, await committed()]).toEqual(['40000.00', '0.00'])
  await expect(keeper.entity(contract).run((await write('13000.00')).id, 'submit')).rejects.toMatchObject({
    problem: { code: 'limit.budget_far_exceeded' },
  })
})

test('amounts are entered gross or net and split once; the number says the side; a paper number is taken once', async () => {
  const { project, party, write, approve, keeper, manager, finance, boss } = await site()
  const gross = await write('1.00', {
    direction: 'income',
    lines: [1, 2, 3].map(n => ({ name: `${n}`, amount: '33.33' })),
  })
  expect(gross).toMatchObject({ gross_amount: '99.99', net_amount: '91.74', tax_amount: '8.25' })
  const net = await write('100000.00', { price_mode: 'net', contract_no: `ZC-${project}` })
  expect(net).toMatchObject({ gross_amount: '109000.00', net_amount: '100000.00', tax_amount: '9000.00' })
  await expect(write('1.00', { contract_no: `ZC-${project}` })).rejects.toMatchObject({
    problem: { errors: [{ path: 'company' }, { path: 'contract_no', code: 'field.unique' }] },
  })
  expect((await approve(net.id)) as object).toMatchObject({ number: expect.stringMatching(/^ZC-\d{6}-\d{4}$/) })
  expect((await approve(gross.id)) as object).toMatchObject({ number: expect.stringMatching(/^SR-/) })
  await keeper.entity(contract).run(net.id, 'sign', { signed_on: '2026-03-01' })
  expect(await boss.entity(contract).get(net.id)).toMatchObject({ stage: 'signed', signed_on: '2026-03-01' })
  const [waiting, unsigned] = [await write('2.00'), await write('3.00')]
  await approve(unsigned.id)
  await keeper.entity(contract).run(waiting.id, 'submit')
  await manager.entity(contract).run(waiting.id, 'approve')
  await finance.entity(contract).run(waiting.id, 'approve')
  await keeper.entity(counterparty).run(party.id, 'blacklist', { reason: '拖欠工资' })
  const blacklisted = {
    problem: { code: 'counterparty.blacklisted', detail: expect.stringContaining('拖欠工资') },
  }
  await expect(write('1.00')).rejects.toMatchObject(blacklisted)
  // Neither does a day of signing before it help, nor that it was submitted or approved before.
  await expect(write('1.00', { signed_on: '2020-01-01' })).rejects.toMatchObject(blacklisted)
  await expect(boss.entity(contract).run(waiting.id, 'approve')).rejects.toMatchObject(blacklisted)
  await expect(keeper.entity(contract).run(unsigned.id, 'sign', { signed_on: '2020-01-01' })).rejects.toMatchObject(
    blacklisted,
  )
})

test('terms that make no sense are told by field, unusual ones before it is submitted', async () => {
  const { write, keeper } = await site()
  const advance = { advance_amount: '50000.00', recovery: 'linear' }
  const refused = (more: object, path: string, code: string) =>
    expect(write('100000.00', { ...advance, ...more })).rejects.toMatchObject({
      problem: { status: 422, errors: [{ path, code: `contract.${code}` }] },
    })
  await refused({ recovery_from: '0.8', recovery_to: '0.2' }, 'recovery_to', 'linear_range')
  await refused({ recovery_to: '0.8' }, 'recovery_from', 'recovery_missing')
  await refused({ recovery: 'threshold', material_share: '0.4' }, 'advance_amount', 'threshold_below_zero')
  await refused(
    { advance_amount: '100000.01', recovery: 'fixed', recovery_each: '1' },
    'advance_amount',
    'advance_over_sum',
  )
  const { id } = await write('100000.00', {
    ...{
      retention_share: '0.05',
      warranty_months: 36,
      performance_bond_amount: '10000.01',
      pricing_standard: 'gb2024',
    },
    ...{ direction: 'income', public_client: true, progress_share: '0.7' },
    plan: [{ milestone: '封顶', due_on: '2026-12-01', share: '0.333333' }],
  })
  const { concerns } = (await keeper.entity(contract).run(id, 'concerns')) as Checked
  expect(concerns.map(each => each.code)).toEqual([
    ...['retention_share', 'warranty', 'performance_bond', 'progress_share', 'plan_sum', 'no_deviation_clause'],
  ])
  expect(concerns[4]?.values).toEqual({ planned: '33,333.30', sum: '100,000.00' })
})

test('a supplement moves the sum of its contract; the orders of a framework are its sum', async () => {
  const { write, approve, keeper, item, manager, finance, boss } = await site()
  const main = await write('100000.00')
  await approve(main.id)
  await keeper.entity(contract).run(main.id, 'sign', { signed_on: '2026-03-01' })
  const more = await write('-20000.00', { form: 'supplement', parent: main.id })
  await keeper.entity(billItem).create({
    ...{ contract: more.id, code: '010101009001', name: '补充', unit: 'm3', qty: '-2', price: '10000', item },
  })
  await approve(more.id)
  const figures = (id: Id<'contract'>) => keeper.entity(contract).run(id, 'figures')
  expect(await figures(main.id)).toMatchObject({ original: '100000.00', changes: '-20000.00', sum: '80000.00' })
  const joined = await keeper.entity(billItem).list({ filter: { contract: { eq: main.id } } })
  expect(joined.items).toMatchObject([{ code: '010101009001', supplement: more.id }])
  // The same code again would have nowhere to go: told when it is submitted, not when it is approved.
  const again = await write('5.00', { form: 'supplement', parent: main.id })
  await keeper.entity(billItem).create({
    ...{ contract: again.id, code: '010101009001', name: '又一补充', unit: 'm3', qty: '1', price: '5', item },
  })
  await expect(keeper.entity(contract).run(again.id, 'submit')).rejects.toMatchObject({
    problem: { code: 'contract.codes_taken', detail: expect.stringContaining('010101009001') },
  })
  // Void, it takes its items along, and its code is free.
  const other = await app.as('boss')
  await boss.entity(contract).run(more.id, 'void', { reason: '未签成' })
  for (const person of [manager, finance, other]) {
    expect(await figures(main.id)).toMatchObject({ sum: '80000.00' })
    await person.entity(contract).run(more.id, 'approve')
  }
  expect(await figures(main.id)).toMatchObject({ sum: '100000.00' })
  expect((await keeper.entity(billItem).list({ filter: { contract: { eq: main.id } } })).items).toEqual([])
  await keeper.entity(contract).run(again.id, 'submit')
  const frame = await write('0', { form: 'framework', lines: [] })
  await approve(frame.id)
  await expect(write('1.00', { form: 'supplement', parent: frame.id })).rejects.toMatchObject({
    problem: { errors: [{ path: 'parent', code: 'contract.supplement_parent' }] },
  })
  for (const amount of ['30000.00', '12000.00'] as const)
    await approve((await write(amount, { form: 'order', parent: frame.id })).id)
  expect(await figures(frame.id)).toMatchObject({ sum: '42000.00', original: '42000.00' })
})

test('bill and lines agree to the fen, or it is not submitted; the lines are made from the bill', async () => {
  const { write, keeper, item } = await site()
  const { id } = await write('1000.00')
  for (const [code, qty, price] of [
    ['010101001001', '33.3333', '10.0003'],
    ['010101001002', '100', '8.15'],
  ] as const)
    await keeper.entity(billItem).create({ contract: id, code, name: '挖土方', unit: 'm3', qty, price, item })
  const { differences } = (await keeper.entity(contract).run(id, 'concerns')) as Checked
  expect(differences).toMatchObject([{ bill: '1148.34', lines: '1000.00', difference: '148.34' }])
  await expect(keeper.entity(contract).run(id, 'submit')).rejects.toMatchObject({
    problem: { code: 'contract.bill_differs' },
  })
  await keeper.entity(contract).run(id, 'lines_from_bill')
  expect(await keeper.entity(contract).get(id)).toMatchObject({ gross_amount: '1148.34' })
  await keeper.entity(contract).run(id, 'submit')
  const bill = keeper.entity(billItem).create({ contract: id, code: 'x', name: 'y', unit: 'm', qty: '1', price: '1' })
  await expect(bill).rejects.toMatchObject({ problem: { code: 'contract.bill_fixed' } })
})

test('what a contract spends says for which cost item', async () => {
  const { keeper, project, party } = await site()
  const lines = [{ name: '土方', amount: '1.00' as const }]
  const made = keeper.entity(contract).create({ name: '无科目', project, counterparty: party.id, lines })
  await expect(made).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'lines.0.item', code: 'contract.item' }] },
  })
})

// The last one: the company has a counsel from here on.
test('where a company has a counsel he is asked beside finance, and nobody after them before both agreed', async () => {
  const { write, keeper, manager, finance, boss } = await site()
  const without = await write('1000.00')
  await keeper.entity(contract).run(without.id, 'submit')
  const counsel = await app.as('legal')
  const { id } = await write('2000.00')
  await keeper.entity(contract).run(id, 'submit')
  await manager.entity(contract).run(id, 'approve')
  const approve = (who: typeof keeper, which = id) => who.entity(contract).run(which, 'approve')
  await approve(finance)
  await expect(approve(boss)).rejects.toMatchObject({ status: 403 })
  expect(await counsel.entity(contract).get(id)).toMatchObject({ gross_amount: '2000.00', legal_review: true })
  await approve(counsel)
  expect(await approve(boss)).toMatchObject({ state: 'effective' })
  // What was submitted before keeps its way.
  for (const who of [manager, finance, boss]) await approve(who, without.id)
  expect(await keeper.entity(contract).get(without.id)).toMatchObject({ state: 'effective' })
  await expect(counsel.entity(contract).patch(id, 1, { name: '改' })).rejects.toMatchObject({ status: 403 })
})
