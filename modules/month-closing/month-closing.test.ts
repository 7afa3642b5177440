// Closing months: in order, after they ended, by finance; reopened by the director, with a reason that stays.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { monthClosing } from './month-closing.entity.ts'

let app: TestApp
let [finance, boss]: Person[] = []
beforeAll(async () => {
  app = await testApp({ now: () => new Date('2026-11-22T02:00:00Z') })
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
