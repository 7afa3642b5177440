// Everything in a bill that does not add up, to the fen. Nothing is corrected, and nothing is left out in silence.
import { compare, lineAmount, r2, round, scaleOf, subtract } from '@yingzao/engines/money'
import type { BillFileItem, BillFinding, Gathered } from './model.ts'

export function checkBill({ items, totals, findings }: Gathered): BillFinding[] {
  const found = [...findings]
  const say = (code: BillFinding['code'], at: string, values: BillFinding['values']) => found.push({ code, at, values })
  const first = new Map<string, string>()
  for (const item of items) {
    const { at, name } = item
    if (item.group === 'tax') continue
    if (item.code === '') {
      if (item.group === 'works') say('no_code', at, { name })
    } else if (first.has(item.code))
      say('duplicate_code', at, { item: item.code, name, first: first.get(item.code) ?? '' })
    else {
      first.set(item.code, at)
      if (item.group === 'works' && !/^([0-9]{9}|[0-9]{12})$/.test(item.code) && /^[0-9]+$/.test(item.code))
        say('odd_code', at, { item: item.code, name })
    }
    if (item.unit === '') say('no_unit', at, { name })
    if (item.qty === null) say('no_qty', at, { name })
    if (item.price === null) say('no_price', at, { name })
    checkAmount(item, say)
  }
  for (const { at, name, printed, found: sum } of totals)
    if (compare(printed, sum) !== 0) say('total', at, { name, printed, found: sum, difference: subtract(printed, sum) })
  return found
}

function checkAmount(
  item: BillFileItem,
  say: (code: BillFinding['code'], at: string, values: BillFinding['values']) => void,
) {
  const { at, name, qty, price, amount } = item
  if (qty !== null && scaleOf(qty) > 4 && compare(round(qty, 4), qty) !== 0) say('rounded', at, { name, text: qty })
  if (price !== null && scaleOf(price) > 6 && compare(round(price, 6), price) !== 0)
    say('rounded', at, { name, text: price })
  if (qty === null || price === null || amount === null) return
  const computed = lineAmount(qty, price)
  if (compare(computed, r2(amount)) !== 0)
    say('amount', at, { name, printed: r2(amount), found: computed, difference: subtract(r2(amount), computed) })
}
