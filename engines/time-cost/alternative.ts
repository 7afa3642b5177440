// Ways to do one task: another crew, another machine, a night shift. Each has a duration and a price; one is how the plan has it now.
import { type Decimal, exact } from '../money/index.ts'
import type { Assignment, Plan, Task } from '../schedule/index.ts'
import type { CrashPiece } from './crash.ts'

/** One way to do a task. */
export interface Alternative {
  readonly task: string
  readonly id: string
  /** Of the whole task, in minutes of its own calendar. */
  readonly duration: number
  /** Against the other alternatives of the task; only differences count. May be below zero. */
  readonly cost: Decimal
  /** What it is done with; empty = what is assigned now, its work unchanged. */
  readonly resources: readonly Units[]
}

export interface Units {
  readonly resource: string
  /** 1 = 100 %. */
  readonly units: number
}

/** An alternative as the model may choose it. */
export interface Option {
  /** Null: as planned now, where the plan follows none of the alternatives. */
  readonly id: string | null
  /** Of the whole task, in minutes of its own calendar. */
  readonly duration: number
  /** Of what is left, on the axis of the model. */
  readonly length: number
  /** Fen above what the plan has now. */
  readonly cost: number
}

/** A task of which the model chooses the alternative. */
export interface OpenChoice {
  readonly task: string
  /** Its place among the model's tasks. */
  readonly index: number
  readonly options: readonly Option[]
  /** The one the plan has now. */
  readonly inUse: number
}

/**
 * The alternative that the plan follows: the same duration, and the resources it names assigned in the units it names. One that
 * names resources is meant before one that does not. Undefined when the plan follows none.
 */
export function alternativeInUse(
  { id, duration }: Task,
  alternatives: readonly Alternative[],
  assignments: readonly Assignment[],
): Alternative | undefined {
  const assigned = new Map(assignments.flatMap(each => (each.task === id ? [[each.resource, each.units]] : [])))
  const fits = alternatives.filter(
    each =>
      each.duration === duration &&
      each.resources.every(({ resource, units }) => Math.abs((assigned.get(resource) ?? 0) - units) < 1e-4),
  )
  return fits.find(({ resources }) => resources.length > 0) ?? fits[0]
}

/** One of several alternatives with the same duration and the same resources cannot be told from the others in a plan. */
export function sameAlternative(one: Alternative, other: Alternative): boolean {
  const key = ({ resources }: Alternative) =>
    JSON.stringify(resources.map(({ resource, units }) => [resource, units]).sort())
  return one.task === other.task && one.duration === other.duration && key(one) === key(other)
}

interface Rest {
  /** Minutes of its own calendar that are done. */
  readonly done: number
  /** Minutes of the axis for one of its own. */
  readonly scale: number
}

/** What can be chosen for a task; of those that cannot be told apart the first, and none that is shorter than what is done. */
export function optionsOf(
  task: Task,
  alternatives: readonly Alternative[],
  plan: Plan,
  { done, scale }: Rest,
): Pick<OpenChoice, 'options' | 'inUse'> {
  const distinct = alternatives.filter(
    (each, at) => alternatives.findIndex(other => sameAlternative(each, other)) === at && each.duration > done,
  )
  const used = alternativeInUse(task, distinct, plan.assignments)
  const base = exact(used?.cost ?? '0')
  const option = (id: string | null, duration: number, cost: number): Option => ({
    ...{ id, duration, cost },
    length: (duration - done) * scale,
  })
  const options = distinct.map(each =>
    option(each.id, each.duration, exact(each.cost).minus(base).times(100).round().toNumber()),
  )
  return used
    ? { options, inUse: distinct.indexOf(used) }
    : { options: [option(null, task.duration, 0), ...options], inUse: 0 }
}

/** Parts of a fen that rates are counted in: whole numbers add up without dust. */
export const RATE_UNITS = 1000

/**
 * The convex curve below the options, for the exact linear curve: no mix of options costs less. From the longest (`normal`) down
 * to the shortest, at rates of a day in whole `RATE_UNITS` of a fen; a length costs `hullCost` of `lower`.
 */
export function hullOf(options: readonly Option[], perDay: number) {
  // Longer than the cheapest costs no less, and is not needed below the curve: the cheapest could wait.
  const sorted = [...options].sort((a, b) => a.length - b.length || a.cost - b.cost)
  const lower: Option[] = []
  for (const each of sorted) {
    const last = lower.at(-1)
    if (last && (each.length === last.length || each.cost >= last.cost)) continue
    while (lower.length > 1 && above(lower.at(-2)!, lower.at(-1)!, each)) lower.pop()
    lower.push(each)
  }
  const [longest, shortest] = [sorted.at(-1)!.length, sorted[0]!.length]
  const pieces: CrashPiece[] = []
  const cheapest = lower.at(-1)!
  if (longest > cheapest.length) pieces.push({ to: cheapest.length, rate: 0 })
  for (let at = lower.length - 1; at > 0; at--) {
    const [from, to] = [lower[at]!, lower[at - 1]!]
    // Rounded down: a bound stays one.
    const rate = ((to.cost - from.cost) * perDay * RATE_UNITS) / (from.length - to.length)
    pieces.push({ to: to.length, rate: Math.floor(rate) })
  }
  return { normal: longest, crash: shortest, pieces, lower }
}

/** Is the middle one on or above the line between its neighbours? */
const above = (a: Option, b: Option, c: Option) =>
  (b.cost - a.cost) * (c.length - a.length) >= (c.cost - a.cost) * (b.length - a.length)

/** What the convex curve costs at a length; fen. */
export function hullCost(lower: readonly Option[], length: number): number {
  const at = lower.findIndex(each => each.length >= length)
  const [after, before] = [lower[at], lower[at - 1]]
  if (!after) return lower.at(-1)?.cost ?? 0
  if (!before || after.length === length) return after.cost
  return before.cost + ((length - before.length) / (after.length - before.length)) * (after.cost - before.cost)
}
