// What waits in a plan with its consequence, asked anew whenever a report, the plan or the planner's choice changes.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Failure } from '@yingzao/platform/client'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { useDeferredValue } from 'react'
import type { Doubt } from '../doubt.ts'
import type { Reason } from '../progress-report.entity.ts'

export interface SaidValues {
  readonly percent: string | null
  readonly remaining: number | null
  readonly start_on: string | null
  readonly finish_on: string | null
}
export interface Waiting extends SaidValues {
  readonly id: string
  readonly version: number
  readonly task: string
  readonly reported_on: string
  readonly done_qty: string | null
  readonly total_qty: string | null
  readonly qty_unit: string | null
  readonly reason: Reason | null
  readonly note: string | null
  readonly by: string | null
  readonly number: string
  readonly name: string
  readonly path: string
  readonly now: { readonly percent: number; readonly start_on: string | null; readonly finish_on: string | null }
  readonly taken: SaidValues
  readonly doubts: readonly Doubt[]
  readonly since: readonly ('percentComplete' | 'actualStart' | 'actualFinish' | 'duration')[]
  readonly effect?: { readonly start_on: string; readonly finish_on: string; readonly shift: number }
  readonly may: boolean
}
export interface Review {
  readonly revision: number
  readonly status_on: string | null
  readonly mode: 'ms' | 'p6'
  readonly may: boolean
  readonly finish: { readonly before: string; readonly after: string; readonly moved: number } | null
  readonly error: string | null
  readonly baseline_on: string | null
  readonly contract_on: string | null
  readonly reports: readonly Waiting[]
}

export type Item = { readonly report: string } & Partial<SaidValues>
export interface Choice {
  /** null: all that wait. */
  readonly items: readonly Item[] | null
  readonly status_on: string | null
  readonly reschedule: boolean
}

export function useReview(plan: string, revision: number, choice: Choice) {
  const client = useClient()
  // Live: a list of what waits, whose change asks again.
  const waiting = useList('progress_report', {
    filter: { plan: { eq: plan } },
    where: 'stage = "reported"',
    limit: 500,
  })
  const ids = waiting.items.map(each => `${each.id} ${each.version}`).join()
  const asked = useDeferredValue(choice)
  return useQuery<Review, Failure>({
    queryKey: [...keys.entity('progress_report'), 'review', plan, revision, ids, asked],
    enabled: !waiting.isPending,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      client.perform<Review>('progress.review', {
        plan,
        ...(asked.items === null ? {} : { items: asked.items }),
        ...(asked.status_on === null ? {} : { status_on: asked.status_on, reschedule: asked.reschedule }),
      }),
  })
}
