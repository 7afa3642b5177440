// Own accounts: whose they are, who sees which part of the number, and what a wage account is.
import { subtract } from '@yingzao/engines/money'
import { asId } from '@yingzao/kernel/entity'
import { balanceOf, differences } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { accountEntry } from './account-entry.entity.ts'
import { accountOpening } from './account-opening.entity.ts'
import { bankAccount } from './bank-account.entity.ts'
import { cashLedger } from './cash.ledger.ts'
import type { CashBook, CashDay } from './cash-shape.ts'

let app: TestApp
let finance: Person
let cashier: Person
let count = 0
beforeAll(async () => {
  app = await testApp()
  finance = await app.as('finance')
  cashier = await app.as('cashier')
})
afterAll(async () => {
  if (!app) return
  expect(await differences(systemContext(app.host, 'test'), cashLedger.name)).toEqual([])
  await app.close()
})

const account = (more: object = {}) =>
  finance.entity(bankAccount).create({
    ...{ name: `账户 ${++count}`, type: 'general', company: app.company, bank: '云州银行云溪支行' },
    ...{ number: `6222 0202 0000 ${String(1000 + count)}` },
    ...more,
  })
const site = async (name: string) =>
  (await app.as('pmo')).entity(project).create({ name, type: 'building', company: app.company })
const atFault = (path: string, code: string) => ({ problem: { errors: [{ path, code }] } })

test('the number is kept without spaces; its last four stand beside it for those who see no more', async () => {
  const made = await account({ number: '6222 0202 1234 5678' })
  expect(made).toMatchObject({ number: '6222020212345678', ending: '5678', opening_amount: '0.00' })
  const seen = async (role: string) => (await app.as(role)).entity(bankAccount).get(made.id)
  expect(await seen('cashier')).toMatchObject({ number: '6222020212345678' })
  expect(await seen('boss')).toMatchObject({ number: '****5678', ending: '5678' })
  const engineer = await seen('cost_engineer')
  expect(engineer).toMatchObject({ number: '****5678' })
  expect(engineer).not.toHaveProperty('opening_amount')
  const [found] = (await finance.entity(bankAccount).list({ filter: { number: { eq: '6222020212345678' } } })).items
  expect(found?.id).toBe(made.id)
  const file = await (await finance.entity(bankAccount).exportFile('csv')).text()
  expect(file).toContain('5678')
  expect(file).not.toContain('6222020212345678')
  await expect(account({ number: '12-34' })).rejects.toMatchObject(atFault('number', 'bank_account.number'))
})

test('cash has no bank and no number', async () => {
  const made = await finance.entity(bankAccount).create({ name: '库存现金', type: 'cash', company: app.company })
  expect(made).toMatchObject({ bank: null, number: null, ending: null })
  await expect(
    finance.entity(bankAccount).create({ name: '无账号', type: 'basic', company: app.company }),
  ).rejects.toMatchObject({ status: 422 })
})

test('a wage account belongs to one project, has no overdraft, and a project has one in use', async () => {
  const { id } = await site('专户项目')
  await expect(account({ type: 'wage' })).rejects.toMatchObject({ status: 422 })
  await expect(account({ type: 'wage', project: id, overdraft_amount: '1.00' })).rejects.toMatchObject({ status: 422 })
  const first = await account({ type: 'wage', project: id })
  await expect(account({ type: 'wage', project: id })).rejects.toMatchObject(
    atFault('project', 'bank_account.second_wage_account'),
  )
  await finance.entity(bankAccount).patch(first.id, first.version, { active: false, closed_on: '2026-01-31' })
  expect(await account({ type: 'wage', project: id })).toMatchObject({ active: true })
  const both = (await site('两人同时')).id
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => account({ type: 'wage', project: both })))
  expect(outcomes.filter(each => each.status === 'fulfilled')).toHaveLength(1)
})

