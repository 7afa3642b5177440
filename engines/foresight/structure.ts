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
const NO_LEAVES: readonly number[] = []

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
  const isLeafAt = (at: number): boolean => {
    const task = tasks[at]
    return task !== undefined && isLeaf(task)
  }
  const leaves = (at: number): readonly number[] => (isLeafAt(at) ? [at] : (below.get(at) ?? NO_LEAVES))
  let known: Before[][] | undefined
  const all = () => {
    const made: Before[][] = tasks.map(() => [])
    const tie = (from: number, to: number, link: Link) => {
      if (from !== to) made[to]?.push({ from, link })
    }
    for (const link of links) {
      const [from, to] = [position.get(link.from), position.get(link.to)]
      if (from === undefined || to === undefined) continue
      // Nearly every link joins two leaves.
      if (!below.has(from) && !below.has(to)) {
        if (isLeafAt(from) && isLeafAt(to)) tie(from, to, link)
      } else for (const after of leaves(to)) for (const before of leaves(from)) tie(before, after, link)
    }
    return made
  }
  return {
    position,
    leaves,
    before(at) {
      known ??= all()
      return known[at] ?? NONE
    },
  }
}
