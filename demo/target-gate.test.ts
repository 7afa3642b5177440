// 超预算控制 at every door: whatever binds or spends a target meets the same table, at submit and again at final approval, with
// the figures of G-4.2. Documents whose modules are still to come pass it by their declaration alone: the gate is the ledger's.
import { add, type Decimal } from '@yingzao/engines/money'
import { allow, defineModule, entity, f, type Id, type Json, post, step } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { budgetLedger } from '@yingzao/modules/budget/budget.ledger'
import { costItem, expenseItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

const label = (en: string) => ({ zh: en, en })
/** As a module of a later issue would declare it. */
const slip = (name: string, measure: 'requisitioned' | 'direct') =>
  entity(name, {
    kind: 'document',
    label: label(name),
    title: 'why',
    number: `${name}-{seq:4}`,
    fields: {
      project: f.ref('project', label('Project'), { required: true }),
      why: f.text(label('Why')),
      item: f.ref('cost_item', label('Item'), { required: true }),
      amount: f.money(label('Amount'), { required: true }),
    },
    place: { project: 'project' },
    approval: 't_slip',
    posting: [post(budgetLedger, { dims: { item: 'item' }, measures: { [measure]: 'amount' }, reserve: true })],
    access: [allow('cost_engineer', 'read create update submit withdraw'), allow('project_manager', 'read')],
  })
const ordered = entity('t_order', {
  kind: 'document',
  label: label('Order'),
  title: 'why',
  number: 'O-{seq:4}',
  fields: {
    project: f.ref('project', label('Project'), { required: true }),
    why: f.text(label('Why')),
    item: f.ref('cost_item', label('Item'), { required: true }),
    amount: f.money(label('Amount'), { required: true }),
    requisitioned: f.money(label('Of it requisitioned'), { required: true }),
  },
  place: { project: 'project' },
  posting: [
    post(budgetLedger, {
      dims: { item: 'item' },
      measures: { committed: 'amount', requisitioned: '0 - requisitioned' },
      reserve: true,
    }),
  ],
  access: [allow('cost_engineer', 'read create submit')],
})
const slips = defineModule({
  name: 'slips',
  label: label('Slips'),
  needs: ['budget'],
  entities: [
    slip('t_requisition', 'requisitioned'),
    slip('t_day_work', 'direct'),
    slip('t_machine', 'direct'),
    ordered,
  ],
  flows: [
    {
      name: 't_slip',
      label: label('Slip'),
      root: step('manager', label('Manager'), { role: 'project_manager' }),
      escalation: step('boss', label('Boss'), { role: 'boss' }),
    },
  ],
})

type Values = Readonly<Record<string, Json>>
type Item = Id<'cost_item'>
type Role = 'manager' | 'finance' | 'head' | 'boss'
interface Door {
  readonly entity: string
  /** Whoever approves, in order; what exceeds the target then asks the managing director. */
  readonly chain: readonly Role[]
  readonly values: (item: Item, amount: Decimal, at: Place) => Values | Promise<Values>
  /** The field of the first line, or of the document, that says how much. */
  readonly amount: { readonly lines?: string; readonly field?: string }
  /** What the line says beyond the spending itself. */
  readonly base?: Decimal
  /** An amount below zero cannot be written: what it gives back comes by this verb of that person. */
  readonly back?: readonly [verb: string, who: Role | 'keeper']
}
interface Place {
  readonly project: Id<'project'>
  readonly party: Id<'counterparty'>
}

const bound =
  (more: Values) =>
  (item: Item, amount: Decimal, { project: of, party }: Place) => ({
    ...{ name: '土方', project: of, counterparty: party, direction: 'expense', kind: 'subcontract', price_mode: 'net' },
    lines: [{ name: '开挖', item, amount, tax_rate: '0.09' }],
    ...more,
  })
const settling = (amount: Decimal) => ({
  ...{ what: '结算', tax_rate: '0', submitted_amount: amount, approved_amount: amount },
})
const slipped = (name: string): Door => ({
  ...{ entity: name, chain: ['manager'], amount: { field: 'amount' } },
  values: (item, amount, { project: of }) => ({ project: of, item, amount, why: name }),
})
const contracting = { entity: 'contract', chain: ['manager', 'finance', 'boss'], amount: { lines: 'amount' } } as const
const doors: Readonly<Record<string, Door>> = {
  合同: { ...contracting, values: bound({}) },
  补充协议: {
    ...contracting,
    values: async (item, amount, at) => bound({ form: 'supplement', parent: await base(at) })(item, amount, at),
  },
  框架订单: {
    ...contracting,
    values: async (item, amount, at) => bound({ form: 'order', parent: await framework(at) })(item, amount, at),
  },
  变更签证: {
    ...{ entity: 'variation', chain: ['manager', 'head'], amount: { lines: 'price' } },
    values: async (item, price, at) => ({
      ...{ name: '变更', contract: await base(at) },
      lines: [{ name: '增加', unit: '项', qty: '1', price, tax_rate: '0.09', item }],
    }),
  },
  结算差异: {
    ...{ entity: 'settlement', chain: ['manager', 'finance', 'boss'], amount: { lines: 'approved_amount' } },
    base: '3200000.00',
    values: async (item, amount, at) => ({
      contract: await settled(item, at),
      settled_on: '2026-06-01',
      // Of what has no target, one line more than was agreed.
      lines: [
        ...(item === itemOf('无').item ? [{ ...settling('1'), item: itemOf('底').item }] : []),
        { ...settling(amount), item },
      ],
    }),
  },
  报销: {
    ...{
      entity: 'claim',
      chain: ['manager', 'finance', 'boss'],
      amount: { lines: 'amount' },
      back: ['reverse', 'finance'],
    },
    values: async (item, amount, place) => ({
      ...{ name: '费用', project: place.project },
      lines: [{ expense_item: await expenseOf(item, place), amount }],
    }),
  },
  无合同付款: {
    ...{ entity: 'payment_request', chain: ['manager', 'head', 'finance', 'boss'], amount: { field: 'amount' } },
    back: ['close_rest', 'keeper'],
    values: (item, amount, { project: of, party }) => ({
      ...{ name: '零星材料', kind: 'other', counterparty: party, project: of, item, amount },
    }),
  },
  采购申请: slipped('t_requisition'),
  点工: slipped('t_day_work'),
  机械台班: slipped('t_machine'),
}

let app: TestApp
let keeper: Person
let people: Record<Role, Person>
let at: Place
const items = new Map<string, { readonly item: Item; readonly target: Item }>()
const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing there')
  return value
}
const itemOf = (name: string) => there(items.get(name))

