// Boxes and trails as the server tells them, asked again when a document changes.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Failure } from '@yingzao/platform/client'
import { useClient, useLive } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import { useMemo } from 'react'
import type { BoxAnswer, TrailView } from '../shape.ts'

export type Box = 'todo' | 'done' | 'started' | 'copied'
const key = ['yz', 'approval'] as const

export function useBox(box: Box, pages = 1) {
  const client = useClient()
  const cache = useQueryClient()
  const { entities } = useMeta()
  const documents = useMemo(
    () => entities.flatMap(each => (each.kind === 'document' ? [{ entity: each.name }] : [])),
    [entities],
  )
  useLive(documents, () => void cache.invalidateQueries({ queryKey: key }))
  return useQuery<BoxAnswer, Failure>({
    queryKey: [...key, 'box', box, pages],
    queryFn: async () => {
      const found = await client.perform<BoxAnswer>('approval.box', { box, from: 0 })
      const rows = [...found.rows]
      for (let at = 1; at < pages && rows.length < found.total; at++)
        rows.push(...(await client.perform<BoxAnswer>('approval.box', { box, from: rows.length })).rows)
      return { ...found, rows }
    },
    placeholderData: before => before,
    staleTime: 0,
  })
}

export function useTrail(entity: string, document: string, version: number) {
  const client = useClient()
  const cache = useQueryClient()
  useLive([{ entity, id: document }], () => void cache.invalidateQueries({ queryKey: key }))
  return useQuery<{ trail: TrailView | null }, Failure>({
    queryKey: [...key, 'trail', entity, document, version],
    queryFn: () => client.perform('approval.trail', { entity, document }),
    placeholderData: before => before,
    staleTime: 0,
  })
}

export function useAgain(): () => Promise<void> {
  const cache = useQueryClient()
  return async () => {
    await cache.invalidateQueries({ queryKey: key })
    await cache.invalidateQueries({ queryKey: ['yz', 'entity'] })
  }
}
