// All lines of the portfolio in one question, asked again when something it shows has changed.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient, useLive } from '@yingzao/platform/client/react'
import { useRef } from 'react'
import type { HeldUp, OnTime, Portfolio } from '../shape.ts'

const key = ['portfolio']
/** A plan in edit changes many times a minute: what changes together is read once. */
const PAUSE = 3000

function useFresh(entities: readonly string[]): void {
  const queries = useQueryClient()
  const waiting = useRef(false)
  useLive(
    entities.map(entity => ({ entity })),
    () => {
      if (waiting.current) return
      waiting.current = true
      window.setTimeout(() => {
        waiting.current = false
        void queries.invalidateQueries({ queryKey: key })
      }, PAUSE)
    },
  )
}

export function usePortfolio() {
  const client = useClient()
  useFresh(['project', 'plan', 'cross_link', 'warning'])
  return useQuery({
    queryKey: [...key, 'lines'],
    queryFn: () => client.perform<Portfolio>('portfolio.lines', {}),
    placeholderData: before => before,
  })
}

export function useOnTime(months: number) {
  const client = useClient()
  return useQuery({
    queryKey: [...key, 'on_time', months],
    queryFn: () => client.perform<OnTime>('portfolio.on_time', { months }),
    placeholderData: before => before,
  })
}

export function useHeldUp() {
  const client = useClient()
  return useQuery({ queryKey: [...key, 'held_up'], queryFn: () => client.perform<HeldUp>('portfolio.held_up', {}) })
}
