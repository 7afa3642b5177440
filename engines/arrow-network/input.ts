// What an arrow network is drawn from: tasks with their computed dates and the links between them.
import type { Minute } from '../schedule/plan.ts'

/** A task that is drawn as an arrow; summaries are left out by the caller, who names them as lanes instead. */
export interface ArrowTask {
  readonly id: string
  /** Computed dates; `finish` is not before `start`. */
  readonly start: Minute
  readonly finish: Minute
  readonly critical: boolean
  /** Work area, trade or phase whose arrows keep together. */
  readonly lane?: string
}

/**
 * A link of the plan as times: the successor's `at` waits for the moment `since` of the predecessor. FS: `since` is the
 * predecessor's finish and `at` the successor's start. A lag that lies within the predecessor (SS+2d, FS−2d) is a moment
 * inside it.
 */
export interface ArrowLink {
  readonly from: string
  readonly to: string
  readonly since: 'start' | 'finish' | { readonly moment: Minute }
  readonly at: 'start' | 'finish'
}

export interface ArrowInput {
  readonly tasks: readonly ArrowTask[]
  readonly links: readonly ArrowLink[]
}
