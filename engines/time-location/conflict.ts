// Two crews at the same place at the same time, or nearer to each other in metres or days than they may be. Exact: between two
// moving fronts the distance is linear in time, so its bounds are solved, not sampled.
import { extentOf, sidesMeet, takenAt, type Work } from './work.ts'

export interface Room {
  /** Metres that two crews keep at the same time. */
  readonly metres: number
  /** Minutes between one crew leaving a place and the next coming to it. */
  readonly minutes: number
}

export interface Conflict {
  readonly a: string
  readonly b: string
  /** `same_place`: they meet or cross · `too_close`: less than the metres apart · `too_soon`: the next comes too early. */
  readonly kind: 'same_place' | 'too_close' | 'too_soon'
  /** Minutes between which it lasts. */
  readonly from: number
  readonly to: number
  /** Metres: where it is worst. */
  readonly at: number
  /** Least distance in metres, or for `too_soon` the least pause in minutes. */
  readonly least: number
}

/** Every pair that gets in each other's way, the earliest first; the worst kind of each pair is told. */
export function conflictsOf(works: readonly Work[], room: Room): readonly Conflict[] {
  const sorted = [...works].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
  const found: Conflict[] = []
  for (const [i, a] of sorted.entries())
    for (let k = i + 1; k < sorted.length; k++) {
      const b = sorted[k]
      // Later ones begin later still.
      if (!b || b.start >= a.finish + room.minutes) break
      if (!sidesMeet(a.side, b.side) || (a.group !== undefined && a.group === b.group)) continue
      const conflict = together(a, b, room.metres) ?? soon(a, b, room.minutes)
      if (conflict) found.push(conflict)
    }
  return found.sort((a, b) => a.from - b.from || (a.a < b.a ? -1 : 1))
}

/** While both are at work: the distance between what they take. */
function together(a: Work, b: Work, metres: number): Conflict | undefined {
  const [from, to] = [Math.max(a.start, b.start), Math.min(a.finish, b.finish)]
  if (to <= from) return undefined
  // Where a front enters or leaves a block, and where two fronts meet, the distance changes its slope.
  const bends = [from, to, ...crossings(a, b), ...entries(a, b), ...entries(b, a)]
    .filter(at => at >= from && at <= to)
    .sort((x, y) => x - y)
  let least = Number.POSITIVE_INFINITY
  let [place, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const reach = Math.max(metres, 0)
  for (const [i, at] of bends.entries()) {
    const here = apart(a, b, at)
    if (here.distance < least - 1e-9) [least, place] = [here.distance, here.at]
    if (near(here.distance, reach)) [first, last] = [Math.min(first, at), Math.max(last, at)]
    const next = bends[i + 1]
    if (next === undefined) continue
    const there = apart(a, b, next).distance
    // The moment between two bends at which the distance passes the limit.
    if (near(here.distance, reach) !== near(there, reach) && there !== here.distance) {
      const moment = at + ((reach - here.distance) / (there - here.distance)) * (next - at)
      ;[first, last] = [Math.min(first, moment), Math.max(last, moment)]
    }
  }
  if (first > last) return undefined
  // Fronts that only touch at an instant at the end of both are a hand-over, not a conflict.
  if (last - first < 1e-6 && metres <= 0 && (first === from || first === to)) return undefined
  return { a: a.id, b: b.id, kind: least < 1e-6 ? 'same_place' : 'too_close', from: first, to: last, at: place, least }
}

const near = (distance: number, reach: number): boolean => (reach > 0 ? distance < reach - 1e-9 : distance < 1e-6)

function apart(a: Work, b: Work, at: number): { distance: number; at: number } {
  const [one, other] = [takenAt(a, at), takenAt(b, at)]
  if (one.to < other.from) return { distance: other.from - one.to, at: (other.from + one.to) / 2 }
  if (other.to < one.from) return { distance: one.from - other.to, at: (one.from + other.to) / 2 }
  return { distance: 0, at: (Math.max(one.from, other.from) + Math.min(one.to, other.to)) / 2 }
}

const speedOf = (work: Work) => (work.spread === 'block' ? 0 : (work.to - work.from) / (work.finish - work.start))

/** When two fronts are at the same place. */
function crossings(a: Work, b: Work): number[] {
  if (a.spread === 'block' || b.spread === 'block') return []
  const [va, vb] = [speedOf(a), speedOf(b)]
  if (va === vb) return []
  return [(b.from - a.from + va * a.start - vb * b.start) / (va - vb)]
}

/** When a front passes the ends of a block. */
function entries(front: Work, block: Work): number[] {
  if (front.spread === 'block' || block.spread === 'line') return []
  const speed = speedOf(front)
  if (speed === 0) return []
  const { from, to } = extentOf(block)
  return [from, to].map(place => front.start + (place - front.from) / speed)
}

/** When a work leaves a place: a front passes it, a block leaves with its end. */
function leaves(work: Work, place: number): number {
  const speed = speedOf(work)
  return work.spread === 'block' || speed === 0 ? work.finish : work.start + (place - work.from) / speed
}
/** When a work comes to a place. */
function comes(work: Work, place: number): number {
  const speed = speedOf(work)
  return work.spread === 'block' || speed === 0 ? work.start : work.start + (place - work.from) / speed
}

/** One after the other at the same places: the pause is linear along the places, so its least lies at an end of them. */
function soon(a: Work, b: Work, minutes: number): Conflict | undefined {
  if (minutes <= 0) return undefined
  const [one, other] = [extentOf(a), extentOf(b)]
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)]
  if (to - from < 1e-6) return undefined
  let worst: { at: number; left: number; come: number } | undefined
  for (const at of [from, to]) {
    const aFirst = leaves(a, at) <= comes(b, at)
    const [left, come] = aFirst ? [leaves(a, at), comes(b, at)] : [leaves(b, at), comes(a, at)]
    if (come - left < 0) continue
    if (!worst || come - left < worst.come - worst.left) worst = { at, left, come }
  }
  if (!worst || worst.come - worst.left >= minutes - 1e-6) return undefined
  const pause = worst.come - worst.left
  return { a: a.id, b: b.id, kind: 'too_soon', from: worst.left, to: worst.come, at: worst.at, least: pause }
}
