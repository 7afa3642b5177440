// Everything compiled that a run and its findings need.
import { workBefore } from '../schedule/clock.ts'
import type { Plan } from '../schedule/plan.ts'
import type { Drawing } from './draw.ts'
import type { RiskModel, SimulationOptions } from './model.ts'
import type { RunNetwork } from './run-network.ts'

export interface Setting {
  readonly plan: Plan
  readonly model: RiskModel
  readonly options: SimulationOptions
  readonly network: RunNetwork
  readonly drawing: Drawing
  /** Nodes whose finish is kept for every run. */
  readonly watched: readonly number[]
  /** Finish of one run with every duration as planned. */
  readonly replayed: number
}

/** Planned length in working minutes of the project calendar. */
export function plannedLength(network: RunNetwork): number {
  const clock = network.clocks[network.projectClock]!
  return workBefore(clock, network.finish) - workBefore(clock, network.start)
}
