// 按期率: of the work promised for a month, how much was finished on or before its promise (its oldest baseline), finished
// later, or is still open after it. Counted by the record store with the reader's rights: complete, or refused.
import { formatDay, parseDay } from '@yingzao/engines/schedule'
import { act, aggregate, all, type Ctx } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { currentPlans, isWhole, underWay } from './scope.ts'
import type { Kept, OnTime } from './shape.ts'

const work = ['task', 'resource_dependent', 'milestone', 'start_milestone']
/** Plans counted at once: with months and kinds, groups stay below what one aggregate answers (10,000). */
const atOnce = 60

/** What became of promised work, as conditions over tasks. The page's lists ask the same. */
const outcomes = {
  onTime: { actual_finish_at: { empty: false }, slip_days: { le: 0 } },
  late: { actual_finish_at: { empty: false }, slip_days: { gt: 0 } },
  open: { actual_finish_at: { empty: true } },
} as const
type Outcome = keyof typeof outcomes

export const onTime = act('portfolio.on_time', async (ctx, input): Promise<OnTime> => {
  const projects = await all(ctx, project, { filter: underWay, fields: ['name'] })
  const plans = await currentPlans(
    ctx,
    projects.map(each => each.id),
  )
  const from = firstOfMonth(ctx.today, Number(input.months ?? 12) - 1)
  const counts = new Map<string, { -readonly [K in keyof Kept]: Kept[K] }>()
  for (let at = 0; at < plans.length; at += atOnce)
    await count(
      ctx,
      plans.slice(at, at + atOnce).map(each => each.id),
      from,
      counts,
    )
  const planOf = new Map(plans.map(each => [String(each.project), each]))
  return {
    rows: [...counts.values()],
    from,
    today: ctx.today,
    whole: await isWhole(ctx, projects.length, underWay),
    unpromised: projects.filter(each => !planOf.get(each.id)?.promised_on).map(each => each.id),
  }
})

async function count(
  ctx: Ctx,
  plans: readonly string[],
  from: string,
  counts: Map<string, { -readonly [K in keyof Kept]: Kept[K] }>,
): Promise<void> {
  const yesterday = formatDay((parseDay(ctx.today) ?? 0) - 1)
  let outcome: Outcome
  for (outcome in outcomes) {
    // What was promised for today may still be finished today.
    const until = outcome === 'open' ? yesterday : ctx.today
    const rows = await aggregate(ctx, task, {
      filter: {
        plan: { in: [...plans] },
        kind: { in: work },
        promised_on: { ge: from, le: until },
        ...outcomes[outcome],
      },
      by: ['project', 'plan', 'promised_on:month', 'kind'],
      measures: [{ fn: 'count' }],
    })
    for (const { key, values } of rows) {
      const [owner, plan, month, kind] = key.map(String)
      if (!owner || !plan || !month) continue
      const milestone = kind === 'milestone' || kind === 'start_milestone'
      const id = `${plan} ${month} ${milestone}`
      const known = counts.get(id) ?? { project: owner, plan, month, milestone, onTime: 0, late: 0, open: 0 }
      known[outcome] += Number(values[0] ?? 0)
      counts.set(id, known)
    }
  }
}

/** The first day of the month so many months before the day's. */
function firstOfMonth(day: string, back: number): string {
  const [year = 1970, month = 1] = day.split('-').map(Number)
  const at = year * 12 + month - 1 - back
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
}
