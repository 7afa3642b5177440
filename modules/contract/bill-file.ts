// An uploaded bill of quantities: read, and each item under the cost item that its code stands for.
import { add, type Decimal, divide, lineAmount, multiply, round, sum } from '@yingzao/engines/money'
import { type BillFile, type BillFileItem, readBillFile, refusalMessage } from '@yingzao/formats/bill-file'
import { asId, type Id, isId } from '@yingzao/kernel/entity'
import { all, type Ctx, create, type Input, list, patch, refuse } from '@yingzao/kernel/server'
import { openFile } from '@yingzao/platform/files/open'
import { billMapping } from './bill-mapping.entity.ts'

const largest = 64 * 1024 * 1024
const mostItems = 50_000

/** Refuses what cannot be read, with the way out. */
export async function readBill(ctx: Ctx, input: Input): Promise<{ readonly name: string; readonly bill: BillFile }> {
  const given: unknown = Array.isArray(input.file) ? input.file[0] : input.file
  const id: unknown = typeof given === 'object' && given !== null && 'id' in given ? given.id : given
  const unreadable = (reason: string) => refuse('contract.unreadable', { reason })
  if (!isId(id)) throw unreadable('file')
  const { content, name } = await openFile(ctx, id)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of content) {
    size += part.length
    if (size > largest)
      throw unreadable(refusalMessage({ code: 'format.too_large', values: { limit: largest } })[ctx.lang])
    parts.push(part)
  }
  const reading = await readBillFile(Buffer.concat(parts))
  if (!reading.ok) throw unreadable(refusalMessage(reading.error)[ctx.lang])
  if (reading.bill.items.length > mostItems) throw refuse('contract.too_many_items', { limit: mostItems })
  return { name, bill: reading.bill }
}

/** 税金 follows from the rate of each line and is no item. */
export const priced = (items: readonly BillFileItem[]) => items.filter(each => each.group !== 'tax')

/** What is imported of an item: as kept, where the file says none zero, and its amount. */
export const keptQty = ({ qty }: BillFileItem): Decimal => round(qty ?? '0', 4)
export const keptPrice = ({ price }: BillFileItem): Decimal => round(price ?? '0', 6)
export const keptAmount = (item: BillFileItem): Decimal => lineAmount(keptQty(item), keptPrice(item))
/**
 * The price as the contract is written, 含税 or 不含税, from one of the file: turned by the VAT rate where the two differ, with
 * six decimals.
 */
export function priceAs(item: BillFileItem, from: 'gross' | 'net', to: 'gross' | 'net', rate: Decimal): Decimal {
  const price = keptPrice(item)
  if (from === to) return price
  const factor = add('1', rate)
  return round(to === 'gross' ? multiply(price, factor) : (divide(price, factor, 10) ?? '0'), 6)
}
export const amountOf = (items: readonly BillFileItem[]): Decimal => add('0.00', sum(items.map(keptAmount)))

/** What a mapping is asked by: the code, or of what has none its group. */
export const keyOf = ({ code, group }: BillFileItem): string => (/^[0-9A-Za-z]/.test(code) ? code : group)
/** 0101 of 010101001001: the appendix of the measuring standard. */
export const prefixOf = (item: BillFileItem): string =>
  /^[0-9]{4}/.test(item.code) ? item.code.slice(0, 4) : item.group

export type Mapping = ReadonlyMap<string, Id<'cost_item'>>

export async function keptMapping(ctx: Ctx): Promise<Mapping> {
  const rows = await all(ctx, billMapping, { fields: ['prefix', 'item'] })
  return new Map(rows.map(({ prefix, item }) => [prefix, item]))
}

/** The longest beginning that is known. */
export function itemFor(mapping: Mapping, key: string): Id<'cost_item'> | null {
  for (let length = Math.min(key.length, 40); length > 0; length--) {
    const found = mapping.get(key.slice(0, length))
    if (found !== undefined) return found
  }
  return null
}

/** With what the importer chose and nobody kept yet. */
export const chosen = (mapping: Mapping, given: unknown): Mapping => new Map([...mapping, ...choices(given)])

const choices = (given: unknown): (readonly [string, Id<'cost_item'>])[] =>
  typeof given !== 'object' || given === null
    ? []
    : Object.entries(given).flatMap(([prefix, item]) =>
        isId(item) ? [[prefix, asId('cost_item', item)] as const] : [],
      )

/** What the importer chose, kept for the next time; with everything known before. */
export async function learnMapping(ctx: Ctx, given: unknown): Promise<Mapping> {
  const mapping = new Map(await keptMapping(ctx))
  for (const [prefix, item] of choices(given)) {
    if (mapping.get(prefix) === item) continue
    const { items } = await list(ctx, billMapping, { filter: { prefix: { eq: prefix } }, limit: 1 })
    if (items[0]) await patch(ctx, billMapping, items[0].id, items[0].version, { item })
    else await create(ctx, billMapping, { prefix, item })
    mapping.set(prefix, item)
  }
  return mapping
}
