// The time–cost curve away from the page: at once as well as rounding goes, then proved finish by finish. Ending the worker ends it.
import { compute, type Plan, type ScheduleError } from '@yingzao/engines/schedule'
import { type CrashError, type PlanCrash, planCrash, provenCrash } from '@yingzao/engines/time-cost'
import { answer } from '@yingzao/ui/background/answer'
import { loadHighs } from '@yingzao/ui/background/highs'
import { milpSolver } from '@yingzao/ui/background/milp'
import { alternativesOf, type CrashInputs, shortenings, timeTerms } from '../crash.ts'

export interface CrashInput {
  readonly plan: Plan
  readonly revision: number
  readonly inputs: CrashInputs
  /** Day of the contract's finish; null when the project has none. */
  readonly contract: number | null
}

export type CrashResult = Pick<CrashInput, 'plan' | 'revision' | 'inputs'> &
  (
    | {
        readonly ok: true
        readonly crash: PlanCrash
        /** Finishes settled of all, while it goes on. */
        readonly going: { readonly done: number; readonly all: number } | null
        /** The solver could not be loaded: what stands here is rounded. */
        readonly unsolved: boolean
      }
    | { readonly ok: false; readonly error: ScheduleError | CrashError | { readonly code: 'time_cost.from_finish' } }
  )

/** Seconds for all finishes together, and for one. */
const [ALL, ONE] = [90, 15]
/** Milliseconds between two pictures of a curve under way. */
const PICTURE = 700

answer<CrashInput, CrashResult, CrashResult>(async ({ contract, ...input }, tell, enough) => {
  const { plan, inputs } = input
  const computed = compute(plan)
  if (!computed.ok) return { ok: false, ...input, error: computed.error }
  const { schedule } = computed
  const prices = shortenings(plan, inputs)
  const terms = { ...timeTerms(inputs, contract ?? undefined), alternatives: alternativesOf(plan, inputs) }
  const rough = planCrash(plan, schedule, prices, terms)
  if (!rough.ok) return { ok: false, ...input, error: rough.error }
  const said = (crash: PlanCrash, going: { done: number; all: number } | null, unsolved = false): CrashResult => ({
    ...{ ok: true, ...input, crash, going, unsolved },
  })
  const { choices } = rough.crash
  if (choices.every(({ proved }) => proved) && rough.crash.shortest) return said(rough.crash, null)
  tell(said(rough.crash, { done: choices.filter(({ proved }) => proved).length, all: choices.length }))
  const highs = await loadHighs()
  if (!highs) return said(rough.crash, null, true)
  const until = performance.now() + 1000 * ALL
  const left = () => (until - performance.now()) / 1000
  let pictured = performance.now()
  const outcome = await provenCrash(plan, schedule, prices, terms, {
    solve: milpSolver(highs, () => Math.min(ONE, left())),
    async goOn(done, all, soFar) {
      if (performance.now() - pictured > PICTURE) {
        tell(said(soFar(), { done, all }))
        pictured = performance.now()
      }
      return left() > 0 && !(await enough())
    },
  })
  return outcome.ok ? said(outcome.crash, null) : { ok: false, ...input, error: outcome.error }
})