beforeAll(async () => {
  app = await testApp({ more: [slips] })
  const [pmo, boss, finance, head] = [
    ...[await app.as('pmo'), await app.as('boss')],
    ...[await app.as('finance'), await app.as('cost_engineer')],
  ]
  keeper = await app.as('cost_engineer')
  const made = await there(pmo).entity(project).create({ name: '项目', type: 'building', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: made.id } })
  people = { boss: there(boss), finance: there(finance), head: there(head), manager }
  const party = await people.finance.entity(counterparty).create({
    ...{ name: '单位', roles: ['subcontractor'], taxpayer: 'person' },
    accounts: [{ bank: '云州银行', number: '6222000011112222', main: true }],
  })
  at = { project: made.id, party: party.id }
  let code = 10
  const add = async (name: string, below: boolean) => {
    const target = (await keeper.entity(costItem).create({ code: String(++code), name })).id
    // A target may stand above the item that it is spent for: claims and payments use the nearest.
    const item = below ? (await keeper.entity(costItem).create({ code: `${code}.1`, name })).id : target
    items.set(name, { item, target })
  }
  for (const [name, { entity: of }] of Object.entries(doors))
    for (const leaf of ['一', '二']) await add(`${name}${leaf}`, of === 'claim' || of === 'payment_request')
  for (const name of ['底', '申请', '无', '退']) await add(name, false)
  const targets = [...items].filter(([name]) => name !== '无' && name !== '退').map(([, { target }]) => target)
  const plan = await keeper.entity<string>('budget').create({
    ...{ name: '目标成本', project: made.id },
    lines: targets.map(item => ({ item, qty: '1', price: '4000000' })),
  })
  await keeper.entity<string>('budget').run(plan.id, 'submit')
  await manager.entity<string>('budget').run(plan.id, 'approve')
  await people.boss.entity<string>('budget').run(plan.id, 'approve')
  // 3,200,000 is used of each; of what is settled by its contract.
  for (const name of Object.keys(doors))
    for (const leaf of ['一', '二']) {
      const { target } = itemOf(`${name}${leaf}`)
      if (name === '结算差异') await settled(target, at)
      else
        await effective('t_order', { project: made.id, item: target, amount: '3200000', requisitioned: '0', why: '' })
    }
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), budgetLedger.name)).toEqual([])
  await app.close()
})

