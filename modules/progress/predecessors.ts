// The predecessors of a task with how far they are: from a whole plan, or from the few rows that a report concerns.
import type { Lag, Link, Plan, Task } from '@yingzao/engines/schedule'
import type { Json, RecordOf } from '@yingzao/kernel/entity'
import { all, type Ctx } from '@yingzao/kernel/server'
import { task, taskLink } from '../schedule/task.entity.ts'
import type { Before } from './doubt.ts'

/** Work to be done of one row: its duration and how far it is. */
interface Leaf {
  readonly parent: string | undefined
  readonly duration: number
  readonly percent: number
}

/** Links bind a task through its summaries too; `above` are their ids with its own. */
export function predecessorsIn(plan: Plan): (task: Task) => Before[] {
  const byId = new Map(plan.tasks.map(each => [each.id, each]))
  const into = new Map<string, Link[]>()
  for (const link of plan.links) into.set(link.to, [...(into.get(link.to) ?? []), link])
  const leaves = plan.tasks.map(each => leafOf(each.parent, each.duration, each.percentComplete))
  return of => {
    const found: Before[] = []
    for (let at: Task | undefined = of; at; at = at.parent === undefined ? undefined : byId.get(at.parent))
      for (const link of into.get(at.id) ?? []) {
        const from = byId.get(link.from)
        if (from && !from.inactive)
          found.push({ link, task: isSummary(from.kind) ? rolledUp(from, plan.tasks, leaves) : from })
      }
    return found
  }
}

const leafOf = (parent: string | undefined, duration: number, percent: number | undefined): Leaf => ({
  parent,
  duration,
  percent: percent ?? 0,
})
const isSummary = (kind: string) => kind === 'summary' || kind === 'wbs_summary'

/** A summary is as far as what lies below it: done when all of it is, begun when something is. */
function rolledUp(
  { id, name }: Pick<Task, 'id' | 'name'>,
  rows: readonly { readonly id: string; readonly kind: string }[],
  leaves: readonly Leaf[],
): Before['task'] {
  const inside = new Set([id])
  let [all, done, open] = [0, 0, 0]
  for (const [index, leaf] of leaves.entries()) {
    const row = rows[index]
    if (!row || leaf.parent === undefined || !inside.has(leaf.parent)) continue
    inside.add(row.id)
    if (isSummary(row.kind)) continue
    const weight = Math.max(1, leaf.duration)
    all += weight
    done += (weight * leaf.percent) / 100
    if (leaf.percent < 100) open++
  }
  const percent = all === 0 ? 100 : (100 * done) / all
  return { name, percentComplete: open === 0 ? 100 : Math.min(99, percent) }
}

type TaskRow = RecordOf<typeof task>

/** The same from the records, reading only what the report concerns. */
export async function predecessorsOf(system: Ctx, of: TaskRow): Promise<Before[]> {
  const above: string[] = [of.id]
  for (let next = of.parent; next !== null && above.length < 100; ) {
    above.push(next)
    const [row] = await all(system, task, { filter: { id: { eq: next } }, fields: ['parent'] })
    next = row?.parent ?? null
  }
  const links = await all(system, taskLink, { filter: { to_task: { in: above } } })
  if (links.length === 0) return []
  const from = await all(system, task, { filter: { id: { in: [...new Set(links.map(each => each.from_task))] } } })
  const byId = new Map(from.map(each => [each.id, each]))
  const rows = from.some(each => isSummary(each.kind))
    ? await all(system, task, {
        filter: { plan: { eq: of.plan } },
        sort: ['position'],
        fields: ['parent', 'kind', 'duration', 'percent_complete'],
      })
    : []
  const leaves = rows.map(each => leafOf(each.parent ?? undefined, each.duration, Number(each.percent_complete ?? 0)))
  return links.flatMap((link): Before[] => {
    const row = byId.get(link.from_task)
    if (!row) return []
    const lag = lagOf(link.lag)
    return [
      { link: { type: link.type, lag }, task: isSummary(row.kind) ? rolledUp(row, rows, leaves) : progressOf(row) },
    ]
  })
}

const progressOf = (row: TaskRow): Before['task'] => ({
  name: row.name,
  ...(row.percent_complete === null ? {} : { percentComplete: Number(row.percent_complete) }),
  ...(row.actual_start_at === null ? {} : { actualStart: row.actual_start_at }),
  ...(row.actual_finish_at === null ? {} : { actualFinish: row.actual_finish_at }),
})

/** Only its sign matters here. */
function lagOf(value: Json): Lag {
  const number = (name: string): number => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    return typeof found === 'number' ? found : 0
  }
  return { kind: 'working', minutes: number('minutes') || number('percent') }
}
