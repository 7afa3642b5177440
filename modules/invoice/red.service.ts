// 红字发票 and 勾选: what is taken back of an invoice, under a number of its own; the month it is deducted in.
import { compare, r2 } from '@yingzao/engines/money'
import { type Decimal, isDecimal, type Json, type PlainDate } from '@yingzao/kernel/entity'
import { asSystem, get, handle, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { invoice } from './invoice.entity.ts'
import { type Asked, linesLeft, redden, takenBack } from './red.ts'
import type { LineLeft } from './red-shape.ts'

export default handle(invoice, {
  async redden(ctx, record, input) {
    const text = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : null)
    const mirror = await redden(ctx, record, {
      invoice_no: String(input.invoice_no),
      code: text(input.code),
      issued_on: String(input.issued_on) as PlainDate,
      reason: String(input.reason),
      confirmation_no: text(input.confirmation_no),
      lines: await takenBack(ctx, record, { amount: amountOf(input.amount), lines: linesOf(input.lines) }),
    })
    return { mirror }
  },
  async left(ctx, record): Promise<LineLeft[]> {
    if ((await get(ctx, invoice, record.id)).gross_amount === undefined)
      throw refuse('access.denied', { function: 'read' })
    const left = await linesLeft(ctx, record, { lock: false })
    return record.lines.map(({ id, name, spec, amount }, at) => ({
      ...{ id, name, spec, amount },
      left: left[at]?.amount ?? '0.00',
    }))
  },
  async deduct(ctx, record, input) {
    const month = String(input.month)
    if (month < record.issued_on.slice(0, 7)) throw refuse('invoice.deducted_early', { issued_on: record.issued_on })
    await patch(asSystem(ctx), invoice.name, record.id, undefined, { deducted_in: month })
    return { deducted_in: month }
  },
  async undo_deduct(ctx, record) {
    await patch(asSystem(ctx), invoice.name, record.id, undefined, { deducted_in: null })
    return { deducted_in: null }
  },
})

const amountOf = (value: unknown): Decimal | null => (isDecimal(value) ? value : null)

/** Each line once, with an amount to the fen. */
function linesOf(given: Json | undefined): Asked['lines'] {
  if (given === undefined || given === null) return null
  const wrong = (path: string, expected: string) => refuseInput([{ path, code: 'field.type', values: { expected } }])
  if (!Array.isArray(given) || given.length === 0) throw wrong('lines', '[{ line, amount }]')
  const met = new Set<string>()
  return given.map((each, index) => {
    const { line, amount = null, ...rest } = isObject(each) ? each : {}
    if (typeof line !== 'string' || met.has(line) || Object.keys(rest).length > 0)
      throw wrong(`lines.${index}`, '{ line, amount }')
    met.add(line)
    if (amount !== null && !(isDecimal(amount) && compare(amount, r2(amount)) === 0))
      throw wrong(`lines.${index}.amount`, '"123.45"')
    return { line, amount: amountOf(amount) }
  })
}
const isObject = (value: Json): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
