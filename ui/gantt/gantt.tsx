// The Gantt: a tree grid and a canvas timeline over one plan. It knows no server: a plan comes in, edits go out.
import './gantt.css'
import './grid.css'
import './timeline.css'
import './toolbar.css'
import './message.css'
import './card.css'
import './panel.css'
import './phone.css'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Minute, Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import {
  lazy,
  memo,
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { NamedBaseline, NamedDates } from './baseline.ts'
import { type Controller, createController } from './controller.ts'
import { FloatCard } from './float-card.tsx'
import type { Given } from './given.ts'
import { Grid } from './grid.tsx'
import { Icon } from './icon.tsx'
import type { Presence } from './presence.ts'
import { useRememberedLayout } from './remembered-layout.ts'
import type { SendEdits } from './session.ts'
import { Splitter } from './splitter.tsx'
import { Message, StatusBar } from './status-bar.tsx'
import { useStore } from './store.ts'
import type { DurationNote } from './surroundings.ts'
import { type Lang, texts } from './texts.ts'
import { readPalette, type Theme, themeCss } from './theme.ts'
import { attachTimelinePointer, type TimelinePointer } from './timeline-pointer.ts'
import { Toolbar } from './toolbar.tsx'
import { NEW_ROW } from './ui-state.ts'
import { useBaselines } from './use-baselines.ts'

export type { NamedBaseline, NamedDates } from './baseline.ts'
export type { Presence } from './presence.ts'
export type { EditAnswer, EditBatch, SendEdits } from './session.ts'
export type { DurationNote } from './surroundings.ts'

export interface GanttProps {
  plan: Plan
  /** Dates computed by the server for exactly this plan; without them the Gantt computes them in its worker. */
  schedule?: Schedule
  /** Grows with every change of the plan: tells when an own edit has arrived back. */
  version: number
  lang: Lang
  theme?: Theme
  readOnly?: boolean
  /** The minute drawn as "today" (`minuteOfWallClock(new Date())`). */
  today?: Minute
  /** Who may answer for a task, by id; keep it the same object while nothing changes. */
  people?: ReadonlyMap<string, string>
  /** Named baselines to compare with, newest first, and the way to the dates of one; keep them the same while nothing changes. */
  baselines?: readonly NamedBaseline[]
  loadBaseline?: (key: string) => Promise<NamedDates>
  /** What the host has to say about a task's duration: stands under it in the panel. */
  durationNote?: DurationNote
  /** What the host adds below a task's own fields in the panel. */
  taskMore?: (task: string) => ReactNode
  /** Who else has the plan open, and at which task and column. */
  presence?: readonly Presence[]
  /** Told at which task and column this person is. */
  onPresence?: (task: string | undefined, column: string | undefined) => void
  /** Takes the edits of one gesture. Without it edits are kept only here. */
  onEdits?: SendEdits
  /** Given once when the chart stands: for links into a plan, and for tests. */
  onReady?: (handle: GanttHandle) => void
  /** The dates are the host's: nothing is computed or edited, and rows carry what it says of them. With `schedule`. */
  given?: Given
  /** Columns and widths are remembered in this browser under this key. */
  layoutKey?: string
}

export interface GanttHandle {
  /** Scrolls to a task and selects it. */
  jumpTo: (task: string) => void
  /** Opens a task's panel; undefined closes it. */
  open: (task: string | undefined) => void
  /** Where a task's bar stands on the page, in CSS pixels; undefined while its row is hidden. */
  rectOf: (task: string) => DOMRect | undefined
  /** Edits as if made here: shown at once, sent, undone by Ctrl+Z. False when refused, which is said. */
  edit: (edits: readonly PlanEdit[]) => boolean
}

// The panel needs the form kit; the chart does not wait for it.
const Panel = lazy(() => import('./panel.tsx').then(module => ({ default: module.Panel })))

const PathsPanel = lazy(() => import('./panel-paths.tsx').then(module => ({ default: module.PathsPanel })))

let themed = false
/** Constructed style sheets need no inline style: they pass a strict content security policy. */
function adoptTheme(): void {
  if (themed) return
  themed = true
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(themeCss)
  // In front, so that a host's own variables win.
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets]
}

