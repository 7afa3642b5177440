// One of the two populations: schedules kept as keys that order their activities for the next justification.

/**
 * The left population holds schedules packed to the left, the right one packed to the right. A schedule is kept as
 * `key[i] = makespan − finish of i`: the start of i when time runs the other way, so that sorting by it gives the order
 * in which the other direction's scheme justifies the schedule.
 */
export interface Population {
  readonly size: number
  readonly keys: readonly Int32Array[]
  readonly makespan: Int32Array
  /** Makespan plus, below one, how far the work lies from the packed side: less is better. */
  readonly score: Float64Array
  readonly hash: Int32Array
}

export const emptyPopulation = (size: number, count: number): Population => ({
  size,
  keys: Array.from({ length: size }, () => new Int32Array(count)),
  makespan: new Int32Array(size).fill(0x7ffffffe),
  score: new Float64Array(size).fill(0x7ffffffe),
  hash: new Int32Array(size),
})

export function keep(
  population: Population,
  slot: number,
  key: Int32Array,
  makespan: number,
  score: number,
  hash: number,
): void {
  population.keys[slot]!.set(key)
  population.makespan[slot] = makespan
  population.score[slot] = score
  population.hash[slot] = hash
}

/** The same schedule in another slot. */
export function isKnown(population: Population, slot: number, makespan: number, hash: number): boolean {
  const { size, hash: hashes, makespan: spans } = population
  for (let k = 0; k < size; k++) if (hashes[k] === hash && spans[k] === makespan && k !== slot) return true
  return false
}
