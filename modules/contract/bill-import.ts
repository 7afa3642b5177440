// Bill items from a file: priced as the contract is, under the cost item their code stands for, reconciled with its lines.
import { add, lineAmount, sum } from '@yingzao/engines/money'
import type { BillFile } from '@yingzao/formats/bill-file'
import { asId, isDecimal } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, createAll, get, type Input, write } from '@yingzao/kernel/server'
import { billDifferences, billSums } from './bill.ts'
import { itemFor, keptQty, keyOf, learnMapping, priceAs, priced } from './bill-file.ts'
import type { BillImported } from './bill-import-shape.ts'
import { billItem } from './bill-item.entity.ts'
import { contract } from './contract.entity.ts'

/** Items between two looks at whether it was stopped. */
const part = 2000

/**
 * All of it or nothing. `first` is the id of the first item, by which a second run of the same job knows that it was done.
 *
 * @param told is asked between the parts, 0–1, and may throw
 */
export async function keepBill(
  ctx: Ctx,
  bill: BillFile,
  input: Input,
  told: (done: number) => Promise<void> = async () => {},
): Promise<BillImported> {
  return write(ctx, async ctx => {
    const of = await get(ctx, contract, asId('contract', String(input.contract)))
    const mapping = await learnMapping(ctx, input.mapping)
    const there = await all(asSystem(ctx), billItem, { filter: { contract: { eq: of.id } }, fields: ['code'] })
    const taken = new Set(there.map(({ code }) => code))
    let renamed = 0
    const free = (wanted: string) => {
      let code = wanted
      for (let again = 2; taken.has(code); again++) code = `${wanted.slice(0, 34)}-${again}`
      if (code !== wanted) renamed++
      taken.add(code)
      return code
    }
    const items = priced(bill.items)
    const tax_rate = isDecimal(input.tax_rate) ? input.tax_rate : '0.09'
    const from = input.prices === 'gross' || input.prices === 'net' ? input.prices : of.price_mode
    const prices = items.map(each => priceAs(each, from, of.price_mode, tax_rate))
    const rows = items.map((each, at) => ({
      ...(at === 0 && typeof input.first === 'string' ? { id: input.first } : {}),
      ...{ contract: of.id, group: each.group, name: (each.name || each.code || each.at).slice(0, 200), tax_rate },
      code: free(each.code.slice(0, 40) || `${each.group}-${at + 1}`),
      ...{ feature: each.feature === '' ? null : each.feature.slice(0, 4000), unit: each.unit.slice(0, 20) || '—' },
      ...{ qty: keptQty(each), price: prices[at] ?? '0', item: itemFor(mapping, keyOf(each)) },
      section: each.section.join(' / ').slice(0, 300) || null,
    }))
    for (let at = 0; at < rows.length; at += part) {
      await told(at / rows.length)
      await createAll(ctx, billItem.name, rows.slice(at, at + part))
    }
    await told(1)
    const differences = billDifferences(of, await billSums(ctx, of)).length
    const amount = add('0.00', sum(items.map((each, at) => lineAmount(keptQty(each), prices[at] ?? '0'))))
    return { created: items.length, amount, renamed, differences }
  })
}
