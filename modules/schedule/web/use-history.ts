// Finished work that this reader may see, and the type of the plan's project: what advice and predictions start from.
import { useQuery } from '@tanstack/react-query'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useClient, useRecord } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import type { History } from '../history-shape.ts'

/** Read once for a look: what others finish meanwhile changes no distribution. */
export function useHistory(record: RecordJson) {
  const client = useClient()
  const meta = useMeta()
  const project = useRecord('project', entityOf(meta, 'project') ? String(record.project) : null)
  const history = useQuery({
    queryKey: ['schedule.history'],
    queryFn: () => client.perform<History>('schedule.history'),
    staleTime: 300_000,
  })
  const type = project.data ? String(project.data.type) : null
  const ready = !project.isLoading && history.data !== undefined
  return { history: ready ? history.data : undefined, type, error: history.error, retry: history.refetch }
}
