// What the server knows of rights: the overview, and the grants of a role with those in the recycle bin.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import type { RightsOverview } from '../../rights-shape.ts'
import { type Line, linesOf } from './draft.ts'

const overviewKey = [...keys.lists('grant'), 'overview']

export function useOverview() {
  const client = useClient()
  return useQuery({
    queryKey: overviewKey,
    queryFn: () => client.perform<RightsOverview>('organisation.rights'),
    staleTime: 0,
  })
}

/** Everything that follows from grants and holdings is asked again; the menu and the forms, too, when they were mine. */
export function useAskAgain() {
  const cache = useQueryClient()
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: keys.entity('grant') }),
      cache.invalidateQueries({ queryKey: keys.entity('role_holding') }),
      cache.invalidateQueries({ queryKey: ['holders'] }),
      cache.invalidateQueries({ queryKey: ['why'] }),
      cache.invalidateQueries({ queryKey: keys.meta }),
    ])
  }
}

const most = 500

/** The lines of a role as they are saved; null while on the way. */
export function useLines(role: string, overview: RightsOverview | undefined): readonly Line[] | null {
  const query = { filter: { role: { eq: role } }, sort: ['entity'], limit: most }
  const living = useList('grant', query)
  const gone = useList('grant', { ...query, deleted: true }, { live: false })
  const shipped = overview?.shipped
  const rows: readonly RecordJson[] = living.items
  const bin: readonly RecordJson[] = gone.items
  const ready = !living.isPending && !gone.isPending
  return useMemo(() => (ready && shipped ? linesOf(rows, bin, shipped) : null), [ready, rows, bin, shipped])
}
