// XER's WBS tree as summary tasks, and activities in their places below it.
import type { Task } from '@yingzao/engines/schedule/plan'
import { finite } from '../codec.ts'
import { pushTo } from '../group.ts'
import type { LossLog } from '../loss.ts'

type Row = ReadonlyMap<string, string>

/** Id of the summary that stands for a WBS element; activities keep their plain task_id. */
export const wbsId = (id: string): string => `wbs-${id}`

/**
 * Depth-first order: a WBS element, its activities, its child elements by seq_num.
 *
 * @param wbs rows of PROJWBS of one project
 * @param tasks activities without parents, with the wbs_id of each
 */
export function outlined(wbs: readonly Row[], tasks: readonly { task: Task; wbs: string }[], losses: LossLog): Task[] {
  const ids = new Set(wbs.map(row => row.get('wbs_id') ?? ''))
  const children = new Map<string, Row[]>()
  for (const row of wbs) {
    const parent = row.get('parent_wbs_id') ?? ''
    const key = ids.has(parent) && parent !== row.get('wbs_id') ? parent : ''
    pushTo(children, key, row)
  }
  for (const list of children.values())
    list.sort((a, b) => (finite(a.get('seq_num') ?? '') ?? 0) - (finite(b.get('seq_num') ?? '') ?? 0))
  const activities = new Map<string, Task[]>()
  const loose: Task[] = []
  for (const { task, wbs: id } of tasks) {
    if (!ids.has(id)) {
      if (ids.size > 0) losses.add('reference', 'TASK.wbs_id', id)
      loose.push(task)
    } else pushTo(activities, id, task)
  }
  const out: Task[] = []
  const placed = new Set<string>()
  const stack = [...(children.get('') ?? [])].reverse().map(row => ({ row, parent: '', path: '' }))
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { row, parent, path } = next
    const id = row.get('wbs_id') ?? ''
    if (placed.has(id)) continue
    placed.add(id)
    const short = row.get('wbs_short_name') ?? ''
    const code = path === '' ? short : `${path}.${short}`
    out.push(summary(row, code, parent))
    for (const task of activities.get(id) ?? []) out.push({ ...task, parent: wbsId(id) })
    for (const child of [...(children.get(id) ?? [])].reverse())
      stack.push({ row: child, parent: wbsId(id), path: code })
  }
  // A circle of parents hangs on no root: its elements become roots, so that no activity is lost.
  for (const row of wbs) {
    const id = row.get('wbs_id') ?? ''
    if (placed.has(id)) continue
    placed.add(id)
    losses.add('reference', 'PROJWBS.parent_wbs_id', row.get('parent_wbs_id'))
    out.push(summary(row, row.get('wbs_short_name') ?? '', ''))
    for (const task of activities.get(id) ?? []) out.push({ ...task, parent: wbsId(id) })
  }
  return [...out, ...loose]
}

function summary(row: Row, code: string, parent: string): Task {
  const id = row.get('wbs_id') ?? ''
  const uid = Number(id)
  const isProject = row.get('proj_node_flag') === 'Y'
  const extra: Record<string, string> = {}
  for (const column of ['guid', 'obs_id', 'status_code']) {
    const value = row.get(column)
    if (value && value !== 'WS_Open') extra[column] = value
  }
  return {
    id: wbsId(id),
    ...(Number.isInteger(uid) && { uid }),
    code,
    name: row.get('wbs_name') ?? row.get('wbs_short_name') ?? '',
    kind: 'summary',
    duration: 0,
    constraint: { type: 'asap' },
    ...(parent !== '' && { parent }),
    ...(isProject && parent === '' && { projectSummary: true }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}
