// Names of records by id, where an answer carries ids only.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type { EntityMeta, Json, Page, RecordJson } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import { keys, useClient } from '@yingzao/platform/client/react'
import { useMemo } from 'react'
import { entityOf, targetOf, titleOf, useMeta } from './meta.ts'

async function readTitles(client: Client, entity: EntityMeta, ids: readonly string[]): Promise<Record<string, string>> {
  const titles: Record<string, string> = {}
  for (let at = 0; at < ids.length; at += 200) {
    const some = ids.slice(at, at + 200)
    const page = await client
      .entity(entity.name)
      .list({ filter: { id: { in: some } }, fields: [entity.title], limit: 500 })
    for (const item of page.items) titles[item.id] = titleOf(entity, item, page.refs)
  }
  return titles
}

const none: Readonly<Record<string, string>> = {}

/** `{ id: name }` of the records I may see; asked once per set. */
export function useTitles(entity: string, ids: readonly string[]): Readonly<Record<string, string>> {
  const meta = useMeta()
  const client = useClient()
  const target = entityOf(meta, entity)
  const wanted = [...new Set(ids)].sort()
  const { data } = useQuery({
    queryKey: [...keys.lists(entity), 'titles', wanted],
    queryFn: () => (target ? readTitles(client, target, wanted) : {}),
    enabled: wanted.length > 0 && target !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  return data ?? none
}

function collect(into: Map<string, Set<string>>, target: string, value: Json | undefined) {
  const ids = into.get(target) ?? new Set<string>()
  for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'string') ids.add(id)
  if (ids.size > 0) into.set(target, ids)
}

/** Names of everything one record refers to, its lines included: the `refs` of a page, for a single record. */
export function useRecordRefs(entity: EntityMeta | undefined, record: RecordJson | undefined): Page['refs'] {
  const meta = useMeta()
  const client = useClient()
  const wanted = useMemo(() => {
    const ids = new Map<string, Set<string>>()
    if (!entity || !record) return []
    const visit = (def: EntityMeta, row: Readonly<Record<string, Json>>) => {
      for (const field of def.fields) {
        const target = targetOf(field)
        if (target) collect(ids, target, row[field.name])
        if (field.kind !== 'lines') continue
        const line = entityOf(meta, field.of)
        const rows = row[field.name]
        if (!line || !Array.isArray(rows)) continue
        for (const each of rows)
          if (typeof each === 'object' && each !== null && !Array.isArray(each)) visit(line, { ...each })
      }
    }
    visit(entity, record)
    for (const by of ['created_by', 'updated_by']) collect(ids, 'user', record[by])
    return [...ids].map(([target, set]) => ({ target, ids: [...set].sort() }))
  }, [meta, entity, record])
  return useQueries({
    queries: wanted.map(({ target, ids }) => {
      const def = entityOf(meta, target)
      return {
        queryKey: [...keys.lists(target), 'titles', ids],
        queryFn: () => (def ? readTitles(client, def, ids) : {}),
        enabled: def !== undefined,
        staleTime: 60_000,
      }
    }),
    combine: answers => {
      const refs: Record<string, Readonly<Record<string, string>>> = {}
      answers.forEach((answer, at) => {
        const target = wanted[at]?.target
        if (target) refs[target] = answer.data ?? {}
      })
      return refs
    },
  })
}
