// The lines of a measurement, computed: what each is worth now, from what was measured before and what the contract says.
import {
  add,
  allocate,
  compare,
  type Decimal,
  divide,
  isZero,
  multiply,
  r2,
  round,
  subtract,
  sum,
} from '@yingzao/engines/money'
import type { LineOf } from '@yingzao/kernel/entity'
import type { Agreed } from './agreed.ts'
import type { measurementLine } from './measurement-line.entity.ts'
import { type Clause, nothing, type Priced, split, type Worth, worthOf } from './worth.ts'

export type Line = LineOf<typeof measurementLine>
export interface BillItem extends Priced {
  readonly unit: string
  readonly item: Line['item']
}
/** What was measured of one thing so far. */
export interface Measured extends Worth {
  readonly qty: Decimal
  readonly final: boolean
}
export interface Facts {
  readonly bill: ReadonlyMap<string, BillItem>
  /** Lump sums by cost item; '' for what names none. */
  readonly lumps: ReadonlyMap<string, Agreed>
  readonly before: ReadonlyMap<string, Measured>
  readonly clause: Clause | null
  /** 总价合同: quantities are those of the bill and never more. */
  readonly lump: boolean
  /** Cost is counted by cost item. */
  readonly expense: boolean
}
export interface LineError {
  readonly path: string
  readonly code: string
}

const none: Measured = { ...nothing, qty: '0.0000', final: false }
/** What a line is counted under: the same bill item, whatever cost item it stands for. */
export const countedAs = ({ kind, bill_item, item }: Pick<Line, 'kind' | 'bill_item' | 'item'>): string =>
  kind === 'bill' ? `bill ${bill_item}` : `${kind} ${item ?? ''}`

/**
 * Lines in their order, each after the ones above it. A mirror's quantities are those taken back, and whether its items stay
 * complete is said by `final_change`.
 */
export function measure(
  lines: readonly Line[],
  facts: Facts,
  mirror: boolean,
): { readonly lines: readonly Line[]; readonly errors: readonly LineError[] } {
  const running = new Map(facts.before)
  const errors: LineError[] = []
  const computed = lines.map((line, index) => {
    const say = (field: string, code: string) =>
      errors.push({ path: `lines.${index}.${field}`, code: `measurement.${code}` })
    const key = countedAs(line)
    const before = running.get(key) ?? none
    const found =
      line.kind === 'bill'
        ? ofBill(line, before, facts, mirror, say)
        : line.kind === 'lump'
          ? ofLump(line, before, facts, mirror, say)
          : ofOther(line, before, say)
    if (facts.expense && found.line.item === null) say('item', 'item')
    running.set(key, found.after)
    return {
      ...found.line,
      before_amount: before.gross,
      gross_amount: subtract(found.after.gross, before.gross),
      net_amount: subtract(found.after.net, before.net),
      final_change: mirror ? line.final_change : Number(found.after.final) - Number(before.final),
    }
  })
  return { lines: computed, errors }
}

type Say = (field: string, code: string) => void
interface Found {
  readonly line: Line
  readonly after: Measured
}

function ofBill(line: Line, before: Measured, facts: Facts, mirror: boolean, say: Say): Found {
  const of = facts.bill.get(line.bill_item ?? '')
  if (!of) {
    say('bill_item', 'other_contract')
    return { line, after: before }
  }
  const qty = add(before.qty, line.qty ?? '0')
  if (compare(qty, '0') < 0) say('qty', 'below_zero')
  const over = subtract(beyond(qty, of.planned), beyond(before.qty, of.planned))
  if (facts.lump && compare(over, '0') > 0) say('qty', 'over_lump')
  const final = mirror ? Number(before.final) + (line.final_change ?? 0) > 0 : line.final
  const worth = compare(qty, '0') < 0 ? nothing : worthOf(of, facts.clause, qty, final)
  return {
    line: {
      ...line,
      unit: of.unit,
      price: of.price,
      tax_rate: of.rate,
      item: of.item ?? line.item,
      planned_qty: of.planned,
      planned_amount: null,
      before_qty: round(before.qty, 4),
      over_qty: over,
    },
    after: { ...worth, qty, final },
  }
}

const beyond = (qty: Decimal, planned: Decimal): Decimal =>
  compare(qty, planned) > 0 ? subtract(qty, planned) : '0.0000'

function ofLump(line: Line, before: Measured, { lumps }: Facts, mirror: boolean, say: Say): Found {
  const of = lumps.get(line.item ?? '')
  if (!of) {
    say('item', 'no_lump')
    return { line, after: before }
  }
  const amount =
    line.to_share !== null && !mirror
      ? subtract(r2(multiply(of.gross, line.to_share)), before.gross)
      : r2(line.amount ?? '0')
  const gross = add(before.gross, amount)
  if (compare(gross, '0') < 0) say('amount', 'below_zero')
  if (compare(gross, of.gross) > 0) say('amount', 'over_lump')
  // At 100 % the tax is that of the contract to the fen.
  const net = compare(gross, of.gross) === 0 ? of.net : netOf(gross, of)
  const [rate, ...more] = [...of.rates.keys()]
  return {
    line: {
      ...{
        ...line,
        amount,
        tax_rate: more.length > 0 ? null : (rate ?? null),
        planned_qty: null,
        planned_amount: of.gross,
      },
      ...{ before_qty: null, over_qty: null },
    },
    after: { gross, net, qty: '0.0000', final: false },
  }
}

/** Each rate has its share of what is measured. A rate that changes took to less than nothing shares no more: then all is in proportion. */
function netOf(measured: Decimal, { gross, net, rates }: Agreed): Decimal {
  const parts = [...rates].filter(([, part]) => !isZero(part))
  if (parts.length === 0 || parts.some(([, part]) => compare(part, '0') < 0))
    return divide(multiply(measured, net), gross, 2) ?? measured
  const shares = allocate(
    measured,
    parts.map(([, part]) => part),
  )
  return add('0.00', sum(parts.map(([rate], at) => split(shares[at] ?? '0', 'gross', rate).net)))
}

function ofOther(line: Line, before: Measured, say: Say): Found {
  const amount = line.kind === 'daywork' ? r2(multiply(line.qty ?? '0', line.price ?? '0')) : r2(line.amount ?? '0')
  const rate = line.tax_rate ?? '0.09'
  const { net } = split(amount, 'gross', rate)
  const gross = add(before.gross, amount)
  if (compare(gross, '0') < 0) say(line.kind === 'daywork' ? 'qty' : 'amount', 'below_zero')
  if (line.what === null) say('what', 'what')
  if (line.kind === 'daywork' && line.price === null && !isZero(line.qty ?? '0')) say('price', 'price')
  return {
    line: { ...line, tax_rate: rate, planned_qty: null, planned_amount: null, before_qty: null, over_qty: null },
    after: { gross, net: add(before.net, net), qty: '0.0000', final: false },
  }
}
