// The tasks one may report on: of current plans, not done, running or starting within the time asked for.
import { useList } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import type { TaskLine } from './draft.ts'

const MOST = 200
const fields = [
  ...['name', 'plan', 'project', 'start_on', 'finish_on'],
  ...['percent_complete', 'actual_start_at', 'duration', 'critical', 'kind'],
]
const leaves = ['task', 'resource_dependent', 'milestone', 'start_milestone']

export interface Standing {
  readonly stage: string
  readonly answer: string | null
  readonly percent: string | null
  readonly reported_on: string
}

export function useReportTasks(whose: 'mine' | 'all', until: string, search: string) {
  const meta = useMeta()
  const plans = useList('plan', { filter: { current: { eq: true } }, fields: ['project'], limit: 500 })
  const ids = plans.items.map(plan => plan.id)
  const tasks = useList(
    'task',
    {
      filter: {
        plan: { in: ids },
        kind: { in: leaves },
        start_on: { le: until },
        ...(whose === 'mine' ? { responsible: { eq: meta.me.id } } : {}),
      },
      where: 'percent_complete = null or percent_complete < 100',
      fields,
      sort: ['finish_on', 'position'],
      limit: MOST,
      ...(search.trim() === '' ? {} : { search: search.trim() }),
    },
    { enabled: ids.length > 0 },
  )
  const lines = tasks.items.map(
    (task): TaskLine => ({
      id: task.id,
      name: task.name,
      project: tasks.refs.project?.[task.project ?? ''] ?? '',
      start_on: task.start_on,
      finish_on: task.finish_on,
      percent: Number(task.percent_complete ?? 0),
      started: task.actual_start_at !== null,
      duration: task.duration,
      critical: task.critical === true,
    }),
  )
  const reports = useList(
    'progress_report',
    {
      filter: { task: { in: lines.map(each => each.id) } },
      fields: ['task', 'answer', 'percent', 'reported_on', 'total_qty', 'qty_unit'],
      sort: ['-reported_on', '-created_at'],
      limit: 500,
    },
    { enabled: lines.length > 0 },
  )
  const standing = new Map<string, Standing>()
  const quantity = new Map<string, { readonly total: string; readonly unit: string }>()
  for (const each of reports.items) {
    const { stage } = each
    if ((stage === 'reported' || stage === 'returned') && !standing.has(each.task))
      standing.set(each.task, { ...each, stage })
    if (each.total_qty !== null && !quantity.has(each.task))
      quantity.set(each.task, { total: String(Number(each.total_qty)), unit: each.qty_unit ?? '' })
  }
  return {
    lines,
    standing,
    quantity,
    error: plans.error ?? tasks.error,
    retry: () => {
      plans.refetch()
      tasks.refetch()
    },
    isPending: plans.isPending || (ids.length > 0 && tasks.isPending),
    hasMore: tasks.hasMore,
  }
}
