// The roadmap's geometry: quarters across, lanes down, projects packed into rows so that none overlap. Pure.
import { MINUTES_PER_DAY, parseDay } from '@yingzao/engines/schedule/civil'
import { floorTo, nextOf } from '@yingzao/ui/gantt/time-scale'
import type { Line } from '../shape.ts'
import type { Group } from './choice.ts'

export interface Window {
  readonly from: number
  readonly to: number
}
export interface Placed {
  readonly line: Line
  /** Minutes; as far as it lies in the window. */
  readonly from: number
  readonly to: number
  /** It goes on before or after the window. */
  readonly before: boolean
  readonly after: boolean
  readonly row: number
}
export interface Lane {
  readonly key: string
  readonly rows: number
  readonly placed: readonly Placed[]
}

export const minuteOf = (day: string): number => (parseDay(day) ?? 0) * MINUTES_PER_DAY

export const spanOf = (line: Line): { from: number; to: number } | null => {
  const finish = line.forecast ?? line.contract
  const start = line.start ?? line.promised?.start ?? finish
  return start && finish
    ? { from: minuteOf(start), to: Math.max(minuteOf(finish), minuteOf(start)) + MINUTES_PER_DAY }
    : null
}

/** So many whole quarters from the one before today; `null`: from the first start to the last finish. */
export function windowOf(lines: readonly Line[], today: string, quarters: number | null): Window {
  const now = minuteOf(today)
  if (quarters !== null) {
    // The quarter before this one: what was just finished is part of the story.
    const from = floorTo('quarter', floorTo('quarter', now) - MINUTES_PER_DAY)
    let to = from
    for (let i = 0; i < quarters; i++) to = nextOf('quarter', to)
    return { from, to }
  }
  const spans = lines.flatMap(line => spanOf(line) ?? [])
  const from = floorTo(
    'quarter',
    spans.reduce((least, each) => Math.min(least, each.from), now),
  )
  const to = nextOf(
    'quarter',
    floorTo(
      'quarter',
      spans.reduce((most, each) => Math.max(most, each.to - 1), now),
    ),
  )
  return { from, to }
}

/** Each project in the first row of its lane that is free with `gap` minutes around it. */
export function lanesOf(groups: readonly Group[], { from, to }: Window, gap: number): readonly Lane[] {
  return groups.flatMap(({ key, lines }): Lane[] => {
    const ends: number[] = []
    const placed = lines
      .flatMap(line => {
        const span = spanOf(line)
        return span && span.to > from && span.from < to ? [{ line, span }] : []
      })
      .sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to)
      .map(({ line, span }): Placed => {
        const [left, right] = [Math.max(from, span.from), Math.min(to, span.to)]
        const free = ends.findIndex(end => end + gap <= left)
        const row = free < 0 ? ends.length : free
        ends[row] = right
        return { line, from: left, to: right, before: span.from < from, after: span.to > to, row }
      })
    return placed.length === 0 ? [] : [{ key, rows: ends.length, placed }]
  })
}
