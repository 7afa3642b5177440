// What levelling changes, task by task, and why: "X +3 d: waits for 塔吊 1, days 12–15", as data.
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { Schedule, TaskDates } from '../../schedule/result.ts'
import type { Need } from './capacity.ts'
import type { Passes } from './passes.ts'
import type { Placer } from './place.ts'

export type DifferenceReason =
  /** Delayed itself: the resource is busy from its unlevelled place until `until`, with the tasks named. */
  | {
      code: 'levelling.waits_for_resource'
      resource: string
      from: Minute
      until: Minute
      holders: readonly string[]
      /** Tasks of other plans that hold it then, where plans share it. */
      elsewhere?: readonly Elsewhere[]
    }
  /** Nothing hinders it earlier, but people were told this start. */
  | { code: 'levelling.published' }
  /** It stays where it is: only who does it is new. */
  | { code: 'levelling.assigned' }
  /** It waited in the plan as given, and need not any more. */
  | { code: 'levelling.released' }
  /** Not delayed itself: it follows a task that was. */
  | { code: 'levelling.follows'; link?: string; predecessor?: string }

/** A task of another plan. */
export interface Elsewhere {
  readonly project: string
  readonly task: string
}

/** What tasks of a plan wait for, as it was placed. */
export interface Waits {
  /** The resource of the plan that the task waits for, by its index, −1 = for none. */
  readonly resource: (task: number) => number
  readonly from: (task: number) => Minute
  readonly until: (task: number) => Minute
  readonly needs: (task: number) => readonly Need[]
  /** By assignment, where it asks for a skill: who takes it. */
  readonly assigned: () => ReadonlyMap<string, number>
  /** Who holds a resource of the plan in other plans. */
  readonly elsewhere?: (resource: number, from: Minute, until: Minute) => readonly Elsewhere[]
}

/** Reads them from the placer; `own` maps what is shared to the plan's own resource. */
export function waitsIn(plan: Plan, placer: Placer, seat: number, own: (shared: number) => number = () => -1): Waits {
  const { first, firstResource, waitsFor, waitsFrom, waitsUntil } = placer
  const [node, base] = [first[seat]!, firstResource[seat]!]
  const chosen = placer.chosen[seat]!
  return {
    resource(task) {
      const found = waitsFor[node + task]!
      if (found < 0) return -1
      return found >= base && found < base + plan.resources.length ? found - base : own(found)
    },
    from: task => waitsFrom[node + task]!,
    until: task => waitsUntil[node + task]!,
    needs: task =>
      (placer.needs[node + task] ?? []).map(({ resource, units }) => ({ resource: resource - base, units })),
    assigned: () => chosen,
  }
}

export interface Difference {
  readonly task: string
  readonly startBefore: Minute
  readonly startAfter: Minute
  readonly finishBefore: Minute
  readonly finishAfter: Minute
  /** Working minutes of the task's calendar by which its start moves. */
  readonly moved: number
  /** Levelling delay to write, elapsed minutes; 0 where the task only follows. */
  readonly delay: number
  readonly reason: DifferenceReason
  /** Who takes the assignments of the task that ask for a skill. */
  readonly assigned?: readonly { readonly assignment: string; readonly resource: string }[]
}

/**
 * One row for each task whose dates move from those of the plan as given, in its order; summaries move with their tasks and
 * are left out.
 */
export function differencesOf(
  plan: Plan,
  passes: Passes,
  waits: Waits,
  before: Schedule,
  after: Schedule,
  published?: ReadonlyMap<string, Minute>,
): Difference[] {
  const old = new Map(before.tasks.map(task => [task.id, task]))
  const now = new Map(after.tasks.map(task => [task.id, task]))
  const people = new Map<string, { assignment: string; resource: string }[]>()
  const chosen = waits.assigned()
  for (const { id, task } of plan.assignments) {
    const resource = plan.resources[chosen.get(id) ?? -1]?.id
    if (resource !== undefined) people.set(task, [...(people.get(task) ?? []), { assignment: id, resource }])
  }
  return plan.tasks.flatMap((task, i) => {
    const a = old.get(task.id)
    const b = now.get(task.id)
    if (!a || !b || passes.network.summary[i]) return []
    const assigned = people.get(task.id)
    const stays = a.start === b.start && a.finish === b.finish
    if (stays && !assigned) return []
    return [
      {
        task: task.id,
        startBefore: a.start,
        startAfter: b.start,
        finishBefore: a.finish,
        finishAfter: b.finish,
        moved: Math.round(passes.work(i, a.start, b.start)),
        delay: passes.inputs.delay[i]!,
        reason: stays ? { code: 'levelling.assigned' as const } : reasonOf(plan, passes, waits, i, b, now, published),
        ...(assigned && { assigned }),
      },
    ]
  })
}

function reasonOf(
  plan: Plan,
  passes: Passes,
  waits: Waits,
  task: number,
  date: TaskDates,
  now: ReadonlyMap<string, TaskDates>,
  published: ReadonlyMap<string, Minute> | undefined,
): DifferenceReason {
  const resource = waits.resource(task)
  if (passes.inputs.delay[task]! > 0 && resource >= 0) {
    const until = waits.until(task)
    const from = waits.from(task)
    const holders = plan.tasks.flatMap((other, j) => {
      const held = now.get(other.id)
      if (j === task || !held || !waits.needs(j).some(need => need.resource === resource)) return []
      return held.start < until && held.finish > from ? [other.id] : []
    })
    const elsewhere = waits.elsewhere?.(resource, from, until) ?? []
    return {
      code: 'levelling.waits_for_resource',
      resource: plan.resources[resource]!.id,
      from,
      until,
      holders,
      ...(elsewhere.length > 0 && { elsewhere }),
    }
  }
  if (passes.inputs.delay[task]! > 0 && published?.get(date.id) === date.start) return { code: 'levelling.published' }
  if (passes.inputs.delay[task]! < (plan.tasks[task]?.levelingDelay ?? 0)) return { code: 'levelling.released' }
  const why = date.why.start
  if (why.kind === 'link' || (why.kind === 'calendar' && why.link !== undefined))
    return {
      code: 'levelling.follows',
      ...(why.link !== undefined && { link: why.link }),
      ...(why.from !== undefined && { predecessor: why.from }),
    }
  return { code: 'levelling.follows' }
}