const effective = async (entity: string, values: Values, chain: readonly Role[] = []) => {
  const { id } = await keeper.entity<string>(entity).create(values)
  await keeper.entity<string>(entity).run(id, 'submit')
  for (const who of chain) await people[who].entity<string>(entity).run(id, 'approve')
  return id
}
const once = <K, V>(make: (key: K, place: Place) => Promise<V>) => {
  const made = new Map<K, Promise<V>>()
  return (key: K, place: Place): Promise<V> => {
    const found = made.get(key) ?? make(key, place)
    made.set(key, found)
    return found
  }
}
const sign = async (values: Values) => {
  const id = await effective('contract', values, contracting.chain)
  await keeper.entity<string>('contract').run(id, 'sign', { signed_on: '2026-01-01' })
  return id
}
const baseOf = once((_: 'base', place) => sign(bound({})(itemOf('底').item, '1000', place)))
const base = (place: Place) => baseOf('base', place)
const frameworkOf = once((_: 'framework', place) =>
  effective(
    'contract',
    { ...bound({})(itemOf('底').item, '1', place), form: 'framework', lines: [] },
    contracting.chain,
  ),
)
const framework = (place: Place) => frameworkOf('framework', place)
/** The contract that a settlement is of; one of what has no target is that of another item. */
const settled = once(async (item: Item, place) => {
  const of = item === itemOf('无').item ? itemOf('底').item : item
  const amount = of === item ? '3200000' : '1'
  return sign({
    ...bound({})(of, amount, place),
    ...{ lines: [{ name: '开挖', item: of, amount, tax_rate: '0' }], retention_mode: 'none' },
  })
})
const expenseOf = once(async (item: Item, _: Place) => {
  const { id } = await people.finance
    .entity(expenseItem)
    .create({ code: `E${item.slice(-6)}`, name: '费用', cost_item: item })
  return id
})

/** What stands posted and reserved of the target together. */
async function used(name: string): Promise<Decimal> {
  const { posted, reserved } = await balanceOf(systemContext(app.host, 'test'), budgetLedger.name, {
    ...{ project: at.project, item: itemOf(name).target },
  })
  return ['committed', 'direct', 'requisitioned']
    .flatMap(measure => [posted[measure] ?? '0', reserved[measure] ?? '0'])
    .reduce<Decimal>((total, each) => add(total, each), '0.00')
}

async function through({ entity: name, values, amount, base: over = '0' }: Door, item: Item, first: Decimal) {
  const door = keeper.entity<string>(name)
  const { id } = await door.create(await values(item, add(first, over), at))
  const change = async (to: Decimal) => {
    const { version, lines } = (await door.get(id)) as { version: number; lines?: { id: string }[] }
    const total = add(to, over)
    const patch = amount.lines
      ? { lines: { upsert: (lines ?? []).map(line => ({ id: line.id, [there(amount.lines)]: total })) } }
      : { [there(amount.field)]: total }
    await door.patch(id, version, patch)
  }
  /** What the gate says when it is submitted. */
  const submit = async (): Promise<string[]> => {
    const { warnings } = (await door.run(id, 'submit')) as { warnings: string[] }
    return warnings.filter(code => code.startsWith('limit.budget'))
  }
  return { id, door, change, submit }
}
const near = ['limit.budget_nearly_used']
const beyond = [...near, 'limit.budget_exceeded']
const stopped = { problem: { code: 'limit.budget_far_exceeded' } }

