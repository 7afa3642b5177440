// Which cell is active, which rows are selected, and what is in view.
import type { ColumnId } from './column.ts'
import type { Derived } from './derived.ts'
import { isParent } from './outline.ts'
import type { Stage } from './stage.ts'
import type { Store } from './store.ts'
import { matchesText, NEW_ROW, type UiState } from './ui-state.ts'

export interface Selection {
  toggle: (task: string, open?: boolean) => void
  select: (task: string, how: 'one' | 'extend' | 'toggle', column?: ColumnId) => void
  selectAll: () => void
  /** Moves the active cell by rows and columns. */
  move: (rows: number, cols: number, extend?: boolean) => void
  moveTo: (row: number, column?: ColumnId, extend?: boolean) => void
  /** Scrolls a task's row and bar into view. */
  reveal: (task: string) => void
  /** Scrolls to a task and makes it active. */
  jumpTo: (task: string) => void
  find: (words: string, backwards?: boolean) => boolean
}

export function createSelection(ui: Store<UiState>, derived: Derived, stage: () => Stage | undefined): Selection {
  const { sheet, rows, rowOf, taskAtRow, editable, filtered } = derived

  function select(task: string, how: 'one' | 'extend' | 'toggle', column?: ColumnId): void {
    const state = ui.get()
    const active = { task, column: column ?? state.active?.column ?? 'name' }
    if (how === 'extend' && state.anchor !== undefined) {
      const a = rowOf(state.anchor)
      const b = rowOf(task)
      if (a >= 0 && b >= 0) {
        const ids = Array.from(
          rows().tasks.subarray(Math.min(a, b), Math.max(a, b) + 1),
          at => sheet().outline.plan.tasks[at]?.id ?? '',
        )
        ui.set({ selected: new Set(ids), active, editing: undefined })
        return
      }
    }
    if (how === 'toggle' && task !== NEW_ROW) {
      const selected = new Set(state.selected)
      if (!selected.delete(task)) selected.add(task)
      ui.set({ selected, active, anchor: task, editing: undefined })
      return
    }
    ui.set({ selected: new Set(task === NEW_ROW ? [] : [task]), active, anchor: task, editing: undefined })
  }

  function moveTo(row: number, column?: ColumnId, extend = false): void {
    const last = rows().tasks.length - (editable() && !filtered() ? 0 : 1)
    const target = Math.max(0, Math.min(last, row))
    const task = target === rows().tasks.length ? NEW_ROW : taskAtRow(target)?.id
    if (task === undefined) return
    select(task, extend ? 'extend' : 'one', column)
    stage()?.reveal(target)
  }

  function jumpTo(task: string): void {
    const { outline } = sheet()
    const at = outline.index.get(task)
    if (at === undefined) return
    const collapsed = new Set(ui.get().collapsed)
    for (let up = outline.parent[at]!; up >= 0; up = outline.parent[up]!)
      collapsed.delete(outline.plan.tasks[up]?.id ?? '')
    ui.set({ collapsed, ...(rows().rowOf[at]! < 0 ? { filter: { kind: 'all', text: '' } } : {}) })
    select(task, 'one')
    reveal(task)
  }

  function reveal(task: string): void {
    const { outline, dates } = sheet()
    const at = outline.index.get(task)
    const row = rowOf(task)
    if (at !== undefined && row >= 0) stage()?.reveal(row, { from: dates.start[at]!, to: dates.finish[at]! })
  }

  return {
    toggle(task, open) {
      const { outline } = sheet()
      const at = outline.index.get(task)
      if (at === undefined || !isParent(outline, at)) return
      const collapsed = new Set(ui.get().collapsed)
      if (open ?? collapsed.has(task)) collapsed.delete(task)
      else collapsed.add(task)
      ui.set({ collapsed })
    },
    select,
    selectAll() {
      const { plan } = sheet().outline
      ui.set({ selected: new Set(Array.from(rows().tasks, at => plan.tasks[at]?.id ?? '')) })
    },
    move(down, right, extend = false) {
      const { active } = ui.get()
      const places = derived.columns()
      const at = places.findIndex(place => place.id === active?.column)
      const column = places[Math.max(0, Math.min(places.length - 1, at + right))]?.id
      moveTo((active ? rowOf(active.task) : -1) + down, column, extend)
    },
    moveTo,
    reveal,
    jumpTo,
    find(typed, backwards = false) {
      const text = typed.trim().toLowerCase()
      const { outline } = sheet()
      if (text === '') return true
      const here = outline.index.get(ui.get().active?.task ?? '') ?? -1
      for (let k = 1; k <= outline.count; k++) {
        const at = (((here + (backwards ? -k : k)) % outline.count) + outline.count) % outline.count
        const task = outline.plan.tasks[at]!
        if (!matchesText(task.name, task.code, at + outline.firstRow, text)) continue
        jumpTo(task.id)
        return true
      }
      return false
    },
  }
}