test('an account and its project are of one company; a project sees its own accounts only', async () => {
  const administrator = await app.as('administrator')
  const other = await administrator.entity('org_unit').create({ name: '子公司', type: 'company', parent: app.company })
  const [mine, theirs] = [await site('我的项目'), await site('别的项目')]
  await expect(account({ company: other.id, project: mine.id })).rejects.toMatchObject(
    atFault('project', 'bank_account.other_company'),
  )
  const own = await account({ type: 'wage', project: mine.id })
  await account({ type: 'wage', project: theirs.id })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: mine.id } })
  expect((await manager.entity(bankAccount).list()).items.map(each => each.id)).toEqual([own.id])
  const foreman = await app.as('foreman', { at: { kind: 'project', id: mine.id } })
  await expect(foreman.entity(bankAccount).list()).rejects.toMatchObject({ status: 403 })
})

test('a list of accounts comes in from a file but for its numbers, which are typed', async () => {
  const csv = '账户名称,账户类型,所属法人,期初余额,期初日期\n备用金甲,备用金,测试集团,5000.00,2026-01-01\n'
  const preview = await finance.entity(bankAccount).importPreview(new Blob([csv]), 'accounts.csv')
  expect(preview.rows).toEqual({ total: 1, good: 1, bad: 0 })
  const { job } = await finance.entity(bankAccount).importConfirm(preview.id)
  expect(await finance.jobs.wait(job)).toMatchObject({ state: 'done', result: { created: 1 } })
})

const cash = async (id: string) => {
  const { posted } = await balanceOf(systemContext(app.host, 'test'), cashLedger.name, { account: id })
  return { balance: subtract(posted.received ?? '0', posted.paid ?? '0'), overdraft: posted.overdraft }
}
const enter = async (id: string, more: object) => {
  const made = await cashier
    .entity(accountEntry)
    .create({ account: asId('bank_account', id), kind: 'fee', amount: '1.00', reason: '手续费', ...more })
  await cashier.entity(accountEntry).run(made.id, 'submit')
  return () => finance.entity(accountEntry).run(made.id, 'approve')
}
const refusedBy = (code: string) => ({ problem: { code } })

test('an opening stands in the ledger and is corrected by a new one and the reversal of the old', async () => {
  const made = await account({ opening_amount: '1000.00', opening_on: '2026-01-01', overdraft_amount: '50.00' })
  expect(await cash(made.id)).toEqual({ balance: '1000.00', overdraft: '50.00' })
  await (await enter(made.id, { amount: '980.00' }))()
  const corrected = await finance.entity(bankAccount).patch(made.id, made.version, { opening_amount: '1100.00' })
  expect(await cash(made.id)).toEqual({ balance: '120.00', overdraft: '50.00' })
  const { items } = await finance.entity(accountOpening).list({ filter: { account: { eq: made.id } } })
  expect(items.map(each => each.state).sort()).toEqual(['effective', 'effective', 'reversed'])
  const lower = finance.entity(bankAccount).patch(made.id, corrected.version, { opening_amount: '900.00' })
  await expect(lower).rejects.toMatchObject(refusedBy('limit.cash_short'))
  await finance.entity(bankAccount).patch(made.id, corrected.version, { opening_amount: '930.00' })
  expect(await cash(made.id)).toEqual({ balance: '-50.00', overdraft: '50.00' })
  const unspent = await finance.entity(bankAccount).get(made.id)
  await expect(
    finance.entity(bankAccount).patch(made.id, unspent.version, { overdraft_amount: '0' }),
  ).rejects.toMatchObject(refusedBy('limit.cash_short'))
})

