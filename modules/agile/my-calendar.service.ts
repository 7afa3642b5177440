// What of the agile work stands in somebody's calendar: sprints of his projects, and his own items on the day their sprint ends.
import { parseDay } from '@yingzao/engines/schedule'
import { act, all, type Ctx, list } from '@yingzao/kernel/server'
import type { CalendarEntry } from '@yingzao/platform/client/shapes'
import { sprint } from './sprint.entity.ts'
import { workItem } from './work-item.entity.ts'

/** Closed sprints stay in the calendar for so many days; more than so much is not shown at once. */
const keptDays = 60
const most = 500

export default act('agile.my_calendar', async (ctx): Promise<readonly CalendarEntry[]> => {
  const { principal, lang, today } = ctx
  if (principal.user === null) return []
  const since = dayBefore(today, keptDays)
  const items = await list(ctx, workItem, {
    filter: { assignee: { eq: principal.user }, sprint: { empty: false } },
    where: `stage != "cancelled" and kind != "epic"`,
    fields: ['title', 'code', 'stage', 'sprint', 'blocked', 'updated_at'],
    sort: ['-updated_at'],
    limit: most,
  })
  const where = `finish_on >= date("${since}")`
  const fields = ['name', 'project', 'stage', 'goal', 'start_on', 'finish_on', 'updated_at']
  const own = [...new Set(items.items.flatMap(each => each.sprint ?? []))]
  const places = await projectsOf(ctx)
  const sprints = [
    ...(own.length === 0 ? [] : await all(ctx, sprint, { filter: { id: { in: own } }, where, fields })),
    ...(places.length === 0 ? [] : await all(ctx, sprint, { filter: { project: { in: places } }, where, fields })),
  ]
  const known = new Map(sprints.map(each => [String(each.id), each]))
  const w = words[lang]
  return [
    ...[...known.values()].flatMap((each): CalendarEntry[] => {
      const [from, to] = [parseDay(each.start_on), parseDay(each.finish_on)]
      if (from === undefined || to === undefined) return []
      return [
        {
          uid: `sprint-${each.id}`,
          at: { from, to },
          summary: `${each.stage === 'closed' ? '✓ ' : ''}${each.name}`,
          ...(each.goal ? { description: each.goal } : {}),
          path: `/agile/sprint/${each.id}`,
          categories: [w.sprint],
          changed: each.updated_at,
        },
      ]
    }),
    ...items.items.flatMap((each): CalendarEntry[] => {
      const within = known.get(String(each.sprint))
      const at = parseDay(within?.finish_on ?? '')
      if (!within || at === undefined) return []
      return [
        {
          uid: `item-${each.id}`,
          at: { from: at, to: at },
          summary: `${each.stage === 'done' ? '✓ ' : each.blocked ? '! ' : ''}${each.code ?? ''} ${each.title}`.trim(),
          description: within.name,
          path: `/agile/work_item/${each.id}`,
          categories: [w.item],
          // Its day is the sprint's.
          changed: within.updated_at > each.updated_at ? within.updated_at : each.updated_at,
        },
      ]
    }),
  ]
})

/** Where he holds a role himself, and what he manages; not all that a company's role lets him see. */
async function projectsOf(ctx: Ctx): Promise<string[]> {
  const { principal } = ctx
  const managed = await all(ctx, 'project', { filter: { manager: { eq: principal.user } }, fields: ['name'] })
  const held = principal.roles.flatMap(({ at }) => (at.kind === 'project' ? [String(at.id)] : []))
  return [...new Set([...held, ...managed.map(({ id }) => String(id))])]
}

function dayBefore(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - days)
  return at.toISOString().slice(0, 10)
}

const words = {
  zh: { sprint: '迭代', item: '工作项' },
  en: { sprint: 'Sprint', item: 'Work item' },
}
