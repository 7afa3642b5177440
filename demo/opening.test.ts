// Taking over a running project: it balances, it continues as if it had been here from the start, and it can be taken back
// while nothing builds on it.
import { progressApplication } from '@yingzao/engines/contract-money'
import { add, type Decimal, subtract } from '@yingzao/engines/money'
import { allow, defineModule, entity, f, type Id, post } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { debtLedger } from '@yingzao/modules/bank-account/debt.ledger'
import { budget } from '@yingzao/modules/budget/budget.entity'
import { budgetLedger } from '@yingzao/modules/budget/budget.ledger'
import { advanceLedger } from '@yingzao/modules/claim/advance.ledger'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { contractLedger } from '@yingzao/modules/contract/contract.ledger'
import { costLedger } from '@yingzao/modules/cost-center/cost.ledger'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import { progressClaim } from '@yingzao/modules/measurement/progress-claim.entity'
import { opening } from '@yingzao/modules/opening/opening.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

const label = (en: string) => ({ zh: en, en })
const measures = ['measured', 'due', 'advanced', 'recovered', 'deducted', 'paid', 'invoiced'] as const
/** A month of a contract as measurement, claim, payment and invoice post it. */
const month = entity('t_month', {
  kind: 'document',
  label: label('Month'),
  title: 'note',
  fields: {
    note: f.text(label('Note')),
    project: f.ref('project', label('Project'), { required: true }),
    contract: f.ref('contract', label('Contract'), { required: true }),
    measured: f.money(label('Measured')),
    due: f.money(label('Due')),
    advanced: f.money(label('Advanced')),
    recovered: f.money(label('Recovered')),
    deducted: f.money(label('Deducted')),
    paid: f.money(label('Paid')),
    invoiced: f.money(label('Invoiced')),
  },
  place: { project: 'project' },
  posting: [
    post(contractLedger, {
      dims: { contract: 'contract', direction: '"income"' },
      measures: Object.fromEntries(measures.map(name => [name, name])),
    }),
  ],
  access: [allow('finance', 'read create submit void')],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_month: typeof month
  }
}

let app: TestApp
let count = 0
beforeAll(async () => {
  app = await testApp({
    more: [defineModule({ name: 'months', label: label('Months'), needs: ['contract'], entities: [month] })],
  })
})
afterAll(async () => {
  if (!app) return
  for (const { name } of [contractLedger, budgetLedger, costLedger])
    expect(await differences(systemContext(app.host, 'test'), name)).toEqual([])
  await app.close()
})
const fault = (path: string, code: string) => ({ problem: { errors: [expect.objectContaining({ path, code })] } })

async function site() {
  const [pmo, boss, finance, keeper] = [
    await app.as('pmo'),
    await app.as('boss'),
    await app.as('finance'),
    await app.as('cost_engineer'),
  ]
  const made = await pmo.entity(project).create({ name: `接管项目 ${++count}`, type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: made.id } })
  const item = async (name: string) => (await keeper.entity(costItem).create({ code: `Q${++count}`, name })).id
  const items = [await item('分包'), await item('间接费')] as const
  const plan = await keeper.entity(budget).create({
    ...{ name: '目标成本', project: made.id },
    lines: items.map(each => ({ item: each, qty: '1' as const, price: '9000000' as const })),
  })
  await keeper.entity(budget).run(plan.id, 'submit')
  await manager.entity(budget).run(plan.id, 'approve')
  await boss.entity(budget).run(plan.id, 'approve')
  const party = await keeper
    .entity(counterparty)
    .create({ name: `单位 ${++count}`, roles: ['client'], taxpayer: 'person' })
  const agree = async (direction: 'income' | 'expense', gross: Decimal, more: object = {}) => {
    const { id } = await keeper.entity(contract).create({
      ...{ name: `合同 ${++count}`, project: made.id, counterparty: party.id, direction, kind: 'works' },
      lines: [{ name: '工程款', item: items[0], amount: gross, tax_rate: '0.09' }],
      ...more,
    })
    await keeper.entity(contract).run(id, 'submit')
    await manager.entity(contract).run(id, 'approve')
    await finance.entity(contract).run(id, 'approve')
    await boss.entity(contract).run(id, 'approve')
    return id
  }
  const approve = async (id: Id<'opening'>) => {
    await keeper.entity(opening).run(id, 'submit')
    await manager.entity(opening).run(id, 'approve')
    return finance.entity(opening).run(id, 'approve')
  }
  const write = (more: object) =>
    keeper.entity(opening).create({ name: '期初', project: made.id, as_on: '2026-06-30', ...more })
  const standing = async (id: string, direction: string) =>
    (
      await balanceOf(systemContext(app.host, 'test'), contractLedger.name, {
        ...{ project: made.id, contract: id, direction },
      })
    ).posted
  return { project: made.id, pmo, boss, finance, keeper, manager, items, party, agree, approve, write, standing }
}

