// The Gantt's state and commands: everything a key, a button or the pointer can do goes through here.
import type { EditError, PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Minute, Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import { cellEdits, editOf, editorText } from './cell-edit.ts'
import { type ColumnId, calendarNames, columns, type Sheet } from './column.ts'
import type { ComputeError } from './compute-engine.ts'
import { errorText } from './error-text.ts'
import type { ColumnPlace, GridPicture } from './grid-body.ts'
import { chainEdits, newTask } from './intent.ts'
import { linkIndexOf } from './link-index.ts'
import { newId } from './new-id.ts'
import { isParent, type Rows, rowsOf } from './outline.ts'
import { createPlanViewer, type PlanViewer } from './plan-view.ts'
import { barOf, type Scene } from './scene.ts'
import { createSession, type SendEdits, type Session, type SessionState } from './session.ts'
import { createStage, type Stage, type StageElements } from './stage.ts'
import { createStore, type Store } from './store.ts'
import { type Lang, type Texts, texts } from './texts.ts'
import { type Palette, palettes, ROW_HEIGHT, ROW_HEIGHT_TOUCH } from './theme.ts'
import { matcherOf, matchesText, NEW_ROW, openingUi, shownColumns, type UiState } from './ui-state.ts'

export interface Presence {
  name: string
  /** Task being edited. */
  task: string
  /** CSS colour. */
  color: string
}

/** What the host gives besides the plan. */
export interface Surroundings {
  lang: Lang
  palette: Palette
  today: Minute | undefined
  presence: readonly Presence[]
  people: ReadonlyMap<string, string>
  touch: boolean
  readOnly: boolean
  send: SendEdits | undefined
  /** Tells the host which task is being edited, for the presence of others. */
  onPresence: ((task: string | undefined) => void) | undefined
}

export interface Controller {
  idPrefix: string
  ui: Store<UiState>
  surroundings: Store<Surroundings>
  viewer: PlanViewer
  session: Store<SessionState>
  words: () => Texts
  sheet: () => Sheet
  rows: () => Rows
  columns: () => readonly ColumnPlace[]
  stage: () => Stage | undefined
  attach: (elements: StageElements) => () => void
  receive: (plan: Plan, schedule: Schedule | undefined, version: number) => void
  /** What the canvas shows, for pictures and print; undefined before the first paint. */
  scene: () => Scene
  editable: () => boolean
  /** Applies edits; a refusal is said and false returned. */
  edit: (edits: readonly PlanEdit[]) => boolean
  say: (kind: 'error' | 'info', text: string) => void
  explainError: (error: EditError | ComputeError) => string
  undo: () => void
  redo: () => void
  toggle: (task: string, open?: boolean) => void
  select: (task: string, how: 'one' | 'extend' | 'toggle', column?: ColumnId) => void
  selectAll: () => void
  /** Moves the active cell by rows and columns. */
  move: (rows: number, cols: number, extend?: boolean) => void
  moveTo: (row: number, column?: ColumnId, extend?: boolean) => void
  beginEdit: (typed?: string) => void
  cancelEdit: () => void
  /** Takes the editor's text; false when it is not understood and the editor stays open. */
  commitEdit: (text: string) => boolean
  insert: () => void
  remove: () => void
  indent: () => void
  outdent: () => void
  moveRows: (by: -1 | 1) => void
  linkSelected: () => void
  fillDown: () => void
  /** Scrolls a task's row and bar into view. */
  reveal: (task: string) => void
  /** Scrolls to a task and makes it active. */
  jumpTo: (task: string) => void
  find: (words: string, backwards?: boolean) => boolean
  open: (task: string | undefined) => void
  /** Where a task's bar stands on the page. */
  rectOf: (task: string) => DOMRect | undefined
  destroy: () => void
}

export function createController(
  first: { plan: Plan; schedule: Schedule | undefined; version: number },
  idPrefix: string,
): Controller {
  const surroundings = createStore<Surroundings>({
    lang: 'zh',
    palette: palettes.light,
    today: undefined,
    presence: [],
    people: new Map(),
    touch: false,
    readOnly: false,
    send: undefined,
    onPresence: undefined,
  })
  const ui = createStore<UiState>(openingUi(first.plan.tasks.some(task => task.baselines?.length) ? 0 : undefined))
  const viewer = createPlanViewer(first.plan, first.schedule)
  let server = first
  let stage: Stage | undefined
  let gridPaneWidth = 0
  let chartBox: HTMLElement | undefined

  const words = (): Texts => texts[surroundings.get().lang]
  const say = (kind: 'error' | 'info', text: string) => ui.set({ message: { kind, text } })
  const session: Session = createSession(first, {
    newId,
    send: () => surroundings.get().send,
    changed: () => {
      const state = session.state()
      sessionStore.set(state)
      viewer.show(state.plan, state.plan === server.plan ? server.schedule : undefined)
    },
    refused: message => say('error', words().errors.refused(message)),
    failed: () => say('error', words().errors.save_failed),
  })
  const sessionStore = createStore<SessionState>(session.state())

  // Derived values are kept until what they depend on changes.
  const sheet = keep(
    () => {
      const { outline, dates, preview } = viewer.store.get()
      const { lang, people } = surroundings.get()
      return [outline, preview ?? dates, lang, ui.get().options.baseline ?? 0, people] as const
    },
    ([outline, dates, lang, baseline, people]): Sheet => ({
      outline,
      dates,
      lang,
      text: texts[lang],
      baseline,
      calendarName: calendarNames(outline.plan.calendars),
      people,
    }),
  )
  const filtered = () => ui.get().filter.kind !== 'all' || ui.get().filter.text.trim() !== ''
  const rows = keep(
    () => {
      const { outline, dates } = viewer.store.get()
      const { collapsed, filter } = ui.get()
      return [outline, collapsed, filter, filtered() ? dates : undefined] as const
    },
    ([outline, collapsed, filter]) => rowsOf(outline, collapsed, matcherOf(filter, sheet())),
  )
  const linkIndex = keep(
    () => [viewer.store.get().outline, rows()] as const,
    ([outline, shown]) => linkIndexOf(outline, shown),
  )
  const editable = () => !surroundings.get().readOnly
  const shown = keep(
    () => [ui.get().columns, ui.get().compact, gridPaneWidth] as const,
    ([places, compact, width]) => shownColumns(places, compact, width),
  )

  function scene(): Scene {
    const { outline, dates, preview, shiftsOn, computed } = viewer.store.get()
    const { selected, options } = ui.get()
    const { lang, palette, today, presence } = surroundings.get()
    const { statusDate } = outline.plan.options
    return {
      outline,
      rows: rows(),
      dates: preview ?? dates,
      computed,
      linkIndex: linkIndex(),
      options,
      palette,
      lang,
      text: texts[lang],
      selected,
      pending: sessionStore.get().pendingTasks,
      presence: editors(presence),
      ...(preview ? { before: dates } : {}),
      ...(shiftsOn ? { shiftsOn } : {}),
      ...(today === undefined ? {} : { today }),
      ...(statusDate === undefined ? {} : { statusDate }),
    }
  }

  function paint(): void {
    if (!stage) return
    const { selected, options, collapsed, active } = ui.get()
    const { presence, touch } = surroundings.get()
    const grid: GridPicture = {
      sheet: sheet(),
      rows: rows(),
      columns: shown(),
      collapsed,
      selected,
      pending: sessionStore.get().pendingTasks,
      presence: editors(presence),
      critical: options.critical,
      rowHeight: touch ? ROW_HEIGHT_TOUCH : ROW_HEIGHT,
      idPrefix,
      newRow: editable() && !filtered() && !ui.get().compact,
      ...(active ? { active } : {}),
    }
    stage.show({ scene: scene(), grid })
  }

  const taskAtRow = (row: number) => sheet().outline.plan.tasks[rows().tasks[row] ?? -1]
  const rowOf = (task: string) => {
    if (task === NEW_ROW) return rows().tasks.length
    const at = sheet().outline.index.get(task)
    return at === undefined ? -1 : (rows().rowOf[at] ?? -1)
  }
  /** Selected tasks in plan order; without a selection the active one. */
  const chosen = (): string[] => {
    const { selected, active } = ui.get()
    const ids = selected.size > 0 ? [...selected] : active && active.task !== NEW_ROW ? [active.task] : []
    const { index } = sheet().outline
    return ids.filter(id => index.has(id)).sort((a, b) => index.get(a)! - index.get(b)!)
  }
  const explainError = (error: EditError | ComputeError) => errorText(words(), sheet().outline, error)

  function edit(edits: readonly PlanEdit[]): boolean {
    if (!editable()) {
      say('error', words().errors.read_only)
      return false
    }
    const error = session.edit(edits)
    if (error) say('error', explainError(error))
    else if (ui.get().message?.kind === 'error') ui.set({ message: undefined })
    return !error
  }

  const step = (how: 'undo' | 'redo') => {
    if (!editable()) return
    const error = session[how]()
    if (error === 'nothing') say('info', words().errors.nothing)
    else if (error) say('error', words().errors.undo_failed(explainError(error)))
  }

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
    stage?.reveal(target)
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
    if (at !== undefined && row >= 0) stage?.reveal(row, { from: dates.start[at]!, to: dates.finish[at]! })
  }

  function insertAt(name: string, before: string | undefined, parent: string | undefined): string | undefined {
    const id = newId()
    const task = newTask(sheet().outline.plan, id, name, parent, sheet().dates.projectStart)
    return edit([{ kind: 'task.add', task, ...(before === undefined ? {} : { before }) }]) ? id : undefined
  }

  const controller: Controller = {
    idPrefix,
    ui,
    surroundings,
    viewer,
    session: sessionStore,
    words,
    sheet,
    rows,
    columns: shown,
    stage: () => stage,
    attach(elements) {
      stage = createStage(elements)
      chartBox = elements.timeScroller
      const measure = () => {
        const width = elements.gridScroller.clientWidth
        if (width === gridPaneWidth) return
        gridPaneWidth = width
        if (ui.get().compact) ui.set({ columns: [...ui.get().columns] })
      }
      const observer = new ResizeObserver(measure)
      observer.observe(elements.gridScroller)
      gridPaneWidth = elements.gridScroller.clientWidth
      const stops = [ui, viewer.store, surroundings, sessionStore].map(store => store.subscribe(paint))
      paint()
      return () => {
        for (const stop of stops) stop()
        observer.disconnect()
        stage?.destroy()
        stage = undefined
      }
    },
    receive(plan, schedule, version) {
      server = { plan, schedule, version }
      session.receive(plan, version)
    },
    scene,
    editable,
    edit,
    say,
    explainError,
    undo: () => step('undo'),
    redo: () => step('redo'),
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
      const places = shown()
      const at = places.findIndex(place => place.id === active?.column)
      const column = places[Math.max(0, Math.min(places.length - 1, at + right))]?.id
      moveTo((active ? rowOf(active.task) : -1) + down, column, extend)
    },
    moveTo,
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
      surroundings.get().onPresence?.(active.task)
    },
    cancelEdit() {
      ui.set({ editing: undefined })
      surroundings.get().onPresence?.(undefined)
    },
    commitEdit(text) {
      const { active, editing } = ui.get()
      if (!active || !editing) return true
      const { outline } = sheet()
      let done: boolean
      if (active.task === NEW_ROW) {
        const last = outline.plan.tasks[outline.count - 1]
        done = text.trim() === '' || insertAt(text.trim(), undefined, last?.parent) !== undefined
      } else {
        const at = outline.index.get(active.task)
        // The task was deleted by a colleague meanwhile: nothing is left to change.
        const outcome = at === undefined ? undefined : cellEdits(sheet(), at, active.column, text, newId)
        if (outcome && !outcome.ok) say('error', outcome.message)
        done = outcome ? outcome.ok && edit(outcome.edits) : true
      }
      if (done) {
        ui.set({ editing: undefined })
        surroundings.get().onPresence?.(undefined)
      }
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
      stage?.reveal(rowOf(id))
      controller.beginEdit()
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
      const text = editorText(sheet(), from, active.column)
      const edits: PlanEdit[] = []
      for (const id of ids.slice(1)) {
        const at = sheet().outline.index.get(id)!
        if (editOf(sheet(), at, active.column) === undefined) continue
        const outcome = cellEdits(sheet(), at, active.column, text, newId)
        if (!outcome.ok) {
          say('error', outcome.message)
          return
        }
        edits.push(...outcome.edits)
      }
      edit(edits)
    },
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
    open: task => ui.set({ panel: task }),
    rectOf(task) {
      const look = stage?.look()
      const box = chartBox?.getBoundingClientRect()
      const bar = look && barOf(look.scene, look.view, sheet().outline.index.get(task) ?? -1)
      if (!look || !box || !bar) return undefined
      const { scrollLeft, scrollTop } = look.view
      return new DOMRect(box.left + bar.x1 - scrollLeft, box.top + bar.top - scrollTop, bar.x2 - bar.x1, bar.height)
    },
    destroy() {
      viewer.destroy()
    },
  }
  return controller
}

const editors = (presence: readonly Presence[]) =>
  new Map(presence.map(({ task, name, color }) => [task, { name, color }]))

/** A value made anew only when one of its inputs is another. */
function keep<K extends readonly unknown[], V>(inputs: () => K, make: (inputs: K) => V): () => V {
  let last: { key: K; value: V } | undefined
  return () => {
    const key = inputs()
    if (!last || key.some((part, i) => !Object.is(part, last?.key[i]))) last = { key, value: make(key) }
    return last.value
  }
}
