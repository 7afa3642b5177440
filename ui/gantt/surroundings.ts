// What the host gives the Gantt besides the plan.
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { Presence } from './presence.ts'
import type { SendEdits } from './session.ts'
import type { Lang } from './texts.ts'
import { type Palette, palettes } from './theme.ts'

export interface Surroundings {
  lang: Lang
  palette: Palette
  today: Minute | undefined
  presence: readonly Presence[]
  /** Who may answer for a task, by id. */
  people: ReadonlyMap<string, string>
  touch: boolean
  readOnly: boolean
  send: SendEdits | undefined
  /** Tells the host which cell is active, for the presence of others; undefined = none. */
  onPresence: ((task: string | undefined, column: string | undefined) => void) | undefined
}

export const openingSurroundings: Surroundings = {
  lang: 'zh',
  palette: palettes.light,
  today: undefined,
  presence: [],
  people: new Map(),
  touch: false,
  readOnly: false,
  send: undefined,
  onPresence: undefined,
}
