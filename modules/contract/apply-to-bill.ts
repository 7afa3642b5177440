// What a variation does to the bill: more or less of what is there, and new items of quantity zero that it brings to life, so that
// measuring, reversing and voiding are the same for both.
import { add, type Decimal, multiply } from '@yingzao/engines/money'
import type { Id } from '@yingzao/kernel/entity'
import { type Ctx, create, get, patch } from '@yingzao/kernel/server'
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
      const { changed_qty } = await get(system, billItem, line.bill)
      await patch(system, billItem.name, line.bill, undefined, { changed_qty: add(changed_qty ?? '0', change) })
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
