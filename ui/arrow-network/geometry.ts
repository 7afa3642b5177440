// From times and rows to points on a sheet: where arrows bend, where floats wave, which words fit.
import type { Arrow, Diagram, Dummy, EventNode } from '@yingzao/engines/arrow-network'
import { type TimeScale, toX } from '../gantt/time-scale.ts'

export const ROW = 48
export const RADIUS = 10
const WAVE = 3
const STEP = 5

export const yOf = (row: number): number => row * ROW + ROW / 2

/** A wavy line along a row, beginning and ending on it. */
export function wave(from: number, to: number, y: number): string {
  const steps = Math.floor((to - from) / STEP)
  if (steps < 2) return `L${to} ${y}`
  const width = (to - from) / steps
  let path = ''
  for (let at = 0; at < steps; at++) path += `q${width / 2} ${at % 2 === 0 ? -2 * WAVE : 2 * WAVE} ${width} 0`
  return path
}

export interface Drawn {
  /** From the first circle along the row to where the work ends. */
  readonly solid: string
  /** From there to the circle it ends in; empty without float. */
  readonly wavy: string
  /** Where the arrow's head points at, and from which side: right, down or up. */
  readonly head: { readonly x: number; readonly y: number; readonly towards: 'right' | 'down' | 'up' } | null
}

/** The circle's edge where a line along `y` or from above or below meets it. */
const edge = (y: number, node: number): number => (y === node ? RADIUS : 0)

/** An arrow leaves its circle upright when it lies on another row, runs along its row and enters the other circle upright. */
export function drawArrow(scale: TimeScale, arrow: Arrow, from: EventNode, to: EventNode): Drawn {
  const y = yOf(arrow.row)
  const [y1, y2] = [yOf(from.row), yOf(to.row)]
  const [x1, x2] = [toX(scale, from.time), toX(scale, to.time)]
  const until = Math.max(x1, Math.min(x2, toX(scale, arrow.until)))
  const start = x1 + edge(y, y1)
  const last = x2 - edge(y, y2)
  const rise = y === y1 ? `M${start} ${y}` : `M${x1} ${y1 + (y > y1 ? RADIUS : -RADIUS)}L${x1} ${y}`
  const worked = Math.min(until, last)
  const fall = y === y2 ? '' : `L${x2} ${y2 + (y > y2 ? RADIUS : -RADIUS)}`
  const floats = last - worked > 1
  return {
    solid: `${rise}L${Math.max(start, worked)} ${y}${floats ? '' : fall}`,
    wavy: floats ? `M${worked} ${y}${wave(worked, last, y)}${fall}` : '',
    head:
      y === y2
        ? { x: last, y, towards: 'right' }
        : { x: x2, y: y2 + (y > y2 ? RADIUS : -RADIUS), towards: y > y2 ? 'up' : 'down' },
  }
}

/** A dummy is upright where it takes no time and waves along its row where it waits. */
export function drawDummy(scale: TimeScale, dummy: Dummy, from: EventNode, to: EventNode): Drawn {
  const [x1, x2] = [toX(scale, from.time), toX(scale, to.time)]
  const [y1, y2] = [yOf(from.row), yOf(to.row)]
  if (x2 - x1 < 1) {
    const down = y2 > y1
    return {
      solid: `M${x1} ${y1 + (down ? RADIUS : -RADIUS)}L${x2} ${y2 + (down ? -RADIUS : RADIUS)}`,
      wavy: '',
      head: { x: x2, y: y2 + (down ? -RADIUS : RADIUS), towards: down ? 'down' : 'up' },
    }
  }
  return drawArrow(scale, { ...dummy, task: '', part: 0, parts: 1, until: from.time }, from, to)
}

/** A small triangle whose tip touches the circle. */
export function headPath({ x, y, towards }: NonNullable<Drawn['head']>): string {
  if (towards === 'right') return `M${x} ${y}l-7 -3.5v7z`
  return towards === 'down' ? `M${x} ${y}l-3.5 -7h7z` : `M${x} ${y}l-3.5 7h7z`
}

/** Room for words along an arrow, between its bends. */
export function room(scale: TimeScale, arrow: Arrow, diagram: Diagram): { readonly x: number; readonly width: number } {
  const [from, to] = [diagram.nodes[arrow.from - 1]!, diagram.nodes[arrow.to - 1]!]
  const x = toX(scale, from.time) + RADIUS + 4
  return { x, width: Math.max(0, toX(scale, to.time) - RADIUS - 10 - x) }
}

const cjk = /[\u2e80-\uffff]/
const widthOf = (letter: string): number => (cjk.test(letter) ? 12 : 6.6)

/** About how wide words are at 12 px. */
export const lengthOf = (words: string): number => Array.from(words).reduce((sum, letter) => sum + widthOf(letter), 0)

/** Words cut to a width at 12 px, with an ellipsis; empty when not even two letters fit. */
export function fitted(words: string, width: number): string {
  let used = 0
  let kept = ''
  for (const letter of words) {
    used += widthOf(letter)
    if (used > width) return kept.length > 1 ? `${kept.slice(0, -1)}…` : ''
    kept += letter
  }
  return kept
}
