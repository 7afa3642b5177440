// The Gantt: a tree grid and a canvas timeline over one plan. It knows no server: a plan comes in, edits go out.
import './gantt.css'
import type { Minute, Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { type Controller, createController, type Presence } from './controller.ts'
import { GridHeader } from './grid.tsx'
import { Splitter } from './splitter.tsx'
import { useStore } from './store.ts'
import { type Lang, texts } from './texts.ts'
import { readPalette, type Theme, themeCss } from './theme.ts'

export interface GanttProps {
  plan: Plan
  schedule?: Schedule
  lang: Lang
  theme?: Theme
  /** The minute drawn as "today". */
  today?: Minute
  presence?: readonly Presence[]
}

let themed = false
/** Constructed style sheets need no inline style: they pass a strict content security policy. */
function adoptTheme(): void {
  if (themed) return
  themed = true
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(themeCss)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

export function Gantt({ plan, schedule, lang, theme = 'light', today, presence }: GanttProps) {
  const idPrefix = `g${useId().replace(/[^a-z0-9]/gi, '')}`
  const [controller] = useState(() => createController(plan, schedule, idPrefix))
  const root = useRef<HTMLDivElement>(null)
  const shown = useRef({ plan, schedule })

  useLayoutEffect(() => {
    adoptTheme()
  }, [])
  useLayoutEffect(() => {
    if (!root.current) return
    controller.surroundings.set({
      lang,
      today,
      presence: presence ?? [],
      palette: readPalette(root.current),
      touch: window.matchMedia('(pointer: coarse)').matches,
    })
  }, [controller, lang, today, presence, theme])
  useEffect(() => {
    if (shown.current.plan === plan && shown.current.schedule === schedule) return
    shown.current = { plan, schedule }
    controller.receive(plan, schedule)
  }, [controller, plan, schedule])

  return (
    <div className="yz-gantt" data-theme={theme} lang={lang === 'zh' ? 'zh-CN' : 'en'} ref={root}>
      <Surfaces controller={controller} />
    </div>
  )
}

function Surfaces({ controller }: { controller: Controller }) {
  const gridScroller = useRef<HTMLDivElement>(null)
  const gridRows = useRef<HTMLDivElement>(null)
  const timeScroller = useRef<HTMLDivElement>(null)
  const timeSpacer = useRef<HTMLDivElement>(null)
  const header = useRef<HTMLCanvasElement>(null)
  const chart = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const lang = useStore(controller.surroundings, state => state.lang)
  const gridWidth = useStore(controller.ui, state => state.gridWidth)
  const rowCount = useStore(controller.data, state => state.sheet.outline.count)
  const words = texts[lang]

  useLayoutEffect(() => {
    if (
      gridScroller.current &&
      gridRows.current &&
      timeScroller.current &&
      timeSpacer.current &&
      header.current &&
      chart.current &&
      overlay.current
    ) {
      return controller.attach({
        gridScroller: gridScroller.current,
        gridRows: gridRows.current,
        timeScroller: timeScroller.current,
        timeSpacer: timeSpacer.current,
        header: header.current,
        chart: chart.current,
        overlay: overlay.current,
      })
    }
    return undefined
  }, [controller])

  return (
    <div className="yz-body">
      <div className="yz-grid" style={{ width: gridWidth }}>
        <div className="yz-grid-scroll" ref={gridScroller}>
          <div
            className="yz-table"
            role="treegrid"
            aria-label={words.grid}
            aria-rowcount={rowCount + 1}
            aria-multiselectable
          >
            <GridHeader controller={controller} />
            <div className="yz-rows" role="rowgroup" ref={gridRows} />
          </div>
        </div>
      </div>
      <Splitter controller={controller} />
      <div className="yz-time">
        <canvas className="yz-time-head" ref={header} aria-hidden="true" />
        <div className="yz-time-body">
          <canvas ref={chart} role="img" aria-label={words.timeline} />
          <canvas ref={overlay} aria-hidden="true" />
          <section className="yz-time-scroll" ref={timeScroller} tabIndex={0} aria-label={words.timeline}>
            <div ref={timeSpacer} />
          </section>
        </div>
      </div>
    </div>
  )
}
