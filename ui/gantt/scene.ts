// What one picture of the timeline is made of: the same scene is drawn on the screen, into a PNG and on a printed sheet.
import { dayOf, MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import type { DateTable } from '@yingzao/engines/schedule/date-table'
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { BaselineKey, BaselineOf } from './baseline.ts'
import { type Given, shownAt } from './given.ts'
import type { LinkIndex } from './link-index.ts'
import { isMilestone, isParent, type Outline, type Rows } from './outline.ts'
import type { PlacesOfPeople } from './presence.ts'
import type { Lang, Texts } from './texts.ts'
import type { Palette } from './theme.ts'
import { type TimeScale, toX } from './time-scale.ts'

/** The part of the timeline in view; pixels are CSS pixels. */
export interface Viewport extends TimeScale {
  width: number
  height: number
  scrollLeft: number
  scrollTop: number
  rowHeight: number
}

/** The shifts of a day, as the project calendar works them; undefined when the plan has no usable calendar. */
export type ShiftsOn = (day: number) => readonly { from: number; to: number }[]

export interface SceneOptions {
  critical: boolean
  links: boolean
  floats: boolean
  labels: boolean
  /** Baselines drawn as ghost bars below the tasks. */
  baselines: readonly BaselineKey[]
}

/** Float paths as they are coloured. */
export interface ScenePaths {
  /** By position the number of its path; 0 = none. */
  numbers: Uint8Array
  /** The one that stands out; absent = all do. */
  chosen?: number
}

export interface Scene {
  outline: Outline
  rows: Rows
  dates: DateTable
  /** False until the dates are known at all. */
  computed: boolean
  /** The dates of this very plan are on their way. */
  awaited: boolean
  /** While a gesture is previewed: the dates as they were, drawn as outlines. */
  before?: DateTable
  linkIndex: LinkIndex
  shiftsOn?: ShiftsOn
  options: SceneOptions
  /** The baselines drawn, in the order of `options.baselines`. */
  baselines: readonly { name: string; of: BaselineOf }[]
  paths?: ScenePaths
  palette: Palette
  lang: Lang
  text: Texts
  today?: Minute
  statusDate?: Minute
  selected: ReadonlySet<string>
  pending: ReadonlySet<string>
  /** Colour of the person who edits a task. */
  presence: PlacesOfPeople
  /** The dates are the host's. */
  given?: Given
}

/** A bar in content pixels: x from the scale's origin, y from the first row. */
export interface Bar {
  x1: number
  x2: number
  top: number
  height: number
  middle: number
  kind: 'task' | 'summary' | 'milestone'
}

const MILESTONE_RADIUS = 7
/** Share of a row by which bars make room for none, one or two baselines below them. */
const GHOST_SHIFT = [0, 0.1, 0.18]

/** Where a task's bar stands; undefined when its row is hidden. */
export function barOf(scene: Scene, view: Viewport, task: number): Bar | undefined {
  const row = scene.rows.rowOf[task] ?? -1
  const item = scene.outline.plan.tasks[task]
  if (row < 0 || !item || Number.isNaN(scene.dates.start[task]!)) return undefined
  const x1 = toX(view, scene.dates.start[task]!)
  const x2 = toX(view, scene.dates.finish[task]!)
  const { rowHeight } = view
  const ghost = Math.round(rowHeight * (GHOST_SHIFT[scene.baselines.length] ?? 0))
  const middle = row * rowHeight + Math.round(rowHeight / 2) - ghost
  if ((isParent(scene.outline, task) && !scene.given?.rows.get(item.id)?.bar) || item.kind === 'wbs_summary') {
    return { x1, x2: Math.max(x2, x1 + 2), top: middle - 5, height: 8, middle: middle - 1, kind: 'summary' }
  }
  if (isMilestone(item)) {
    return {
      x1: x1 - MILESTONE_RADIUS,
      x2: x1 + MILESTONE_RADIUS,
      top: middle - MILESTONE_RADIUS,
      height: MILESTONE_RADIUS * 2,
      middle,
      kind: 'milestone',
    }
  }
  const height = Math.round(rowHeight * 0.5)
  return { x1, x2: Math.max(x2, x1 + 2), top: middle - (height >> 1), height, middle, kind: 'task' }
}

/** Where a link meets a task: at its bar, or, when its row is folded away, at its own dates on the row that holds it. */
export function linkEnd(scene: Scene, view: Viewport, task: number): Bar | undefined {
  const shown = scene.given ? shownAt(scene.outline, scene.rows, task) : task
  const bar = barOf(scene, view, shown)
  if (!bar || shown === task) return bar
  const [x1, x2] = [toX(view, scene.dates.start[task]!), toX(view, scene.dates.finish[task]!)]
  return { ...bar, x1, x2: Math.max(x2, x1 + 2), kind: 'task' }
}

/** Rows that are at least partly in view. */
export function rowsInView(scene: Scene, view: Viewport): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor(view.scrollTop / view.rowHeight)),
    last: Math.min(scene.rows.tasks.length - 1, Math.floor((view.scrollTop + view.height - 1) / view.rowHeight)),
  }
}

/** The span of time that the content covers: the plan with air on both sides, and never narrower than the window. */
export function contentSpan(dates: DateTable, extra: readonly (Minute | undefined)[], ppm: number, width: number) {
  let from = dates.projectStart
  let to = dates.projectFinish
  for (const at of extra) {
    // A today ten years after the project would leave a scroll bar of nothing.
    const reach = Math.max(365 * MINUTES_PER_DAY, dates.projectFinish - dates.projectStart)
    if (at === undefined || at < dates.projectStart - reach || at > dates.projectFinish + reach) continue
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  const air = Math.max(7 * MINUTES_PER_DAY, (width / ppm) * 0.5)
  const origin = dayOf(from - air) * MINUTES_PER_DAY
  return { origin, end: Math.max(to + air, origin + width / ppm) }
}
