// Cost joined with the current plan, read once for the tabs that show it.
import { useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import type { ProjectWork } from '../shape.ts'

export function useWork(project: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['cost_center.work', project],
    queryFn: () => client.perform<ProjectWork>('cost_center.work', { project }),
  })
}
