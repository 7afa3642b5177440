// Own accounts: whose they are, who sees which part of the number, and what a wage account is.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { bankAccount } from './bank-account.entity.ts'

let app: TestApp
let finance: Person
let count = 0
beforeAll(async () => {
  app = await testApp()
  finance = await app.as('finance')
})
afterAll(() => app?.close())

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
