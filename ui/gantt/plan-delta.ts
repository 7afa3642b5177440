// What has to cross the worker's border when a plan changes: by identity of its records, so that one edit costs one record.
import type { Plan } from '@yingzao/engines/schedule/plan'

/** A list in pieces: runs of the list before (first position, how many) and records that it did not have. */
export type ListDelta<T> = readonly ({ from: number; count: number } | { put: T })[]

export interface ChangedLists {
  tasks?: ListDelta<Plan['tasks'][number]>
  links?: ListDelta<Plan['links'][number]>
  resources?: ListDelta<Plan['resources'][number]>
  assignments?: ListDelta<Plan['assignments'][number]>
}

export type PlanDelta =
  | { whole: Plan }
  | { lists: ChangedLists; rest: Partial<Pick<Plan, 'options' | 'calendars' | 'mode'>> }

export function deltaOf(before: Plan | undefined, after: Plan): PlanDelta {
  if (!before) return { whole: after }
  return {
    lists: {
      ...(before.tasks === after.tasks ? {} : { tasks: listDelta(before.tasks, after.tasks) }),
      ...(before.links === after.links ? {} : { links: listDelta(before.links, after.links) }),
      ...(before.resources === after.resources ? {} : { resources: listDelta(before.resources, after.resources) }),
      ...(before.assignments === after.assignments
        ? {}
        : { assignments: listDelta(before.assignments, after.assignments) }),
    },
    rest: {
      ...(before.options === after.options ? {} : { options: after.options }),
      ...(before.calendars === after.calendars ? {} : { calendars: after.calendars }),
      ...(before.mode === after.mode ? {} : { mode: after.mode }),
    },
  }
}

/** The plan on the other side; `before` is the one the delta was made from. */
export function withDelta(before: Plan | undefined, delta: PlanDelta): Plan | undefined {
  if ('whole' in delta) return delta.whole
  if (!before) return undefined
  const { lists, rest } = delta
  return {
    ...before,
    ...rest,
    tasks: withList(before.tasks, lists.tasks),
    links: withList(before.links, lists.links),
    resources: withList(before.resources, lists.resources),
    assignments: withList(before.assignments, lists.assignments),
  }
}

function listDelta<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): ListDelta<T> {
  const delta: ({ from: number; count: number } | { put: T })[] = []
  let run: { from: number; count: number } | undefined
  let places: Map<T, number> | undefined
  for (let i = 0; i < after.length; i++) {
    const item = after[i]!
    const next: number = run ? run.from + run.count : i
    const old = before[next]
    // An ordinary edit leaves the rest in step, and what it changes in its place; only records out of step are looked up.
    let from: number | undefined = next
    if (old !== item) {
      if (old?.id === item.id) from = undefined
      else {
        places ??= new Map(before.map((record, place) => [record, place]))
        from = places.get(item)
      }
    }
    if (from === undefined) {
      delta.push({ put: item })
      // A record that replaces another keeps those behind it in step.
      const replaces = old?.id === item.id || before[next + 1] === after[i + 1]
      run = { from: next + (replaces ? 1 : 0), count: 0 }
      continue
    }
    if (run && from === next) run.count++
    else run = { from, count: 1 }
    if (run.count === 1) delta.push(run)
  }
  return delta
}

function withList<T>(before: readonly T[], delta: ListDelta<T> | undefined): readonly T[] {
  if (!delta) return before
  const list: T[] = []
  for (const piece of delta) {
    if ('put' in piece) list.push(piece.put)
    else for (let i = piece.from; i < piece.from + piece.count; i++) list.push(before[i]!)
  }
  return list
}
