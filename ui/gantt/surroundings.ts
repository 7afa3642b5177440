// What the host gives the Gantt besides the plan.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Minute, Plan } from '@yingzao/engines/schedule/plan'
import type { ReactNode } from 'react'
import type { NamedBaseline } from './baseline.ts'
import type { Given } from './given.ts'
import type { Presence } from './presence.ts'
import type { SendEdits } from './session.ts'
import type { Lang } from './texts.ts'
import { type Palette, palettes } from './theme.ts'

/** Says something about a task's duration; `edit` is absent where the reader may not change the plan. */
export type DurationNote = (of: {
  readonly plan: Plan
  readonly task: string
  readonly edit?: (edits: readonly PlanEdit[]) => boolean
}) => ReactNode

export interface Surroundings {
  lang: Lang
  palette: Palette
  today: Minute | undefined
  presence: readonly Presence[]
  /** Who may answer for a task, by id. */
  people: ReadonlyMap<string, string>
  /** Named baselines that can be compared with, newest first. */
  baselines: readonly NamedBaseline[]
  /** What the host has to say about a task's duration, under it in the panel. */
  durationNote: DurationNote | undefined
  /** What the host adds below a task's own fields in the panel. */
  taskMore: ((task: string) => ReactNode) | undefined
  touch: boolean
  readOnly: boolean
  send: SendEdits | undefined
  /** Tells the host which cell is active, for the presence of others; undefined = none. */
  onPresence: ((task: string | undefined, column: string | undefined) => void) | undefined
  /** The host gives the dates and says more of rows than a plan does. */
  given: Given | undefined
}

export const openingSurroundings: Surroundings = {
  lang: 'zh',
  palette: palettes.light,
  today: undefined,
  presence: [],
  people: new Map(),
  baselines: [],
  durationNote: undefined,
  taskMore: undefined,
  touch: false,
  readOnly: false,
  send: undefined,
  onPresence: undefined,
  given: undefined,
}
