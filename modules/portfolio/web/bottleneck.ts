// Which crews, machines and people all plans together ask too much of in the weeks ahead. Pure.
import { dayOf, formatDay } from '@yingzao/engines/schedule/civil'
import { type LoadedPlan, type PooledLoad, pooledLoads } from '../../schedule/web/public.tsx'

export interface Bottleneck {
  readonly key: string
  readonly person: boolean
  /** Weeks in which it is overloaded. */
  readonly weeks: number
  /** Work ÷ what there is, in its worst week; null: there is nothing. */
  readonly peak: number | null
  /** Monday of the first such week. */
  readonly first: string
  /** Who asks for it in those weeks, the most first. */
  readonly plans: readonly { readonly plan: string; readonly project: string; readonly work: number }[]
}

const WEEK = 7 * 1440

/** Overloaded in a week that begins within so many weeks from `now` (the running week counts): those most often first. */
export function bottlenecks(plans: readonly LoadedPlan[], now: number, weeks: number): readonly Bottleneck[] {
  const until = now + weeks * WEEK
  const inSight = ({ from, to }: { from: number; to: number }) => to > now && from < until
  const of = (pooled: PooledLoad, person: boolean): Bottleneck[] => {
    const over = pooled.periods.filter(each => each.overloaded && inSight(each))
    const [first] = over
    if (!first) return []
    const peak = over.reduce(
      (most, each) => Math.max(most, each.available > 0 ? each.work / each.available : Infinity),
      0,
    )
    const froms = new Set(over.map(each => each.from))
    const asked = new Map<string, { plan: string; project: string; work: number }>()
    for (const { of: owner, load } of pooled.members)
      for (const [k, work] of load.work.entries()) {
        if (work <= 0 || !froms.has(owner.loads.edges[k] ?? -1)) continue
        const known = asked.get(owner.plan) ?? { plan: owner.plan, project: owner.project, work: 0 }
        asked.set(owner.plan, { ...known, work: known.work + work })
      }
    return [
      {
        ...{
          key: pooled.resource,
          person,
          weeks: Math.min(over.length, weeks),
          peak: Number.isFinite(peak) ? peak : null,
        },
        first: formatDay(dayOf(first.from)),
        plans: [...asked.values()].sort((a, b) => b.work - a.work),
      },
    ]
  }
  return [
    ...pooledLoads(plans, 'resource', now).flatMap(each => of(each, false)),
    ...pooledLoads(plans, 'person', now).flatMap(each => of(each, true)),
  ].sort((a, b) => b.weeks - a.weeks || (b.peak ?? Infinity) - (a.peak ?? Infinity) || a.key.localeCompare(b.key))
}
