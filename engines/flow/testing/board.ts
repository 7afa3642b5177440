// Boards whose good and bad weeks come in spells, as real ones do: what a forecast is judged on.
import { source } from '../../statistics/index.ts'
import type { Board } from '../index.ts'

/** `weeks` weeks around ten finished items, drifting; arrivals keep between twenty and sixty items open. */
export function spellBoard(weeks: number, seed: number): Board {
  const random = source(seed, 'board')
  const finished: number[] = []
  const open: number[] = []
  let mood = 0
  let left = 40
  for (let week = 0; week < weeks; week++) {
    mood = 0.97 * mood + 0.26 * (random() + random() + random() - 1.5) * 2
    const rate = 10 * Math.exp(mood)
    let count = 0
    // Poisson by multiplication: rates stay below some fifty.
    for (let product = random(), limit = Math.exp(-Math.min(50, rate)); product > limit; product *= random()) count++
    count = Math.min(count, left)
    finished.push(count)
    left = Math.max(20, Math.min(60, left - count + Math.floor(random() * 21)))
    open.push(left)
  }
  return { finished, open }
}
