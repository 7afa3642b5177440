// Who else has the plan open, live; and telling them where I am.
import type { LivePerson } from '@yingzao/kernel/entity'
import type { Meeting } from '@yingzao/platform/client/live'
import { useClient } from '@yingzao/platform/client/react'
import { type Presence, personColour } from '@yingzao/ui/gantt/presence'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** `somebody` is shown for a person whose name I may not read. */
export function usePresence(
  plan: string,
  somebody: string,
  theme: 'light' | 'dark',
): {
  readonly others: readonly Presence[]
  readonly tell: (task: string | undefined, column: string | undefined) => void
} {
  const client = useClient()
  const [there, setThere] = useState<readonly LivePerson[]>([])
  const meeting = useRef<Meeting>(undefined)
  useEffect(() => {
    const here = client.live.meet({ entity: 'plan', id: plan }, setThere)
    meeting.current = here
    return () => {
      here.leave()
      setThere([])
    }
  }, [client, plan])
  const others = useMemo(() => peopleOf(there, somebody, theme), [there, somebody, theme])
  const tell = useCallback((task: string | undefined, column: string | undefined) => {
    meeting.current?.move(task === undefined ? undefined : `${task}/${column ?? ''}`)
  }, [])
  return { others, tell }
}

/** One face a person, however many windows: the window that is at a task counts. */
function peopleOf(there: readonly LivePerson[], somebody: string, theme: 'light' | 'dark'): readonly Presence[] {
  const people = new Map<string, Presence>()
  for (const { key, user = key, name = somebody, at } of there) {
    const [task = '', column = ''] = at?.split('/') ?? []
    if (people.get(user)?.task !== undefined) continue
    people.set(user, {
      key: user,
      name,
      color: personColour(user, theme),
      ...(task === '' ? {} : { task, ...(column === '' ? {} : { column }) }),
    })
  }
  return [...people.values()]
}
