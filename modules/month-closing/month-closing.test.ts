// Closing months: in order, after they ended, by finance; reopened by the director, with a reason that stays.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { monthClosing } from './month-closing.entity.ts'
import type { Waits } from './still-open-shape.ts'

let app: TestApp
let [finance, boss]: Person[] = []
let now = '2026-11-22T02:00:00Z'
beforeAll(async () => {
  app = await testApp({ now: () => new Date(now) })
  finance = await app.as('finance')
  boss = await app.as('boss')
})
afterAll(() => app?.close())

const refused = (code: string, values: object = {}) => ({ problem: { code, values } })

test('months are closed in order once they are over, and reopened with a reason that the history keeps', async () => {
  const books = await finance?.entity(monthClosing).create({ company: app.company })
  if (!books || !finance || !boss) throw new Error('nobody')
  const [accountant, director] = [finance, boss]
  const close = (month: string) => accountant.entity(monthClosing).run(books.id, 'close', { month })
  await expect(close('2026-11')).rejects.toMatchObject(refused('month_closing.not_over', { month: '2026-11' }))
  await expect(close('2026-13')).rejects.toMatchObject({ status: 422 })
  expect(await close('2026-08')).toEqual({ closed_through: '2026-08' })
  await expect(close('2026-10')).rejects.toMatchObject(refused('month_closing.in_order', { month: '2026-09' }))
  await expect(close('2026-08')).rejects.toMatchObject(refused('month_closing.closed', { month: '2026-08' }))
  await close('2026-09')
  await close('2026-10')
  const reopen = { month: '2026-10', reason: '漏记水电费' }
  await expect(accountant.entity(monthClosing).run(books.id, 'reopen', reopen)).rejects.toMatchObject(
    refused('access.denied'),
  )
  await expect(
    director.entity(monthClosing).run(books.id, 'reopen', { month: '2026-11', reason: 'x' }),
  ).rejects.toMatchObject(refused('month_closing.open', { month: '2026-11' }))
  expect(await director.entity(monthClosing).run(books.id, 'reopen', reopen)).toEqual({ closed_through: '2026-09' })
  const shown = await accountant.entity(monthClosing).get(books.id)
  expect(shown).toMatchObject({ closed_through: '2026-09', reopened_reason: '漏记水电费', closed_by: accountant.user })
  expect(JSON.stringify(await director.entity(monthClosing).history(books.id))).toContain('漏记水电费')
  await expect(finance.entity(monthClosing).create({ company: app.company })).rejects.toMatchObject({ status: 422 })
})

test('two who close the same month at once: one does, the other is told', async () => {
  const administrator = await app.as('administrator')
  const company = await administrator
    .entity('org_unit')
    .create({ name: '子公司', type: 'company', parent: app.company })
  if (!finance) throw new Error('nobody')
  const accountant = finance
  const books = await accountant.entity(monthClosing).create({ company: company.id })
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(() => accountant.entity(monthClosing).run(books.id, 'close', { month: '2026-10' })),
  )
  expect(outcomes.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  for (const each of outcomes)
    if (each.status === 'rejected') expect(each.reason).toMatchObject(refused('month_closing.closed'))
})

test('papers in approval and lines of the bank without an entry are told of; closed all the same, the reason stays', async () => {
  const administrator = await app.as('administrator')
  const { id: company } = await administrator
    .entity('org_unit')
    .create({ name: '三公司', type: 'company', parent: app.company })
  if (!finance) throw new Error('nobody')
  const accountant = finance
  const books = await accountant.entity(monthClosing).create({ company })
  // Somebody who is asked.
  await app.as('finance')
  now = '2026-10-20T02:00:00Z'
  const account = await accountant.entity('bank_account').create({
    ...{
      name: '基本户',
      type: 'basic',
      company,
      bank: '云州银行',
      number: '6222020200009999',
      opening_amount: '1000.00',
    },
    opening_on: '2026-09-01',
  })
  const entry = await accountant.entity('account_entry').create({
    ...{ account: account.id, kind: 'interest', amount: '12.34', entered_on: '2026-10-20', reason: '结息' },
  })
  await accountant.entity('account_entry').run(entry.id, 'submit')
  const statement = await accountant.entity('bank_statement').create({
    ...{ name: '十月', account: account.id, from_on: '2026-10-01', to_on: '2026-10-31' },
    ...{ opening_amount: '1000.00', closing_amount: '1012.34' },
  })
  await accountant
    .entity('bank_statement_line')
    .create({ statement: statement.id, on: '2026-10-20', received: '12.34', summary: '结息' })
  now = '2026-11-22T02:00:00Z'
  const close = (month: string, reason?: string) =>
    accountant.entity(monthClosing).run(books.id, 'close', { month, ...(reason ? { reason } : {}) })
  // Nothing of September is open.
  await close('2026-09')
  await expect(close('2026-10')).rejects.toMatchObject(
    refused('month_closing.still_open', { month: '2026-10', what: '账户收支单 1、未勾对的银行流水 1' }),
  )
  // Each is told with the list that holds it: these and no others.
  const { month, open } = await accountant.entity(monthClosing).read<Waits>(books.id, 'waits')
  expect([month, open.map(each => [each.entity, each.count])]).toEqual([
    '2026-10',
    [
      ['account_entry', 1],
      ['bank_statement_line', 1],
    ],
  ])
  for (const { entity, filter, count } of open)
    expect((await accountant.entity<string>(entity).list({ filter })).items).toHaveLength(count)
  await close('2026-10', '结息单下月补批')
  expect(await accountant.entity(monthClosing).get(books.id)).toMatchObject({
    ...{ closed_through: '2026-10', closed_reason: '结息单下月补批' },
  })
})
