// Work along an alignment as lines in time and place: what moves from one chainage to another, or holds a stretch at once.

export type Side = 'both' | 'left' | 'right'
export const sidesOf = (side: Side): readonly ('left' | 'right')[] => (side === 'both' ? ['left', 'right'] : [side])
export const sidesMeet = (a: Side, b: Side): boolean => a === 'both' || b === 'both' || a === b

export interface Work {
  readonly id: string
  /** Kind of work: what follows what in the same place (pit, slab, wall); gaps are looked for by kind. */
  readonly kind: string
  /** Metres along the alignment, in the direction of the work: `to` may be smaller. */
  readonly from: number
  readonly to: number
  readonly side: Side
  /** Minutes. */
  readonly start: number
  readonly finish: number
  /** `line`: a front moves from one end to the other · `block`: the whole stretch is taken for the whole time. */
  readonly spread: 'line' | 'block'
  /** Works of one group (a task and its parts, one crew) do not stand in each other's way. */
  readonly group?: string
}

export interface Span {
  readonly from: number
  readonly to: number
}
export const extentOf = ({ from, to }: Span): Span => (from <= to ? { from, to } : { from: to, to: from })

/** Where the front of a moving work is; its end before it starts and after it is finished. */
export function placeAt(work: Work, at: number): number {
  const share = work.finish > work.start ? Math.min(1, Math.max(0, (at - work.start) / (work.finish - work.start))) : 1
  return work.from + (work.to - work.from) * share
}

/** Metres a day of 1,440 minutes; 0 for a block. */
export const paceOf = (work: Work): number =>
  work.spread === 'block' || work.finish <= work.start
    ? 0
    : (Math.abs(work.to - work.from) / (work.finish - work.start)) * 1440

/** What two works take at a moment: fronts are points, blocks are spans. */
export const takenAt = (work: Work, at: number): Span => {
  if (work.spread === 'block') return extentOf(work)
  const place = placeAt(work, at)
  return { from: place, to: place }
}
