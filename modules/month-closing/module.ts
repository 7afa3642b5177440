// 月结: contents page. Closing the months of a company's books, and reopening them.
import { defineModule } from '@yingzao/kernel/entity'
import { monthClosing } from './month-closing.entity.ts'

export default defineModule({
  name: 'month-closing',
  label: { zh: '月结', en: 'Month closing' },
  needs: ['organisation', 'reconciliation'],
  entities: [monthClosing],
  refusals: {
    month: { zh: '月份写成 2026-10 的样子', en: 'Write the month like 2026-10' },
    not_over: { zh: '{month} 还没有结束，月末之后才能结账', en: '{month} is not over: close it when it has ended' },
    closed: { zh: '{month} 已经结账', en: '{month} is closed already' },
    still_open: {
      zh: '{month} 及以前还有：{what}。请按“未清事项”页逐项审批或勾对；确需结账的，填写“仍要结账的原因”',
      en: 'Up to {month} there is still: {what}. Go through them under “Still open”; or say why it is closed all the same',
    },
    in_order: { zh: '须按月顺序结账，请先结 {month}', en: 'Months are closed in order: close {month} first' },
    open: { zh: '{month} 没有结账，不需要反结账', en: '{month} is not closed: there is nothing to reopen' },
  },
  menu: { under: 'funds', order: 90, icon: 'lock', items: [{ entity: 'month_closing' }] },
})
