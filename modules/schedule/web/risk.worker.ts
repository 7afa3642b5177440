// A simulation away from the page, shared with other workers, with progress; ending this worker ends them all.
import { type Findings, type RiskError, simulateShared } from '@yingzao/engines/risk'
import type { Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import { type PlanRisk, riskModel } from '../risk.ts'
import { browserThreads } from './risk-threads.ts'

export interface RiskInput {
  readonly plan: Plan
  readonly revision: number
  readonly risk: PlanRisk
}

export type RiskResult = Omit<RiskInput, 'plan'> &
  ({ readonly ok: true; readonly findings: Findings } | { readonly ok: false; readonly error: RiskError })

answer<RiskInput, number, RiskResult>(async ({ plan, revision, risk }, tell) => {
  const { iterations, seed } = risk
  const control = { progress: (done: number, total: number) => tell(done / total) }
  const input = { plan, model: riskModel(plan, risk), options: { iterations, seed, tornado: 12 } }
  const outcome = await simulateShared(input, browserThreads(), control)
  return outcome.ok
    ? { ok: true, revision, risk, findings: outcome.findings }
    : { ok: false, revision, risk, error: outcome.error }
})
