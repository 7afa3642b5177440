// Plans side by side, away from the page: each computed, measured and compared with the first; simulated when asked.
import { simulate } from '@yingzao/engines/risk'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import {
  type FrozenDates,
  figuresOf,
  type SideFigures,
  sideOf,
  type TaskDifference,
  taskDifferences,
} from '../compare.ts'
import { type PlanRisk, riskModel } from '../risk.ts'

export interface SideInput {
  readonly key: string
  /** What it is and at which state: tells one comparison from another. */
  readonly stamp: string
  readonly plan: Plan
  /** Of a baseline: the dates it keeps. */
  readonly frozen?: FrozenDates
  readonly risk: PlanRisk
}

export interface CompareInput {
  readonly sides: readonly SideInput[]
  readonly simulated: boolean
}

export interface ComparedSide {
  readonly key: string
  /** Null when the plan has no computed dates. */
  readonly figures: SideFigures | null
  /** Against the first side. */
  readonly differences: readonly TaskDifference[]
  /** Finishes that hold with a probability; null when not simulated, or nothing is left to simulate. */
  readonly finishes: readonly { readonly p: number; readonly at: number }[] | null
}

export interface Compared {
  readonly stamp: string
  readonly simulated: boolean
  readonly sides: readonly ComparedSide[]
}

export const stampOf = (sides: readonly SideInput[]): string => sides.map(({ stamp }) => stamp).join()

answer<CompareInput, number, Compared>(({ sides, simulated }, tell) => {
  const known = sides.map(side => {
    const outcome = compute(side.plan)
    return { ...side, known: outcome.ok ? sideOf(side.plan, outcome.schedule.tasks, side.frozen) : null }
  })
  const [first] = known
  return {
    stamp: stampOf(sides),
    simulated,
    sides: known.map(({ key, plan, risk, known: side }, at): ComparedSide => {
      const model = simulated && side ? riskModel(plan, risk) : null
      const outcome =
        model &&
        simulate(
          plan,
          model,
          { iterations: Math.min(risk.iterations, 5000), seed: risk.seed },
          { progress: (done, all) => tell((at + done / all) / known.length) },
        )
      return {
        key,
        figures: side && figuresOf(side),
        differences: side && first?.known && at > 0 ? taskDifferences(first.known, side) : [],
        finishes: outcome?.ok ? outcome.findings.finish.map(({ p, at }) => ({ p, at })) : null,
      }
    }),
  }
})
