// The two surfaces and what moves them: scrolling, zooming and drawing grid rows and canvases in one frame.
import { MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import type { Minute } from '@yingzao/engines/schedule/plan'
import { drawBackground, drawTimeLines } from './draw-background.ts'
import { drawBars } from './draw-bars.ts'
import { drawHeader, HEADER_HEIGHT } from './draw-header.ts'
import { drawLinks } from './draw-links.ts'
import { createGridBody, type GridBody, type GridPicture } from './grid-body.ts'
import { isParent } from './outline.ts'
import { contentSpan, type Scene, type Viewport } from './scene.ts'
import { forgetWidths } from './text-width.ts'
import { clampPpm, toMinute, toX } from './time-scale.ts'

export interface StageElements {
  gridScroller: HTMLElement
  gridRows: HTMLElement
  timeScroller: HTMLElement
  timeSpacer: HTMLElement
  header: HTMLCanvasElement
  chart: HTMLCanvasElement
  overlay: HTMLCanvasElement
}

export interface Picture {
  scene: Scene
  grid: GridPicture
}

/** Draws what floats above the chart: hover, drag, link being drawn. */
export type DrawOverlay = (ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport) => void

export interface Stage {
  /** The picture is another: it is asked for once, when the next frame is drawn or somebody looks. */
  changed: () => void
  /** The dates shown are those of the plan shown: the table is drawn at once. */
  settled: () => void
  setOverlay: (draw: DrawOverlay | undefined) => void
  /** The picture and window as they stand; undefined before the first change. */
  look: () => { scene: Scene; view: Viewport } | undefined
  /** Zooms by a factor, holding the minute under `x` (pixels from the chart's left edge; default its middle). */
  zoom: (factor: number, x?: number) => void
  /** The whole plan in the window's width. */
  fit: () => void
  showMinute: (at: Minute, share?: number) => void
  /** Scrolls a row into view; with a minute, that too when it is out of sight. */
  reveal: (row: number, at?: { from: Minute; to: Minute }) => void
  scrollBy: (dx: number, dy: number) => void
  /** How many rows fit the window. */
  page: () => number
  grid: GridBody
  destroy: () => void
}

/** Frames that the canvases wait for the dates of an edit; then they show what is known. */
const PATIENCE = 3

/** The zoom a plan opens with: all of it when that is readable, else at least three pixels a day. */
const OPENING_MIN = 3 / MINUTES_PER_DAY
const OPENING_MAX = 24 / MINUTES_PER_DAY

export function createStage(elements: StageElements, pictureNow: () => Picture): Stage {
  const { gridScroller, gridRows, timeScroller, timeSpacer, header, chart, overlay } = elements
  const grid = createGridBody(gridRows)
  const contexts = { header: context(header), chart: context(chart), overlay: context(overlay) }
  let picture: Picture | undefined
  /** The picture held is no longer the one to show. */
  let stale = false
  let drawOverlay: DrawOverlay | undefined
  let view: Viewport = { origin: 0, ppm: 0, width: 0, height: 0, scrollLeft: 0, scrollTop: 0, rowHeight: 28 }
  /** The minute at the window's left edge: survives zooming and a plan that grows to the left. */
  let leftMinute = 0
  /**
   * The first look is taken once dates are known: they may still be computed in the worker when rows already show. Whoever
   * has moved the window before that keeps what he looks at.
   */
  let opened = false
  /** On a phone the list is walked before the timeline was ever shown: its rows stay. */
  let walked = false
  const moved = (): void => {
    if (view.ppm > 0) opened = true
    else walked = true
  }
  let end = 0
  /** What the scrollers were told or told last: asking them would lay out the page in the middle of an edit. */
  let gridHeight = 0
  let left = 0
  let frame = 0
  let headerKey: readonly unknown[] = []
  let dirty = { all: false, chart: false, late: false, overlay: false }
  /** Rows of the chart as drawn, and the frames since an edit that it was left so. */
  let drawn: Scene['rows'] | undefined
  let waited = 0
  /** The picture that the table shows already. */
  let tabled: Picture | undefined
  /** Something is drawn on the overlay. */
  let floating = false

  function schedule(what: keyof typeof dirty): void {
    dirty[what] = true
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  /** Many changes at once (an edit, the cell it closes, the row it goes on to) are one picture. */
  function refresh(): void {
    if (!stale) return
    stale = false
    const first = picture === undefined
    picture = pictureNow()
    if (first && timeScroller.clientWidth > 0) resize()
    if (!opened) open()
    lay()
  }

  function draw(): void {
    frame = 0
    refresh()
    const work = dirty
    dirty = { all: false, chart: false, late: false, overlay: false }
    if (!picture) return
    const { scene } = picture
    if (gridHeight > 0) grid.render(picture.grid, view.scrollTop, gridHeight, work.all && picture !== tabled)
    tabled = undefined
    // On a phone the timeline is hidden while the list is shown, and the other way round.
    if (view.width <= 0) return
    if (!work.chart && (work.all || work.late) && scene.awaited && scene.rows === drawn && waited < PATIENCE) {
      // An edit is in the table at once. Bars and links stay as they are until its dates come, mostly before the next
      // frame: the canvases, dear to rasterise, are drawn once for an edit.
      waited++
      schedule('late')
    } else if (work.all || work.chart || work.late) {
      waited = 0
      drawn = scene.rows
      // Scrolling down leaves the header as it is.
      const key = [
        view.origin,
        view.ppm,
        view.scrollLeft,
        view.width,
        scene.lang,
        scene.palette,
        scene.today,
        scene.statusDate,
        scene.shiftsOn,
      ]
      if (key.some((part, i) => part !== headerKey[i])) {
        headerKey = key
        drawHeader(contexts.header, scene, view)
      }
      drawBackground(contexts.chart, scene, view)
      drawLinks(contexts.chart, scene, view)
      drawBars(contexts.chart, scene, view)
      drawTimeLines(contexts.chart, scene, view)
    }
    if (drawOverlay || floating) contexts.overlay.clearRect(0, 0, view.width, view.height)
    floating = drawOverlay !== undefined
    drawOverlay?.(contexts.overlay, scene, view)
  }

  /** Height of the rows in view, whichever of list and timeline is shown. */
  const visibleHeight = (): number => (view.height > 0 ? view.height : gridHeight - HEADER_HEIGHT)

  /** Recomputes the content's extent and puts the scroll position where `leftMinute` says. */
  function lay(): void {
    if (!picture) return
    const { scene, grid: gridPicture } = picture
    const span = contentSpan(scene.dates, [scene.today, scene.statusDate], view.ppm, view.width)
    end = Math.max(span.end, leftMinute + view.width / view.ppm)
    const origin = Math.min(span.origin, leftMinute)
    const rowHeight = gridPicture.rowHeight
    view = { ...view, origin, rowHeight, scrollLeft: (leftMinute - origin) * view.ppm }
    timeSpacer.style.width = `${Math.ceil((end - origin) * view.ppm)}px`
    timeSpacer.style.height = `${(scene.rows.tasks.length + (gridPicture.newRow ? 1 : 0)) * rowHeight}px`
    gridRows.style.height = timeSpacer.style.height
    const wanted = Math.round(view.scrollLeft)
    if (Math.abs(left - wanted) < 1) return
    timeScroller.scrollLeft = wanted
    left = timeScroller.scrollLeft
  }

  function resize(): void {
    const width = timeScroller.clientWidth
    const height = timeScroller.clientHeight
    const sameGrid = gridHeight === gridScroller.clientHeight
    gridHeight = gridScroller.clientHeight
    if (width === view.width && height === view.height) {
      if (!sameGrid) schedule('all')
      return
    }
    const first = view.ppm === 0 && width > 0
    view = { ...view, width, height }
    left = timeScroller.scrollLeft
    if (width > 0) timeScroller.scrollTop = view.scrollTop
    else gridScroller.scrollTop = view.scrollTop
    const ratio = window.devicePixelRatio || 1
    headerKey = []
    for (const [canvas, ctx, h] of [
      [header, contexts.header, HEADER_HEIGHT],
      [chart, contexts.chart, height],
      [overlay, contexts.overlay, height],
    ] as const) {
      canvas.width = Math.max(1, Math.round(width * ratio))
      canvas.height = Math.max(1, Math.round(h * ratio))
      canvas.style.width = `${width}px`
      canvas.style.height = `${h}px`
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    }
    if (first && picture) open()
    lay()
    // Drawn at once: a resized canvas is blank, and waiting for the next frame would show that.
    dirty.all = dirty.chart = true
    draw()
  }

  /** The first look at a plan. */
  function open(): void {
    if (!picture || view.width <= 0) return
    const { dates, today } = picture.scene
    opened = picture.scene.computed
    const span = Math.max(dates.projectFinish - dates.projectStart, MINUTES_PER_DAY)
    // Many projects are first seen whole; the work of one is first seen where it can be read.
    const least = picture.scene.given ? 0 : OPENING_MIN
    const ppm = clampPpm(Math.min(OPENING_MAX, Math.max(least, (view.width * 0.8) / span)))
    view = { ...view, ppm }
    const shown = view.width / ppm
    const inside = today !== undefined && today > dates.projectStart && today < dates.projectFinish
    leftMinute =
      inside && span > shown
        ? Math.max(dates.projectStart - shown * 0.03, today - shown / 3)
        : dates.projectStart - shown * 0.03
    if (inside && opened && !walked && !picture.scene.given) revealWork(today)
  }

  /** A plan that is under way opens where work is, not at what was finished long ago. */
  function revealWork(today: number): void {
    if (!picture) return
    const { outline, rows, dates } = picture.scene
    const at = rows.tasks.findIndex(task => !isParent(outline, task) && (dates.finish[task] ?? 0) >= today)
    const top = Math.max(0, at - 4) * picture.grid.rowHeight
    lay()
    timeScroller.scrollTop = top
    gridScroller.scrollTop = top
    // A short plan does not scroll that far.
    view = { ...view, scrollTop: timeScroller.scrollTop }
  }

  function onTimeScroll(): void {
    left = timeScroller.scrollLeft
    view = { ...view, scrollLeft: left, scrollTop: timeScroller.scrollTop }
    // The scroller rounds to device pixels: the exact minute is kept unless the user really moved.
    if (Math.abs((leftMinute - view.origin) * view.ppm - view.scrollLeft) >= 1) {
      leftMinute = toMinute(view, view.scrollLeft)
    } else view = { ...view, scrollLeft: (leftMinute - view.origin) * view.ppm }
    if (Math.abs(gridScroller.scrollTop - view.scrollTop) >= 1) gridScroller.scrollTop = view.scrollTop
    schedule('chart')
  }

  function onGridScroll(): void {
    if (Math.abs(view.scrollTop - gridScroller.scrollTop) < 1) return
    timeScroller.scrollTop = gridScroller.scrollTop
    view = { ...view, scrollTop: gridScroller.scrollTop }
    schedule('chart')
  }

  /** Wheel over the grid scrolls the timeline instead, so that rows and bars move in the same frame. */
  function onGridWheel(event: WheelEvent): void {
    if (
      view.width <= 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      Math.abs(event.deltaX) > Math.abs(event.deltaY)
    )
      return
    event.preventDefault()
    timeScroller.scrollTop += event.deltaY * (event.deltaMode === 1 ? view.rowHeight : 1)
  }

  function onTimeWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const delta = Math.max(-120, Math.min(120, event.deltaY * (event.deltaMode === 1 ? 20 : 1)))
    zoom(Math.exp(-delta * 0.0025), event.clientX - timeScroller.getBoundingClientRect().left)
  }

  function zoom(factor: number, x = view.width / 2): void {
    refresh()
    moved()
    const ppm = clampPpm(view.ppm * factor)
    const held = leftMinute + x / view.ppm
    view = { ...view, ppm }
    leftMinute = held - x / ppm
    lay()
    schedule('chart')
  }

  // Two fingers zoom; one pans, natively.
  let pinch: { distance: number; x: number } | undefined
  const fingers = (event: TouchEvent) => {
    const [a, b] = [event.touches[0], event.touches[1]]
    if (!a || !b) return undefined
    const left = timeScroller.getBoundingClientRect().left
    return {
      distance: Math.max(20, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
      x: (a.clientX + b.clientX) / 2 - left,
    }
  }
  function onTouchStart(event: TouchEvent): void {
    pinch = fingers(event)
    if (pinch) event.preventDefault()
  }
  function onTouchMove(event: TouchEvent): void {
    const now = fingers(event)
    if (!pinch || !now) return
    event.preventDefault()
    zoom(now.distance / pinch.distance, now.x)
    leftMinute -= (now.x - pinch.x) / view.ppm
    lay()
    pinch = now
  }
  const onTouchEnd = () => {
    pinch = undefined
  }

  const observer = new ResizeObserver(resize)
  observer.observe(timeScroller)
  observer.observe(gridScroller)
  timeScroller.addEventListener('scroll', onTimeScroll, { passive: true })
  gridScroller.addEventListener('scroll', onGridScroll, { passive: true })
  gridScroller.addEventListener('wheel', onGridWheel, { passive: false })
  timeScroller.addEventListener('wheel', onTimeWheel, { passive: false })
  timeScroller.addEventListener('touchstart', onTouchStart, { passive: false })
  timeScroller.addEventListener('touchmove', onTouchMove, { passive: false })
  timeScroller.addEventListener('touchend', onTouchEnd)
  const scrollers = [timeScroller, gridScroller]
  for (const each of scrollers)
    for (const kind of ['pointerdown', 'wheel'] as const) each.addEventListener(kind, moved, { passive: true })
  // Chinese glyphs arrive in pieces: text drawn before its font is there must be drawn again.
  const onFonts = () => {
    forgetWidths()
    headerKey = []
    schedule('chart')
  }
  document.fonts?.addEventListener('loadingdone', onFonts)

  return {
    changed() {
      stale = true
      schedule('all')
    },
    settled() {
      // The table says new dates at once, the canvases follow in the frame.
      if (!picture || gridHeight <= 0) return
      refresh()
      grid.render(picture.grid, view.scrollTop, gridHeight, true)
      tabled = picture
    },
    setOverlay(drawing) {
      drawOverlay = drawing
      schedule('overlay')
    },
    look() {
      refresh()
      return picture ? { scene: picture.scene, view } : undefined
    },
    zoom,
    fit() {
      refresh()
      moved()
      if (!picture || view.width <= 0) return
      const { dates } = picture.scene
      const span = Math.max(dates.projectFinish - dates.projectStart, MINUTES_PER_DAY)
      view = { ...view, ppm: clampPpm((view.width * 0.9) / span) }
      leftMinute = dates.projectStart - (view.width * 0.03) / view.ppm
      lay()
      schedule('chart')
    },
    showMinute(at, share = 0.3) {
      refresh()
      moved()
      leftMinute = at - (view.width * share) / view.ppm
      lay()
      schedule('chart')
    },
    reveal(row, at) {
      refresh()
      moved()
      const top = row * view.rowHeight
      const room = visibleHeight()
      const current = view.scrollTop
      const next = top < current ? top : top + view.rowHeight > current + room ? top + view.rowHeight - room : current
      if (next !== current) {
        gridScroller.scrollTop = next
        timeScroller.scrollTop = next
        view = { ...view, scrollTop: next }
        schedule('chart')
      }
      if (at && view.width > 0) {
        const x1 = toX(view, at.from) - view.scrollLeft
        const x2 = toX(view, at.to) - view.scrollLeft
        if (x2 < 20 || x1 > view.width - 20) {
          leftMinute = at.from - (view.width * 0.2) / view.ppm
          lay()
          schedule('chart')
        }
      }
    },
    scrollBy(dx, dy) {
      moved()
      timeScroller.scrollLeft += dx
      timeScroller.scrollTop += dy
    },
    page: () => Math.max(1, Math.floor(visibleHeight() / view.rowHeight)),
    grid,
    destroy() {
      cancelAnimationFrame(frame)
      observer.disconnect()
      document.fonts?.removeEventListener('loadingdone', onFonts)
      timeScroller.removeEventListener('scroll', onTimeScroll)
      gridScroller.removeEventListener('scroll', onGridScroll)
      gridScroller.removeEventListener('wheel', onGridWheel)
      timeScroller.removeEventListener('wheel', onTimeWheel)
      timeScroller.removeEventListener('touchstart', onTouchStart)
      timeScroller.removeEventListener('touchmove', onTouchMove)
      timeScroller.removeEventListener('touchend', onTouchEnd)
      for (const each of scrollers)
        for (const kind of ['pointerdown', 'wheel'] as const) each.removeEventListener(kind, moved)
    },
  }
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const ctx = canvas.getContext('2d')
  if (!ctx) throw new Error('This browser has no 2D canvas')
  return ctx
}
