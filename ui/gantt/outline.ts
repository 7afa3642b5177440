// The plan indexed for drawing: tree, links and assignments by task, and the rows that are visible.
import type { Assignment, Link, Plan, Task } from '@yingzao/engines/schedule/plan'

export interface Outline {
  plan: Plan
  count: number
  /** Task id → position in `plan.tasks`. */
  index: ReadonlyMap<string, number>
  /** Position of the enclosing summary, −1 at the top. */
  parent: Int32Array
  /** 0 at the top. */
  level: Int32Array
  /** One past the last descendant. */
  subtreeEnd: Int32Array
  deepest: number
  /** Number shown for the first task: 0 when it is the whole project's own row (Microsoft's ID 0), else 1. */
  firstRow: number
  /** Share done in percent: summaries roll up from their subtasks (Σ done ÷ Σ duration, as in Microsoft Project). */
  percent: Float64Array
  /** Links whose two ends exist, with the positions of their ends. */
  links: readonly Link[]
  linkFrom: Int32Array
  linkTo: Int32Array
  predecessors: (task: number) => readonly Link[]
  successors: (task: number) => readonly Link[]
  assignments: (task: number) => readonly Assignment[]
  resourceName: ReadonlyMap<string, string>
}

const NONE: readonly never[] = []

function groupBy<T>(items: readonly T[], key: (item: T) => number | undefined): (at: number) => readonly T[] {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const at = key(item)
    if (at === undefined) continue
    const group = groups.get(at)
    if (group) group.push(item)
    else groups.set(at, [item])
  }
  return at => groups.get(at) ?? NONE
}

/** Indexes a plan; tolerant: a parent or link end that does not exist is treated as absent. */
export function outlineOf(plan: Plan): Outline {
  const { tasks } = plan
  const count = tasks.length
  const index = new Map<string, number>()
  tasks.forEach((task, i) => {
    index.set(task.id, i)
  })
  const parent = new Int32Array(count).fill(-1)
  const level = new Int32Array(count)
  const subtreeEnd = new Int32Array(count)
  let deepest = 0
  tasks.forEach((task, i) => {
    const up = task.parent === undefined ? -1 : (index.get(task.parent) ?? -1)
    if (up < 0 || up >= i) return
    parent[i] = up
    level[i] = (level[up] ?? 0) + 1
    deepest = Math.max(deepest, level[i] ?? 0)
  })
  for (let i = count - 1; i >= 0; i--) {
    const end = Math.max(subtreeEnd[i] ?? 0, i + 1)
    subtreeEnd[i] = end
    const up = parent[i] ?? -1
    if (up >= 0 && end > (subtreeEnd[up] ?? 0)) subtreeEnd[up] = end
  }
  const links = plan.links.filter(link => index.has(link.from) && index.has(link.to))
  return {
    plan,
    count,
    index,
    parent,
    level,
    subtreeEnd,
    deepest,
    firstRow: tasks[0]?.projectSummary ? 0 : 1,
    percent: rollUpPercent(tasks, parent, subtreeEnd),
    links,
    linkFrom: Int32Array.from(links, link => index.get(link.from) ?? -1),
    linkTo: Int32Array.from(links, link => index.get(link.to) ?? -1),
    predecessors: groupBy(links, link => index.get(link.to)),
    successors: groupBy(links, link => index.get(link.from)),
    assignments: groupBy(plan.assignments, item => index.get(item.task)),
    resourceName: new Map(plan.resources.map(resource => [resource.id, resource.name])),
  }
}

function rollUpPercent(tasks: readonly Task[], parent: Int32Array, subtreeEnd: Int32Array): Float64Array {
  const count = tasks.length
  const percent = new Float64Array(count)
  const done = new Float64Array(count)
  const total = new Float64Array(count)
  const finished = new Uint8Array(count).fill(1)
  for (let i = count - 1; i >= 0; i--) {
    const task = tasks[i]!
    const own = Math.min(100, Math.max(0, task.percentComplete ?? 0))
    if (subtreeEnd[i] === i + 1) {
      percent[i] = own
      if (!task.inactive) {
        total[i] = task.duration
        done[i] = (task.duration * own) / 100
        if (own < 100) finished[i] = 0
      }
      // Only milestones below: finished when they all are.
    } else percent[i] = total[i]! > 0 ? (done[i]! / total[i]!) * 100 : finished[i] ? 100 : 0
    const up = parent[i]!
    if (up >= 0) {
      done[up]! += done[i]!
      total[up]! += total[i]!
      if (!finished[i]) finished[up] = 0
    }
  }
  return percent
}

/** The row number people see and refer to. */
export const rowNumber = (outline: Outline, at: number): number => at + outline.firstRow

/** A task that has others below it, whatever its kind says. */
export const isParent = (outline: Outline, at: number): boolean => (outline.subtreeEnd[at] ?? 0) > at + 1

export const isMilestone = (task: Task): boolean =>
  task.milestone === true || task.kind === 'milestone' || task.kind === 'start_milestone'

export interface Rows {
  /** Task positions from top to bottom. */
  tasks: Int32Array
  /** Task position → row, −1 when hidden. */
  rowOf: Int32Array
}

/**
 * The rows to show: descendants of collapsed tasks are left out; with a filter, matches and the summaries above them,
 * collapsed or not (a match inside a closed summary must be found).
 */
export function rowsOf(outline: Outline, collapsed: ReadonlySet<string>, matches?: (at: number) => boolean): Rows {
  const { count, parent, subtreeEnd, plan } = outline
  const tasks = new Int32Array(count)
  const rowOf = new Int32Array(count).fill(-1)
  let n = 0
  if (matches) {
    const keep = new Uint8Array(count)
    for (let i = count - 1; i >= 0; i--) {
      if (keep[i] || matches(i)) {
        keep[i] = 1
        const up = parent[i] ?? -1
        if (up >= 0) keep[up] = 1
      }
    }
    for (let i = 0; i < count; i++) if (keep[i]) tasks[n++] = i
  } else {
    for (let i = 0; i < count; ) {
      tasks[n++] = i
      i = collapsed.has(plan.tasks[i]?.id ?? '') ? (subtreeEnd[i] ?? i + 1) : i + 1
    }
  }
  const shown = tasks.subarray(0, n)
  shown.forEach((task, row) => {
    rowOf[task] = row
  })
  return { tasks: shown, rowOf }
}
