// A network at given durations: how long it is, how many longest paths it has, and how many of them pass through each task.
import type { CrashLink, CrashTask } from './crash.ts'

const NEAR = 1e-6

export interface CriticalPaths {
  /** Paths of the full length, at most 2⁵³. */
  readonly all: number
  /** In the order of the tasks: paths that hold its duration, not its start or its finish alone. */
  readonly through: readonly number[]
}

export interface Measured {
  length(durations: readonly number[]): number
  /** Earliest, in the order of the tasks. */
  starts(durations: readonly number[]): readonly number[]
  paths(durations: readonly number[]): CriticalPaths
}

interface Arc {
  readonly from: number
  readonly to: number
  readonly length: number
  /** Whose duration counts, and how: its own, or before the finish that a link binds. */
  readonly task: number
  readonly sign: -1 | 0 | 1
}

const [START, END] = [0, 1]
const startOf = (at: number) => 2 + 2 * at

/** The network once, for many durations. Lags and releases are those of `crashCurve`; the links must have no circle of tasks. */
export function measured(tasks: readonly CrashTask[], links: readonly CrashLink[]): Measured {
  const size = 2 + 2 * tasks.length
  const arcs = arcsOf(tasks, links)
  const order = sorted(size, arcs)
  const out = byEnd(size, arcs, 'from')
  const into = byEnd(size, arcs, 'to')
  const lengthOf = ({ length, task, sign }: Arc, durations: readonly number[]) =>
    sign === 0 ? length : length + sign * (durations[task] ?? 0)
  const earlyAt = (durations: readonly number[]) => {
    const early = new Float64Array(size).fill(Number.NEGATIVE_INFINITY)
    early[START] = 0
    for (const node of order)
      for (const each of out[node]!)
        early[each.to] = Math.max(early[each.to]!, early[node]! + lengthOf(each, durations))
    return early
  }
  return {
    length: durations => Math.max(0, earlyAt(durations)[END]!),
    starts(durations) {
      const early = earlyAt(durations)
      return tasks.map((_, at) => early[startOf(at)]!)
    },
    paths(durations) {
      const early = earlyAt(durations)
      const late = new Float64Array(size).fill(early[END]!)
      for (const node of order.toReversed())
        for (const each of into[node]!)
          late[each.from] = Math.min(late[each.from]!, late[node]! - lengthOf(each, durations))
      const critical = (each: Arc) =>
        Math.abs(early[each.from]! + lengthOf(each, durations) - early[each.to]!) < NEAR &&
        late[each.to]! - early[each.to]! < NEAR
      // What others lead to does not begin a path of its own, and what others follow does not end one.
      const counted = arcs.filter(
        each =>
          critical(each) &&
          !(each.from === START && into[each.to]!.some(other => other !== each && critical(other))) &&
          !(each.to === END && out[each.from]!.some(other => other !== each && critical(other))),
      )
      const [here, onward] = [new Float64Array(size), new Float64Array(size)]
      here[START] = onward[END] = 1
      const outPaths = byEnd(size, counted, 'from')
      const intoPaths = byEnd(size, counted, 'to')
      for (const node of order) for (const each of outPaths[node]!) here[each.to] = here[each.to]! + here[node]!
      for (const node of order.toReversed())
        for (const each of intoPaths[node]!) onward[each.from] = onward[each.from]! + onward[node]!
      const most = Number.MAX_SAFE_INTEGER
      return {
        all: Math.min(most, here[END]!),
        // The arcs of durations stand first, one for each task.
        through: tasks.map((_, at) =>
          critical(arcs[at]!) ? Math.min(most, here[startOf(at)]! * onward[startOf(at) + 1]!) : 0,
        ),
      }
    },
  }
}

function arcsOf(tasks: readonly CrashTask[], links: readonly CrashLink[]): readonly Arc[] {
  const index = new Map(tasks.map(({ id }, at) => [id, at]))
  const fixed = { task: -1, sign: 0 } as const
  return [
    ...tasks.map((_, at): Arc => ({ from: startOf(at), to: startOf(at) + 1, length: 0, task: at, sign: 1 })),
    ...tasks.flatMap(({ release }, at): Arc[] => [
      { from: START, to: startOf(at), length: Math.max(0, release ?? 0), ...fixed },
      { from: startOf(at) + 1, to: END, length: 0, ...fixed },
    ]),
    ...links.flatMap(({ from, to, type, lag }): Arc[] => {
      const [a, b] = [index.get(from), index.get(to)]
      if (a === undefined || b === undefined) return []
      const at = startOf(a) + (type[0] === 'F' ? 1 : 0)
      // A link to a finish binds the start, the duration before it.
      const end = type[1] === 'F' ? ({ task: b, sign: -1 } as const) : fixed
      return [{ from: at, to: startOf(b), length: lag, ...end }]
    }),
  ]
}

function byEnd(size: number, arcs: readonly Arc[], end: 'from' | 'to'): Arc[][] {
  const lists: Arc[][] = Array.from({ length: size }, () => [])
  for (const each of arcs) lists[each[end]]!.push(each)
  return lists
}

/** Nodes so that every arc leads onward. */
function sorted(size: number, arcs: readonly Arc[]): number[] {
  const waiting = new Int32Array(size)
  for (const { to } of arcs) waiting[to] = waiting[to]! + 1
  const out = byEnd(size, arcs, 'from')
  const order: number[] = []
  for (let node = 0; node < size; node++) if (waiting[node] === 0) order.push(node)
  for (let at = 0; at < order.length; at++)
    for (const { to } of out[order[at]!]!) {
      waiting[to] = waiting[to]! - 1
      if (waiting[to] === 0) order.push(to)
    }
  return order
}
