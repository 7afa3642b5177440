// Levelling away from the page: a search that goes on until its time is up or the page says that it will do.
import { type LevelPlanError, type LevelProgress, levelPlanSteps } from '@yingzao/engines/levelling'
import type { Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import { type Proposal, proposalOf } from './proposal.ts'

export interface LevelInput {
  readonly plan: Plan
  readonly goal: 'level' | 'slack' | 'published'
  /** Starts to keep, where that is the goal. */
  readonly published: ReadonlyMap<string, number>
  readonly seconds: number
  /** Resources that are taken into account. */
  readonly resources: readonly string[]
}

export type LevelResult = { readonly goal: LevelInput['goal'] } & (
  | { readonly ok: true; readonly proposal: Proposal }
  | { readonly ok: false; readonly code: LevelPlanError['code'] }
)

/** Milliseconds of search between two looks at the page's messages. */
const LOOK = 50

answer<LevelInput, LevelProgress, LevelResult>(async ({ plan, goal, published, seconds, resources }, tell, enough) => {
  const counted = new Set(resources)
  const steps = levelPlanSteps(
    { ...plan, resources: plan.resources.map(each => (counted.has(each.id) ? each : { ...each, inactive: true })) },
    {
      budget: { seconds, now: () => performance.now() },
      withinSlack: goal === 'slack',
      ...(goal === 'published' ? { published } : {}),
    },
  )
  let [stop, looked] = [false, performance.now()]
  for (;;) {
    const step = steps.next(stop)
    if (step.done) {
      if (!step.value.ok) return { goal, ok: false, code: step.value.error.code }
      return { goal, ok: true, proposal: proposalOf(step.value.levelled) }
    }
    if (performance.now() - looked < LOOK) continue
    tell(step.value)
    stop = await enough()
    looked = performance.now()
  }
})
