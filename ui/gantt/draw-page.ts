// The whole chart on a page: title, grid columns, header, bars and legend, re-drawn for a PNG or a printed sheet.
import { columns, isCritical, isLate, type Sheet } from './column.ts'
import { drawBackground, drawTimeLines } from './draw-background.ts'
import { drawBars, pathColour } from './draw-bars.ts'
import { drawSign } from './draw-given.ts'
import { drawHeader, HEADER_HEIGHT } from './draw-header.ts'
import { drawLinks } from './draw-links.ts'
import type { ColumnPlace } from './grid-body.ts'
import { isParent } from './outline.ts'
import type { Scene, Viewport } from './scene.ts'
import { FONT } from './theme.ts'

export interface PageLayout {
  width: number
  height: number
  /** Rows first..last (included) and the scale of the time axis. */
  firstRow: number
  lastRow: number
  origin: number
  ppm: number
  title: string
  subtitle: string
  footer: string
}

/** Paper is read closer than a screen: rows are lower. */
const ROW_HEIGHT = 21
export const TITLE_HEIGHT = 56
export const LEGEND_HEIGHT = 36
const MARGIN = 24

/** How many rows a page of this height holds. */
export const rowsPerPage = (height: number): number =>
  Math.max(1, Math.floor((height - MARGIN * 2 - TITLE_HEIGHT - LEGEND_HEIGHT - HEADER_HEIGHT) / ROW_HEIGHT))

export const gridWidthOf = (places: readonly ColumnPlace[]): number =>
  places.reduce((sum, place) => sum + place.width, 0)

/** The scale at which a span fits beside the grid on a page of this width. */
export const scaleFor = (width: number, places: readonly ColumnPlace[], span: number): number =>
  Math.max(200, width - MARGIN * 2 - gridWidthOf(places)) / span

export const pageHeight = (rows: number): number =>
  MARGIN * 2 + TITLE_HEIGHT + HEADER_HEIGHT + rows * ROW_HEIGHT + LEGEND_HEIGHT

export function drawPage(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  sheet: Sheet,
  places: readonly ColumnPlace[],
  page: PageLayout,
): void {
  const { palette } = scene
  const gridWidth = gridWidthOf(places)
  const rows = page.lastRow - page.firstRow + 1
  const top = MARGIN + TITLE_HEIGHT
  const body = top + HEADER_HEIGHT
  const view: Viewport = {
    origin: page.origin,
    ppm: page.ppm,
    width: page.width - MARGIN * 2 - gridWidth,
    height: rows * ROW_HEIGHT,
    scrollLeft: 0,
    scrollTop: page.firstRow * ROW_HEIGHT,
    rowHeight: ROW_HEIGHT,
  }
  ctx.fillStyle = palette.bg
  ctx.fillRect(0, 0, page.width, page.height)
  ctx.textBaseline = 'alphabetic'
  ctx.textAlign = 'left'
  ctx.fillStyle = palette.text
  ctx.font = `600 20px ${FONT}`
  ctx.fillText(page.title, MARGIN, MARGIN + 22)
  ctx.font = `12px ${FONT}`
  ctx.fillStyle = palette['text-2']
  ctx.fillText(page.subtitle, MARGIN, MARGIN + 42)

  inside(ctx, MARGIN + gridWidth, top, view.width, HEADER_HEIGHT, () => drawHeader(ctx, scene, view))
  inside(ctx, MARGIN + gridWidth, body, view.width, view.height, () => {
    drawBackground(ctx, scene, view)
    drawLinks(ctx, scene, view)
    drawBars(ctx, scene, view)
    drawTimeLines(ctx, scene, view)
  })
  inside(ctx, MARGIN, top, gridWidth, HEADER_HEIGHT + view.height, () => drawTable(ctx, scene, sheet, places, page))
  ctx.strokeStyle = palette['line-strong']
  ctx.lineWidth = 1
  ctx.strokeRect(MARGIN + 0.5, top + 0.5, page.width - MARGIN * 2 - 1, HEADER_HEIGHT + view.height - 1)
  drawLegend(ctx, scene, page)
}

function inside(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, width, height)
  ctx.clip()
  ctx.translate(x, y)
  draw()
  ctx.restore()
}

