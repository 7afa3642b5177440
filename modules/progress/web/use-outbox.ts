// The outbox of whoever is signed in: kept, sent, sent again when the connection is back.
import { useQueryClient } from '@tanstack/react-query'
import { keys, useClient } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import { useCallback, useEffect, useRef, useState } from 'react'
import { drop, type Kept, keep, keptOf, type Sent, send } from './outbox.ts'

/** Between two tries while the device believes to be connected. */
const AGAIN = 20_000

export interface Outbox {
  readonly waiting: readonly Kept[]
  /** Keeps it, then tries. */
  post(entry: Omit<Kept, 'user' | 'there'>): Promise<Sent>
  again(): void
  discard(id: string): Promise<void>
}

export function useOutbox(): Outbox {
  const client = useClient()
  const cache = useQueryClient()
  const user = useMeta().me.id
  const [waiting, setWaiting] = useState<readonly Kept[]>([])
  // One at a time, in order: a later report of a task follows the earlier one.
  const turn = useRef<Promise<unknown>>(Promise.resolve())

  const look = useCallback(async () => setWaiting(await keptOf(user)), [user])
  const one = useCallback(
    async (entry: Kept) => {
      const sent = await send(client, entry)
      await look()
      if (sent.at === 'there') await cache.invalidateQueries({ queryKey: keys.entity('progress_report') })
      return sent
    },
    [client, cache, look],
  )
  const inTurn = useCallback(<T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.current.then(work)
    turn.current = next.catch(() => undefined)
    return next
  }, [])
  const again = useCallback(
    () =>
      void inTurn(async () => {
        for (const entry of await keptOf(user)) if (entry.problem === undefined) await one(entry)
        await look()
      }),
    [inTurn, one, look, user],
  )
  useEffect(() => {
    again()
    const timer = setInterval(again, AGAIN)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [again])

  return {
    waiting,
    again,
    post: async given => {
      const entry: Kept = { ...given, user, there: false }
      await keep(entry)
      await look()
      return inTurn(() => one(entry))
    },
    discard: async id => {
      await drop(id)
      await look()
    },
  }
}
