// What a worker hands over of a levelled plan: without the two plans and schedules, which would only be copied.
import type { LevelledPlan } from '@yingzao/engines/levelling'

export type Proposal = Omit<LevelledPlan, 'plan' | 'schedule' | 'current' | 'unlevelled'> & {
  readonly start: number
}

export function proposalOf({ plan: _, schedule, current: __, unlevelled: ___, ...rest }: LevelledPlan): Proposal {
  return { ...rest, start: schedule.start }
}
