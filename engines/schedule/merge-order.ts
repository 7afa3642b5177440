// Order and outline of tasks after two states of a plan were put together.
import type { MergeSide, MergeStates } from './merge.ts'
import type { Plan, Task } from './plan.ts'

type Children = ReadonlyMap<string, readonly string[]>
type Judge = (parent: string, values: { base: unknown; mine: unknown; theirs: unknown }) => MergeSide

const TOP = ''

/**
 * The merged tasks in outline order. Rows below one parent stand as the side has them that moved rows there; what only the
 * other side has follows the row that it follows there. A task whose summary is gone stands where the summary stood.
 */
export function mergeOrder(states: MergeStates, tasks: ReadonlyMap<string, Task>, judge: Judge): Task[] {
  const parents = new Map([...tasks.values()].map(task => [task.id, livingParent(states, tasks, task)]))
  const order = {
    base: childrenOf(states.base, parents),
    mine: childrenOf(states.mine, parents),
    theirs: childrenOf(states.theirs, parents),
  }
  const members = new Map<string, string[]>()
  for (const [id, parent] of parents) append(members, parent, id)
  const result: Task[] = []
  const placed = new Set<string>()
  const walk = (parent: string) => {
    for (const id of siblings(order, members.get(parent) ?? [], parent, judge)) {
      const task = tasks.get(id)
      if (!task || placed.has(id)) continue
      placed.add(id)
      const { parent: _, ...rest } = task
      result.push(parent === TOP ? rest : { ...rest, parent })
      walk(id)
    }
  }
  walk(TOP)
  // Each side moved one of two tasks below the other: no outline; they stand at the top, where somebody sees them.
  for (const task of tasks.values()) {
    if (placed.has(task.id)) continue
    placed.add(task.id)
    const { parent: _, ...rest } = task
    result.push(rest)
    walk(task.id)
  }
  return withKinds(result, states.theirs)
}

/** What has rows below it is a summary; what lost its last one by the merge is none any more. */
function withKinds(tasks: Task[], theirs: Plan): Task[] {
  const parents = new Set(tasks.map(task => task.parent))
  const were = new Set(theirs.tasks.map(task => task.parent))
  return tasks.map(task => {
    const summary = task.kind === 'summary' || task.kind === 'wbs_summary'
    if (parents.has(task.id)) return summary ? task : { ...task, kind: 'summary' }
    return summary && were.has(task.id) ? { ...task, kind: 'task' } : task
  })
}

/** The parent, or the nearest task above it that is still there. */
function livingParent({ base, mine, theirs }: MergeStates, tasks: ReadonlyMap<string, Task>, task: Task): string {
  let up = task.parent
  for (const seen = new Set<string>(); up !== undefined && !tasks.has(up) && !seen.has(up); ) {
    const gone: string = up
    seen.add(gone)
    up = [theirs, mine, base].flatMap(plan => plan.tasks.find(each => each.id === gone) ?? [])[0]?.parent
  }
  return up !== undefined && tasks.has(up) ? up : TOP
}

/** Rows below each parent as a state orders them, of those that end up there. */
function childrenOf(plan: Plan, parents: ReadonlyMap<string, string>): Children {
  const children = new Map<string, string[]>()
  for (const { id } of plan.tasks) {
    const parent = parents.get(id)
    if (parent !== undefined) append(children, parent, id)
  }
  return children
}

function append(lists: Map<string, string[]>, key: string, item: string): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

function siblings(
  order: Readonly<Record<keyof MergeStates, Children>>,
  members: readonly string[],
  parent: string,
  judge: Judge,
): readonly string[] {
  const { base, mine, theirs } = {
    base: order.base.get(parent) ?? [],
    mine: order.mine.get(parent) ?? [],
    theirs: order.theirs.get(parent) ?? [],
  }
  const inMine = new Set(mine)
  const inBoth = new Set(theirs.filter(id => inMine.has(id)))
  const common = (rows: readonly string[]) => rows.filter(id => inBoth.has(id))
  const [was, here, there] = [common(base), common(mine), common(theirs)]
  const equal = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((id, at) => id === b[at])
  const mineMoved = !equal(here, there) && !equal(here, was)
  const theirsMoved = !equal(here, there) && !equal(there, was)
  const leading =
    mineMoved && (!theirsMoved || judge(parent, { base: was, mine: here, theirs: there }) === 'mine') ? mine : theirs
  return woven(leading, leading === mine ? theirs : mine, members)
}

/** `rows` with what only `others` has put behind the row that it follows there. */
function woven(rows: readonly string[], others: readonly string[], members: readonly string[]): readonly string[] {
  const here = new Set(rows)
  const after = new Map<string, string[]>()
  let last = TOP
  for (const id of others) {
    if (here.has(id)) last = id
    else append(after, last, id)
  }
  const result = [...(after.get(TOP) ?? []), ...rows.flatMap(id => [id, ...(after.get(id) ?? [])])]
  const known = new Set(result)
  return [...result, ...members.filter(id => !known.has(id))]
}
