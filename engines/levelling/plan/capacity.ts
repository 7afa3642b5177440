// What each resource can give over time, and what is left of it while tasks are placed.
import type { Minute, Plan, Resource } from '../../schedule/plan.ts'
import { choicesOf, unitsOf } from './skill.ts'

/** A step function: `value[k]` holds from `at[k]` until `at[k + 1]`; `at[0]` is −∞. */
export interface Steps {
  readonly at: number[]
  readonly value: number[]
}

/** Capacity of a resource: its availability periods, and its most units where none applies. */
export function capacityOf(resource: Resource): Steps {
  const usual = unitsOf(resource.maxUnits ?? 1)
  const steps: Steps = { at: [Number.NEGATIVE_INFINITY], value: [usual] }
  for (const period of resource.availability ?? []) {
    const from = period.from ?? Number.NEGATIVE_INFINITY
    const to = period.to ?? Number.POSITIVE_INFINITY
    if (from < to) change(steps, from, to, () => unitsOf(period.units))
  }
  return steps
}

/** The greatest of several at each instant. */
export function mostOf(all: readonly Steps[]): Steps {
  const at = [...new Set(all.flatMap(steps => steps.at))].sort((a, b) => a - b)
  return { at, value: at.map(instant => Math.max(...all.map(steps => steps.value[stepAt(steps, instant)]!))) }
}

export const copyOf = (steps: Steps): Steps => ({ at: steps.at.slice(), value: steps.value.slice() })

/** Index of the step that holds at an instant. */
function stepAt({ at }: Steps, instant: Minute): number {
  let low = 0
  let high = at.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (at[middle]! <= instant) low = middle
    else high = middle - 1
  }
  return low
}

/** Index of the step that begins at an instant, made if there is none. */
function cut(steps: Steps, instant: Minute): number {
  const k = stepAt(steps, instant)
  if (steps.at[k] === instant) return k
  steps.at.splice(k + 1, 0, instant)
  steps.value.splice(k + 1, 0, steps.value[k]!)
  return k + 1
}

function change(steps: Steps, from: Minute, to: Minute, by: (old: number) => number): void {
  const first = cut(steps, from)
  const last = to === Number.POSITIVE_INFINITY ? steps.at.length : cut(steps, to)
  for (let k = first; k < last; k++) steps.value[k] = by(steps.value[k]!)
}

/** Takes (or with a negative need gives back) units over [from, to). */
export function book(steps: Steps, from: Minute, to: Minute, need: number): void {
  if (from < to) change(steps, from, to, old => old - need)
}

/**
 * When the last stretch inside [from, to) that has less than `need` free ends; −∞ = there is none.
 * No start before that instant fits, because the task would still run at its end.
 */
export function lastShortage(steps: Steps, from: Minute, to: Minute, need: number): Minute {
  for (let k = stepAt(steps, to - 1); k >= 0; k--) {
    if (steps.value[k]! < need) return steps.at[k + 1] ?? Number.POSITIVE_INFINITY
    if (steps.at[k]! <= from) break
  }
  return Number.NEGATIVE_INFINITY
}

/** What placing `need` over [from, to) adds to ∫ overload² (units², in 1 = 100 %, times minutes). */
export function addedOverload(steps: Steps, from: Minute, to: Minute, need: number): number {
  let sum = 0
  for (let k = stepAt(steps, from); k < steps.at.length && steps.at[k]! < to; k++) {
    const left = steps.value[k]! - need
    if (left >= 0) continue
    const minutes = Math.min(to, steps.at[k + 1] ?? to) - Math.max(from, steps.at[k]!)
    sum += minutes * ((left / 1000) ** 2 - Math.min(0, steps.value[k]! / 1000) ** 2)
  }
  return sum
}

/** Instants after `from` and up to `to` at which what is free changes. */
export function changesIn(steps: Steps, from: Minute, to: Minute): Minute[] {
  const found: Minute[] = []
  for (let k = stepAt(steps, from) + 1; k < steps.at.length && steps.at[k]! <= to; k++) found.push(steps.at[k]!)
  return found
}

export interface Need {
  /** Index into `plan.resources`. */
  readonly resource: number
  readonly units: number
}

/**
 * Per task what its assignments take of work resources; a resource assigned twice counts once with both. What asks for a skill
 * that somebody has takes nothing before he is chosen.
 */
export function needsOf(plan: Plan): Need[][] {
  const taskAt = new Map(plan.tasks.map((task, i) => [task.id, i]))
  const resourceAt = new Map(plan.resources.map((resource, i) => [resource.id, i]))
  const needs: Need[][] = plan.tasks.map(() => [])
  const open = new Set(choicesOf(plan).map(choice => choice.assignment))
  for (const assignment of plan.assignments) {
    const task = taskAt.get(assignment.task)
    const resource = resourceAt.get(assignment.resource)
    if (task === undefined || resource === undefined) continue
    if (plan.resources[resource]!.kind !== 'work' || plan.resources[resource]!.inactive) continue
    const units = unitsOf(assignment.units)
    if (units <= 0 || open.has(assignment.id)) continue
    needs[task] = withNeed(needs[task]!, { resource, units })
  }
  return needs
}

export function withNeed(row: readonly Need[], { resource, units }: Need): Need[] {
  const known = row.findIndex(need => need.resource === resource)
  if (known < 0) return [...row, { resource, units }]
  return row.map((need, k) => (k === known ? { resource, units: need.units + units } : need))
}
