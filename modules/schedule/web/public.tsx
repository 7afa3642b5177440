// What pages of other modules may show of a plan.
import { Link } from '@tanstack/react-router'

export type { PastStanding } from '../standing-shape.ts'
export { type LoadedPlan, type PooledLoad, pooledLoads, sharesIn } from './pool.ts'
export { useCompanyLoads } from './use-company-loads.ts'

/** A task of a plan: its row on the Gantt, chosen and in sight. */
export function TaskLink({ plan, task, children }: { plan: string; task: string; children: string }) {
  return (
    <Link
      to="/$module/$name/$id"
      params={{ module: 'schedule', name: 'plan', id: plan }}
      search={{ task }}
      className="yz-link"
    >
      {children}
    </Link>
  )
}
