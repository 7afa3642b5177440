// Changing records: through the typed client, then everything shown of the entity is asked again.
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Json, Page, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { useMemo } from 'react'

export type Draft = Readonly<Record<string, Json>>

export interface Changes {
  create(input: Draft): Promise<RecordJson>
  patch(id: string, version: number, patch: Draft): Promise<RecordJson>
  remove(id: string, version: number): Promise<void>
  restore(id: string, version: number): Promise<void>
  run(id: string, verb: string, input: Draft, version?: number): Promise<Json>
}

/** A changed record shows in every list at once, before the lists are asked again. */
function show(cache: QueryClient, entity: string, record: RecordJson) {
  cache.setQueryData(keys.record(entity, record.id), record)
  cache.setQueriesData<InfiniteData<Page>>({ queryKey: keys.lists(entity) }, known => {
    if (!known || !Array.isArray(known.pages)) return known
    const pages = known.pages.map(page =>
      page.items.some(item => item.id === record.id)
        ? { ...page, items: page.items.map(item => (item.id === record.id ? { ...item, ...record } : item)) }
        : page,
    )
    return { ...known, pages }
  })
}

export function useChanges(entity: string): Changes {
  const client = useClient()
  const cache = useQueryClient()
  return useMemo<Changes>(() => {
    const again = () => cache.invalidateQueries({ queryKey: keys.entity(entity) })
    return {
      async create(input) {
        const record = await client.entity(entity).create(input)
        void again()
        return record
      },
      async patch(id, version, patch) {
        const record = await client.entity(entity).patch(id, version, patch)
        show(cache, entity, record)
        void again()
        return record
      },
      async remove(id, version) {
        await client.entity(entity).remove(id, version)
        cache.removeQueries({ queryKey: keys.record(entity, id) })
        void again()
      },
      async restore(id, version) {
        await client.entity(entity).restore(id, version)
        void again()
      },
      async run(id, verb, input, version) {
        const answer = await client.entity(entity).run(id, verb, input, version === undefined ? {} : { version })
        await again()
        return answer
      },
    }
  }, [client, cache, entity])
}
