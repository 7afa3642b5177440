// Plans and readings for the tests of the simulation.
import type { Plan } from '../../schedule/index.ts'
import { link, plan, task } from '../../schedule/testing/plan-maker.ts'
import { type Findings, type RiskModel, type SimulationOptions, simulate } from '../index.ts'

/** A chain of `days` in working days, linked finish to start. */
export function chain(days: readonly number[]): Plan {
  return plan(
    days.map((d, i) => task(`t${i}`, d)),
    days.slice(1).map((_, i) => link(`t${i} FS t${i + 1}`)),
  )
}

/** `k` tasks side by side. */
export const parallel = (k: number, days = 10): Plan => plan(Array.from({ length: k }, (_, i) => task(`t${i}`, days)))

export function found(input: Plan, model: RiskModel, options: Partial<SimulationOptions> = {}): Findings {
  const outcome = simulate(input, model, { iterations: 10_000, seed: 1, ...options })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.findings
}

export function refused(input: Plan, model: RiskModel, options: Partial<SimulationOptions> = {}): unknown {
  const outcome = simulate(input, model, { iterations: 100, seed: 1, ...options })
  return outcome.ok ? undefined : outcome.error
}
