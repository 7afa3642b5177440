// Figures computed on the server from the log, asked again when items or sprints change.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Failure } from '@yingzao/platform/client'
import { keys, useLive } from '@yingzao/platform/client/react'
import { useEffect, useRef } from 'react'

const heard = [{ entity: 'work_item' }, { entity: 'sprint' }]
/** A team moves many cards in a minute; figures need not follow each. */
const pause = 1500

export function useReport<T>(name: string, input: object, ask: () => Promise<T>) {
  const cache = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const key = [...keys.entity('work_event'), name, input]
  useLive(heard, () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void cache.invalidateQueries({ queryKey: key }), pause)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return useQuery<T, Failure>({ queryKey: key, queryFn: ask, placeholderData: before => before, staleTime: 0 })
}
