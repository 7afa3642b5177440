// Linear programmes in whole numbers by HiGHS (WebAssembly), in a worker or in Node. Who needs it loads it: 3.5 MB.
import type { MilpAnswer, SolveMilp } from '@yingzao/engines/time-cost'
import type { Highs } from 'highs'

/** A solver with so many seconds for each programme, to be asked anew each time. What it cannot do is an answer, not an error. */
export function milpSolver(highs: Highs, seconds: () => number): SolveMilp {
  const { constants, infinity } = highs
  const bounded = (value: number) => (Number.isFinite(value) ? value : value > 0 ? infinity : -infinity)
  return ({ columns, rows }, start): MilpAnswer => {
    const starts = [0]
    for (const { at } of rows) starts.push((starts.at(-1) ?? 0) + at.length)
    try {
      return highs.withModel(
        {
          numCols: columns.length,
          numRows: rows.length,
          colCost: columns.map(({ cost }) => cost),
          colLower: columns.map(({ low }) => bounded(low)),
          colUpper: columns.map(({ high }) => bounded(high)),
          rowLower: rows.map(({ low }) => bounded(low)),
          rowUpper: rows.map(({ high }) => bounded(high)),
          integrality: columns.map(({ whole }) => constants.variableType[whole ? 'integer' : 'continuous']),
          matrix: {
            format: 'csr',
            numCols: columns.length,
            numRows: rows.length,
            starts,
            indices: rows.flatMap(({ at }) => at),
            values: rows.flatMap(({ by }) => by),
          },
        },
        (model): MilpAnswer => {
          model.options.set({
            ...{ output_flag: false, time_limit: Math.max(0.1, seconds()), random_seed: 1 },
            // A cheaper way by a fen is a cheaper way.
            ...{ mip_rel_gap: 0, mip_abs_gap: 0.004, mip_feasibility_tolerance: 1e-7 },
          })
          if (start.length === columns.length) model.setSolution({ colValue: start })
          model.run()
          const status = model.getModelStatus()
          const { optimal, infeasible, timeLimit } = constants.modelStatus
          if (status === infeasible) return { state: 'infeasible', values: null, bound: Number.POSITIVE_INFINITY }
          if (status !== optimal && status !== timeLimit) return failed
          const found = model.info.get('primal_solution_status') === constants.solutionStatus.feasible
          const bound = Number(model.info.get('mip_dual_bound'))
          return {
            state: status === optimal ? 'optimal' : 'stopped',
            values: found ? [...model.getSolution().colValue] : null,
            bound: Number.isFinite(bound) && Math.abs(bound) < 1e29 ? bound : Number.NEGATIVE_INFINITY,
          }
        },
      )
    } catch {
      return failed
    }
  }
}

const failed: MilpAnswer = { state: 'failed', values: null, bound: Number.NEGATIVE_INFINITY }