test('nothing goes out of an account that does not hold it, is out of use, or is kept for wages', async () => {
  const made = await account({ opening_amount: '100.00' })
  await expect(enter(made.id, { amount: '100.01' })).rejects.toMatchObject(refusedBy('limit.cash_short'))
  // What waits for approval is kept already.
  const first = await enter(made.id, { amount: '60.00' })
  await expect(enter(made.id, { amount: '60.00' })).rejects.toMatchObject(refusedBy('limit.cash_short'))
  await first()
  expect(await cash(made.id)).toMatchObject({ balance: '40.00' })
  const wage = await account({ type: 'wage', project: (await site('专户流水')).id })
  await (await enter(wage.id, { kind: 'interest', amount: '3.21' }))()
  await expect(enter(wage.id, { kind: 'fee' })).rejects.toMatchObject(atFault('account', 'bank_account.wages_only'))
  const other = enter(wage.id, { kind: 'other_in' })
  await expect(other).rejects.toMatchObject(atFault('account', 'bank_account.wages_in_only'))
  const late = await enter(made.id, { kind: 'fee', amount: '5.00' })
  const now = await finance.entity(bankAccount).get(made.id)
  await expect(
    finance.entity(bankAccount).patch(made.id, now.version, { active: false, closed_on: '2026-01-31' }),
  ).rejects.toMatchObject(refusedBy('bank_account.not_empty'))
  await finance.entity(bankAccount).patch(made.id, now.version, { active: false })
  await expect(late()).rejects.toMatchObject(atFault('account', 'bank_account.not_in_use'))
  await expect(finance.entity(bankAccount).remove(made.id, now.version + 1)).rejects.toMatchObject(
    refusedBy('bank_account.has_entries'),
  )
})

test('the cash book shows each entry with the balance after it; the day adds up; who sees no balances sees neither', async () => {
  const made = await account({ opening_amount: '500.00', opening_on: '2026-01-01' })
  for (const [kind, amount, on] of [
    ['interest', '12.50', '2026-02-03'],
    ['fee', '2.50', '2026-02-03'],
    ['other_out', '110.00', '2026-02-10'],
  ] as const)
    await (await enter(made.id, { kind, amount, entered_on: on }))()
  const book = (who: Person, more: object = {}) =>
    who.perform<CashBook>('bank_account.book', { account: made.id, ...more })
  const all = await book(finance)
  expect(all.rows.map(row => row.balance)).toEqual(['400.00', '510.00', '512.50', '500.00'])
  expect(all.rows[0]).toMatchObject({ purpose: 'other_out', paid: '110.00', entity: 'account_entry' })
  expect(all.rows[0]?.number).toMatch(/^ZHSZ-/)
  const february = await book(finance, { from: '2026-02-03', to: '2026-02-03' })
  expect(february).toMatchObject({
    received: '12.50',
    paid: '2.50',
    rows: [{ balance: '510.00' }, { balance: '512.50' }],
  })
  const days = (who: Person) =>
    who.perform<CashDay>('bank_account.day', { from: '2026-02-03', to: '2026-02-09', company: app.company })
  const found = (await days(finance)).accounts.find(each => each.account === made.id)
  expect(found).toMatchObject({ opening: '500.00', received: '12.50', paid: '2.50', closing: '510.00' })
  const engineer = await app.as('cost_engineer')
  expect((await book(engineer)).rows).toEqual([])
  expect((await days(engineer)).accounts).toEqual([])
  await expect(book(await app.as('foreman'))).rejects.toMatchObject({ status: 403 })
})

test('four connections spend from one account at once: it never holds less than nothing, and its balance is its entries', async () => {
  const nodes = [app, await app.node(), await app.node()]
  const people = await Promise.all(nodes.map(node => node.as('cashier')))
  const accounts = await Promise.all([1, 2].map(() => account({ opening_amount: '100.00' })))
  let spent = 0
  await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const who = people[n % people.length] ?? finance
      const id = accounts[n % 2]?.id
      if (!id) return
      const amount = (['10.00', '13.00', '17.00', '21.00'] as const)[n % 4] ?? '10.00'
      try {
        const made = await who.entity(accountEntry).create({ account: id, kind: 'fee', amount, reason: `并发 ${n}` })
        await who.entity(accountEntry).run(made.id, 'submit')
        await finance.entity(accountEntry).run(made.id, 'approve')
        spent += Number(amount)
      } catch (error) {
        expect(error).toMatchObject(refusedBy('limit.cash_short'))
      }
    }),
  )
  const held = await Promise.all(accounts.map(each => cash(each.id)))
  for (const { balance } of held) expect(Number(balance)).toBeGreaterThanOrEqual(0)
  expect(held.reduce((sum, each) => sum + Number(each.balance), 0)).toBe(200 - spent)
})