/** G-5.1: gross 10,900,000, an advance of 1,090,000 recovered between 20 % and 80 %, paid at 80 %. */
const terms = {
  progressShare: '0.8',
  advance: { amount: '1090000', recovery: { mode: 'linear', from: '0.2', to: '0.8' } },
  retention: { mode: 'none', share: '0' },
} as const
/** The next claim, from where the contract stands in its ledger. */
function claim(at: Readonly<Record<string, Decimal>>, period: number, more: Decimal, deducted: Decimal) {
  const of = (name: string): Decimal => at[name] ?? '0.00'
  return progressApplication(terms, {
    ...{ period, recoverySum: '10900000', currentSum: of('sum') },
    ...{ measured: add(of('measured'), more), deductions: add(of('deducted'), deducted) },
    paid: subtract(of('due'), of('advanced')),
  })
}

test('G-5.1: a contract taken over after period 1 goes on exactly as one whose periods were entered here', async () => {
  const at = await site()
  const [entered, taken] = [await at.agree('income', '10900000.00'), await at.agree('income', '10900000.00')]
  const { id } = await at.finance.entity(month).create({
    ...{ note: '第 1 期', project: at.project, contract: entered, measured: '1635000', due: '2398000' },
    ...{ advanced: '1090000', paid: '2398000', invoiced: '2398000' },
  })
  await at.finance.entity(month).run(id, 'submit')
  const made = await at.write({
    contracts: [
      {
        ...{ contract: taken, direction: 'income', measured_amount: '1635000', measured_net_amount: '1500000' },
        ...{ due_amount: '1308000', advanced_amount: '1090000', paid_amount: '2398000', invoiced_amount: '2398000' },
      },
    ],
    control_paid_amount: '2398000.00',
  })
  await at.approve(made.id)
  const [one, two] = [await at.standing(entered, 'income'), await at.standing(taken, 'income')]
  expect({ ...two, measured_net: one.measured_net }).toEqual(one)
  const second = claim(two, 2, '3270000', '20000')
  expect(second).toMatchObject({
    earned: '3924000.00',
    recovered: '454166.67',
    due: '3449833.33',
    payable: '2141833.33',
  })
  const after = {
    ...two,
    measured: '4905000.00',
    due: add(two.due ?? '0', second.payable),
    deducted: '20000.00',
  } as const
  expect(claim(after, 3, '3815000', '0')).toMatchObject({
    recovered: '1090000.00',
    due: '5866000.00',
    payable: '2416166.67',
  })
})