function drawTable(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  sheet: Sheet,
  places: readonly ColumnPlace[],
  page: PageLayout,
): void {
  const { palette } = scene
  const width = gridWidthOf(places)
  ctx.fillStyle = palette['bg-header']
  ctx.fillRect(0, 0, width, HEADER_HEIGHT)
  ctx.textBaseline = 'middle'
  const cell = (text: string, x: number, w: number, y: number, align: 'left' | 'right' | 'center', indent = 0) => {
    const room = w - 12 - indent
    const shown = fitted(ctx, text, room)
    ctx.textAlign = align
    ctx.fillText(shown, align === 'right' ? x + w - 6 : align === 'center' ? x + w / 2 : x + 6 + indent, y)
  }
  let x = 0
  for (const { id, width: w } of places) {
    ctx.font = `600 12px ${FONT}`
    ctx.fillStyle = palette['text-2']
    if (id !== 'row' && id !== 'flags') cell(sheet.text.columns[id], x, w, HEADER_HEIGHT - 14, columns[id].align)
    for (let row = page.firstRow; row <= page.lastRow; row++) {
      const at = scene.rows.tasks[row]
      const task = at === undefined ? undefined : sheet.outline.plan.tasks[at]
      if (at === undefined || !task) continue
      const parent = isParent(sheet.outline, at)
      const y = HEADER_HEIGHT + (row - page.firstRow) * ROW_HEIGHT
      const red =
        (id === 'finish' && isLate(sheet, task, at)) ||
        (id === 'total_float' &&
          scene.options.critical &&
          isCritical(sheet.dates, at) &&
          sheet.outline.percent[at]! < 100)
      ctx.font = `${parent ? '600 ' : ''}12px ${FONT}`
      ctx.fillStyle = red ? palette.critical : id === 'row' ? palette['text-3'] : palette.text
      const indent = id === 'name' ? sheet.outline.level[at]! * 14 : 0
      cell(columns[id].value(sheet, task, at), x, w, y + ROW_HEIGHT / 2 + 1, columns[id].align, indent)
    }
    x += w
    ctx.fillStyle = palette.line
    ctx.fillRect(x - 1, 0, 1, HEADER_HEIGHT + (page.lastRow - page.firstRow + 1) * ROW_HEIGHT)
  }
  ctx.fillStyle = palette['line-strong']
  ctx.fillRect(0, HEADER_HEIGHT - 1, width, 1)
  ctx.fillStyle = palette.line
  for (let row = page.firstRow; row <= page.lastRow; row++) {
    ctx.fillRect(0, HEADER_HEIGHT + (row - page.firstRow + 1) * ROW_HEIGHT - 1, width, 1)
  }
  ctx.textAlign = 'left'
}

/** Text cut to a width with an ellipsis; found by halving, since long names are many. */
function fitted(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle
    else high = middle - 1
  }
  return low > 0 ? `${text.slice(0, low)}…` : ''
}

function drawLegend(ctx: CanvasRenderingContext2D, scene: Scene, page: PageLayout): void {
  const { palette, text, options } = scene
  const y = page.height - MARGIN - LEGEND_HEIGHT / 2 + 4
  let x = MARGIN
  ctx.font = `12px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const item = (label: string, draw: (left: number) => void) => {
    draw(x)
    ctx.fillStyle = palette['text-2']
    ctx.fillText(label, x + 34, y)
    x += 34 + ctx.measureText(label).width + 22
  }
  const bar = (fill: string, done: string) => (left: number) => {
    ctx.fillStyle = fill
    ctx.fillRect(left, y - 6, 28, 12)
    ctx.fillStyle = done
    ctx.fillRect(left, y - 3, 14, 6)
  }
  const line = (color: string, dash: number[]) => (left: number) => {
    ctx.strokeStyle = color
    ctx.lineWidth = 1.5
    ctx.setLineDash(dash)
    ctx.beginPath()
    ctx.moveTo(left + 2, y)
    ctx.lineTo(left + 26, y)
    ctx.stroke()
    ctx.setLineDash([])
  }
  if (scene.given)
    for (const { sign, label } of scene.given.legend) item(label, left => drawSign(ctx, palette, sign, left, y))
  else {
    item(text.legend_task, bar(palette.bar, palette['bar-done']))
    if (scene.paths) {
      for (const number of [...new Set(scene.paths.numbers)]
        .filter(each => each > 0)
        .sort((a, b) => a - b)
        .slice(0, 6)) {
        const colour = pathColour(palette, number)
        item(text.paths.number(number), bar(colour, colour))
      }
    } else if (options.critical) item(text.legend_critical, bar(palette['bar-critical'], palette['bar-critical-done']))
    item(text.legend_summary, left => {
      ctx.fillStyle = palette.summary
      ctx.fillRect(left, y - 4, 28, 5)
    })
    item(text.legend_milestone, left => {
      ctx.fillStyle = palette.milestone
      ctx.beginPath()
      ctx.moveTo(left + 14, y - 6)
      ctx.lineTo(left + 20, y)
      ctx.lineTo(left + 14, y + 6)
      ctx.lineTo(left + 8, y)
      ctx.fill()
    })
    scene.baselines.forEach(({ name }, k) => {
      item(fitted(ctx, name, 160), left => {
        ctx.fillStyle = palette[k === 0 ? 'baseline' : 'baseline-2']
        ctx.fillRect(left, y - 2, 28, 4)
      })
    })
    if (options.floats) item(text.legend_float, line(palette.float, [2, 2]))
  }
  if (scene.statusDate !== undefined) item(text.legend_status, line(palette.status, [6, 4]))
  if (scene.today !== undefined) item(text.legend_today, line(palette.accent, []))
  ctx.textAlign = 'right'
  ctx.fillStyle = palette['text-3']
  ctx.fillText(page.footer, page.width - MARGIN, y)
  ctx.textAlign = 'left'
}
