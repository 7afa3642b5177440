// Delay prediction away from the page: four models are trained before one may speak.
import type { Plan } from '@yingzao/engines/schedule'
import { answer } from '@yingzao/ui/background/answer'
import { delaysOfPlan, type PlanDelays } from '../delay-risk.ts'
import type { History } from '../history-shape.ts'

export interface DelayInput {
  readonly id: string
  readonly plan: Plan
  readonly history: History
  readonly now: number
}

answer<DelayInput, never, PlanDelays>(({ id, plan, history, now }) => delaysOfPlan(id, plan, history, now))