test('cost to date counts once: what a contract spent is bound by it, what had none is direct; both are measured cost', async () => {
  const at = await site()
  const sub = await at.agree('expense', '1090000.00')
  const line = {
    ...{ contract: sub, measured_amount: '545000', measured_net_amount: '500000', due_amount: '436000' },
    ...{ paid_amount: '400000', invoiced_amount: '300000' },
  }
  const cost = { item: at.items[0], contract: sub, amount: '500000' }
  const made = await at.write({ contracts: [line], costs: [cost, { item: at.items[1], amount: '80000' }] })
  expect(made).toMatchObject({ expense_measured_amount: '545000.00', cost_amount: '580000.00' })
  await at.approve(made.id)
  const system = systemContext(app.host, 'test')
  const budgeted = async (item: string) =>
    (await balanceOf(system, budgetLedger.name, { project: at.project, item })).posted
  expect(await budgeted(at.items[0])).toMatchObject({ committed: '1000000.00', direct: '0.00' })
  expect(await budgeted(at.items[1])).toMatchObject({ committed: '0.00', direct: '80000.00' })
  expect((await balanceOf(system, costLedger.name, { project: at.project, item: at.items[0] })).posted.amount).toBe(
    '500000.00',
  )
  expect(await at.standing(sub, 'expense')).toMatchObject({
    requested: '400000.00',
    paid: '400000.00',
    due: '436000.00',
  })
})

test('what does not balance is refused line by line, with both figures', async () => {
  const at = await site()
  const [sub, other] = [await at.agree('expense', '1090000.00'), (await site()).agree]
  const line = { contract: sub, measured_amount: '545000', measured_net_amount: '500000', due_amount: '436000' }
  const cost = { item: at.items[0], contract: sub, amount: '500000' }
  await expect(at.write({ contracts: [line], costs: [{ ...cost, amount: '499999.99' }] })).rejects.toMatchObject(
    fault('contracts.0.measured_net_amount', 'opening.cost_differs'),
  )
  await expect(at.write({ contracts: [line], costs: [cost], control_due_amount: '436000.01' })).rejects.toMatchObject(
    fault('control_due_amount', 'opening.control'),
  )
  await expect(at.write({ contracts: [{ ...line, direction: 'income' }] })).rejects.toMatchObject({
    problem: { errors: expect.arrayContaining([expect.objectContaining({ code: 'opening.direction' })]) },
  })
  await expect(at.write({ costs: [cost] })).rejects.toMatchObject(fault('costs.0.contract', 'opening.cost_alone'))
  await expect(at.write({})).rejects.toMatchObject(fault('contracts', 'opening.empty'))
  const foreign = await other('income', '5.00')
  await expect(at.write({ contracts: [{ contract: foreign, direction: 'income' }] })).rejects.toMatchObject(
    fault('contracts.0.contract', 'opening.other_project'),
  )
  await expect(
    at.write({
      contracts: [{ ...line, measured_net_amount: '0', measured_amount: '0', due_amount: '1', paid_amount: '2' }],
    }),
  ).rejects.toMatchObject({ status: 422 })
  await expect(
    at.write({
      contracts: [{ ...line, measured_amount: '1090000.01', measured_net_amount: '1000000.01' }],
      costs: [{ ...cost, amount: '1000000.01' }],
    }),
  ).rejects.toMatchObject(fault('contracts.0.measured_amount', 'opening.over_sum'))
})

test('an opening is void while nothing builds on it, and a contract under way here is not taken over', async () => {
  const at = await site()
  const income = await at.agree('income', '1000000.00')
  const line = { contract: income, direction: 'income', measured_amount: '100000', due_amount: '80000' }
  const first = await at.write({ contracts: [line] })
  await at.approve(first.id)
  const moved = await at.finance
    .entity(month)
    .create({ note: '下月', project: at.project, contract: income, measured: '50000', due: '40000' })
  await at.finance.entity(month).run(moved.id, 'submit')
  const take = () => at.finance.entity(opening).run(first.id, 'void', { reason: '金额有误' })
  await expect(take()).rejects.toMatchObject({ problem: { code: 'opening.built_on' } })
  await expect(at.write({ contracts: [line] })).rejects.toMatchObject(fault('contracts.0.contract', 'opening.begun'))
  const fresh = await site()
  const clean = await fresh.agree('income', '1000000.00')
  const wrong = await fresh.write({ contracts: [{ ...line, contract: clean }] })
  await fresh.approve(wrong.id)
  await fresh.finance.entity(opening).run(wrong.id, 'void', { reason: '金额有误' })
  await fresh.manager.entity(opening).run(wrong.id, 'approve')
  await at.finance.entity(opening).run(wrong.id, 'approve')
  expect(await fresh.standing(clean, 'income')).toMatchObject({ measured: '0.00', due: '0.00', sum: '1000000.00' })
})

