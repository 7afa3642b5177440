// 红字发票 and 勾选: what is taken back of an invoice, under a number of its own; the month it is deducted in.
import { isDecimal, type Json, type PlainDate } from '@yingzao/kernel/entity'
import { asSystem, handle, patch, refuse } from '@yingzao/kernel/server'
import { invoice } from './invoice.entity.ts'
import { lineOf, redden, shareOf } from './red.ts'

export default handle(invoice, {
  async redden(ctx, record, input) {
    const text = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : null)
    const asked = text(input.amount)
    const amount = asked !== null && isDecimal(asked) ? asked : null
    const mirror = await redden(ctx, record, {
      invoice_no: String(input.invoice_no),
      code: text(input.code),
      issued_on: String(input.issued_on) as PlainDate,
      reason: String(input.reason),
      confirmation_no: text(input.confirmation_no),
      lines:
        typeof input.line_no === 'number'
          ? await lineOf(ctx, record, input.line_no, amount)
          : amount === null
            ? null
            : await shareOf(ctx, record, amount),
    })
    return { mirror }
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
