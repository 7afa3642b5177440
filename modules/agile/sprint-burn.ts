// 燃尽: what a sprint promised, what is left day by day, and how its scope changed — from the log, never from current state.
import { flowSeries, idealLine } from '@yingzao/engines/flow'
import { dayOf, formatDay, type Minute, parseDay } from '@yingzao/engines/schedule'
import type { RecordOf } from '@yingzao/kernel/entity'
import { all, type Ctx } from '@yingzao/kernel/server'
import { endOfDay, eventsOf, flowEvents, flowStages, type WorkEvent } from './event-log.ts'
import type { Burn, ScopeChange } from './report.ts'
import type { sprint } from './sprint.entity.ts'
import { wallMinute } from './wall-clock.ts'
import { workEvent } from './work-item.entity.ts'
import { workingTime } from './working-time.ts'

type Sprint = Pick<RecordOf<typeof sprint>, 'id' | 'project' | 'start_on' | 'finish_on' | 'started_at' | 'closed_at'>

/** Longer than any sprint: a year of days. */
const mostDays = 400

export async function burnOf(ctx: Ctx, record: Sprint): Promise<Burn> {
  const events = await sprintEvents(ctx, record)
  const clock = await workingTime(ctx, record.project)
  return burnFrom(ctx, record, events, (from, to) => clock.work(from, to))
}

/** Every event of items that were ever in the sprint: what they were before they came counts too. */
async function sprintEvents(ctx: Ctx, { id, closed_at }: Sprint): Promise<WorkEvent[]> {
  const own = await all(ctx, workEvent, { filter: { sprint: { eq: id } }, fields: ['work_item'] })
  const items = [...new Set(own.map(each => each.work_item))]
  if (items.length === 0) return []
  const events = await eventsOf(ctx, { work_item: { in: items } })
  // What closing moved out was still there when it was closed.
  return closed_at === null ? events : events.filter(each => each.at < closed_at)
}

/** Pure: `work` counts working minutes between two minutes on the wall. */
export function burnFrom(
  { zone, now }: Pick<Ctx, 'zone' | 'now'>,
  record: Sprint,
  events: readonly WorkEvent[],
  work: (from: Minute, to: Minute) => number,
): Burn {
  const inside = (event: WorkEvent) => event.sprint === record.id
  const start =
    record.started_at === null ? (parseDay(record.start_on) ?? 0) * 1440 : wallMinute(zone, record.started_at)
  const present = wallMinute(zone, record.closed_at ?? now)
  const first = dayOf(start)
  const last = Math.min(
    first + mostDays,
    Math.max(first, parseDay(record.finish_on) ?? first, record.closed_at ? dayOf(present) : 0),
  )
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const seen = days.filter(day => day <= dayOf(present))
  const ticks = [start, ...seen.map(day => Math.max(start, Math.min(endOfDay(day) - 1, present)))]
  const log = flowEvents(zone, events, inside)
  const outcome = flowSeries(flowStages, log, ticks, 'points')
  const counted = flowSeries(flowStages, log, ticks.slice(-1), 'items')
  if (!outcome.ok || !counted.ok) throw new Error('the log of a sprint cannot be read')
  const { scope, done, left } = outcome.series
  const committed = record.started_at === null ? (scope.at(-1) ?? 0) : (scope[0] ?? 0)
  const ends = [start, ...days.map(endOfDay)]
  const padded = (values: readonly number[]) => ends.map((_, index) => values[index] ?? null)
  return {
    days: [formatDay(first - 1), ...days.map(formatDay)],
    ideal: idealLine(ends, committed, work),
    scope: padded(scope),
    done: padded(done),
    left: padded(left),
    committed,
    completed: done.at(-1) ?? 0,
    total: scope.at(-1) ?? 0,
    items: {
      total: counted.series.scope[0] ?? 0,
      done: counted.series.done[0] ?? 0,
      unestimated: unestimated(events, inside),
    },
    changes: record.started_at === null ? [] : changesSince(zone, events, record.started_at, inside),
  }
}

const counts = (event: WorkEvent | undefined, inside: (event: WorkEvent) => boolean) =>
  event !== undefined && inside(event) && event.kind !== 'epic' && event.stage !== 'cancelled'

function unestimated(events: readonly WorkEvent[], inside: (event: WorkEvent) => boolean): number {
  const last = new Map(events.map(event => [event.work_item, event]))
  return [...last.values()].filter(event => counts(event, inside) && event.points === null).length
}

/** What came, went and was estimated anew after the start. */
function changesSince(
  zone: string,
  events: readonly WorkEvent[],
  since: string,
  inside: (event: WorkEvent) => boolean,
): ScopeChange[] {
  const before = new Map<string, WorkEvent>()
  const changes: ScopeChange[] = []
  for (const event of events) {
    const was = before.get(event.work_item)
    before.set(event.work_item, event)
    if (event.at <= since) continue
    const [stood, stands] = [counts(was, inside), counts(event, inside)]
    const [old, points] = [Number(was?.points ?? 0), Number(event.points ?? 0)]
    const on = formatDay(dayOf(wallMinute(zone, event.at)))
    if (!stood && stands) changes.push({ on, item: event.work_item, what: 'added', points })
    else if (stood && !stands) changes.push({ on, item: event.work_item, what: 'removed', points: -old })
    else if (stood && stands && old !== points)
      changes.push({ on, item: event.work_item, what: 'estimate', points: points - old })
  }
  return changes
}
