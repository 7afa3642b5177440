// Where a schedule asks more of a resource than there is: the judge of levelled plans, apart from the search.
import type { Minute, Plan, Resource } from '../../schedule/plan.ts'
import type { TaskDates } from '../../schedule/result.ts'
import { skillsOf } from './skill.ts'

/** A stretch of time in which more is used than there is. */
export interface Stretch {
  readonly from: Minute
  readonly to: Minute
  /** Greatest use within the stretch and the least there was; 1 = 100 %. */
  readonly used: number
  readonly capacity: number
  /** Tasks that use it then. */
  readonly tasks: readonly string[]
}

export interface Overload extends Stretch {
  readonly resource: string
}

export interface Use {
  readonly task: string
  readonly from: Minute
  readonly to: Minute
  readonly units: number
}

/** Every stretch of overload by the dates given, per resource in time order. Instants where use or capacity change are swept. */
export function overloads(plan: Plan, dates: readonly TaskDates[]): Overload[] {
  const usesOf = usesIn(plan, dates)
  const skills = new Set(plan.resources.flatMap(each => (each.generic || each.kind !== 'work' ? [] : skillsOf(each))))
  return plan.resources.flatMap(resource => {
    // What asks for a skill that somebody has is no load of anybody yet.
    if (resource.generic && skills.has(resource.name.trim())) return []
    const uses = usesOf(resource)
    return stretchesOf(uses, changesOf(resource), at => availableAt(resource, at)).map(stretch => ({
      ...stretch,
      resource: resource.id,
    }))
  })
}

/** What tasks use of a resource by the dates given. What is past cannot be overloaded any more. */
export function usesIn(plan: Plan, dates: readonly TaskDates[]): (resource: Resource) => Use[] {
  const byTask = new Map(dates.map(date => [date.id, date]))
  const inactive = new Set(plan.tasks.filter(task => task.inactive).map(task => task.id))
  const past = plan.options.statusDate ?? Number.NEGATIVE_INFINITY
  const found = new Map<string, Use[]>()
  for (const { task, resource, units } of plan.assignments) {
    const date = byTask.get(task)
    if (!date || units <= 0 || inactive.has(task)) continue
    const from = Math.max(date.start, past)
    if (from >= date.finish) continue
    const uses = found.get(resource) ?? []
    found.set(resource, uses)
    uses.push({ task, from, to: date.finish, units })
  }
  return ({ id, kind, inactive }) => (kind !== 'work' || inactive ? [] : (found.get(id) ?? []))
}

/** Instants at which what there is of a resource changes. */
export const changesOf = ({ availability = [] }: Resource): Minute[] =>
  availability.flatMap(({ from, to }) => [from, to].filter(at => at !== undefined))

/** What there is of a resource at an instant; the last period that holds counts. */
export function availableAt({ availability = [], maxUnits = 1 }: Resource, at: Minute): number {
  const inForce = availability.filter(p => (p.from ?? -1e15) <= at && at < (p.to ?? 1e15))
  return inForce[inForce.length - 1]?.units ?? maxUnits
}

export function stretchesOf(
  uses: readonly Use[],
  changes: readonly Minute[],
  available: (at: Minute) => number,
): Stretch[] {
  if (uses.length === 0) return []
  const instants = new Set([...uses.flatMap(use => [use.from, use.to]), ...changes])
  const sorted = [...instants].sort((a, b) => a - b)
  const starting = [...uses].sort((a, b) => a.from - b.from)
  const found: Stretch[] = []
  let next = 0
  let running: Use[] = []
  let open: { from: Minute; to: Minute; used: number; capacity: number; tasks: Set<string> } | undefined
  const close = () => {
    if (open) found.push({ ...open, tasks: [...open.tasks] })
    open = undefined
  }
  sorted.forEach((from, k) => {
    running = running.filter(use => use.to > from)
    while (next < starting.length && starting[next]!.from <= from) running.push(starting[next++]!)
    const to = sorted[k + 1]
    if (to === undefined) return
    const used = running.reduce((sum, use) => sum + use.units, 0)
    const capacity = available(from)
    if (running.length === 0 || used <= capacity + 1e-6) {
      close()
      return
    }
    open ??= { from, to, used, capacity, tasks: new Set() }
    open.to = to
    open.used = Math.max(open.used, used)
    open.capacity = Math.min(open.capacity, capacity)
    for (const use of running) open.tasks.add(use.task)
  })
  close()
  return found
}
