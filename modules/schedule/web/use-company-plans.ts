// The current plans that this reader may see, as the question of levelling them together needs them, and what they share.
import { useQuery } from '@tanstack/react-query'
import { parseDay } from '@yingzao/engines/schedule/civil'
import { useClient, useList } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import type { PlanResourceRow } from './share.ts'

const MOST = 500
const DAY = 1440

export interface CompanyPlan {
  readonly id: string
  readonly name: string
  readonly project: string
  readonly company: string
  readonly revision: number
  /** End of the last day of the contract, and of the plan as it is computed. */
  readonly due: number | null
  readonly finish: number | null
  readonly mayEdit: boolean
}

const endOf = (day: unknown): number | null => {
  const parsed = typeof day === 'string' ? parseDay(day) : undefined
  return parsed === undefined ? null : (parsed + 1) * DAY
}

export function useCompanyPlans() {
  const client = useClient()
  const current = useList('plan', {
    filter: { current: { eq: true } },
    fields: ['name', 'project', 'company', 'revision', 'finish_on'],
    limit: MOST,
  })
  const projects = useList('project', { fields: ['name', 'finish_on'], limit: MOST })
  const plans = useMemo((): readonly CompanyPlan[] => {
    const due = new Map(projects.items.map(each => [String(each.id), endOf(each.finish_on)]))
    return current.items.map(each => ({
      id: each.id,
      name: String(each.name),
      project: String(each.project),
      company: String(each.company ?? ''),
      revision: Number(each.revision),
      due: due.get(String(each.project)) ?? null,
      finish: endOf(each.finish_on),
      mayEdit: each._can.includes('edit'),
    }))
  }, [current.items, projects.items])
  const names = useMemo(() => {
    const found = new Map<string, string>()
    for (const titles of [...Object.values(current.refs), ...Object.values(projects.refs)])
      for (const [id, title] of Object.entries(titles)) found.set(id, title)
    return found
  }, [current.refs, projects.refs])
  const key = plans.map(each => `${each.id}@${each.revision}`).join()
  const resources = useQuery({
    queryKey: ['company-resources', key],
    enabled: plans.length > 0,
    // A plan that is edited asks again; what was known stays meanwhile, and with it the proposal on the table.
    placeholderData: before => before,
    queryFn: async () => {
      const rows: PlanResourceRow[] = []
      const filter = { plan: { in: plans.map(each => each.id) } }
      const fields = ['plan', 'name', 'kind', 'user'] as const
      for await (const { id, plan, name, kind, user } of client
        .entity('plan_resource')
        .all({ filter, fields, limit: MOST }))
        rows.push({ id, plan: String(plan), name: String(name), kind: String(kind), user: user ?? null })
      return rows
    },
  })
  const users = [...new Set((resources.data ?? []).flatMap(each => each.user ?? []))].sort()
  const people = useList(
    'user',
    { filter: { id: { in: users.slice(0, MOST) } }, fields: ['name'], limit: MOST },
    { enabled: users.length > 0 },
  )
  return {
    plans,
    /** Of projects and companies by id. */
    names,
    resources: resources.data,
    people: new Map(people.items.map(each => [String(each.id), String(each.name)])),
    error: current.error ?? resources.error,
    isPending: current.isPending || projects.isPending || (plans.length > 0 && resources.isPending),
    retry: current.refetch,
  }
}
