// The bank's statement of the demo's main account of the last months: matched but for its newest lines, and one line of the bank
// that nobody has entered yet.
import { add, type Decimal, subtract } from '@yingzao/engines/money'
import type { CashBook, CashDay } from '@yingzao/modules/bank-account/cash-shape'
import type { Reconciliation } from '@yingzao/modules/reconciliation/shape'
import { dayOf } from '../diary.ts'
import { type Desk, known } from './desk.ts'

export async function loadStatement({ cashier, accounts, today, time }: Desk): Promise<void> {
  await time.until(dayOf(today, 0, 4), 10)
  const account = known(accounts, 'metro')
  const [from, to] = [dayOf(today, -4, 3), dayOf(today, -1, 22)]
  const { rows } = await cashier.perform<CashBook>('bank_account.book', { account, from, to })
  const day = await cashier.perform<CashDay>('bank_account.day', { from, to })
  const lines = rows.map(row => ({
    ...{ on: row.on, received: row.received, paid: row.paid },
    ...{ name: row.counterparty ?? '', ref: row.number ?? '' },
  }))
  lines.push({ on: dayOf(today, -1, 20), received: '86420.00', paid: '0.00', name: '', ref: 'YH260001' })
  lines.sort((a, b) => (a.on < b.on ? -1 : 1))
  let balance: Decimal = day.accounts.find(each => each.account === account)?.opening ?? '0'
  const text = lines.map(({ on, received, paid, name, ref }) => {
    balance = add(balance, subtract(received, paid))
    return [on, received, paid, balance, name, ref].join(',')
  })
  const file = await cashier.upload(
    new Blob([`Date,Credit,Debit,Balance,Counterparty,Reference\n${text.join('\n')}\n`]),
    'statement.csv',
  )
  await cashier.perform('reconciliation.import', { account, file: file.id, to, confirm: true })
  const { proposals } = await cashier.perform<Reconciliation>('reconciliation.read', { account })
  await cashier.perform('reconciliation.match', { account, pairs: proposals.slice(0, -2) })
}
