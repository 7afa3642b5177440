// Levelling several plans away from the page: a search that goes on until its time is up or the page says that it will do.
import {
  type LevelledPlans,
  type LevelPlanError,
  type LevelProgress,
  levelPlansSteps,
  type ProjectPlan,
  type SharedResource,
} from '@yingzao/engines/levelling'
import { answer } from '@yingzao/ui/background/answer'
import { type Proposal, proposalOf } from './proposal.ts'

export interface CompanyInput {
  readonly projects: readonly ProjectPlan[]
  readonly shared: readonly SharedResource[]
  readonly withinSlack: boolean
  readonly seconds: number
}

export type CompanyProposal = Omit<LevelledPlans, 'projects'> & {
  readonly projects: readonly { readonly id: string; readonly proposal: Proposal }[]
}
export type CompanyResult =
  | { readonly ok: true; readonly proposal: CompanyProposal }
  | { readonly ok: false; readonly code: LevelPlanError['code']; readonly project: string }

/** Milliseconds of search between two looks at the page's messages. */
const LOOK = 50

answer<CompanyInput, LevelProgress, CompanyResult>(async ({ projects, shared, withinSlack, seconds }, tell, enough) => {
  const budget = { seconds, now: () => performance.now() }
  const steps = levelPlansSteps(projects, shared, { budget, withinSlack })
  let [stop, looked] = [false, performance.now()]
  for (;;) {
    const step = steps.next(stop)
    if (step.done) {
      if (!step.value.ok) return { ok: false, code: step.value.error.code, project: step.value.project }
      const { projects: levelled, ...rest } = step.value.levelled
      return {
        ok: true,
        proposal: { ...rest, projects: levelled.map(({ id, levelled: one }) => ({ id, proposal: proposalOf(one) })) },
      }
    }
    if (performance.now() - looked < LOOK) continue
    tell(step.value)
    stop = await enough()
    looked = performance.now()
  }
})
