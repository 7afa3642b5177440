// Which metres are done, planned or forgotten: unions of stretches on each side of an alignment.
import { extentOf, type Side, type Span, sidesOf } from './work.ts'

export interface Stretch extends Span {
  readonly side: Side
}

const EPSILON = 1e-6

/** Stretches as ascending spans that neither touch nor overlap. */
export function union(spans: readonly Span[]): readonly Span[] {
  const sorted = spans
    .map(extentOf)
    .filter(each => each.to - each.from > EPSILON)
    .sort((a, b) => a.from - b.from)
  const found: { from: number; to: number }[] = []
  for (const { from, to } of sorted) {
    const last = found.at(-1)
    if (last && from <= last.to + EPSILON) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

/** What of a span is not covered. */
export function without(span: Span, covered: readonly Span[]): readonly Span[] {
  const whole = extentOf(span)
  const rest: Span[] = []
  let at = whole.from
  for (const each of union(covered)) {
    if (each.to <= at || each.from >= whole.to) continue
    if (each.from > at + EPSILON) rest.push({ from: at, to: each.from })
    at = Math.max(at, each.to)
  }
  if (whole.to > at + EPSILON) rest.push({ from: at, to: whole.to })
  return rest
}

const lengthOf = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0)

/** What is done of a stretch, side by side: `done` and `all` in metres of a side. Reports beyond it count nothing. */
export function doneOf(stretch: Stretch, reports: readonly Stretch[]): { readonly done: number; readonly all: number } {
  const whole = extentOf(stretch)
  const sides = sidesOf(stretch.side)
  let done = 0
  for (const side of sides) {
    const own = reports.filter(each => sidesOf(each.side).includes(side))
    done += whole.to - whole.from - lengthOf(without(whole, own))
  }
  return { done, all: (whole.to - whole.from) * sides.length }
}

export interface Gap extends Span {
  readonly kind: string
  readonly side: 'left' | 'right'
}

/** Metres within a span that no work of a kind covers, by kind and side; kinds that are missing altogether are not gaps. */
export function gapsOf(whole: Span, works: readonly (Stretch & { readonly kind: string })[]): readonly Gap[] {
  const kinds = [...new Set(works.map(each => each.kind))]
  return kinds.flatMap(kind =>
    (['left', 'right'] as const).flatMap(side => {
      const own = works.filter(each => each.kind === kind && sidesOf(each.side).includes(side))
      if (own.length === 0) return []
      // Between the first and the last metre of the kind: what lies outside was never meant.
      const reach = union(own)
      const [first, last] = [reach[0], reach.at(-1)]
      if (!first || !last) return []
      const within = { from: Math.max(whole.from, first.from), to: Math.min(whole.to, last.to) }
      return without(within, own).map(({ from, to }) => ({ from, to, kind, side }))
    }),
  )
}
