// The bill of a contract against its lines: Σ by cost item, on the basis the contract is written in, to the fen.
import { add, compare, type Decimal, subtract } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { billItem } from './bill-item.entity.ts'
import type { Contract } from './terms.ts'

type Item = Id<'cost_item'> | null
export interface BillSum {
  readonly item: Item
  readonly tax_rate: Decimal
  readonly amount: Decimal
}
export interface BillDifference {
  readonly item: Item
  readonly bill: Decimal
  readonly lines: Decimal
  /** bill − lines. */
  readonly difference: Decimal
}

type Row = Pick<RecordOf<typeof billItem>, 'item' | 'tax_rate' | 'gross_amount' | 'net_amount'>

/** Σ of the bill by cost item and VAT rate; empty without a bill. What variations brought in counts with them. */
export async function billSums(ctx: Ctx, of: Pick<Contract, 'id' | 'price_mode'>): Promise<readonly BillSum[]> {
  const rows: readonly Row[] = await all(asSystem(ctx), billItem, {
    filter: { contract: { eq: of.id }, variation: { empty: true }, supplement: { empty: true } },
    fields: ['item', 'tax_rate', 'gross_amount', 'net_amount'],
  })
  const sums = new Map<string, BillSum>()
  for (const { item, tax_rate, gross_amount, net_amount } of rows) {
    const key = `${item} ${tax_rate}`
    const amount = (of.price_mode === 'net' ? net_amount : gross_amount) ?? '0'
    sums.set(key, { item, tax_rate, amount: add(sums.get(key)?.amount ?? '0', amount) })
  }
  return [...sums.values()]
}

/** Where bill and lines say different things of a cost item; none where they agree, and none without a bill. */
export function billDifferences(of: Pick<Contract, 'lines'>, sums: readonly BillSum[]): BillDifference[] {
  if (sums.length === 0) return []
  const total = (rows: readonly { readonly item: Item; readonly amount: Decimal | null }[]) => {
    const found = new Map<Item, Decimal>()
    for (const { item, amount } of rows) found.set(item, add(found.get(item) ?? '0.00', amount ?? '0'))
    return found
  }
  const [bill, lines] = [total(sums), total(of.lines)]
  return [...new Set([...bill.keys(), ...lines.keys()])].flatMap(item => {
    const [there, said] = [bill.get(item) ?? '0.00', lines.get(item) ?? '0.00']
    return compare(there, said) === 0 ? [] : [{ item, bill: there, lines: said, difference: subtract(there, said) }]
  })
}
