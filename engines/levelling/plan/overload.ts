// Where a schedule asks more of a resource than there is: the judge of levelled plans, apart from the search.
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { TaskDates } from '../../schedule/result.ts'

export interface Overload {
  readonly resource: string
  readonly from: Minute
  readonly to: Minute
  /** Greatest use within the stretch and the least there was; 1 = 100 %. */
  readonly used: number
  readonly capacity: number
  /** Tasks that use it then. */
  readonly tasks: readonly string[]
}

/** Every stretch of overload by the dates given, per resource in time order. Instants where use or capacity change are swept. */
export function overloads(plan: Plan, dates: readonly TaskDates[]): Overload[] {
  const byTask = new Map(dates.map(date => [date.id, date]))
  const inactive = new Set(plan.tasks.filter(task => task.inactive).map(task => task.id))
  const found: Overload[] = []
  for (const resource of plan.resources) {
    if (resource.kind !== 'work' || resource.inactive) continue
    const uses = plan.assignments.flatMap(({ task, resource: id, units }) => {
      const date = byTask.get(task)
      if (id !== resource.id || !date || units <= 0 || inactive.has(task)) return []
      // What is past cannot be overloaded any more.
      const from = Math.max(date.start, plan.options.statusDate ?? Number.NEGATIVE_INFINITY)
      return from < date.finish ? [{ task, from, to: date.finish, units }] : []
    })
    if (uses.length === 0) continue
    const periods = resource.availability ?? []
    const instants = [
      ...uses.flatMap(use => [use.from, use.to]),
      ...periods.flatMap(({ from, to }) => [from, to].filter(t => t !== undefined)),
    ]
    const sorted = [...new Set(instants)].sort((a, b) => a - b)
    const starting = [...uses].sort((a, b) => a.from - b.from)
    let next = 0
    let running: typeof uses = []
    let open: { from: Minute; to: Minute; used: number; capacity: number; tasks: Set<string> } | undefined
    const close = () => {
      if (open) found.push({ ...open, resource: resource.id, tasks: [...open.tasks] })
      open = undefined
    }
    sorted.forEach((from, k) => {
      running = running.filter(use => use.to > from)
      while (next < starting.length && starting[next]!.from <= from) running.push(starting[next++]!)
      const to = sorted[k + 1]
      if (to === undefined) return
      const used = running.reduce((sum, use) => sum + use.units, 0)
      const inForce = periods.filter(p => (p.from ?? -1e15) <= from && from < (p.to ?? 1e15))
      const capacity = inForce.length > 0 ? inForce[inForce.length - 1]!.units : (resource.maxUnits ?? 1)
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
  }
  return found
}
