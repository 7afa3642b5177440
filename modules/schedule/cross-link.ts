// Links between plans as the engines read them, and the plans that hang together by them.
import type { CrossLink } from '@yingzao/engines/foresight'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { crossLink } from './cross-link.entity.ts'

export type CrossLinkRecord = RecordOf<typeof crossLink>
type Ends = Pick<CrossLinkRecord, 'id' | 'plan' | 'from_plan' | 'to_task' | 'from_task' | 'type' | 'lag_days'>

/** Undefined when an end is gone. `perDay`: working minutes of a day of the successor's plan. */
export function crossLinkOf(
  { id, plan, from_plan, to_task, from_task, type, lag_days }: Ends,
  perDay = 480,
): CrossLink | undefined {
  if (plan === null || from_plan === null || from_task === null) return undefined
  return {
    id,
    from: { plan: from_plan, task: from_task },
    to: { plan, task: to_task },
    type,
    lag: { kind: 'working', minutes: Math.round(Number(lag_days ?? 0) * perDay) },
  }
}

/** Every plan that these hang together with, through however many links, and those links. */
export async function connectedTo(
  ctx: Ctx,
  plans: readonly Id<'plan'>[],
): Promise<{ readonly plans: readonly Id<'plan'>[]; readonly links: readonly CrossLinkRecord[] }> {
  const system = asSystem(ctx)
  const found = new Set(plans)
  const links = new Map<string, CrossLinkRecord>()
  for (let edge: readonly Id<'plan'>[] = plans; edge.length > 0; ) {
    const before = new Set(found)
    for (const side of ['plan', 'from_plan'] as const)
      for (const link of await all(system, crossLink, { filter: { [side]: { in: edge } } })) {
        links.set(link.id, link)
        for (const end of [link.plan, link.from_plan]) if (end !== null) found.add(end)
      }
    edge = [...found].filter(id => !before.has(id))
  }
  return { plans: [...found], links: [...links.values()] }
}
