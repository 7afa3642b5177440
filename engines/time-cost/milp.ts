// A linear programme in which some numbers are whole, and what a solver says of it. The solver itself is the caller's: engines
// load nothing.

export interface Milp {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  /** Of one unit, to be least in sum. */
  readonly cost: number
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** low ≤ Σ by·column ≤ high. */
export interface Row {
  readonly low: number
  readonly high: number
  /** Columns, each once, and their coefficients. */
  readonly at: readonly number[]
  readonly by: readonly number[]
}

export interface MilpAnswer {
  /** `stopped`: a limit was reached; `failed`: the solver gave up, and nothing it says counts. */
  readonly state: 'optimal' | 'infeasible' | 'stopped' | 'failed'
  /** The best found, if any. */
  readonly values: readonly number[] | null
  /** No solution costs less. */
  readonly bound: number
}

/** Solves to the end or to the caller's limits; `start` is a solution that is known. */
export type SolveMilp = (milp: Milp, start: readonly number[]) => MilpAnswer
