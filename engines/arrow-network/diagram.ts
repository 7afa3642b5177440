// The arrow network as a picture in units of time and rows: what a screen or a sheet scales to its size.
import type { Minute } from '../schedule/plan.ts'

/** A circle. Numbers grow along every arrow (JGJ/T 121-2015, 3.2). */
export interface EventNode {
  readonly number: number
  readonly time: Minute
  readonly row: number
  /** Ids of the tasks without duration that this circle is. */
  readonly milestones: readonly string[]
}

/**
 * An arrow on its row from one circle to another: solid from its start to `until`, wavy from there to the circle's time
 * (free float). A task split by links into its middle has several arrows, `part` of `parts`.
 */
export interface Arrow {
  readonly task: string
  readonly part: number
  readonly parts: number
  readonly from: number
  readonly to: number
  readonly row: number
  readonly until: Minute
  readonly critical: boolean
}

/** A dashed arrow that carries no work: upright where it takes no time, wavy along `row` where it waits. */
export interface Dummy {
  readonly from: number
  readonly to: number
  readonly row: number
  readonly critical: boolean
}

export interface Lane {
  readonly name: string | null
  readonly firstRow: number
  readonly lastRow: number
}

export interface Diagram {
  /** By number, from 1: `nodes[n - 1]`. */
  readonly nodes: readonly EventNode[]
  readonly arrows: readonly Arrow[]
  readonly dummies: readonly Dummy[]
  readonly lanes: readonly Lane[]
  readonly rows: number
}
