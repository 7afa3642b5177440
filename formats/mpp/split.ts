// Split tasks: the stretches that their assignments work, out of the work over time kept with each assignment.
import type { CalendarClock } from '@yingzao/engines/schedule'
import type { Minute, Segment } from '@yingzao/engines/schedule/plan'
import { f64, i32, u16 } from './bytes.ts'

/** Work over time is a head of 16 bytes with the number of blocks, one block of totals, then the blocks. */
const headSize = 16

interface BlockShape {
  size: number
  /** Where a block keeps the working time up to its end, in eightieths of a minute; work stands first, in thousandths. */
  elapsed: number
}

const plannedShape: BlockShape = { size: 28, elapsed: 24 }
const actualShape: BlockShape = { size: 20, elapsed: 16 }

interface Stretch {
  /** Working minutes of the calendar. */
  minutes: number
  work: number
}

function stretchesOf(data: Uint8Array | undefined, shape: BlockShape): Stretch[] {
  const stretches: Stretch[] = []
  if (!data || data.length < headSize) return stretches
  const count = u16(data, 0)
  let work = 0
  let elapsed = 0
  for (let i = 0, at = headSize + shape.size; i < count && at + shape.size <= data.length; i++, at += shape.size) {
    const workHere = f64(data, at) / 1000
    const elapsedHere = i32(data, at + shape.elapsed) / 80
    if (elapsedHere > elapsed) stretches.push({ minutes: elapsedHere - elapsed, work: workHere - work })
    work = workHere
    elapsed = Math.max(elapsed, elapsedHere)
  }
  return stretches
}

export interface WorkOverTime {
  start: Minute
  /** Where what is left goes on, once work has begun. */
  resume: Minute | undefined
  finish: Minute
  planned: Uint8Array | undefined
  actual: Uint8Array | undefined
}

/** Whether an assignment has working time without work between its blocks. */
export const hasPause = ({ planned, actual }: Pick<WorkOverTime, 'planned' | 'actual'>): boolean =>
  [...stretchesOf(actual, actualShape), ...stretchesOf(planned, plannedShape)].some(({ work }) => work < 1)

/**
 * Worked pieces of one assignment, in order: blocks of work one behind the other in the working time of its calendar,
 * blocks without work are gaps. Empty when the blocks do not end where the assignment ends, so that nothing is guessed.
 */
export function workedPieces(over: WorkOverTime, clock: CalendarClock): Segment[] {
  const done = stretchesOf(over.actual, actualShape)
  const left = stretchesOf(over.planned, plannedShape)
  if (clock.nextWorkStart(over.start) !== over.start) return []
  const pieces: Segment[] = []
  const walk = (from: Minute, stretches: readonly Stretch[]): Minute => {
    let at = from
    for (const { minutes, work } of stretches) {
      const end = clock.add(clock.nextWorkStart(at), Math.round(minutes))
      if (work >= 1) pieces.push({ start: clock.nextWorkStart(at), finish: end })
      at = end
    }
    return at
  }
  const begun = walk(over.start, done)
  const resumed = done.length > 0 ? (over.resume ?? begun) : over.start
  let end = walk(resumed, left)
  // What is left in one piece has no blocks of its own.
  if (left.length === 0 && totalOf(over.planned) >= 1) {
    pieces.push({ start: clock.nextWorkStart(resumed), finish: over.finish })
    end = over.finish
  }
  return Math.abs(clock.work(end, over.finish)) <= 1 ? joined(pieces, clock) : []
}

/** Minutes of work in the block of totals. */
const totalOf = (planned: Uint8Array | undefined): number => (planned ? f64(planned, headSize) / 1000 : 0)

/** Pieces without working time between them are one. */
function joined(pieces: readonly Segment[], clock: CalendarClock): Segment[] {
  const whole: Segment[] = []
  for (const piece of pieces) {
    const last = whole[whole.length - 1]
    if (last && clock.work(last.finish, piece.start) <= 0)
      whole[whole.length - 1] = { start: last.start, finish: Math.max(last.finish, piece.finish) }
    else whole.push(piece)
  }
  return whole
}
