// The tree grid: its header, the pool of rows, pointer selection, and the one input that is both cursor and editor.
import { type MouseEvent as ReactMouseEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { copyRows } from './clipboard.ts'
import { columns } from './column.ts'
import type { Controller } from './controller.ts'
import { HEADER_HEIGHT } from './draw-header.ts'
import { cellId } from './grid-body.ts'
import { GridHeader } from './grid-header.tsx'
import { editKey, navigateKey } from './grid-key.ts'
import { newId } from './new-id.ts'
import { rowNumber } from './outline.ts'
import { pasteEdits } from './paste.ts'
import { useStore } from './store.ts'
import { ROW_HEIGHT, ROW_HEIGHT_TOUCH } from './theme.ts'
import { NEW_ROW } from './ui-state.ts'

export interface GridRefs {
  scroller: RefObject<HTMLDivElement | null>
  rows: RefObject<HTMLDivElement | null>
}

export function Grid({
  controller,
  refs,
  focusSearch,
}: {
  controller: Controller
  refs: GridRefs
  focusSearch: () => void
}) {
  const lang = useStore(controller.surroundings, state => state.lang)
  const rowCount = useStore(controller.viewer.store, state => state.outline.count)
  const input = useRef<HTMLInputElement>(null)
  const words = controller.words()

  function press(event: ReactMouseEvent): void {
    if (event.button !== 0) return
    const body = controller.stage()?.grid
    const row = body?.rowAt(event.target)
    if (row === undefined || !body) return
    event.preventDefault()
    const { editing } = controller.ui.get()
    if (editing && input.current && !controller.commitEdit(input.current.value)) return
    const column = body.columnAt(event.target)
    const { plan } = controller.sheet().outline
    const task = plan.tasks[controller.rows().tasks[row] ?? -1]?.id ?? NEW_ROW
    if (event.target instanceof Element && event.target.closest('.yzg-twist')?.hasChildNodes()) {
      controller.toggle(task)
      return
    }
    controller.select(task, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'one', column)
    input.current?.focus({ preventScroll: true })
    if (controller.ui.get().compact && task !== NEW_ROW) controller.open(task)
  }

  function twice(event: ReactMouseEvent): void {
    const { active } = controller.ui.get()
    const body = controller.stage()?.grid
    if (!active || body?.rowAt(event.target) === undefined) return
    if (event.target instanceof Element && event.target.closest('.yzg-twist')?.hasChildNodes()) return
    if (active.task === NEW_ROW || (columns[active.column].edit && controller.editable())) controller.beginEdit()
    else controller.open(active.task)
  }

  return (
    <div className="yzg-grid-scroll" ref={refs.scroller} lang={lang}>
      <div
        className="yzg-table"
        role="treegrid"
        aria-label={words.grid}
        aria-rowcount={rowCount + 1}
        aria-multiselectable
        onMouseDown={press}
        onDoubleClick={twice}
      >
        <GridHeader controller={controller} />
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual grid cannot be a <table> */}
        <div className="yzg-rows" role="rowgroup" ref={refs.rows} />
      </div>
      <CellInput controller={controller} input={input} focusSearch={focusSearch} />
    </div>
  )
}

function cellText(controller: Controller): string {
  const { active } = controller.ui.get()
  const sheet = controller.sheet()
  const at = active ? sheet.outline.index.get(active.task) : undefined
  const task = at === undefined ? undefined : sheet.outline.plan.tasks[at]
  return active && at !== undefined && task ? columns[active.column].value(sheet, task, at) : ''
}

/**
 * One input sits on the active cell and always has the focus: invisible while moving about, visible while editing.
 * So a Chinese input method opens at the cell with the first keystroke and nothing of its composition is lost.
 */