test('an opening is reversed by its own approval while nothing depends on it; what does is named; then it is entered anew', async () => {
  const at = await site()
  const accountant = await app.as('finance')
  const income = await at.agree('income', '1000000.00')
  const line = { contract: income, direction: 'income', measured_amount: '100000', due_amount: '80000' }
  const first = await at.write({ contracts: [line] })
  await at.approve(first.id)
  const moved = await at.finance
    .entity(month)
    .create({ note: '下月', project: at.project, contract: income, measured: '50000', due: '40000' })
  await at.finance.entity(month).run(moved.id, 'submit')
  const back = () => accountant.entity(opening).run(first.id, 'reverse', { reason: '金额有误' })
  const { number } = await at.finance.entity(month).get(moved.id)
  await expect(back()).rejects.toMatchObject({
    problem: { code: 'opening.built_on', detail: expect.stringContaining(number ?? 'Month') },
  })
  await at.finance.entity(month).run(moved.id, 'void', { reason: '撤回' })
  const { mirror } = (await back()) as { mirror: Id<'opening'> }
  expect(await at.finance.entity(opening).get(mirror)).toMatchObject({
    ...{ state: 'pending', measured_amount: '-100000.00', income_measured_amount: '-100000.00' },
  })
  await at.manager.entity(opening).run(mirror, 'approve')
  await at.finance.entity(opening).run(mirror, 'approve')
  expect(await at.finance.entity(opening).get(first.id)).toMatchObject({ state: 'reversed' })
  expect(await at.standing(income, 'income')).toMatchObject({ measured: '0.00', due: '0.00', sum: '1000000.00' })
  const again = await at.write({ contracts: [{ ...line, measured_amount: '120000' }] })
  await at.approve(again.id)
  expect(await at.standing(income, 'income')).toMatchObject({ measured: '120000.00', due: '80000.00' })
})

test('a fixed recovery goes on from the claims before the take-over: the fourth takes back four times', async () => {
  const at = await site()
  const taken = await at.agree('income', '1000000.00', {
    ...{ advance_amount: '100000', recovery: 'fixed', recovery_each: '15000', progress_share: '0.8' },
    retention_mode: 'none',
  })
  const made = await at.write({
    contracts: [
      {
        ...{ contract: taken, direction: 'income', measured_amount: '400000', due_amount: '195000' },
        ...{ advanced_amount: '100000', recovered_amount: '45000', paid_amount: '295000', claims_before: 3 },
      },
    ],
  })
  await at.approve(made.id)
  await at.keeper.entity(contract).run(taken, 'sign', { signed_on: '2026-01-05' })
  const claimed = await at.keeper
    .entity(progressClaim)
    .create({ contract: taken, kind: 'progress', claimed_on: '2026-07-31' })
  // P = 400,000 × 80 %; Dn = 4 × 15,000; K = 260,000; paid before 195,000.
  expect(claimed).toMatchObject({
    ...{ period_no: 4, earned_amount: '320000.00', recovered_total: '60000.00', payable_amount: '65000.00' },
  })
})

