// What of the weekly plan stands in somebody's calendar: what he has promised for a week.
import { parseDay } from '@yingzao/engines/schedule'
import { act, list } from '@yingzao/kernel/server'
import type { CalendarEntry } from '@yingzao/platform/client/shapes'
import { weekCommitment } from './week.entity.ts'

const most = 500

export default act('progress.my_calendar', async (ctx): Promise<readonly CalendarEntry[]> => {
  const { user } = ctx.principal
  if (user === null) return []
  const found = await list(ctx, weekCommitment, { filter: { who: { eq: user } }, sort: ['-week_on'], limit: most })
  const ids = [...new Set(found.items.map(each => each.task))]
  const tasks =
    ids.length === 0
      ? []
      : (await list(ctx, 'task', { filter: { id: { in: ids } }, fields: ['name'], limit: most })).items
  const names = new Map(tasks.map(each => [String(each.id), String(each.name)]))
  const w = words[ctx.lang]
  return found.items.flatMap((each): CalendarEntry[] => {
    const monday = parseDay(each.week_on)
    const name = names.get(String(each.task))
    if (monday === undefined || name === undefined) return []
    const promised = `${Math.round(Number(each.promised_pct) * 100)}%`
    return [
      {
        uid: `week-${each.id}`,
        // Monday to Friday: what was promised for the week.
        at: { from: monday, to: monday + 4 },
        summary: `${marks[each.stage ?? ''] ?? ''}${w.week(name, promised)}`,
        ...(each.promise ? { description: each.promise } : {}),
        path: `/schedule/plan/${each.plan}?tab=progress`,
        categories: [w.category],
        changed: each.updated_at,
      },
    ]
  })
})

const marks: Readonly<Record<string, string>> = { kept: '✓ ', missed: '✗ ' }
const words = {
  zh: { week: (name: string, to: string) => `周计划：${name} → ${to}`, category: '周计划' },
  en: { week: (name: string, to: string) => `This week: ${name} → ${to}`, category: 'Weekly plan' },
}
