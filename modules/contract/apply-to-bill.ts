// What a variation does to the bill: more or less of what is there, and new items of quantity zero that it brings to life, so that
// measuring, reversing and voiding are the same for both. What the client allows at another price than the bill's is an item of its
// own beside the one that it is about: the bill's price stands for what was agreed first (GB 50500-2013 9.3.1).
import { add, compare, type Decimal, multiply, negate, subtract } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { type Ctx, create, get, list, patch } from '@yingzao/kernel/server'
import { billItem } from './bill-item.entity.ts'
import { variation } from './variation.entity.ts'
import type { Variation, VariationLine } from './variation-line.ts'

type Change = Pick<VariationLine, 'id' | 'position' | 'bill' | 'code' | 'name' | 'feature' | 'unit' | 'item'> & {
  readonly qty: Decimal
  readonly price: Decimal | null
  readonly tax_rate: Decimal
}

/** `factor` −1 takes it back. */
export async function applyToBill(
  system: Ctx,
  of: Pick<Variation, 'id' | 'contract' | 'number' | 'reverses'>,
  lines: readonly Change[],
  factor: 1 | -1,
): Promise<void> {
  const made: { readonly id: Id; readonly bill: Id<'bill_item'> }[] = []
  for (const line of lines) {
    const change = multiply(line.qty, `${factor}`)
    if (line.bill !== null) {
      const bill = await get(system, billItem, line.bill)
      const { ofBill, priced } = split(line, bill.price)
      if (ofBill !== null) await grow(system, bill, multiply(ofBill, `${factor}`))
      if (priced !== null)
        await grow(system, await pricedItem(system, of, line, bill, priced.price), multiply(priced.qty, `${factor}`))
    } else if (factor === 1) {
      const bill = await create(system, billItem.name, {
        ...{ contract: of.contract, variation: of.id, group: 'change', qty: '0', changed_qty: change },
        ...{ name: line.name ?? '', feature: line.feature, unit: line.unit ?? '', price: line.price ?? '0' },
        ...{ tax_rate: line.tax_rate, item: line.item, code: line.code ?? `${of.number ?? ''}-${line.position}` },
      })
      made.push({ id: line.id, bill: bill.id as Id<'bill_item'> })
    }
  }
  if (made.length > 0) await patch(system, variation.name, of.id, undefined, { lines: { upsert: made } })
}

type BillItem = RecordOf<typeof billItem>

/**
 * The quantity at the bill's price, and the one at its own. Less of an item at another price is less of the item, and what it is
 * worth less or more than the bill says beside it: nobody measures what is not built.
 */
function split({ qty, price }: Change, billed: Decimal) {
  if (price === null || compare(price, billed) === 0) return { ofBill: qty, priced: null }
  if (compare(qty, '0') > 0) return { ofBill: null, priced: { qty, price } }
  return { ofBill: qty, priced: { qty: negate(qty), price: subtract(billed, price) } }
}

async function grow(system: Ctx, { id }: BillItem, change: Decimal): Promise<void> {
  const { changed_qty } = await get(system, billItem, id)
  await patch(system, billItem.name, id, undefined, { changed_qty: add(changed_qty ?? '0', change) })
}

/** The item at this price that this variation put beside the bill's; made when there is none yet. */
async function pricedItem(
  system: Ctx,
  of: Pick<Variation, 'id' | 'number'>,
  { position }: Change,
  beside: BillItem,
  price: Decimal,
): Promise<BillItem> {
  const { items } = await list(system, billItem, { filter: { beside: { eq: beside.id }, variation: { eq: of.id } } })
  const found = items.find(each => compare(each.price, price) === 0)
  if (found) return found
  const { contract, name, feature, unit, tax_rate, item, section } = beside
  const made = await create(system, billItem.name, {
    ...{ contract, name, feature, unit, tax_rate, item, section, price, beside: beside.id, variation: of.id },
    ...{
      group: 'change',
      qty: '0',
      code: [`${of.number ?? ''}-${position}`, ...(items.length > 0 ? [items.length + 1] : [])].join('.'),
    },
  })
  return get(system, billItem, made.id as BillItem['id'])
}
