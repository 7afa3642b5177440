// Cuts in whole days: nobody plans three eighths of a day. What is left of begun work, or a calendar's half day, makes the exact
// optimum break days; whole days that reach the same finish cost a little more, and how little is said by the exact cost.
import type { Measured } from './critical-path.ts'
import type { OpenTask } from './plan-model.ts'

const NEAR = 1e-6
/** Tries that one finish may take: a large plan keeps its days rounded up. */
const MOST_WORK = 2_000_000

interface Cutting {
  readonly open: readonly OpenTask[]
  readonly network: Measured
  /** Of all tasks, on the axis, as planned. */
  readonly normal: readonly number[]
  readonly dayOf: (open: OpenTask) => number
}

/**
 * Own minutes less of each open task: whole days, or all that there is to the shortest, so that the network is no longer than
 * `length`. `exact` are the cuts of the optimum. When rounding up does not keep the length (a finish-to-finish link may move a
 * start back), they stay as they are.
 */
export function wholeDays(
  { open, network, normal, dayOf }: Cutting,
  exact: readonly number[],
  length: number,
): number[] {
  const most = open.map(({ left, shortest }) => left - shortest)
  const up = exact.map((cut, at) => Math.min(most[at]!, Math.ceil(cut / dayOf(open[at]!) - NEAR) * dayOf(open[at]!)))
  if (up.every((cut, at) => Math.abs(cut - exact[at]!) < NEAR)) return up
  const lengthWith = (cuts: readonly number[]) => {
    const durations = [...normal]
    open.forEach(({ index, left, scale }, at) => {
      durations[index] = (left - cuts[at]!) * scale
    })
    return network.length(durations)
  }
  if (lengthWith(up) > length + NEAR) return [...exact]
  const cuts = [...up]
  // The dearest days are given back first, as long as the finish stays.
  const dearest = open.map((_, at) => at).sort((a, b) => open[b]!.rate - open[a]!.rate)
  let work = normal.length
  for (const at of dearest) {
    const day = dayOf(open[at]!)
    while (cuts[at]! > 0 && work < MOST_WORK) {
      const before = cuts[at]!
      cuts[at] = Math.max(0, (Math.ceil(before / day - NEAR) - 1) * day)
      work += normal.length
      if (lengthWith(cuts) <= length + NEAR) continue
      cuts[at] = before
      break
    }
  }
  return cuts
}
