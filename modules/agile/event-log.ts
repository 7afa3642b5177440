// The log of a project or a sprint as the flow engine reads it: naive minutes on the organisation's wall, stages in their order.
import type { FlowEvent, Stage } from '@yingzao/engines/flow'
import type { Minute } from '@yingzao/engines/schedule'
import type { RecordOf } from '@yingzao/kernel/entity'
import { all, type Ctx, refuse } from '@yingzao/kernel/server'
import { wallMinute } from './wall-clock.ts'
import { workEvent } from './work-item.entity.ts'

export type WorkEvent = Pick<
  RecordOf<typeof workEvent>,
  'id' | 'work_item' | 'at' | 'stage' | 'kind' | 'points' | 'sprint' | 'epic' | 'taken_over'
>

/** A cancelled item is off the board. */
export const flowStages: readonly Stage[] = [
  { id: 'backlog', kind: 'wait' },
  { id: 'ready', kind: 'wait' },
  { id: 'doing', kind: 'work' },
  { id: 'review', kind: 'work' },
  { id: 'done', kind: 'done' },
]

/** What one request computes over. */
const most = 100_000

export async function eventsOf(
  ctx: Ctx,
  filter: Readonly<Record<string, { readonly eq: string } | { readonly in: readonly string[] }>>,
): Promise<WorkEvent[]> {
  const rows = await all(ctx, workEvent, {
    filter,
    sort: ['at'],
    fields: ['work_item', 'at', 'stage', 'kind', 'points', 'sprint', 'epic', 'taken_over'],
  })
  if (rows.length > most) throw refuse('agile.too_much_history', { limit: most })
  return rows
}

/** Events for the engine. `on`: does the item count at that moment? Epics never do: what is under them counts. */
export function flowEvents(
  zone: string,
  events: readonly WorkEvent[],
  on: (event: WorkEvent) => boolean = () => true,
): FlowEvent[] {
  return events.map(event => ({
    item: event.work_item,
    at: wallMinute(zone, event.at),
    stage: event.kind === 'epic' || event.stage === 'cancelled' || !on(event) ? null : event.stage,
    points: Number(event.points ?? 0),
  }))
}

export const endOfDay = (day: number): Minute => (day + 1) * 1440
