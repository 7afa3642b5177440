// The grid's keyboard: what each key does while moving about and while a cell is being edited.
import type { Controller } from './controller.ts'
import { NEW_ROW } from './ui-state.ts'

/** A key press as the browser reports it, DOM or React. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  preventDefault: () => void
}

/** Keys while no cell is edited. Returns true when the key was used. */
export function navigateKey(controller: Controller, event: KeyPress, focusSearch: () => void): boolean {
  const used = navigate(controller, event, focusSearch)
  if (used) event.preventDefault()
  return used
}

function navigate(controller: Controller, event: KeyPress, focusSearch: () => void): boolean {
  const { key, shiftKey: shift, altKey: alt } = event
  const ctrl = event.ctrlKey || event.metaKey
  const { active } = controller.ui.get()
  const act = (does: () => void): true => {
    does()
    return true
  }
  if (alt && shift) {
    if (key === 'ArrowRight') return act(controller.indent)
    if (key === 'ArrowLeft') return act(controller.outdent)
    if (key === 'ArrowUp') return act(() => controller.moveRows(-1))
    if (key === 'ArrowDown') return act(() => controller.moveRows(1))
  }
  if (alt) {
    if (active && key === 'ArrowRight') return act(() => controller.toggle(active.task, true))
    if (active && key === 'ArrowLeft') return act(() => controller.toggle(active.task, false))
    if (active && key === 'Enter') return act(() => controller.open(active.task === NEW_ROW ? undefined : active.task))
    return false
  }
  if (ctrl) {
    const rows = controller.rows().tasks.length
    switch (key.toLowerCase()) {
      case 'z':
        return act(shift ? controller.redo : controller.undo)
      case 'y':
        return act(controller.redo)
      case 'd':
        return act(controller.fillDown)
      case 'a':
        return act(controller.selectAll)
      case 'f':
        return act(focusSearch)
      case 'f2':
        return act(controller.linkSelected)
      case 'home':
        return act(() => controller.moveTo(0, 'name', shift))
      case 'end':
        return act(() => controller.moveTo(rows - 1, 'name', shift))
      default:
        return false
    }
  }
  const page = controller.stage()?.page() ?? 10
  switch (key) {
    case 'ArrowDown':
      return act(() => controller.move(1, 0, shift))
    case 'ArrowUp':
      return act(() => controller.move(-1, 0, shift))
    case 'ArrowRight':
      return act(() => controller.move(0, 1))
    case 'ArrowLeft':
      return act(() => controller.move(0, -1))
    case 'PageDown':
      return act(() => controller.move(page, 0, shift))
    case 'PageUp':
      return act(() => controller.move(-page, 0, shift))
    case 'Home':
      return act(() => controller.move(0, -1000))
    case 'End':
      return act(() => controller.move(0, 1000))
    case 'Tab': {
      // Tab walks the row and leaves the grid at its ends: the keyboard is never trapped.
      const places = controller.columns()
      const at = places.findIndex(place => place.id === active?.column)
      const next = at + (shift ? -1 : 1)
      return active !== undefined && next >= 0 && next < places.length && act(() => controller.move(0, shift ? -1 : 1))
    }
    case 'Enter':
    case 'F2': {
      if (active === undefined) return false
      const given = controller.surroundings.get().given !== undefined
      return act(() => (given ? controller.open(active.task) : controller.beginEdit()))
    }
    case 'Insert':
      return act(controller.insert)
    case 'Delete':
      return act(controller.remove)
    case 'Escape':
      return act(() =>
        controller.ui.set({
          selected: new Set(active && active.task !== NEW_ROW ? [active.task] : []),
          message: undefined,
        }),
      )
    default:
      return false
  }
}

/** Keys while a cell is edited. */
export function editKey(controller: Controller, event: KeyPress, text: string): void {
  const { editing } = controller.ui.get()
  const commit = (rows: number, cols: number) => {
    event.preventDefault()
    if (controller.commitEdit(text)) controller.move(rows, cols)
  }
  switch (event.key) {
    case 'Enter':
      if (event.ctrlKey || event.metaKey) {
        // As in a spreadsheet: what was typed goes to all selected rows.
        event.preventDefault()
        controller.commitEdit(text, true)
      } else commit(event.shiftKey ? -1 : 1, 0)
      break
    case 'Tab':
      commit(0, event.shiftKey ? -1 : 1)
      break
    case 'Escape':
      event.preventDefault()
      controller.cancelEdit()
      break
    case 'ArrowDown':
    case 'ArrowUp':
      if (editing?.typing) commit(event.key === 'ArrowDown' ? 1 : -1, 0)
  }
}
