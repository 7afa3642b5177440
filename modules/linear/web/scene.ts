// The chart's data as the engine's works: one alignment at a time, kinds of work in the order in which they begin. Pure.

import { MINUTES_PER_DAY, parseDay } from '@yingzao/engines/schedule/civil'
import {
  actualLine,
  type Conflict,
  conflictsOf,
  doneOf,
  type Gap,
  gapsOf,
  type Line,
  openAlignment,
  type Piece,
  type Planned,
  piecesOf,
  sidesOf,
  type Work,
} from '@yingzao/engines/time-location'
import type { ChartAlignment, ChartStretch } from '../shape.ts'

export interface Strip {
  readonly work: string
  /** Both where the two sides stand alike: one strip instead of the same twice. */
  readonly side: 'left' | 'right' | 'both'
  readonly pieces: readonly Piece[]
  readonly done: number
  readonly all: number
  readonly unit: { readonly metres: number; readonly name: string; readonly done: number; readonly all: number } | null
}

export interface Drawn {
  readonly stretch: ChartStretch
  readonly kind: number
  /** How it went, and how it will go on; places and minutes. */
  readonly actual: readonly { readonly at: number; readonly place: number }[]
  readonly forecast: readonly { readonly at: number; readonly place: number }[]
}

export interface LocationScene {
  readonly line: Line
  readonly kinds: readonly string[]
  readonly drawn: readonly Drawn[]
  readonly strips: readonly Strip[]
  readonly conflicts: readonly Conflict[]
  readonly gaps: readonly Gap[]
  readonly from: number
  readonly to: number
}

const END_OF_DAY = 1020
const minuteOf = (day: string) => (parseDay(day) ?? 0) * MINUTES_PER_DAY + END_OF_DAY

/** Undefined when the alignment cannot be read, which its own page refuses. */
export function sceneOf(
  alignment: ChartAlignment,
  all: readonly ChartStretch[],
  now: number,
): LocationScene | undefined {
  const outcome = openAlignment(alignment)
  if (!outcome.ok) return undefined
  const { line } = outcome
  const stretches = all.filter(each => each.alignment === alignment.id)
  const begins = new Map<string, number>()
  for (const each of stretches)
    begins.set(each.work, Math.min(begins.get(each.work) ?? Number.POSITIVE_INFINITY, each.start))
  const kinds = [...begins].sort((a, b) => a[1] - b[1]).map(([work]) => work)
  const planned = stretches.map(each => plannedOf(each, now))
  const works: readonly Work[] = stretches
    .filter(each => !each.finished)
    .map(each => ({ ...workOf(each), group: each.task }))
  const moments = stretches.flatMap(each => [
    each.start,
    each.finish,
    ...(each.promised ? [each.promised.start, each.promised.finish] : []),
  ])
  return {
    line,
    kinds,
    drawn: stretches.map(stretch => ({ stretch, kind: kinds.indexOf(stretch.work), ...wentOf(stretch, now) })),
    strips: kinds.flatMap(work => {
      const [left, right] = [
        stripOf(work, 'left', stretches, planned, now),
        stripOf(work, 'right', stretches, planned, now),
      ]
      if (left && right && alike(left, right)) return [{ ...left, side: 'both' as const }]
      return [left, right].filter(each => each !== undefined)
    }),
    conflicts: conflictsOf(works, {
      metres: alignment.bufferMetres,
      minutes: alignment.bufferDays * MINUTES_PER_DAY,
    }),
    gaps: gapsOf(
      { from: 0, to: line.length },
      stretches.map(each => ({ from: each.from, to: each.to, side: each.side, kind: each.work })),
    ),
    from: moments.reduce((a, b) => Math.min(a, b), now),
    to: moments.reduce((a, b) => Math.max(a, b), now),
  }
}

const workOf = (each: ChartStretch): Work => ({
  ...{ id: each.id, kind: each.work, from: each.from, to: each.to, side: each.side },
  ...{ start: each.start, finish: each.finish, spread: each.spread },
})

/** What was known by the day asked for. */
const known = (each: ChartStretch, now: number) => each.reports.filter(report => minuteOf(report.on) <= now)

const plannedOf = (each: ChartStretch, now: number): Planned => ({
  ...workOf(each),
  ...(each.promised ? { due: each.promised } : {}),
  begun: each.begun && each.start <= now,
  finished: each.finished && each.finish <= now,
  reports: known(each, now),
})

function wentOf(each: ChartStretch, now: number): Pick<Drawn, 'actual' | 'forecast'> {
  const reports = known(each, now).map(report => ({ ...report, at: minuteOf(report.on) }))
  if (reports.length === 0 || each.spread === 'block') return { actual: [], forecast: [] }
  const actual = [{ at: each.start, place: each.from }, ...actualLine(each, reports)]
  const last = actual.at(-1)
  const goesOn = last !== undefined && !each.finished && last.place !== each.to && each.finish > last.at
  return { actual, forecast: goesOn ? [last, { at: each.finish, place: each.to }] : [] }
}

function stripOf(
  work: string,
  side: 'left' | 'right',
  stretches: readonly ChartStretch[],
  planned: readonly Planned[],
  now: number,
): Strip | undefined {
  const own = planned.filter((each, i) => stretches[i]?.work === work && sidesOf(each.side).includes(side))
  if (own.length === 0) return undefined
  const sums = own.map(each => {
    const sided = { from: each.from, to: each.to, side }
    return each.finished
      ? { done: Math.abs(each.to - each.from), all: Math.abs(each.to - each.from) }
      : doneOf(sided, each.reports)
  })
  const [done, all] = [sums.reduce((sum, each) => sum + each.done, 0), sums.reduce((sum, each) => sum + each.all, 0)]
  const unit = stretches.find(each => each.work === work && each.unit !== null)?.unit ?? null
  return {
    ...{ work, side, done, all },
    pieces: own.flatMap(each => piecesOf(each, side, now)),
    unit: unit && { ...unit, done: Math.floor(done / unit.metres + 1e-6), all: Math.round(all / unit.metres) },
  }
}

const alike = (left: Strip, right: Strip): boolean =>
  left.done === right.done &&
  left.all === right.all &&
  left.pieces.length === right.pieces.length &&
  left.pieces.every((piece, at) => {
    const other = right.pieces[at]
    return piece.from === other?.from && piece.to === other.to && piece.state === other.state
  })
