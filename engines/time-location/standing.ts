// 形象进度: the alignment at a day, cut into stretches of one state for a kind of work and side.
import { type Stretch, without } from './coverage.ts'
import { extentOf, placeAt, type Span, sidesOf, type Work } from './work.ts'

/** `done` · `behind`: should be done by now · `active`: its work is going on · `open`: not begun and not due. */
export type State = 'done' | 'behind' | 'active' | 'open'
export interface Piece extends Span {
  readonly state: State
  readonly work: string
}

export interface Planned extends Work {
  /** Where the plan wanted it: its promise; else its own dates. */
  readonly due?: { readonly start: number; readonly finish: number }
  readonly begun: boolean
  /** Finished whatever was reported by chainage. */
  readonly finished: boolean
  readonly reports: readonly Stretch[]
}

/** Pieces of one work on one side, along the alignment, at a moment. */
export function piecesOf(work: Planned, side: 'left' | 'right', at: number): readonly Piece[] {
  if (!sidesOf(work.side).includes(side)) return []
  const whole = extentOf(work)
  const own = work.reports.filter(each => sidesOf(each.side).includes(side))
  const rest = work.finished ? [] : without(whole, own)
  const due = duePart(work, at)
  const pieces: Piece[] = []
  const add = (span: Span, state: State) => {
    if (span.to - span.from > 1e-6) pieces.push({ ...span, state, work: work.id })
  }
  for (const span of without(whole, rest)) add(span, 'done')
  for (const span of rest) {
    const [late, later] = cut(span, due)
    for (const each of late) add(each, 'behind')
    for (const each of later) add(each, work.begun || (work.start <= at && at < work.finish) ? 'active' : 'open')
  }
  return pieces.sort((a, b) => a.from - b.from)
}

/** What should be done by a moment. */
function duePart(work: Planned, at: number): Span | null {
  const { start, finish } = work.due ?? work
  if (at >= finish) return extentOf(work)
  if (at <= start || work.spread === 'block') return null
  return extentOf({ from: work.from, to: placeAt({ ...work, start, finish }, at) })
}

function cut(span: Span, due: Span | null): readonly [readonly Span[], readonly Span[]] {
  if (!due) return [[], [span]]
  const inside = { from: Math.max(span.from, due.from), to: Math.min(span.to, due.to) }
  return inside.to - inside.from > 1e-6 ? [[inside], without(span, [inside])] : [[], [span]]
}

/** How it went: the furthest metre reported at each day, in the direction of the work. */
export function actualLine(
  work: Pick<Work, 'from' | 'to'>,
  reports: readonly (Span & { readonly at: number })[],
): readonly { readonly at: number; readonly place: number }[] {
  const forward = work.to >= work.from
  let place = work.from
  return [...reports]
    .sort((a, b) => a.at - b.at)
    .map(({ from, to, at }) => {
      const end = forward ? Math.max(from, to) : Math.min(from, to)
      place = forward ? Math.max(place, end) : Math.min(place, end)
      return { at, place }
    })
}
