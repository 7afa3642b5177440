// 变更清单: what a file changes of a contract's bill, item by item by its code, and how that adds up to the file, to the fen.
import { add, compare, type Decimal, isZero, lineAmount, subtract, sum } from '@yingzao/engines/money'
import type { BillFile, BillFileItem } from '@yingzao/formats/bill-file'
import { type Id, isDecimal, type RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, type Input } from '@yingzao/kernel/server'
import { itemFor, keptQty, keyOf, type Mapping, priceAs, priced } from './bill-file.ts'
import type { BillChanges } from './bill-import-shape.ts'
import { billItem } from './bill-item.entity.ts'
import type { Contract } from './terms.ts'

const shown = 200

interface ChangeLine {
  readonly bill: Id<'bill_item'> | null
  readonly qty: Decimal
  /** Of what is new. */
  readonly code?: string | null
  readonly name?: string
  readonly feature?: string | null
  readonly unit?: string
  readonly price?: Decimal
  readonly tax_rate?: Decimal
  readonly item?: Id<'cost_item'> | null
}
interface Matched {
  readonly bill: RecordOf<typeof billItem>
  /** Of all lines of the file with this code. */
  qty: Decimal
  wanted: Decimal
  /** The same quantities at the price of the bill. */
  billed: Decimal
  readonly line: BillFileItem
  readonly price: Decimal
}

/** `reads` says what the quantities of the file are: more or less, or those after the change. What it does not name stays. */
export async function changesOf(
  ctx: Ctx,
  of: Contract,
  { items }: BillFile,
  input: Input,
  mapping: Mapping,
): Promise<{ readonly lines: readonly ChangeLine[]; readonly summary: BillChanges }> {
  const revised = input.reads === 'revised'
  const rate = isDecimal(input.tax_rate) ? input.tax_rate : '0.09'
  const from = input.prices === 'gross' || input.prices === 'net' ? input.prices : of.price_mode
  const there = await all(asSystem(ctx), billItem, { filter: { contract: { eq: of.id } } })
  const byCode = new Map(there.map(each => [each.code, each]))
  const matched = new Map<string, Matched>()
  const added: (ChangeLine & { readonly amount: Decimal })[] = []
  const codes = new Set<string>()
  for (const each of priced(items)) {
    const bill = byCode.get(each.code.slice(0, 40))
    const qty = keptQty(each)
    if (bill) {
      // A list of quantities only goes by the prices of the bill.
      const price = each.price === null ? bill.price : priceAs(each, from, of.price_mode, bill.tax_rate)
      const found = matched.get(bill.id) ?? { bill, line: each, price, qty: '0', wanted: '0.00', billed: '0.00' }
      found.qty = add(found.qty, qty)
      found.wanted = add(found.wanted, lineAmount(qty, price))
      found.billed = add(found.billed, lineAmount(qty, bill.price))
      matched.set(bill.id, found)
    } else if (!isZero(qty)) {
      const price = priceAs(each, from, of.price_mode, rate)
      const code = each.code.slice(0, 40)
      added.push({
        ...{ bill: null, qty, price, tax_rate: rate, amount: lineAmount(qty, price) },
        // A code that comes twice is given anew.
        code: code === '' || codes.has(code) ? null : code,
        name: (each.name || each.code || each.at).slice(0, 200),
        feature: each.feature === '' ? null : each.feature.slice(0, 2000),
        unit: each.unit.slice(0, 20) || '—',
        item: itemFor(mapping, keyOf(each)),
      })
      codes.add(code)
    }
  }
  const found = [...matched.values()].map(each => {
    const now = each.bill.current_qty ?? each.bill.qty
    const change = revised ? subtract(each.qty, now) : each.qty
    const standing = revised ? lineAmount(now, each.bill.price) : '0.00'
    return {
      ...each,
      now,
      change,
      wanted: subtract(each.wanted, standing),
      byPrice: subtract(each.wanted, each.billed),
    }
  })
  const changed = found.filter(({ change }) => !isZero(change))
  const total = (amounts: readonly Decimal[]) => add('0.00', sum(amounts))
  const news = total(added.map(each => each.amount))
  const amount = add(total(changed.map(({ change, bill }) => lineAmount(change, bill.price))), news)
  const wanted = add(total(found.map(each => each.wanted)), news)
  const byPrice = total(found.map(each => each.byPrice))
  const untouched = there.filter(each => !matched.has(each.id) && !isZero(each.current_qty ?? '0'))
  return {
    lines: [
      ...changed.map(({ bill, change }): ChangeLine => ({ bill: bill.id, qty: change })),
      ...added.map(({ amount: _, ...line }): ChangeLine => line),
    ],
    summary: {
      ...{ matched: changed.length, same: found.length - changed.length, added: added.length, amount, wanted, byPrice },
      unmapped: of.direction === 'expense' ? added.filter(each => each.item === null).length : 0,
      rounding: subtract(subtract(wanted, amount), byPrice),
      untouched: {
        items: untouched.length,
        amount: total(untouched.map(each => lineAmount(each.current_qty ?? '0', each.price))),
      },
      below: found.filter(({ now, change }) => compare(add(now, change), '0') < 0).length,
      differing: found
        .filter(({ byPrice, line, bill }) => !isZero(byPrice) || !sameUnit(line.unit, bill.unit))
        .slice(0, shown)
        .map(({ bill, line, price, byPrice }) => ({
          ...{ code: bill.code, name: bill.name, amount: byPrice },
          ...{ price, billPrice: bill.price, unit: line.unit, billUnit: bill.unit },
        })),
    },
  }
}

/** m³ is m3; a file that says none means the bill's. */
const sameUnit = (one: string, two: string): boolean => plain(one) === '' || plain(one) === plain(two)
const plain = (unit: string) => unit.normalize('NFKC').trim().toLowerCase()
