// Closing a month while documents of several modules are approved: it stands above modules.
import { balanceOf, differences, entriesOf } from '@yingzao/kernel/ledgers/audit'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { cashLedger } from '@yingzao/modules/bank-account/cash.ledger'
import { monthClosing } from '@yingzao/modules/month-closing/month-closing.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
beforeAll(async () => {
  app = await testApp({ now: () => new Date('2026-11-22T02:00:00Z') })
})
afterAll(() => app?.close())

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