function CellInput({
  controller,
  input,
  focusSearch,
}: {
  controller: Controller
  input: RefObject<HTMLInputElement | null>
  focusSearch: () => void
}) {
  const active = useStore(controller.ui, state => state.active)
  const editing = useStore(controller.ui, state => state.editing)
  const places = useStore(controller.ui, () => controller.columns())
  const rows = useStore(controller.viewer.store, () => controller.rows())
  useStore(controller.ui, () => controller.rows())
  const touch = useStore(controller.surroundings, state => state.touch)
  const composing = useRef(false)
  // What is read out of the active cell; everything else is asked for when a key needs it.
  const cell = useStore(controller.viewer.store, () => cellText(controller))
  const sheet = controller.sheet()
  const at = active && active.task !== NEW_ROW ? sheet.outline.index.get(active.task) : undefined
  const row = active?.task === NEW_ROW ? rows.tasks.length : at === undefined ? -1 : (rows.rowOf[at] ?? -1)
  const height = touch ? ROW_HEIGHT_TOUCH : ROW_HEIGHT
  let left = 0
  let width = 0
  for (const place of places) {
    width = place.width
    if (place.id === active?.column) break
    left += place.width
  }
  const indent = editing && active?.column === 'name' && at !== undefined ? 4 + sheet.outline.level[at]! * 14 + 14 : 0
  const wide = editing ? Math.max(width - indent, active?.column === 'name' ? 180 : 120) : width

  useLayoutEffect(() => {
    const element = input.current
    if (!element || !editing || composing.current) return
    element.value = editing.text
    if (editing.typing) element.setSelectionRange(editing.text.length, editing.text.length)
    else element.select()
    element.focus({ preventScroll: true })
  }, [input, editing])
  useEffect(() => {
    if (!editing && input.current) input.current.value = ''
  }, [input, editing])

  const label =
    active && at !== undefined
      ? sheet.text.row_announce(rowNumber(sheet.outline, at), sheet.text.columns[active.column], cell)
      : active
        ? sheet.text.new_row
        : sheet.text.grid

  return (
    <input
      ref={input}
      className="yzg-input"
      data-editing={editing !== undefined}
      aria-label={label}
      aria-live="off"
      {...(row >= 0 && active && !editing
        ? { 'aria-activedescendant': cellId(controller.idPrefix, row, active.column) }
        : {})}
      autoComplete="off"
      spellCheck={false}
      readOnly={!controller.editable()}
      style={{
        left: left + indent,
        top: HEADER_HEIGHT + Math.max(0, row) * height,
        width: wide,
        height: height - 1,
        textAlign: active && columns[active.column].align === 'right' ? 'right' : 'left',
      }}
      onFocus={() => {
        if (!controller.ui.get().active) controller.moveTo(0, 'name')
      }}
      onBlur={event => {
        if (controller.ui.get().editing && !controller.commitEdit(event.currentTarget.value)) controller.cancelEdit()
      }}
      onCompositionStart={() => {
        composing.current = true
        if (!controller.ui.get().editing) controller.beginEdit('')
      }}
      onCompositionEnd={() => {
        composing.current = false
      }}
      onInput={event => {
        const { value } = event.currentTarget
        if (!controller.ui.get().editing && !composing.current) {
          event.currentTarget.value = ''
          controller.beginEdit(value)
        }
        if (!composing.current) controller.typing(value)
      }}
      onKeyDown={event => {
        // While an input method composes, Enter, Tab and arrows are its own.
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (controller.ui.get().editing) editKey(controller, event, event.currentTarget.value)
        else navigateKey(controller, event, focusSearch)
      }}
      onCopy={event => {
        if (controller.ui.get().editing) return
        event.preventDefault()
        const sheet = controller.sheet()
        const { outline } = sheet
        const ids = controller.ui.get().selected
        const tasks = Array.from(controller.rows().tasks).filter(task => ids.has(outline.plan.tasks[task]?.id ?? ''))
        event.clipboardData.setData(
          'text/plain',
          copyRows(
            sheet,
            tasks,
            places.map(place => place.id),
          ),
        )
      }}
      onPaste={event => {
        if (controller.ui.get().editing || !active || !controller.editable()) return
        event.preventDefault()
        const shown = places.map(place => place.id)
        const outcome = pasteEdits(
          controller.sheet(),
          controller.rows(),
          active,
          shown,
          event.clipboardData.getData('text/plain'),
          newId,
        )
        if (outcome.ok) controller.edit(outcome.edits)
        else controller.say('error', outcome.message)
      }}
    />
  )
}
