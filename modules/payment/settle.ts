// Ledger entries of a contract → what is due and the money that settles it: by name where a receipt says so, else the oldest.
import { add, type Decimal, isDecimal, isZero } from '@yingzao/engines/money'
import { type Aged, ageing, type Due, type Paid, settleNamed } from '@yingzao/engines/receivable'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'

const amountOf = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')

/** G-6.3 over the entries of one contract. Entries after `asOf` do not count. Items carry the ids of the due entries. */
export function agedOf(entries: readonly LedgerEntry[], asOf: string): Aged {
  const dues: Due[] = []
  const named: Paid['named'][number][] = []
  let money: Decimal = '0'
  for (const entry of entries) {
    if (entry.on > asOf) continue
    const due_on = typeof entry.due_on === 'string' ? entry.due_on : null
    const [due, paid] = [amountOf(entry.due), amountOf(entry.paid)]
    if (!isZero(due)) dues.push({ id: String(entry.id), dueOn: due_on ?? entry.on, amount: due })
    money = add(money, paid)
    if (due_on !== null && !isZero(paid)) named.push({ dueOn: due_on, amount: paid })
  }
  const left = settleNamed(dues, { money, named }, asOf)
  return ageing(left.dues, left.money, asOf)
}
