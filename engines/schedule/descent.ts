// Where the tasks and links of a plan were in the plan before an edit: what both have needs no second reading.
import type { Column } from './compiled.ts'
import type { Link, Plan, Task } from './plan.ts'

export interface Descent {
  /** Position before of each task (found by id), −1 = new. */
  readonly taskWas: Int32Array
  /** Position now of each task before, −1 = gone. */
  readonly taskNow: Int32Array
  /** Position before of each link (the very same record), −1 = new or changed. */
  readonly linkWas: Int32Array
  /** No task was added, removed or moved. */
  readonly inPlace: boolean
}

export function descentOf(before: Plan, next: Plan): Descent {
  const taskWas = positions(before.tasks, next.tasks, sameTask, (task: Task) => task.id)
  const taskNow = new Int32Array(before.tasks.length).fill(-1)
  let inPlace = before.tasks.length === next.tasks.length
  for (let i = 0; i < taskWas.length; i++) {
    if (taskWas[i]! >= 0) taskNow[taskWas[i]!] = i
    inPlace &&= taskWas[i] === i
  }
  return { taskWas, taskNow, inPlace, linkWas: positions(before.links, next.links, Object.is, (link: Link) => link) }
}

const sameTask = (a: Task, b: Task) => a === b || a.id === b.id

/** Lists differ in a few places: their common beginning and end are walked, only the middle is looked up. */
function positions<T>(
  before: readonly T[],
  next: readonly T[],
  same: (a: T, b: T) => boolean,
  key: (item: T) => unknown,
): Int32Array {
  const was = new Int32Array(next.length).fill(-1)
  const shorter = Math.min(before.length, next.length)
  let head = 0
  while (head < shorter && same(before[head]!, next[head]!)) was[head] = head++
  let tail = 0
  while (tail < shorter - head && same(before[before.length - 1 - tail]!, next[next.length - 1 - tail]!)) {
    tail++
    was[next.length - tail] = before.length - tail
  }
  if (head + tail === next.length) return was
  const middle = new Map<unknown, number>()
  for (let i = head; i < before.length - tail; i++) middle.set(key(before[i]!), i)
  for (let i = head; i < next.length - tail; i++) was[i] = middle.get(key(next[i]!)) ?? -1
  return was
}

/** Fills `to` with what stayed of `from`, put where it is now; `was` is left out when nothing moved. */
export function copyColumn<C extends Column>(from: C, to: C, was?: Int32Array): C {
  if (!was) {
    to.set(from)
    return to
  }
  // What is new has no value yet: NaN differs from whatever is computed.
  for (let i = 0; i < to.length; i++) to[i] = was[i]! < 0 ? Number.NaN : from[was[i]!]!
  return to
}
