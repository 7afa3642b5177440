// A formula after checking: every name resolved, every type known, the rounding of numbers made explicit.
// Both compilers work from this tree, so that JavaScript and SQL cannot resolve a name or round a number differently.
import type { CompareSign } from './ast.ts'
import type { FormulaFunction } from './functions.ts'
import type { FormulaType } from './type.ts'

/**
 * `type` is never lines, nor a list except for a field used as one. For numbers, `digits` and `scale` bound the value:
 * it is below 10^digits and has at most `scale` places.
 */
export interface Facts {
  type: FormulaType
  digits: number
  scale: number
}

export type Typed = Facts &
  (
    | { op: 'constant'; value: string | boolean | null }
    | { op: 'field'; field: FieldPath }
    | { op: 'moment'; moment: Moment }
    | { op: 'plus' | 'minus' | 'times' | 'over' | 'power'; left: Typed; right: Typed }
    /** date ± days, and date − date. */
    | { op: 'later' | 'earlier' | 'days'; left: Typed; right: Typed }
    | { op: 'concat'; left: Typed; right: Typed }
    | { op: 'negative'; of: Typed }
    | { op: 'round'; of: Typed; mode: 'half_up' | 'floor' | 'ceiling' }
    /** Null beyond ±10^200. */
    | { op: 'ranged'; of: Typed }
    | { op: 'compare'; sign: CompareSign; left: Typed; right: Typed }
    | { op: 'and' | 'or'; items: Typed[] }
    | { op: 'not'; of: Typed }
    | { op: 'if'; test: Typed; yes: Typed; no: Typed }
    | { op: 'in'; of: Typed; tests: Test[] }
    | { op: 'some' | 'every'; rows: Rows; satisfies: Typed }
    | { op: 'aggregate'; name: AggregateName; list: List }
    | { op: 'coalesce'; items: Typed[] }
    | { op: 'empty'; of: Typed }
    | { op: 'empty_list'; list: List }
    | { op: 'call'; call: FormulaFunction; args: Typed[] }
  )

/** What a formula may ask of the moment it runs: the date, the instant, the reader. */
export type Moment = 'today' | 'now' | 'user'

/** Where a value is read: a frame (`fields`, `doc`, or a row being looped over) and a field, or a field of its reference. */
export interface FieldPath {
  frame: string
  path: readonly [name: string] | readonly [ref: string, name: string]
}

/** Child rows, each seen as frame `id` while `where` and the consumer look at it. */
export interface Rows {
  id: string
  parent: string
  name: string
  fields: Record<string, FormulaType>
  where: Typed[]
}

export type List =
  | { list: 'rows'; of: FormulaType; rows: Rows; item: Typed | null }
  | { list: 'items'; of: FormulaType; items: Typed[] }
  | { list: 'field'; of: FormulaType; field: Typed }

export type Test =
  | { test: 'member'; list: List }
  | { test: 'compare'; sign: CompareSign; value: Typed }
  | { test: 'range'; from: Typed; to: Typed; fromOpen: boolean; toOpen: boolean }

export type AggregateName = 'sum' | 'count' | 'min' | 'max' | 'mean'
