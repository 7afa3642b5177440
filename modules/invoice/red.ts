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

/** A part of what is left of the invoice spread over its lines in proportion; all that is left when it is that. */
export async function shareOf(ctx: Ctx, of: Invoice, amount: Decimal): Promise<RedLine[] | null> {
  const lines = (await linesLeft(ctx, of)).filter(line => !isZero(line.amount))
  const left = sum(lines.map(line => line.amount))
  if (compare(amount, left) > 0) throw refuse('invoice.red_too_much', { left: r2(left) })
  if (compare(amount, left) === 0) return null
  const shares = lines.map(line => partOf(line, amount, left))
  // What rounding left over goes to the largest line.
  const largest = lines.reduce(
    (at, line, index) => (compare(absolute(line.amount), absolute(lines[at]?.amount ?? '0')) > 0 ? index : at),
    0,
  )
  const rest = subtract(amount, sum(shares.map(share => share.amount)))
  return shares.map((share, index) => (index === largest ? { ...share, amount: add(share.amount, rest) } : share))
}

/** Of one line, named by its number; without an amount all that is left of it. */
export async function lineOf(ctx: Ctx, of: Invoice, number: number, amount: Decimal | null): Promise<RedLine[]> {
  const line = (await linesLeft(ctx, of))[number - 1]
  if (!line) throw refuseInput([{ path: 'line_no', code: 'invoice.no_such_line', values: { count: of.lines.length } }])
  const wanted = amount ?? line.amount
  const beyond = compare(absolute(wanted), absolute(line.amount)) > 0
  if (beyond || isZero(line.amount)) throw refuse('invoice.red_too_much', { left: r2(line.amount) })
  return [partOf(line, wanted, line.amount)]
}

/** A line as far as no red invoice took it back. */
interface Left {
  readonly id: string
  readonly amount: Decimal
  readonly tax_diff: Decimal
  readonly qty: Decimal | null
}
async function linesLeft(ctx: Ctx, of: Invoice): Promise<Left[]> {
  const left = await leftToReverse(ctx, invoice.name, of.id)
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