/** Below this width list and timeline take turns. */
const COMPACT_WIDTH = 720

export function Gantt(props: GanttProps) {
  const {
    plan,
    schedule,
    version,
    lang,
    theme = 'light',
    today,
    presence,
    people = NO_PEOPLE,
    baselines = NO_BASELINES,
    durationNote,
    taskMore,
    readOnly = false,
    onEdits,
    onPresence,
    onReady,
    given: told,
  } = props
  const idPrefix = `g${useId().replace(/[^a-z0-9]/gi, '')}`
  const [controller] = useState(() => createController({ plan, schedule, version }, idPrefix, told))
  const root = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const given = useRef({ plan, schedule, version })
  const panel = useStore(controller.ui, state => state.panel)
  const pane = useStore(controller.ui, state => state.pane)
  const compact = useStore(controller.ui, state => state.compact)
  useRememberedLayout(controller, props.layoutKey)
  useBaselines(controller, baselines, props.loadBaseline)
  const tracing = useStore(controller.ui, state => state.paths !== undefined)

  useLayoutEffect(() => {
    adoptTheme()
    const element = root.current
    if (!element) return
    const measure = () => controller.ui.set({ compact: element.clientWidth < COMPACT_WIDTH })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [controller])
  useLayoutEffect(() => {
    const element = root.current
    if (!element) return
    controller.surroundings.set({
      lang,
      today,
      presence: presence ?? NOBODY,
      people,
      baselines,
      durationNote,
      taskMore,
      readOnly: readOnly || told !== undefined,
      send: onEdits,
      onPresence,
      given: told,
      palette: readPalette(element, theme),
      touch: window.matchMedia('(pointer: coarse)').matches,
    })
  }, [
    controller,
    lang,
    today,
    presence,
    people,
    baselines,
    durationNote,
    taskMore,
    readOnly,
    onEdits,
    onPresence,
    theme,
    told,
  ])
  useEffect(() => {
    const last = given.current
    if (last.plan === plan && last.schedule === schedule && last.version === version) return
    given.current = { plan, schedule, version }
    controller.receive(plan, schedule, version)
  }, [controller, plan, schedule, version])
  // The panel takes room from the chart: the task it shows is brought back into view.
  useEffect(() => {
    if (panel === undefined || compact) return undefined
    const frame = requestAnimationFrame(() => controller.reveal(panel))
    return () => cancelAnimationFrame(frame)
  }, [controller, panel, compact])
  useEffect(() => () => controller.destroy(), [controller])
  useEffect(() => {
    onReady?.({ jumpTo: controller.jumpTo, open: controller.open, rectOf: controller.rectOf, edit: controller.edit })
  }, [controller, onReady])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for undo on its way up; everything inside has its role
    <div
      className="yzg-gantt"
      data-theme={theme}
      data-compact={compact}
      data-pane={pane}
      lang={lang === 'zh' ? 'zh-CN' : 'en'}
      ref={root}
      onKeyDown={event => {
        // Undo works wherever the focus is in the Gantt, except in a field that has its own.
        const ctrl = event.ctrlKey || event.metaKey
        const key = event.key.toLowerCase()
        const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
        if (event.defaultPrevented || typing || !ctrl || (key !== 'z' && key !== 'y')) return
        event.preventDefault()
        if (key === 'y' || event.shiftKey) controller.redo()
        else controller.undo()
      }}
    >
      <Toolbar controller={controller} search={search} />
      <div className="yzg-middle">
        <Surfaces controller={controller} search={search} />
        {panel === undefined && !tracing ? null : (
          <Suspense fallback={<aside className="yzg-panel" />}>
            {panel === undefined ? <PathsPanel controller={controller} /> : <Panel controller={controller} />}
          </Suspense>
        )}
        <Message controller={controller} />
      </div>
      <StatusBar controller={controller} />
    </div>
  )
}

const NOBODY: readonly Presence[] = []
const NO_BASELINES: readonly NamedBaseline[] = []
const NO_PEOPLE: ReadonlyMap<string, string> = new Map()

