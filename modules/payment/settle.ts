// Ledger entries of a contract → what is due and the money that settles it: by name where a receipt says so, else the oldest.
import { add, compare, type Decimal, isDecimal, isZero, negate, subtract } from '@yingzao/engines/money'
import { type Aged, ageing, type Due } from '@yingzao/engines/receivable'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'

const amountOf = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')

/** G-6.3 over the entries of one contract. Entries after `asOf` do not count. Items carry the ids of the due entries. */
export function agedOf(entries: readonly LedgerEntry[], asOf: string): Aged {
  const dues: Due[] = []
  const named = new Map<string, Decimal>()
  let money: Decimal = '0'
  for (const entry of entries) {
    if (entry.on > asOf) continue
    const due_on = typeof entry.due_on === 'string' ? entry.due_on : null
    const [due, paid] = [amountOf(entry.due), amountOf(entry.paid)]
    if (!isZero(due)) dues.push({ id: String(entry.id), dueOn: due_on ?? entry.on, amount: due })
    if (isZero(paid)) continue
    if (due_on === null) money = add(money, paid)
    else named.set(due_on, add(named.get(due_on) ?? '0', paid))
  }
  // What names a day settles what is due that day; beyond it, it settles like any other money.
  const left = dues.map((each): Due => {
    const paid = named.get(each.dueOn) ?? '0'
    if (compare(paid, '0') <= 0 || compare(each.amount, '0') <= 0) return each
    const settled = compare(paid, each.amount) < 0 ? paid : each.amount
    named.set(each.dueOn, subtract(paid, settled))
    return { ...each, amount: subtract(each.amount, settled) }
  })
  for (const rest of named.values()) money = add(money, rest)
  // More went back than came: that is owed again, from today.
  if (compare(money, '0') < 0) return ageing([...left, { id: 'refund', dueOn: asOf, amount: negate(money) }], '0', asOf)
  return ageing(left, money, asOf)
}
