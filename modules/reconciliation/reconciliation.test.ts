// A bank's file against the cash ledger: imported once, matched once, and what is on one side only explains the difference.
import type { Decimal } from '@yingzao/engines/money'
import { asId } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountEntry } from '../bank-account/account-entry.entity.ts'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import type { ImportedStatement, Reconciliation } from './shape.ts'

let app: TestApp
let finance: Person
let cashier: Person
beforeAll(async () => {
  app = await testApp()
  finance = await app.as('finance')
  cashier = await app.as('cashier')
})
afterAll(() => app?.close())

test('imported, matched, undone, proved', async () => {
  const account = asId(
    'bank_account',
    (
      await finance.entity(bankAccount).create({
        ...{ name: '对账户', type: 'cash', company: app.company, opening_amount: '1000.00', opening_on: '2026-01-01' },
      })
    ).id,
  )
  const enter = async (
    kind: 'fee' | 'interest' | 'other_out',
    amount: Decimal,
    entered_on: `${number}-${number}-${number}`,
    bank_ref = '',
  ) => {
    const { id } = await cashier
      .entity(accountEntry)
      .create({ account, kind, amount, entered_on, reason: '收支', ...(bank_ref ? { bank_ref } : {}) })
    await cashier.entity(accountEntry).run(id, 'submit')
    await finance.entity(accountEntry).run(id, 'approve')
  }
  await enter('interest', '25.00', '2026-02-03')
  await enter('fee', '5.00', '2026-02-10', 'R9')
  await enter('other_out', '95.00', '2026-02-10', 'R9')
  await enter('other_out', '60.00', '2026-02-27')
  const csv = [
    '交易日期,支出,收入,余额,对方户名,摘要,流水号',
    '2026-02-04,,25.00,1025.00,,结息,R1',
    '2026-02-11,100.00,,925.00,,批量付款,R9',
    '2026-02-20,,40.00,965.00,某公司,来款,R3',
  ].join('\n')
  const upload = async () => (await cashier.upload(new Blob([csv]), '对账单.csv')).id
  const load = async (more: object = {}) =>
    cashier.perform<ImportedStatement>('reconciliation.import', { account, file: await upload(), ...more })
  expect(await load()).toMatchObject({ lines: 3, known: 0, opening: '1000.00', closing: '965.00', statement: null })
  await expect(load({ confirm: true, closing: '960.00' })).rejects.toMatchObject({
    problem: { code: 'reconciliation.does_not_add_up' },
  })
  const { statement } = await load({ confirm: true })
  await expect(load({ confirm: true })).rejects.toMatchObject({ problem: { code: 'reconciliation.all_known' } })

  const look = (who: Person = cashier) => who.perform<Reconciliation>('reconciliation.read', { account })
  const before = await look()
  expect(before).toMatchObject({
    ...{ bank: '965.00', book: '865.00', opening_difference: '0.00', difference: '0.00' },
    only: { bank_in: '65.00', bank_out: '100.00', book_in: '25.00', book_out: '160.00' },
  })
  expect(before.proposals.map(each => each.entries.length).sort()).toEqual([1, 2])
  const pairs = before.proposals
  const wrong = [{ line: pairs[0]?.line, entries: pairs[1]?.entries }]
  await expect(cashier.perform('reconciliation.match', { account, pairs: wrong })).rejects.toMatchObject({
    problem: { code: 'reconciliation.amounts_differ' },
  })
  // Two who match the same at once: one of them is told.
  const both = await Promise.allSettled([1, 2].map(() => cashier.perform('reconciliation.match', { account, pairs })))
  expect(both.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  const after = await look()
  expect(after).toMatchObject({
    only: { bank_in: '40.00', bank_out: '0.00', book_in: '0.00', book_out: '60.00' },
    ...{ adjusted_bank: '905.00', adjusted_book: '905.00', difference: '0.00' },
  })
  expect(after.matched).toHaveLength(2)
  await cashier.perform('reconciliation.undo', { line: after.matched[0]?.line.id })
  expect((await look()).matched).toHaveLength(1)
  expect(statement).not.toBeNull()
  const engineer = await app.as('cost_engineer')
  await expect(look(engineer)).rejects.toMatchObject({ status: 403 })
})

test('a file without references is read once; equal lines of one day are told apart by how many there are', async () => {
  const { id: account } = await finance.entity(bankAccount).create({
    ...{ name: '无流水号户', type: 'cash', company: app.company, opening_amount: '100.00', opening_on: '2026-01-01' },
  })
  const load = async (...lines: readonly string[]) => {
    const csv = ['交易日期,支出,收入,对方户名,摘要', ...lines].join('\n')
    const { id: file } = await cashier.upload(new Blob([csv]), '对账单.csv')
    const net = 100 - 2 * lines.length
    const ends = { opening: '100.00', closing: `${net}.00`, from: '2026-03-01', to: '2026-03-31', confirm: true }
    return cashier.perform<ImportedStatement>('reconciliation.import', { account, file, ...ends })
  }
  const fee = '2026-03-05,2.00,,,手续费'
  expect(await load(fee, fee)).toMatchObject({ lines: 2, known: 0 })
  await expect(load(fee, fee)).rejects.toMatchObject({ problem: { code: 'reconciliation.all_known' } })
  expect(await load(fee, fee, fee, '2026-03-05,2.00,,,账户管理费')).toMatchObject({ lines: 2, known: 2 })
})