test.each(Object.entries(doors))('G-4.2 at the door of %s', async (name, door) => {
  const { item } = itemOf(`${name}一`)
  const [first] = door.chain
  const one = await through(door, item, '399999.99')
  // 3,599,999.99 of 4,000,000 is under 90 %: nobody is told. What is rejected frees all of it, and the same document takes again.
  expect(await one.submit()).toEqual([])
  expect(await used(`${name}一`)).toBe('3599999.99')
  await people[there(first)].entity<string>(door.entity).run(one.id, 'reject', { opinion: '核减' })
  expect(await used(`${name}一`)).toBe('3200000.00')
  for (const [amount, said] of [
    ['400000', near],
    ['800000', near],
    ['850000', beyond],
    ['1000000', beyond],
  ] as const) {
    await one.change(amount)
    expect([amount, await one.submit()]).toEqual([amount, said])
    await one.door.run(one.id, 'withdraw')
  }
  await one.change('1010000')
  await expect(one.submit()).rejects.toMatchObject(stopped)
  expect(await used(`${name}一`)).toBe('3200000.00')

  // 800,000 makes it 100 %: told of at submit. What others hold meanwhile counts when it is approved: 105 % asks one more.
  const last = await through(door, itemOf(`${name}二`).item, '800000')
  expect(await last.submit()).toEqual(near)
  const other = (amount: Decimal) => through(slipped('t_day_work'), itemOf(`${name}二`).target, amount)
  await expect((await other('200000.01')).submit()).rejects.toMatchObject(stopped)
  expect(await (await other('200000')).submit()).toEqual(beyond)
  const approve = (who: Role) => people[who].entity<string>(door.entity).run(last.id, 'approve')
  const said: unknown[] = []
  for (const who of door.chain) said.push(await approve(who))
  expect(said.at(-1)).toMatchObject({
    ...{ state: 'pending', escalated: expect.arrayContaining(['limit.budget_exceeded']) },
  })
  expect(await approve('boss')).toMatchObject({ state: 'effective' })
  // Reserved and posted once: what was pending is not counted again.
  expect(await used(`${name}二`)).toBe('4200000.00')

  if (door.entity === 'settlement') {
    // What was signed stays C; what the settlement makes of it is V.
    const { posted } = await balanceOf(systemContext(app.host, 'test'), budgetLedger.name, {
      ...{ project: at.project, item: itemOf(`${name}二`).target },
    })
    expect(posted).toMatchObject({ committed: '4000000.00', changed: '800000.00' })
  }

  // Without a target nothing is bound or spent; what gives back always passes.
  await expect((await through(door, itemOf('无').item, '0.01')).submit()).rejects.toMatchObject(stopped)
  if (door.back) {
    const [verb, who] = door.back
    await (who === 'keeper' ? keeper : people[who]).entity<string>(door.entity).run(last.id, verb, { reason: '退回' })
    expect(await used(`${name}二`)).toBe('3400000.00')
  } else if (door.entity !== 'settlement')
    expect(await (await through(door, itemOf('退').item, '-5')).submit()).toEqual([])
})

test('a line consumes what was requisitioned for it: the gate counts the difference only', async () => {
  const { item } = itemOf('申请')
  const asked = await through(slipped('t_requisition'), item, '3900000')
  await asked.submit()
  await people.manager.entity<string>('t_requisition').run(asked.id, 'approve')
  const order = (amount: Decimal, requisitioned: Decimal) =>
    keeper.entity<string>('t_order').create({ project: at.project, item, amount, requisitioned, why: '' })
  const more = await order('4300000', '3900000')
  await expect(keeper.entity<string>('t_order').run(more.id, 'submit')).rejects.toMatchObject(stopped)
  await keeper.entity<string>('t_order').run((await order('3950000', '3900000')).id, 'submit')
  expect(await used('申请')).toBe('3950000.00')
})

test('a payment behind a contract and a loan to staff hold no target; a deposit says why it is no cost', async () => {
  const ask = (values: Values) =>
    keeper.entity<string>('payment_request').create({
      ...{ name: '付款', kind: 'other', counterparty: at.party, project: at.project, amount: '100' },
      ...values,
    })
  const fault = (path: string, code: string) => ({ problem: { errors: [expect.objectContaining({ path, code })] } })
  await expect(ask({})).rejects.toMatchObject(fault('item', 'payment.what_cost'))
  await expect(ask({ counts: false })).rejects.toMatchObject(fault('note', 'payment.why_no_cost'))
  const deposit = await ask({ counts: false, note: '水电押金' })
  await keeper.entity<string>('payment_request').run(deposit.id, 'submit')
  const behind = await ask({ kind: 'advance', contract: await base(at) })
  expect(behind).toMatchObject({ counts: false, item: null, cost_amount: '0.00' })
  const loan = await keeper
    .entity<string>('advance')
    .create({ name: '备用金', project: at.project, amount: '100', due_on: '2099-01-01' })
  await keeper.entity<string>('advance').run(loan.id, 'submit')
  expect(await used('无')).toBe('0.00')
  // A paper is paid once, and costs what is left without deductible VAT: 109.00 at 9 % is 100.00.
  const leaf = itemOf('无合同付款一').item
  const paper = { item: leaf, amount: '109.00', deductible_rate: '0.09', invoice_no: '26440000000000000001' }
  const one = await ask(paper)
  expect(one).toMatchObject({ cost_amount: '100.00' })
  await keeper.entity<string>('payment_request').run(one.id, 'submit')
  expect(await used('无合同付款一')).toBe('3200100.00')
  await expect(ask(paper)).rejects.toMatchObject(fault('invoice_no', 'payment.invoice_requested'))
  const claimed = keeper.entity<string>('claim').create({
    ...{ name: '材料', project: at.project },
    lines: [{ expense_item: await expenseOf(leaf, at), amount: '109.00', invoice_no: paper.invoice_no }],
  })
  await expect(claimed).rejects.toMatchObject(fault('lines.0.invoice_no', 'payment.invoice_requested'))
})
