// Commands on rows and cells: what keys, buttons and menus do to the tasks that are chosen.
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule/edit'
import { type CellOutcome, cellEdits, editOf, editorText } from './cell-edit.ts'
import { type ColumnId, columns, type Sheet } from './column.ts'
import type { Derived } from './derived.ts'
import { chainEdits, newTask } from './intent.ts'
import { newId } from './new-id.ts'
import { outlineOf } from './outline.ts'
import type { Selection } from './selection.ts'
import type { Stage } from './stage.ts'
import type { Store } from './store.ts'
import type { Texts } from './texts.ts'
import { NEW_ROW, type UiState } from './ui-state.ts'

export interface RowCommands {
  beginEdit: (typed?: string) => void
  cancelEdit: () => void
  /**
   * Takes the editor's text, with `everywhere` for all chosen rows at once; false when it is not understood and the editor
   * stays open.
   */
  commitEdit: (text: string, everywhere?: boolean) => boolean
  /** Told what stands in the editor: its dates are computed before it is confirmed. */
  typing: (text: string) => void
  insert: () => void
  remove: () => void
  indent: () => void
  outdent: () => void
  moveRows: (by: -1 | 1) => void
  linkSelected: () => void
  /** The first chosen row's cell in the active column goes to the others. */
  fillDown: () => void
}

/** Milliseconds that whoever types leaves for a key alone: keys that come in one burst are computed once. */
const TYPING_PAUSE = 15

