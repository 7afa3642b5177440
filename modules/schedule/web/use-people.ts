// Who may answer for a task of a plan: the members and the manager of its project, and whoever does so already.
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useMemo } from 'react'

const MOST = 500

/** Names by id, sorted; as far as this reader may see the people. The same map while nothing changes. */
export function usePeople(record: RecordJson, plan: Plan): ReadonlyMap<string, string> {
  const project = typeof record.project === 'string' ? record.project : ''
  const members = useList('project_member', { filter: { project: { eq: project } }, fields: ['user'], limit: MOST })
  const owner = useList('project', { filter: { id: { eq: project } }, fields: ['manager'], limit: 1 })
  const known = new Set([
    ...members.items.map(each => String(each.user)),
    ...owner.items.flatMap(each => each.manager ?? []),
    ...plan.tasks.flatMap(task => task.responsible ?? []),
  ])
  const ids = [...known].sort().slice(0, MOST)
  const users = useList(
    'user',
    { filter: { id: { in: ids } }, fields: ['name'], limit: MOST },
    { enabled: ids.length > 0 },
  )
  const names = users.items.map(each => [each.id, String(each.name)] as const)
  // The list is new each time; the names themselves are the key.
  const key = JSON.stringify(names)
  return useMemo(() => new Map([...names].sort(([, a], [, b]) => a.localeCompare(b, 'zh-CN'))), [key])
}
