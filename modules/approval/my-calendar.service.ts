// What waits for somebody's approval stands in his calendar: on the day it is due, and every day from then, or where nothing is
// due, today, until it is done.
import { parseDay } from '@yingzao/engines/schedule/civil'
import { boxOf } from '@yingzao/kernel/approval/read'
import { act } from '@yingzao/kernel/server'
import { dayIn, instantOf } from '@yingzao/kernel/system'
import type { CalendarEntry } from '@yingzao/platform/client/shapes'

const most = 100

export default act('approval.my_calendar', async (ctx): Promise<readonly CalendarEntry[]> => {
  const { rows } = await boxOf(ctx, 'todo', most)
  const today = parseDay(ctx.today)
  if (today === undefined) return []
  const w = words[ctx.lang]
  return rows.map((row): CalendarEntry => {
    const due = row.due_at === null ? undefined : parseDay(dayIn(ctx.zone, new Date(row.due_at)))
    const at = due === undefined ? today : Math.max(due, today)
    const late = due !== undefined && due < today
    return {
      uid: `approval-${row.instance}`,
      at: { from: at, to: at },
      summary: `${late ? w.late : w.waits}${[row.number, row.title].filter(Boolean).join(' ')}`,
      description: [row.step?.[ctx.lang], row.starter && w.from(row.starter.name)].filter(Boolean).join(' · '),
      path: `/${ctx.registry.shapes.get(row.entity)?.module}/${row.entity}/${row.document}`,
      categories: [w.category],
      changed: instantOf(new Date(row.at)),
    }
  })
})

const words = {
  zh: { waits: '待审批：', late: '审批已到期：', from: (name: string) => `${name}提交`, category: '审批' },
  en: {
    waits: 'To approve: ',
    late: 'Approval overdue: ',
    from: (name: string) => `from ${name}`,
    category: 'Approval',
  },
}
