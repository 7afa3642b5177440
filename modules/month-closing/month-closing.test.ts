// Closing months: in order, after they ended, by finance; reopened by the director, with a reason that stays.
import { balanceOf, differences, entriesOf } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { cashLedger } from '../bank-account/cash.ledger.ts'
import { transfer } from '../payment/transfer.entity.ts'
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

test('two click 同意 on each transfer while October is closed: one is heard, nothing is added to the closed month, nobody sees a deadlock', async () => {
  const administrator = await app.as('administrator')
  const unit = { name: '资金公司', type: 'company', parent: app.company } as const
  const company = (await administrator.entity('org_unit').create(unit)).id
  const [maker, one, two] = [await app.as('cashier'), await app.as('finance'), await app.as('finance')]
  const accounts = await Promise.all(
    ['1', '2'].map(end =>
      one.entity(bankAccount).create({
        ...{ name: `账户 ${end}`, type: 'general', company, bank: '云州银行', number: `62220202000000${end}` },
        ...{ opening_amount: '1000', opening_on: '2025-01-01' },
      }),
    ),
  )
  // To and fro, so that each locks what the other wants.
  const transfers = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const [from, to] = n % 2 === 0 ? accounts : [...accounts].reverse()
      if (!from || !to) throw new Error('no accounts')
      const { id } = await maker
        .entity(transfer)
        .create({ name: '调拨', from_account: from.id, to_account: to.id, amount: '1', moved_on: '2026-10-15' })
      await maker.entity(transfer).run(id, 'submit')
      return id
    }),
  )
  const books = await one.entity(monthClosing).create({ company })
  const system = systemContext(app.host, 'test')
  const october = async () =>
    (
      await Promise.all(
        accounts.map(each => balanceOf(system, cashLedger.name, { account: each.id }, { until: '2026-10' })),
      )
    ).map(each => each.posted)
  let closed: Awaited<ReturnType<typeof october>> = []
  let heard = 0
  const clicks = transfers.map(async id => {
    const outcomes = await Promise.allSettled([one, two].map(each => each.entity(transfer).run(id, 'approve')))
    for (const each of outcomes)
      if (each.status === 'rejected')
        expect(each.reason.problem.code).toMatch(/^(approval\.no_task|access\.denied|verb\.not_now)$/)
    expect(outcomes.filter(each => each.status === 'fulfilled')).toHaveLength(1)
    heard++
  })
  const closing = (async () => {
    await expect.poll(() => heard, { interval: 1 }).toBeGreaterThan(2)
    await one.entity(monthClosing).run(books.id, 'close', { month: '2026-10' })
    closed = await october()
  })()
  await Promise.all([...clicks, closing])
  expect(await october()).toEqual(closed)
  const posted = (await Promise.all(transfers.map(id => entriesOf(system, cashLedger.name, id)))).flat()
  expect(posted.map(each => [each.on, each.period === '2026-10' || each.period === '2026-11'])).toEqual(
    Array(24).fill(['2026-10-15', true]),
  )
  expect(await differences(system, cashLedger.name)).toEqual([])
})
