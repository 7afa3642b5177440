// A simulation away from the page, with progress; ending the worker ends it.
import { type Findings, type RiskError, simulate } from '@yingzao/engines/risk'
import type { Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import { type PlanRisk, riskModel } from '../risk.ts'

export interface RiskInput {
  readonly plan: Plan
  readonly revision: number
  readonly risk: PlanRisk
}

export type RiskResult = Omit<RiskInput, 'plan'> &
  ({ readonly ok: true; readonly findings: Findings } | { readonly ok: false; readonly error: RiskError })

answer<RiskInput, number, RiskResult>(({ plan, revision, risk }, tell) => {
  const { iterations, seed } = risk
  const control = { progress: (done: number, total: number) => tell(done / total) }
  const outcome = simulate(plan, riskModel(plan, risk), { iterations, seed, tornado: 12 }, control)
  return outcome.ok
    ? { ok: true, revision, risk, findings: outcome.findings }
    : { ok: false, revision, risk, error: outcome.error }
})
