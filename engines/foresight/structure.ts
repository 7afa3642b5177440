// Who comes before whom in a plan, task by task: a link of a summary is one of every task below it.
import type { Link, Plan, Task } from '../schedule/plan.ts'

export interface Before {
  /** Position of the task before. */
  readonly from: number
  readonly link: Link
}

export interface Structure {
  readonly position: ReadonlyMap<string, number>
  /** What comes before a leaf, in the order of the links. */
  before(at: number): readonly Before[]
  /** The leaves at or below a task. */
  leaves(at: number): readonly number[]
}

/** Work of its own: neither a summary nor something that only spans others, and not switched off. */
export const isLeaf = ({ kind, inactive }: Task): boolean =>
  kind !== 'summary' && kind !== 'wbs_summary' && kind !== 'level_of_effort' && inactive !== true

const NONE: readonly Before[] = []

export function structureOf({ tasks, links }: Plan): Structure {
  const position = new Map(tasks.map((task, i) => [task.id, i]))
  const below = new Map<number, number[]>()
  for (const [i, task] of tasks.entries()) {
    if (!isLeaf(task)) continue
    // Parents stand before their children, so a circle is impossible; a limit costs nothing and keeps hostile input out.
    let parent = task.parent
    for (let depth = 0; parent !== undefined && depth < 100; depth++) {
      const at = position.get(parent)
      if (at === undefined) break
      const known = below.get(at)
      if (known) known.push(i)
      else below.set(at, [i])
      parent = tasks[at]?.parent
    }
  }
  const leaves = (at: number): readonly number[] => {
    const task = tasks[at]
    return task && isLeaf(task) ? [at] : (below.get(at) ?? [])
  }
  let known: Map<number, Before[]> | undefined
  const all = () => {
    const made = new Map<number, Before[]>()
    for (const link of links) {
      const [from, to] = [position.get(link.from), position.get(link.to)]
      if (from === undefined || to === undefined) continue
      for (const after of leaves(to)) {
        const list = made.get(after) ?? []
        made.set(after, list)
        for (const before of leaves(from)) if (before !== after) list.push({ from: before, link })
      }
    }
    return made
  }
  return {
    position,
    leaves,
    before(at) {
      known ??= all()
      return known.get(at) ?? NONE
    },
  }
}
