// 红字: the mirror that the kernel makes of an effective invoice, given the number, day and reason of the red paper.
import {
  absolute,
  add,
  compare,
  type Decimal,
  exact,
  isZero,
  multiply,
  quotient,
  r2,
  round,
  subtract,
  sum,
  toDecimal,
} from '@yingzao/engines/money'
import { type FileRef, type Id, isId, type PlainDate, type RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, leftToReverse, patch, refuse, refuseInput, run } from '@yingzao/kernel/server'
import { invoice } from './invoice.entity.ts'

type Invoice = RecordOf<typeof invoice>

export interface RedLine {
  readonly id: string
  readonly amount: Decimal
  readonly qty?: Decimal
  readonly tax_diff?: Decimal
}
export interface RedPaper {
  readonly invoice_no: string
  readonly code: string | null
  readonly issued_on: PlainDate
  readonly reason: string
  readonly confirmation_no: string | null
  /** How much of which line; null: all that is left. */
  readonly lines: readonly RedLine[] | null
  readonly original?: readonly FileRef[]
}

/** Makes and posts the red invoice; gives its id. The right to do so was checked on the way in. */
export async function redden(ctx: Ctx, of: Invoice, paper: RedPaper): Promise<Id<'invoice'>> {
  if (paper.issued_on < of.issued_on) throw refuse('invoice.red_early', { issued_on: of.issued_on })
  const system = asSystem(ctx)
  const outcome = await run(system, invoice, of.id, 'reverse', { reason: paper.reason, lines: paper.lines })
  const made = typeof outcome === 'object' && outcome !== null && 'mirror' in outcome ? outcome.mirror : null
  if (!isId(made)) throw new Error('a reversal names its mirror')
  const { invoice_no, code, issued_on, confirmation_no, original = [] } = paper
  const record = await patch(system, invoice.name, made, undefined, {
    ...{ invoice_no, code, issued_on, confirmation_no, original, red_reason: paper.reason, printed_amount: null },
    // What was deducted is taken out of the input tax in the month of the red invoice (进项税额转出).
    deducted_in: of.deducted_in === null ? null : issued_on.slice(0, 7),
  })
  return record.id as Id<'invoice'>
}

/** What a person asks to take back: lines by name, each with its amount or all that is left of it; else an amount of the whole. */
export interface Asked {
  readonly amount: Decimal | null
  readonly lines: readonly { readonly line: string; readonly amount: Decimal | null }[] | null
}

/** The asked as parts of lines; null: all that is left. Never more than is left of a line, nor of the whole. */
export async function takenBack(ctx: Ctx, of: Invoice, { amount, lines }: Asked): Promise<RedLine[] | null> {
  const left = await linesLeft(ctx, of)
  const whole = sum(left.map(line => line.amount))
  const taken = lines?.map((each, index) => partOfLine(left, each, index))
  const total = taken ? sum(taken.map(line => line.amount)) : (amount ?? whole)
  // Lines of discounts are negative: each line may have enough where the whole has not.
  if (compare(total, '0') <= 0 || compare(total, whole) > 0) throw refuse('invoice.red_too_much', { left: r2(whole) })
  if (taken && amount !== null && compare(amount, total) !== 0) throw refuse('invoice.red_sum', { sum: r2(total) })
  return taken ?? (compare(total, whole) === 0 ? null : shares(left, total, whole))
}

function partOfLine(
  left: readonly Left[],
  { line, amount }: NonNullable<Asked['lines']>[number],
  index: number,
): RedLine {
  const at = left.findIndex(each => each.id === line)
  const found = left[at]
  if (!found) throw refuseInput([{ path: `lines.${index}.line`, code: 'invoice.no_such_line' }])
  // Of a negative line its amount may be given without the sign.
  const size = absolute(amount ?? found.amount)
  if (isZero(size) || compare(size, absolute(found.amount)) > 0)
    throw refuse('invoice.red_line', { line: at + 1, left: found.amount })
  return partOf(found, size, absolute(found.amount))
}

/** An amount of the whole spread over what is left of its lines in proportion. */
function shares(left: readonly Left[], amount: Decimal, whole: Decimal): RedLine[] {
  const parts = left.filter(line => !isZero(line.amount)).map(line => partOf(line, amount, whole))
  // What rounding left over goes to the largest line.
  const largest = parts.reduce(
    (at, line, index) => (compare(absolute(line.amount), absolute(parts[at]?.amount ?? '0')) > 0 ? index : at),
    0,
  )
  const rest = subtract(amount, sum(parts.map(line => line.amount)))
  return parts.map((line, index) => (index === largest ? { ...line, amount: add(line.amount, rest) } : line))
}

/** A line as far as no red invoice took it back. */
interface Left {
  readonly id: string
  readonly amount: Decimal
  readonly tax_diff: Decimal
  readonly qty: Decimal | null
}
/** `lock: false`: to be shown, not to be taken. */
export async function linesLeft(ctx: Ctx, of: Invoice, options: { readonly lock?: boolean } = {}): Promise<Left[]> {
  const left = await leftToReverse(ctx, invoice.name, of.id, options)
  return of.lines.map(({ id, qty }) => ({
    ...{ id, amount: left(id, 'amount'), tax_diff: left(id, 'tax_diff') },
    qty: qty === null ? null : left(id, 'qty'),
  }))
}

/** `amount` of `whole`, as far as it falls on the line; its quantity and rounding go with it, the last part takes what is left. */
function partOf(line: Left, amount: Decimal, whole: Decimal): RedLine {
  const part = (value: Decimal, scale: number): Decimal =>
    toDecimal(quotient(exact(multiply(value, amount)), exact(whole), scale), scale)
  return {
    ...{ id: line.id, amount: part(line.amount, 2), tax_diff: part(line.tax_diff, 2) },
    ...(line.qty === null ? {} : { qty: round(part(line.qty, 4), 4) }),
  }
}
