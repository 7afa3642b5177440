// Adds up the loads of many plans by resource, person, department or project. A person has one body: asked for by two plans
// on the same days, he is overloaded although neither plan alone shows it.
import type { LoadPeriod, ResourceLoad } from '@yingzao/engines/levelling'
import type { PlanLoad, PlanLoads } from '../load-shape.ts'

export type LoadBy = 'resource' | 'person' | 'department' | 'project'

export interface LoadedPlan {
  readonly plan: string
  readonly project: string
  /** Who carries it out: a department, else the company. */
  readonly department: string
  readonly loads: PlanLoads
}

/** What one plan asks of one of its resources in a period; minutes. */
export interface LoadShare {
  readonly plan: string
  readonly project: string
  readonly resource: string
  readonly name: string
  readonly work: number
  readonly available: number
  readonly over: boolean
}

/** `work` and `overloads` count what is still to come. */
export interface PooledLoad extends ResourceLoad {
  readonly members: readonly Member[]
}
interface Member {
  readonly of: LoadedPlan
  readonly load: PlanLoad
}

/** Names of resources are names of crews and machines: the same name in two plans is one pool. */
const keyOf = (by: LoadBy, { of, load }: Member): string | null => {
  if (by === 'project') return of.project
  if (by === 'department') return of.department
  if (by === 'person') return load.user
  return load.user === null ? load.name.trim() : null
}

/**
 * One row a key, those most often overloaded from `now` on first, then by the work still to come. Periods reach from the first of any plan to the last, so
 * that all rows have the same columns. Overloaded is a resource or person used at some instant beyond what there is, in one
 * plan or in all together; a department or project when its people together are asked for more than they can do.
 */
export function pooledLoads(plans: readonly LoadedPlan[], by: LoadBy, now: number): PooledLoad[] {
  const edges = [...new Set(plans.flatMap(each => each.loads.edges))].sort((a, b) => a - b)
  const at = new Map(edges.map((edge, i) => [edge, i]))
  const groups = new Map<string, Member[]>()
  for (const of of plans)
    for (const load of of.loads.resources) {
      const key = keyOf(by, { of, load })
      if (key === null) continue
      const members = groups.get(key)
      if (members) members.push({ of, load })
      else groups.set(key, [{ of, load }])
    }
  return [...groups]
    .map(([resource, members]): PooledLoad => {
      const periods = together(members, edges, at, by === 'resource' || by === 'person')
      return {
        resource,
        members,
        periods,
        work: periods.reduce((sum, each) => sum + (each.to > now ? each.work : 0), 0),
        overloads: periods.filter(each => each.overloaded && each.to > now).length,
      }
    })
    .sort((a, b) => b.overloads - a.overloads || b.work - a.work)
}

function together(
  members: readonly Member[],
  edges: readonly number[],
  at: ReadonlyMap<number, number>,
  instants: boolean,
): LoadPeriod[] {
  const count = Math.max(0, edges.length - 1)
  const work = new Float64Array(count)
  const over = new Uint8Array(count)
  // By person, else by resource of a plan.
  const available = new Map<string, Float64Array>()
  for (const { of, load } of members) {
    const first = at.get(of.loads.edges[0] ?? 0) ?? 0
    const own = available.get(load.user ?? load.id) ?? new Float64Array(count)
    available.set(load.user ?? load.id, own)
    load.work.forEach((minutes, k) => {
      const column = first + k
      work[column] = (work[column] ?? 0) + minutes
      own[column] = Math.max(own[column] ?? 0, load.available[k] ?? 0)
    })
    if (instants) for (const k of load.over) over[first + k] = 1
  }
  return Array.from(work, (minutes, k) => {
    let there = 0
    for (const own of available.values()) there += own[k] ?? 0
    return {
      from: edges[k] ?? 0,
      to: edges[k + 1] ?? 0,
      work: minutes,
      available: there,
      overloaded: over[k] === 1 || minutes > there * 1.0005 + 1,
    }
  })
}

/** What makes a row in a period, the greatest first. */
export function sharesIn(pooled: PooledLoad, from: number): LoadShare[] {
  return pooled.members
    .flatMap(({ of, load }) => {
      const k = of.loads.edges.indexOf(from)
      const work = load.work[k] ?? 0
      if (k < 0 || work <= 0) return []
      const { plan, project } = of
      const over = load.over.includes(k)
      return [{ plan, project, resource: load.id, name: load.name, work, available: load.available[k] ?? 0, over }]
    })
    .sort((a, b) => b.work - a.work)
}
