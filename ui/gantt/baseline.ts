// Baselines to compare with: the plan's own numbered ones and named ones that the host keeps; at most two at a time.
import type { Minute, Task } from '@yingzao/engines/schedule/plan'
import type { Texts } from './texts.ts'

/** A number of the plan's own baselines (0–10), or the key of a named one. */
export type BaselineKey = number | string

export interface NamedBaseline {
  readonly key: string
  readonly name: string
}

export interface Span {
  readonly start?: Minute
  readonly finish?: Minute
}

/** Dates by task id, as a named baseline keeps them. */
export type NamedDates = ReadonlyMap<string, Span>

export type BaselineOf = (task: Task) => Span | undefined

export const MOST_BASELINES = 2

/** The dates that a baseline has of each task; of a named one that is not loaded yet, none. */
export function baselineOf(key: BaselineKey, kept: ReadonlyMap<string, NamedDates>): BaselineOf {
  if (typeof key === 'number') return task => task.baselines?.find(item => item.number === key)
  const dates = kept.get(key)
  return task => dates?.get(task.id)
}

/** Ticks a baseline, or unticks it; a third takes the place of the second. */
export function ticked(chosen: readonly BaselineKey[], key: BaselineKey): readonly BaselineKey[] {
  return chosen.includes(key) ? chosen.filter(each => each !== key) : [...chosen.slice(0, MOST_BASELINES - 1), key]
}

export const baselineName = (words: Texts, key: BaselineKey, named: readonly NamedBaseline[]): string =>
  typeof key === 'number' ? words.baseline_n(key) : (named.find(each => each.key === key)?.name ?? '')
