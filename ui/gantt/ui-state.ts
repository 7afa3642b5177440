// What the person has chosen to see and is doing: columns, collapse, filter, selection, layers, the open editor.
// Tasks are held by id, so that a colleague's change of the plan does not disturb it.

import { CRITICAL } from '@yingzao/engines/schedule/date-table'
import type { BaselineKey, NamedDates } from './baseline.ts'
import { type ColumnId, columns, defaultColumns, isLate, phoneColumns, type Sheet } from './column.ts'
import type { Given } from './given.ts'
import type { ColumnPlace } from './grid-body.ts'
import { isMilestone, isParent, rowNumber } from './outline.ts'
import type { SceneOptions } from './scene.ts'

export type FilterKind = 'all' | 'critical' | 'late' | 'milestones' | 'paths'

export interface Filter {
  kind: FilterKind
  text: string
}

/** Stands for the empty row below the last task, where typing adds a task. */
export const NEW_ROW = ''

export interface Cell {
  /** Task id, or NEW_ROW. */
  task: string
  column: ColumnId
}

export interface UiState {
  columns: readonly ColumnPlace[]
  gridWidth: number
  collapsed: ReadonlySet<string>
  filter: Filter
  selected: ReadonlySet<string>
  /** Where a shift-selection starts. */
  anchor: string | undefined
  active: Cell | undefined
  /** The cell editor: what it opened with; `typing` = opened by a keystroke, so that arrows leave it as in Excel. */
  editing: { text: string; typing: boolean } | undefined
  options: SceneOptions
  /** Named baselines fetched so far, by key. */
  kept: ReadonlyMap<string, NamedDates>
  /** The float paths in view: to which task (absent = the one that finishes last), and which of them stands out. */
  paths: { target?: string; chosen?: number } | undefined
  /** Narrow window: list and timeline take turns. */
  compact: boolean
  pane: 'list' | 'chart'
  /** Task whose panel is open. */
  panel: string | undefined
  message: { kind: 'error' | 'info'; text: string } | undefined
}

export const placesOf = (ids: readonly ColumnId[]): ColumnPlace[] => ids.map(id => ({ id, width: columns[id].width }))

export const openingUi = (baselines: readonly BaselineKey[], given?: Given): UiState => ({
  columns: placesOf(given?.columns ?? defaultColumns),
  gridWidth: given ? given.columns.reduce((sum, id) => sum + columns[id].width, 2) : 608,
  collapsed: given?.closed ?? new Set(),
  filter: { kind: 'all', text: '' },
  selected: new Set(),
  anchor: undefined,
  active: undefined,
  editing: undefined,
  options: {
    critical: true,
    links: true,
    floats: given === undefined,
    labels: true,
    baselines,
  },
  kept: new Map(),
  paths: undefined,
  compact: false,
  pane: 'list',
  panel: undefined,
  message: undefined,
})

/** The columns as shown: a phone has room for a name and its dates. */
export function shownColumns(places: readonly ColumnPlace[], compact: boolean, width: number): readonly ColumnPlace[] {
  if (!compact) return places
  const dates = columns.dates.width
  return phoneColumns.map(id => ({ id, width: id === 'name' ? Math.max(140, width - dates) : dates }))
}

/** The filter as a predicate over task positions; undefined when nothing is filtered. */
export function matcherOf(filter: Filter, sheet: Sheet): ((at: number) => boolean) | undefined {
  const words = filter.text.trim().toLowerCase()
  if (filter.kind === 'all' && words === '') return undefined
  const { outline, dates } = sheet
  return at => {
    const task = outline.plan.tasks[at]
    if (!task) return false
    if (words && !matchesText(task.name, task.code, rowNumber(outline, at), words)) return false
    switch (filter.kind) {
      case 'all':
        return true
      case 'critical':
        return !isParent(outline, at) && (dates.flags[at]! & CRITICAL) !== 0 && outline.percent[at]! < 100
      case 'late':
        return !isParent(outline, at) && isLate(sheet, task, at)
      case 'milestones':
        return isMilestone(task)
      case 'paths':
        return (sheet.paths?.[at] ?? 0) > 0
    }
  }
}

export const matchesText = (name: string, code: string | undefined, row: number, words: string): boolean =>
  name.toLowerCase().includes(words) || code?.toLowerCase().includes(words) === true || String(row) === words

/** All summaries at or below a level are closed; level 1 shows only the top. */
export function collapsedAtLevel(sheet: Sheet, level: number): ReadonlySet<string> {
  const closed = new Set<string>()
  sheet.outline.plan.tasks.forEach((task, at) => {
    if (isParent(sheet.outline, at) && sheet.outline.level[at]! >= level - 1) closed.add(task.id)
  })
  return closed
}
