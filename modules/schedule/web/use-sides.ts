// What a plan can be compared with (its original, its branches, their baselines), and the chosen ones fetched.
import { useQueries } from '@tanstack/react-query'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useClient, useList } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import { readFrozen } from '../compare.ts'
import { revivedPlan } from '../revive.ts'
import { readRisk, usualRisk } from '../risk.ts'
import type { SideInput } from './compare.worker.ts'
import type { KnownPlan } from './plan-link.ts'

export interface Candidate {
  /** `plan:<id>` or `baseline:<id>`. */
  readonly key: string
  readonly name: string
  readonly kind: 'plan' | 'branch' | 'baseline'
  /** Of a baseline: the revision it was kept at, and of which plan. */
  readonly plan: string
  readonly revision: number
  readonly risk: unknown
  readonly costs: unknown
}

const MOST = 200

/** The plans around this one: itself, its original, branches of both; and the named baselines of all of them. */
export function useCandidates(record: RecordJson): {
  readonly candidates: readonly Candidate[]
  readonly pending: boolean
} {
  const original = typeof record.branch_of === 'string' ? record.branch_of : record.id
  const plans = useList('plan', {
    where: `id = "${original}" or id = "${record.id}" or branch_of = "${original}" or branch_of = "${record.id}"`,
    fields: ['name', 'branch_of', 'revision', 'risk', 'risk_costs'],
    sort: ['created_at'],
    limit: MOST,
  })
  const ids = plans.items.map(each => each.id)
  const baselines = useList(
    'plan_baseline',
    {
      filter: { plan: { in: ids } },
      fields: ['name', 'plan', 'revision', 'published'],
      sort: ['-created_at'],
      limit: MOST,
    },
    { enabled: ids.length > 0 },
  )
  const key = JSON.stringify([plans.items.map(each => [each.id, each.version]), baselines.items.map(each => each.id)])
  const candidates = useMemo(
    () => [
      ...plans.items.map(
        (each): Candidate => ({
          key: `plan:${each.id}`,
          name: String(each.name),
          kind: each.branch_of === null ? 'plan' : 'branch',
          plan: each.id,
          revision: Number(each.revision),
          risk: each.risk,
          costs: each.risk_costs,
        }),
      ),
      ...baselines.items.map(
        (each): Candidate => ({
          ...{ key: `baseline:${each.id}`, name: String(each.name), kind: 'baseline' },
          plan: String(each.plan),
          revision: Number(each.revision),
          risk: plans.items.find(plan => plan.id === each.plan)?.risk,
          costs: plans.items.find(plan => plan.id === each.plan)?.risk_costs,
        }),
      ),
    ],
    [key],
  )
  return { candidates, pending: plans.isPending || (ids.length > 0 && baselines.isPending) }
}

export type Sides =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly retry: () => void }
  | { readonly at: 'ready'; readonly sides: readonly SideInput[] }

/** The chosen ones with their plans; this page's own plan is the one it has at hand. */
export function useSides(record: RecordJson, known: KnownPlan, chosen: readonly Candidate[]): Sides {
  const client = useClient()
  const own = `plan:${record.id}`
  const queries = useQueries({
    queries: chosen.map(each => ({
      queryKey: ['plan-side', each.key, each.revision],
      queryFn: async (): Promise<Pick<SideInput, 'plan' | 'frozen'>> => {
        const input: Record<string, number> = each.kind === 'baseline' ? { revision: each.revision } : {}
        const { plan } = await client.entity('plan').read<{ plan: Plan }>(each.plan, 'load', input)
        if (each.kind !== 'baseline') return { plan: revivedPlan(plan) }
        const { dates } = await client.entity('plan_baseline').get(each.key.slice('baseline:'.length))
        return { plan: revivedPlan(plan), frozen: readFrozen(dates) }
      },
      enabled: each.key !== own,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
    })),
  })
  const loaded = queries.map((query, at) => (chosen[at]?.key === own ? { plan: known.plan } : query.data))
  const key = chosen.map(
    (each, at) => `${each.key}@${each.key === own ? known.revision : each.revision}:${loaded[at] ? 1 : 0}`,
  )
  return useMemo(() => {
    if (queries.some(query => query.isError))
      return { at: 'failed', retry: () => queries.forEach(query => void (query.isError && query.refetch())) }
    const sides: SideInput[] = []
    for (const [at, each] of chosen.entries()) {
      const side = loaded[at]
      if (!side) return { at: 'loading' }
      const read = readRisk(each.risk, each.costs)
      const risk = read.ok ? read.risk : usualRisk
      sides.push({ key: each.key, stamp: `${key[at]} ${JSON.stringify(risk)}`, risk, ...side })
    }
    return { at: 'ready', sides }
  }, [key.join(), queries.some(query => query.isError)])
}
