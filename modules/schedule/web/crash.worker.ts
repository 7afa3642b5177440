// The time–cost curve away from the page; ending the worker ends it.
import { compute, type Plan, type ScheduleError } from '@yingzao/engines/schedule'
import { type CrashError, type PlanCrash, planCrash } from '@yingzao/engines/time-cost'
import { answer } from '@yingzao/ui/background/answer'
import { type CrashInputs, shortenings, timeTerms } from '../crash.ts'

export interface CrashInput {
  readonly plan: Plan
  readonly revision: number
  readonly inputs: CrashInputs
  /** Day of the contract's finish; null when the project has none. */
  readonly contract: number | null
}

export type CrashResult = Pick<CrashInput, 'plan' | 'revision'> &
  (
    | { readonly ok: true; readonly crash: PlanCrash }
    | { readonly ok: false; readonly error: ScheduleError | CrashError | { readonly code: 'time_cost.from_finish' } }
  )

answer<CrashInput, never, CrashResult>(({ plan, revision, inputs, contract }) => {
  const computed = compute(plan)
  if (!computed.ok) return { ok: false, plan, revision, error: computed.error }
  const terms = timeTerms(inputs, contract ?? undefined)
  const outcome = planCrash(plan, computed.schedule, shortenings(plan, inputs), terms)
  return outcome.ok
    ? { ok: true, plan, revision, crash: outcome.crash }
    : { ok: false, plan, revision, error: outcome.error }
})
