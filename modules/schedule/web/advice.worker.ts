// Duration advice away from the page: thousands of finished tasks against thousands of open ones.
import type { Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import { adviseOnPlan, type PlanAdviceOutcome } from '../duration-advice.ts'
import type { History } from '../history-shape.ts'

export interface AdviceInput {
  readonly plan: Plan
  readonly type: string | null
  readonly history: History
}

answer<AdviceInput, never, PlanAdviceOutcome>(({ plan, type, history }) => adviseOnPlan(plan, type, history))
