// 结账与反结账: the books themselves are the kernel's; here stand who may, until when, and why.
import type { PlainDate } from '@yingzao/kernel/entity'
import { asSystem, closeMonths, handle, isMonth, monthAfter, monthsClosed, patch, refuse } from '@yingzao/kernel/server'
import { monthClosing } from './month-closing.entity.ts'
import { stillOpen } from './still-open.ts'
import type { Waits } from './still-open-shape.ts'

const monthOf = (value: unknown): string => {
  if (!isMonth(value)) throw refuse('month_closing.month')
  return value
}
const thisMonth = (today: PlainDate) => today.slice(0, 7)
const monthBefore = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${month.slice(0, 5)}${String(number - 1).padStart(2, '0')}`
}

export default handle(monthClosing, {
  /** Months are closed one after the other, none before it has ended. The first one may be any. */
  async close(ctx, { id, company }, input) {
    const month = monthOf(input.month)
    const before = await monthsClosed(ctx, company)
    if (month >= thisMonth(ctx.today)) throw refuse('month_closing.not_over', { month })
    if (before !== null && month <= before) throw refuse('month_closing.closed', { month })
    if (before !== null && month !== monthAfter(before))
      throw refuse('month_closing.in_order', { month: monthAfter(before) })
    const reason = typeof input.reason === 'string' && input.reason.trim() !== '' ? input.reason.trim() : null
    const open = await stillOpen(ctx, company, monthAfter(month))
    if (open.length > 0 && reason === null)
      throw refuse('month_closing.still_open', {
        month,
        what: open.map(each => `${each.label[ctx.lang]} ${each.count}`).join(ctx.lang === 'zh' ? '、' : ', '),
      })
    await closeMonths(ctx, company, month)
    const closed = { closed_through: month, closed_at: ctx.now, closed_by: ctx.principal.user, closed_reason: reason }
    await patch(asSystem(ctx), monthClosing.name, id, undefined, closed)
    return { closed_through: month }
  },
  /** Of the month that comes next, or of the last one that is over where no books were closed yet. */
  async waits(ctx, { company }): Promise<Waits> {
    const before = await monthsClosed(ctx, company)
    const month = before === null ? monthBefore(thisMonth(ctx.today)) : monthAfter(before)
    return { month, open: await stillOpen(ctx, company, monthAfter(month)) }
  },
  async reopen(ctx, { id, company }, input) {
    const month = monthOf(input.month)
    const before = await monthsClosed(ctx, company)
    if (before === null || month > before) throw refuse('month_closing.open', { month })
    await closeMonths(ctx, company, monthBefore(month))
    await patch(asSystem(ctx), monthClosing.name, id, undefined, {
      closed_through: monthBefore(month),
      reopened_reason: String(input.reason),
    })
    return { closed_through: monthBefore(month) }
  },
})
