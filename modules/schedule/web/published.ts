// What people were told last: the starts of a plan's newest published version, else of its baseline 0, else those it shows now.
import { compute } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Client } from '@yingzao/platform/client'
import { readFrozen } from '../compare.ts'

export interface PublishedVersion {
  readonly name: string
  readonly starts: ReadonlyMap<string, number>
}

/** The newest published version; null when nothing has been published. A branch goes by its original, whose tasks it has. */
export async function readPublished(client: Client, plan: string): Promise<PublishedVersion | null> {
  const { items } = await client.entity('plan_baseline').list({
    filter: { plan: { eq: plan }, published: { eq: true } },
    fields: ['name', 'dates'],
    sort: ['-created_at'],
    limit: 1,
  })
  const [last] = items
  if (!last) return null
  const starts = Object.entries(readFrozen(last.dates)).map(([task, [start]]) => [task, start] as const)
  return { name: String(last.name), starts: new Map(starts) }
}

export const hasBaseline = (plan: Plan): boolean =>
  plan.tasks.some(task => task.baselines?.some(each => each.number === 0 && each.start !== undefined))

/** Starts to keep. Tasks that are newer than the version are not among them. */
export function startsToKeep(plan: Plan, version: PublishedVersion | null): ReadonlyMap<string, number> {
  if (version) return version.starts
  if (hasBaseline(plan))
    return new Map(
      plan.tasks.flatMap(({ id, baselines }) => {
        const start = baselines?.find(each => each.number === 0)?.start
        return start === undefined ? [] : [[id, start] as const]
      }),
    )
  const now = compute(plan)
  return new Map(now.ok ? now.schedule.tasks.map(each => [each.id, each.start]) : [])
}