export function createRowCommands(
  {
    ui,
    derived,
    selection,
    stage,
  }: {
    ui: Store<UiState>
    derived: Derived
    selection: Selection
    stage: () => Stage | undefined
  },
  {
    words,
    edit,
    foresee,
    say,
  }: {
    words: () => Texts
    edit: (edits: readonly PlanEdit[]) => boolean
    foresee: (edits: readonly PlanEdit[]) => void
    say: (kind: 'error' | 'info', text: string) => void
  },
): RowCommands {
  const { sheet, rows, rowOf, chosen, editable } = derived
  const { select, moveTo } = selection
  let pause = 0
  let read: { sheet: Sheet; at: number; column: ColumnId; text: string; outcome: CellOutcome } | undefined

  /** What a text in a cell means; asked again it is the very same edits, with the same ids of what is new. */
  function meaning(at: number, column: ColumnId, text: string): CellOutcome {
    const now = sheet()
    if (read?.sheet !== now || read.at !== at || read.column !== column || read.text !== text)
      read = { sheet: now, at, column, text, outcome: cellEdits(now, at, column, text, newId) }
    return read.outcome
  }

  function insertAt(name: string, before: string | undefined, parent: string | undefined): string | undefined {
    const id = newId()
    const task = newTask(sheet().outline.plan, id, name, parent, sheet().dates.projectStart)
    return edit([{ kind: 'task.add', task, ...(before === undefined ? {} : { before }) }]) ? id : undefined
  }

  /** One text in a column of several rows, as one edit; computed cells are left out. What is not understood is said. */
  function filled(ids: readonly string[], column: ColumnId, text: string): PlanEdit[] | undefined {
    const edits: PlanEdit[] = []
    let known = sheet()
    for (const id of ids) {
      const at = known.outline.index.get(id)
      if (at === undefined || editOf(known, at, column) === undefined) continue
      const outcome = cellEdits(known, at, column, text, newId)
      if (!outcome.ok) {
        say('error', outcome.message)
        return undefined
      }
      edits.push(...outcome.edits)
      // A resource named for the first time is made once: the rows that follow know it.
      if (!outcome.edits.some(({ kind }) => kind === 'resource.add')) continue
      const added = applyEdits(known.outline.plan, outcome.edits)
      if (added.ok) known = { ...known, outline: outlineOf(added.plan, known.outline) }
    }
    return edits
  }

  const commands: RowCommands = {
    beginEdit(typed) {
      const { active } = ui.get()
      if (!active || !editable()) return
      if (active.task === NEW_ROW) {
        ui.set({
          active: { task: NEW_ROW, column: 'name' },
          editing: { text: typed ?? '', typing: typed !== undefined },
        })
        return
      }
      const at = sheet().outline.index.get(active.task)
      if (at === undefined || columns[active.column].edit === undefined) return
      if (editOf(sheet(), at, active.column) === undefined) {
        say('info', words().errors.summary_computed)
        return
      }
      ui.set({ editing: { text: typed ?? editorText(sheet(), at, active.column), typing: typed !== undefined } })
    },
    cancelEdit: () => ui.set({ editing: undefined }),
    typing(text) {
      window.clearTimeout(pause)
      pause = window.setTimeout(() => {
        const { active, editing } = ui.get()
        const at = active ? sheet().outline.index.get(active.task) : undefined
        if (!active || !editing || at === undefined) return
        const outcome = meaning(at, active.column, text)
        if (outcome.ok && outcome.edits.length > 0) foresee(outcome.edits)
      }, TYPING_PAUSE)
    },
    commitEdit(text, everywhere = false) {
      const { active, editing } = ui.get()
      if (!active || !editing) return true
      const { outline } = sheet()
      let done: boolean
      if (active.task === NEW_ROW) {
        const last = outline.plan.tasks[outline.count - 1]
        done = text.trim() === '' || insertAt(text.trim(), undefined, last?.parent) !== undefined
      } else if (everywhere && ui.get().selected.has(active.task)) {
        const edits = filled(chosen(), active.column, text)
        done = edits !== undefined && edit(edits)
      } else {
        const at = outline.index.get(active.task)
        // The task was deleted by a colleague meanwhile: nothing is left to change.
        const outcome = at === undefined ? undefined : meaning(at, active.column, text)
        if (outcome && !outcome.ok) say('error', outcome.message)
        done = outcome ? outcome.ok && edit(outcome.edits) : true
      }
      if (done) ui.set({ editing: undefined })
      return done
    },
    insert() {
      const { active } = ui.get()
      const { outline } = sheet()
      const at = active && active.task !== NEW_ROW ? outline.index.get(active.task) : undefined
      const here = at === undefined ? undefined : outline.plan.tasks[at]
      const parent = here ? here.parent : outline.plan.tasks[outline.count - 1]?.parent
      const id = insertAt(words().new_task, here?.id, parent)
      if (id === undefined) return
      select(id, 'one', 'name')
      stage()?.reveal(rowOf(id))
      commands.beginEdit()
    },
    remove() {
      const ids = chosen()
      if (ids.length === 0) return
      const row = Math.min(...ids.map(rowOf).filter(r => r >= 0))
      if (edit([{ kind: 'task.remove', ids }])) moveTo(Math.min(row, rows().tasks.length - 1))
    },
    indent() {
      const ids = chosen()
      if (ids.length > 0) edit([{ kind: 'task.indent', ids }])
    },
    outdent() {
      const ids = chosen()
      if (ids.length > 0) edit([{ kind: 'task.outdent', ids }])
    },
    moveRows(by) {
      const ids = chosen()
      const { outline } = sheet()
      const { parent, subtreeEnd, plan } = outline
      const firstAt = outline.index.get(ids[0] ?? '')
      const lastAt = outline.index.get(ids[ids.length - 1] ?? '')
      if (firstAt === undefined || lastAt === undefined) return
      const up = parent[firstAt]!
      const under = up < 0 ? {} : { parent: plan.tasks[up]!.id }
      if (by < 0) {
        // The sibling above is the task before, or the ancestor of it that has the same parent.
        let above = firstAt - 1
        while (above >= 0 && above !== up && parent[above] !== up) above = parent[above]!
        if (above >= 0 && above !== up) edit([{ kind: 'task.move', ids, ...under, before: plan.tasks[above]!.id }])
        return
      }
      const below = subtreeEnd[lastAt]!
      if (below >= outline.count || parent[below] !== up) return
      const after = plan.tasks[subtreeEnd[below]!]?.id
      edit([{ kind: 'task.move', ids, ...under, ...(after === undefined ? {} : { before: after }) }])
    },
    linkSelected() {
      const edits = chainEdits(sheet().outline.plan, chosen(), newId)
      if (edits.length > 0) edit(edits)
    },
    fillDown() {
      const { active } = ui.get()
      const ids = chosen()
      const from = sheet().outline.index.get(ids[0] ?? '')
      if (!active || from === undefined || columns[active.column].edit === undefined) return
      const edits = filled(ids.slice(1), active.column, editorText(sheet(), from, active.column))
      if (edits) edit(edits)
    },
  }
  return commands
}
