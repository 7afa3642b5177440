// The plan indexed for drawing: tree, links and assignments by task, and the rows that are visible.
import { positionsOf } from '@yingzao/engines/schedule/network'
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
  /** Numbers of the baselines that any task has, in order. */
  baselines: readonly number[]
  /** Links whose two ends exist, with the positions of their ends. */
  links: readonly Link[]
  linkFrom: Int32Array
  linkTo: Int32Array
  predecessors: (task: number) => readonly Link[]
  successors: (task: number) => readonly Link[]
  assignments: (task: number) => readonly Assignment[]
  resourceName: ReadonlyMap<string, string>
}

/**
 * Items by the task they belong to (−1 = none), in their own order: two arrays of numbers, no list per task, made when
 * first asked.
 */
function groupBy<T>(items: readonly T[], ownerOf: Int32Array, count: number): (at: number) => readonly T[] {
  let groups: { start: Int32Array; member: Int32Array } | undefined
  return at => {
    groups ??= grouped(ownerOf, count)
    const { start, member } = groups
    return Array.from(member.subarray(start[at] ?? 0, start[at + 1] ?? 0), item => items[item]!)
  }
}

function grouped(ownerOf: Int32Array, count: number): { start: Int32Array; member: Int32Array } {
  const start = new Int32Array(count + 1)
  for (const owner of ownerOf) if (owner >= 0) start[owner + 1]!++
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!
  const member = new Int32Array(start[count]!)
  const next = start.slice(0, count)
  ownerOf.forEach((owner, item) => {
    if (owner >= 0) member[next[owner]!++] = item
  })
  return { start, member }
}

/**
 * Indexes a plan (`given`: shares done are what the tasks say, not rolled up); tolerant: a parent or link end that does not exist is treated as absent. What the plan shares with the
 * one before it (an edit leaves the lists it does not touch) is taken over: then the very same arrays stand in both.
 */
export function outlineOf(plan: Plan, before?: Outline, given = false): Outline {
  const { tasks } = plan
  const tree = before && sameTree(before.plan.tasks, tasks) ? before : treeOf(tasks)
  const { count, index, parent, subtreeEnd } = tree
  const kept = before?.index === index ? before : undefined
  const links = kept?.plan.links === plan.links ? kept : linksOf(plan.links, index, count)
  return {
    plan,
    count,
    index,
    parent,
    level: tree.level,
    subtreeEnd,
    deepest: tree.deepest,
    firstRow: tasks[0]?.projectSummary ? 0 : 1,
    percent: given
      ? Float64Array.from(tasks, task => task.percentComplete ?? 0)
      : rollUpPercent(tasks, parent, subtreeEnd),
    baselines: baselinesOf(tasks, before?.baselines),
    links: links.links,
    linkFrom: links.linkFrom,
    linkTo: links.linkTo,
    predecessors: links.predecessors,
    successors: links.successors,
    assignments:
      kept?.plan.assignments === plan.assignments
        ? kept.assignments
        : groupBy(
            plan.assignments,
            Int32Array.from(plan.assignments, item => index.get(item.task) ?? -1),
            count,
          ),
    resourceName:
      before?.plan.resources === plan.resources
        ? before.resourceName
        : new Map(plan.resources.map(resource => [resource.id, resource.name])),
  }
}

/** The same tasks in the same order under the same parents. */
function sameTree(before: readonly Task[], tasks: readonly Task[]): boolean {
  if (before.length !== tasks.length) return false
  for (let i = 0; i < tasks.length; i++) {
    const a = before[i]!
    const b = tasks[i]!
    if (a !== b && (a.id !== b.id || a.parent !== b.parent)) return false
  }
  return true
}

function treeOf(
  tasks: readonly Task[],
): Pick<Outline, 'count' | 'index' | 'parent' | 'level' | 'subtreeEnd' | 'deepest'> {
  const count = tasks.length
  const index = positionsOf(tasks)
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
  return { count, index, parent, level, subtreeEnd, deepest }
}

function linksOf(
  given: readonly Link[],
  index: ReadonlyMap<string, number>,
  count: number,
): Pick<Outline, 'links' | 'linkFrom' | 'linkTo' | 'predecessors' | 'successors'> {
  const links = given.filter(link => index.has(link.from) && index.has(link.to))
  const linkFrom = Int32Array.from(links, link => index.get(link.from) ?? -1)
  const linkTo = Int32Array.from(links, link => index.get(link.to) ?? -1)
  return {
    links,
    linkFrom,
    linkTo,
    predecessors: groupBy(links, linkTo, count),
    successors: groupBy(links, linkFrom, count),
  }
}

function baselinesOf(tasks: readonly Task[], before: readonly number[] = []): readonly number[] {
  const found = new Set<number>()
  for (const { baselines } of tasks) if (baselines) for (const { number } of baselines) found.add(number)
  return found.size === before.length && before.every(number => found.has(number))
    ? before
    : [...found].sort((a, b) => a - b)
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