/** Renders when its own state changes, not whenever the host gives a newer plan. */
const Surfaces = memo(
  ({ controller, search }: { controller: Controller; search: RefObject<HTMLInputElement | null> }) => {
    const focusSearch = () => search.current?.focus()
    const gridScroller = useRef<HTMLDivElement>(null)
    const gridRows = useRef<HTMLDivElement>(null)
    const timeScroller = useRef<HTMLElement>(null)
    const timeSpacer = useRef<HTMLDivElement>(null)
    const header = useRef<HTMLCanvasElement>(null)
    const chart = useRef<HTMLCanvasElement>(null)
    const overlay = useRef<HTMLCanvasElement>(null)
    const [pointer, setPointer] = useState<TimelinePointer>()
    const lang = useStore(controller.surroundings, state => state.lang)
    const gridWidth = useStore(controller.ui, state => state.gridWidth)
    const compact = useStore(controller.ui, state => state.compact)
    const words = texts[lang]

    useLayoutEffect(() => {
      if (
        !gridScroller.current ||
        !gridRows.current ||
        !timeScroller.current ||
        !timeSpacer.current ||
        !header.current ||
        !chart.current ||
        !overlay.current
      ) {
        return undefined
      }
      const detach = controller.attach({
        gridScroller: gridScroller.current,
        gridRows: gridRows.current,
        timeScroller: timeScroller.current,
        timeSpacer: timeSpacer.current,
        header: header.current,
        chart: chart.current,
        overlay: overlay.current,
      })
      const attached = attachTimelinePointer(controller, timeScroller.current)
      setPointer(attached)
      return () => {
        attached.detach()
        detach()
      }
    }, [controller])

    return (
      <div className="yzg-body">
        <div className="yzg-grid" {...(compact ? {} : { style: { width: gridWidth } })}>
          <Grid controller={controller} refs={{ scroller: gridScroller, rows: gridRows }} focusSearch={focusSearch} />
          <Empty controller={controller} gridScroller={gridScroller} />
        </div>
        {compact ? null : <Splitter controller={controller} />}
        <div className="yzg-time">
          <canvas className="yzg-time-head" ref={header} />
          <div className="yzg-time-body">
            <canvas ref={chart} />
            <canvas ref={overlay} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
            <section className="yzg-time-scroll" ref={timeScroller} tabIndex={0} aria-label={words.timeline}>
              <div ref={timeSpacer} />
            </section>
            {pointer ? <FloatCard controller={controller} float={pointer.float} /> : null}
          </div>
        </div>
      </div>
    )
  },
)

/** An empty plan teaches how to begin. */
function Empty({
  controller,
  gridScroller,
}: {
  controller: Controller
  gridScroller: RefObject<HTMLDivElement | null>
}) {
  const count = useStore(controller.viewer.store, state => state.outline.count)
  const readOnly = useStore(controller.surroundings, state => state.readOnly)
  const filter = useStore(controller.ui, state => state.filter)
  const shown = useStore(controller.viewer.store, () => controller.rows().tasks.length)
  useStore(controller.ui, () => controller.rows())
  const words = controller.words()
  if (count > 0) {
    if (shown > 0 || (filter.kind === 'all' && filter.text === '')) return null
    return (
      <div className="yzg-empty">
        <p>{words.no_match}</p>
        <button
          type="button"
          className="yzg-button yzg-primary"
          onClick={() => controller.ui.set({ filter: { kind: 'all', text: '' } })}
        >
          {words.clear_filter}
        </button>
      </div>
    )
  }
  return (
    <div className="yzg-empty">
      <h2>{words.empty_title}</h2>
      <p>{readOnly ? words.empty_readonly : words.empty_hint}</p>
      {readOnly ? null : (
        <button
          type="button"
          className="yzg-button yzg-primary"
          onClick={() => {
            controller.select(NEW_ROW, 'one', 'name')
            gridScroller.current?.querySelector('input')?.focus()
            controller.beginEdit()
          }}
        >
          <Icon name="plus" />
          {words.add_first}
        </button>
      )}
    </div>
  )
}