test('debts outside contracts and staff advances of a company are taken over, and taken back while nothing settled them', async () => {
  const at = await site()
  const lentTo = await app.as()
  const accountant = await app.as('finance')
  const debts = [
    { kind: 'receivable', counterparty: at.party.id, amount: '120000.00', due_on: '2026-05-31' },
    { kind: 'borrowed', counterparty: at.party.id, amount: '3000000.00', due_on: '2027-06-30' },
    { kind: 'payable', counterparty: at.party.id, amount: '80000.55' },
  ] as const
  const write = (more: object) =>
    accountant.entity(opening).create({
      ...{ name: '公司往来期初', company: app.company, as_on: '2026-06-30', debts },
      ...{ advances: [{ person: lentTo.user, amount: '5000.00' }], ...more },
    })
  await expect(write({ company: null })).rejects.toMatchObject(fault('project', 'opening.whose'))
  await expect(write({ costs: [{ item: at.items[0], amount: '1' }] })).rejects.toMatchObject(
    fault('project', 'opening.of_project'),
  )
  await expect(write({ control_owed_by_us_amount: '3080000.00' })).rejects.toMatchObject(
    fault('control_owed_by_us_amount', 'opening.control'),
  )
  const made = await write({ control_owed_by_us_amount: '3080000.55', control_owed_to_us_amount: '120000.00' })
  expect(made).toMatchObject({ owed_by_us_amount: '3080000.55', advance_amount: '5000.00' })
  await accountant.entity(opening).run(made.id, 'submit')
  await at.boss.entity(opening).run(made.id, 'approve')
  await at.finance.entity(opening).run(made.id, 'approve')
  const system = systemContext(app.host, 'test')
  const debt = async (kind: string) =>
    (await balanceOf(system, debtLedger.name, { company: app.company, counterparty: at.party.id, kind })).posted.arisen
  const lent = async () => (await balanceOf(system, advanceLedger.name, { person: lentTo.user })).posted.lent
  expect([await debt('receivable'), await debt('payable'), await lent()]).toEqual(['120000.00', '80000.55', '5000.00'])
  await at.finance.entity(opening).run(made.id, 'void', { reason: '重做' })
  await at.boss.entity(opening).run(made.id, 'approve')
  await accountant.entity(opening).run(made.id, 'approve')
  expect([await debt('receivable'), await debt('borrowed'), await lent()]).toEqual(['0.00', '0.00', '0.00'])
})

test('an Excel or CSV of the old books becomes an opening; what does not add up is told by row', async () => {
  const at = await site()
  const income = await at.agree('income', '10900000.00', { name: '总包合同' })
  const { name } = await at.keeper.entity(project).get(at.project)
  const head =
    '名称,项目,截止日期,控制数：计量,合同期初 / 合同,合同期初 / 收支,合同期初 / 累计计量（含税）,合同期初 / 累计应收应付'
  const { name: title } = await at.keeper.entity(contract).get(income)
  const file = (control: string) =>
    `${head}\n期初导入,${name},2026-06-30,${control},${title},收入,1635000.00,1308000.00\n`
  const bad = await at.keeper.entity(opening).importPreview(new Blob([file('1635000.01')]), 'q.csv')
  const good = await at.keeper.entity(opening).importPreview(new Blob([file('1635000.00')]), 'q.csv')
  expect([bad.rows, good.rows]).toEqual([
    { total: 1, good: 0, bad: 1 },
    { total: 1, good: 1, bad: 0 },
  ])
  expect(JSON.stringify(bad.bad)).toContain('与明细合计 1635000.00 不一致')
  const { job } = await at.keeper.entity(opening).importConfirm(good.id)
  await at.keeper.jobs.wait(job)
  const [made] = (await at.keeper.entity(opening).list({ filter: { project: { eq: at.project } } })).items
  expect(made).toMatchObject({ measured_amount: '1635000.00', due_amount: '1308000.00', state: 'draft' })
})

test('a foreman sees no opening', async () => {
  const at = await site()
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  await expect(foreman.entity(opening).list()).rejects.toMatchObject({ status: 403 })
})
