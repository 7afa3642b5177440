// The loads of all current plans this reader may see: each plan's own answer, kept until the plan changes.
import { useQueries } from '@tanstack/react-query'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import type { CoarseUnit, PlanLoads } from '../load-shape.ts'
import type { LoadedPlan } from './pool.ts'

const MOST = 500

export interface CompanyLoads {
  readonly plans: readonly (LoadedPlan & { readonly company: string })[]
  /** Names of projects, departments, companies and people by id. */
  readonly names: ReadonlyMap<string, string>
  readonly all: number
  readonly done: number
  /** Names of plans that cannot be computed. */
  readonly failed: readonly string[]
}

export function useCompanyLoads(unit: CoarseUnit) {
  const client = useClient()
  const current = useList('plan', {
    filter: { current: { eq: true } },
    fields: ['name', 'project', 'company', 'revision'],
    limit: MOST,
  })
  const projects = useList('project', { fields: ['name', 'department', 'company'], limit: MOST })
  const people = useList('plan_resource', { filter: { user: { ne: null } }, fields: ['user'], limit: MOST })
  const answers = useQueries({
    queries: current.items.map(({ id, revision }) => ({
      queryKey: keys.read('plan', id, 'loads', { unit, revision }),
      queryFn: () => client.entity('plan').read<PlanLoads>(id, 'loads', { unit }),
      retry: false,
    })),
  })
  // The answers are new objects each time; when they came is what tells them apart.
  const stamp = answers.map(each => `${each.dataUpdatedAt}${each.status}`).join()
  const found = useMemo((): CompanyLoads => {
    const owner = new Map(projects.items.map(each => [String(each.id), each]))
    const names = new Map<string, string>()
    for (const refs of [current.refs, projects.refs, people.refs])
      for (const titles of Object.values(refs)) for (const [id, title] of Object.entries(titles)) names.set(id, title)
    const plans = current.items.flatMap((plan, i) => {
      const loads = answers[i]?.data
      const project = String(plan.project)
      const company = String(plan.company ?? '')
      const department = String(owner.get(project)?.department ?? company)
      return loads ? [{ plan: plan.id, project, company, department, loads }] : []
    })
    return {
      plans,
      names,
      all: answers.length,
      done: answers.filter(each => !each.isPending).length,
      failed: current.items.filter((_, i) => answers[i]?.isError).map(plan => plan.name),
    }
  }, [stamp, current.items, current.refs, projects.items, projects.refs, people.refs])
  return { found, error: current.error, isPending: current.isPending || projects.isPending, retry: current.refetch }
}
