// The Gantt's state and commands: everything a key, a button or the pointer can do goes through here.
import type { EditError, PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import type { Sheet } from './column.ts'
import type { ComputeError } from './compute-engine.ts'
import { createDerived } from './derived.ts'
import { errorText } from './error-text.ts'
import { type Given, wordsOf } from './given.ts'
import type { ColumnPlace } from './grid-body.ts'
import { newId } from './new-id.ts'
import type { Rows } from './outline.ts'
import { createPathViewer, type PathView } from './path-view.ts'
import { createPlanViewer, type PlanViewer } from './plan-view.ts'
import { createRowCommands, type RowCommands } from './row-command.ts'
import { barOf, type Scene } from './scene.ts'
import { createSelection, type Selection } from './selection.ts'
import { createSession, type Session, type SessionState } from './session.ts'
import { createStage, type Stage, type StageElements } from './stage.ts'
import { createStore, type Store } from './store.ts'
import { openingSurroundings, type Surroundings } from './surroundings.ts'
import { type Texts, texts } from './texts.ts'
import { NEW_ROW, openingUi, type UiState } from './ui-state.ts'

export interface Controller extends Selection, RowCommands {
  idPrefix: string
  ui: Store<UiState>
  surroundings: Store<Surroundings>
  viewer: PlanViewer
  paths: Store<PathView>
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
  open: (task: string | undefined) => void
  /** Shows the float paths to a task (absent = the one that finishes last), or another choice among them. */
  tracePaths: (change: { target?: string; chosen?: number }) => void
  endPaths: () => void
  /** Where a task's bar stands on the page. */
  rectOf: (task: string) => DOMRect | undefined
  destroy: () => void
}

export function createController(
  first: { plan: Plan; schedule: Schedule | undefined; version: number },
  idPrefix: string,
  given?: Given,
): Controller {
  const surroundings = createStore<Surroundings>({ ...openingSurroundings, given })
  const ui = createStore<UiState>(
    openingUi(first.plan.tasks.some(task => task.baselines?.some(({ number }) => number === 0)) ? [0] : [], given),
  )
  const viewer = createPlanViewer(first.plan, first.schedule, given !== undefined)
  const paths = createPathViewer(ui, viewer)
  let server = first
  let stage: Stage | undefined
  let chartBox: HTMLElement | undefined

  const words = (): Texts => wordsOf(texts[surroundings.get().lang], surroundings.get().given)
  const say = (kind: 'error' | 'info', text: string) => ui.set({ message: { kind, text } })
  const session: Session = createSession(first, {
    newId,
    send: () => surroundings.get().send,
    changed: () => {
      const state = session.state()
      viewer.show(state.plan, state.asServed ? server.schedule : undefined)
      sessionStore.set(state)
    },
    refused: message => say('error', words().errors.refused(message)),
    failed: () => say('error', words().errors.save_failed),
  })
  const sessionStore = createStore<SessionState>(session.state())

  const derived = createDerived({ ui, surroundings, viewer, session: sessionStore, paths: paths.store }, idPrefix)
  const { sheet, editable } = derived
  const selection = createSelection(ui, derived, () => stage)

  const picture = () => ({ scene: derived.scene(), grid: derived.grid() })

  /** Others see where this person is as soon as the active cell is another. */
  let place = ''
  function tellPlace(): void {
    const { active } = ui.get()
    const at = active && active.task !== NEW_ROW ? active : undefined
    const now = at ? `${at.task} ${at.column}` : ''
    if (now === place) return
    place = now
    surroundings.get().onPresence?.(at?.task, at?.column)
  }

  const explainError = (error: EditError | ComputeError) => errorText(words(), sheet().outline, error)

  function edit(edits: readonly PlanEdit[]): boolean {
    if (!editable()) {
      say('error', words().errors.read_only)
      return false
    }
    viewer.coming(edits)
    const error = session.edit(edits)
    viewer.coming(undefined)
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

  const commands = createRowCommands(
    { ui, derived, selection, stage: () => stage },
    { words, edit, foresee: viewer.foresee, say },
  )

  return {
    ...selection,
    ...commands,
    idPrefix,
    ui,
    surroundings,
    viewer,
    paths: paths.store,
    session: sessionStore,
    words,
    sheet,
    rows: derived.rows,
    columns: derived.columns,
    stage: () => stage,
    attach(elements) {
      stage = createStage(elements, picture)
      chartBox = elements.timeScroller
      const measure = () => {
        const width = elements.gridScroller.clientWidth
        if (width === derived.paneWidth()) return
        derived.setPaneWidth(width)
        if (ui.get().compact) ui.set({ columns: [...ui.get().columns] })
      }
      const observer = new ResizeObserver(measure)
      observer.observe(elements.gridScroller)
      derived.setPaneWidth(elements.gridScroller.clientWidth)
      const stops = [ui, viewer.store, surroundings, sessionStore, paths.store].map(store =>
        store.subscribe(() => stage?.changed()),
      )
      stops.push(ui.subscribe(tellPlace))
      let { dates } = viewer.store.get()
      stops.push(
        viewer.store.subscribe(() => {
          const now = viewer.store.get()
          if (now.awaited || now.dates === dates) return
          dates = now.dates
          stage?.settled()
        }),
      )
      stage.changed()
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
    scene: derived.scene,
    editable,
    edit,
    say,
    explainError,
    undo: () => step('undo'),
    redo: () => step('redo'),
    open(task) {
      const host = surroundings.get().given
      if (!host) ui.set({ panel: task })
      else if (task !== undefined) host.open(task)
    },
    tracePaths: paths => ui.set({ paths, panel: undefined }),
    endPaths() {
      const { filter } = ui.get()
      ui.set({ paths: undefined, ...(filter.kind === 'paths' ? { filter: { ...filter, kind: 'all' } } : {}) })
    },
    rectOf(task) {
      const look = stage?.look()
      const box = chartBox?.getBoundingClientRect()
      const bar = look && barOf(look.scene, look.view, sheet().outline.index.get(task) ?? -1)
      if (!look || !box || !bar) return undefined
      const { scrollLeft, scrollTop } = look.view
      return new DOMRect(box.left + bar.x1 - scrollLeft, box.top + bar.top - scrollTop, bar.x2 - bar.x1, bar.height)
    },
    destroy() {
      paths.destroy()
      viewer.destroy()
    },
  }
}
