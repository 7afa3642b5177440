// The shape of a plan template: rows without dates, parameters ("floors", "segments") and the blocks that repeat by them.
import type { Assignment, Link, LinkType, Resource, Task } from '../schedule/plan.ts'

/** A number that whoever uses the template gives: how often its blocks repeat. */
export interface TemplateParameter {
  readonly key: string
  /** As people call it, and as `{name}` in the names of tasks. */
  readonly name: string
  /** How many when nothing else is said; 1 or more. */
  readonly count: number
  /** Number of the first copy: 1, or 2 when floors begin with the second. */
  readonly first: number
}

/** A link from each copy of a block to the next: from one of its tasks (or the block) to one of them. */
export interface TemplateFlow {
  readonly block: string
  readonly from: string
  readonly to: string
  readonly type: LinkType
  /** Working minutes. */
  readonly lag: number
}

export interface PlanTemplate {
  /** Working minutes of a day of the plan it was taken from: durations keep their days in plans with other days. */
  readonly minutesPerDay: number
  /** In outline order, parents before children; without dates, progress and money. */
  readonly tasks: readonly Task[]
  readonly links: readonly Link[]
  /** By trade: names and kinds, without rates. */
  readonly resources: readonly Resource[]
  readonly assignments: readonly Assignment[]
  readonly parameters: readonly TemplateParameter[]
  /** Task (a summary with all below it, or a single task) → key of the parameter it repeats by. */
  readonly repeats: Readonly<Record<string, string>>
  readonly flows: readonly TemplateFlow[]
}

export const emptyTemplate: PlanTemplate = {
  ...{ minutesPerDay: 480, tasks: [], links: [], resources: [], assignments: [] },
  ...{ parameters: [], repeats: {}, flows: [] },
}
