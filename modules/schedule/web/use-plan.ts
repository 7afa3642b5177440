// A plan, open and live: loaded once, kept in step by what others do.
import { type Failure, isFailure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { useEffect, useState } from 'react'
import { createPlanLink, type KnownPlan, type PlanLink } from './plan-link.ts'

export type OpenPlan =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly error: Failure; readonly retry: () => void }
  | { readonly at: 'open'; readonly known: KnownPlan; readonly link: PlanLink }

export function usePlan(id: string): OpenPlan {
  const client = useClient()
  const [state, setState] = useState<OpenPlan>({ at: 'loading' })
  useEffect(() => {
    let here = true
    const link = createPlanLink(client.entity('plan'), id, known => {
      if (here) setState({ at: 'open', known, link })
    })
    const load = () => {
      setState({ at: 'loading' })
      link.load().catch((error: unknown) => {
        if (!here || link.known()) return
        if (isFailure(error)) setState({ at: 'failed', error, retry: load })
        else throw error
      })
    }
    load()
    const stop = client.live.subscribe([{ entity: 'plan', id }], { changes: link.hear, reload: link.hear })
    return () => {
      here = false
      stop()
    }
  }, [client, id])
  return state
}
