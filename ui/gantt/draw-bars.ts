// Bars, milestones, summaries, baselines, float tails, deadline and constraint markers, and their words.

import { CRITICAL } from '@yingzao/engines/schedule/date-table'
import type { Task } from '@yingzao/engines/schedule/plan'
import { shortDate } from './date-text.ts'
import { drawPoints } from './draw-given.ts'
import { type Bar, barOf, rowsInView, type Scene, type Viewport } from './scene.ts'
import { FONT, type Palette } from './theme.ts'
import { toX } from './time-scale.ts'

export function drawBars(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { first, last } = rowsInView(scene, view)
  ctx.font = `12px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  for (let row = first; row <= last; row++) drawRow(ctx, scene, view, scene.rows.tasks[row]!)
}

/** Whether a task is drawn red: critical and the critical path is shown. */
const isRed = (scene: Scene, at: number): boolean => scene.options.critical && (scene.dates.flags[at]! & CRITICAL) !== 0

/** The float path in view that a task belongs to; 0 = none of them. */
export function pathOf({ paths }: Scene, at: number): number {
  const number = paths?.numbers[at] ?? 0
  return paths?.chosen === undefined || paths.chosen === number ? number : 0
}

/** Paths beyond the ninth share its colour: their number tells them apart. */
export function pathColour(palette: Palette, number: number): string {
  const colours = PATH_COLOURS.map(token => palette[token])
  return colours[Math.min(number, colours.length) - 1] ?? palette.aside
}
const PATH_COLOURS = [
  ...(['path-1', 'path-2', 'path-3', 'path-4', 'path-5', 'path-6', 'path-7', 'path-8', 'path-9'] as const),
]

interface Ink {
  fill: string
  edge: string
  done: string
}

/** The colours of a bar: those of its float path while paths are shown, else by whether it is critical. */
function inkOf(scene: Scene, at: number): Ink {
  const { palette } = scene
  if (scene.paths) {
    const number = pathOf(scene, at)
    const fill = number > 0 ? pathColour(palette, number) : palette.aside
    return { fill, edge: fill, done: number > 0 ? palette.bg : palette['line-strong'] }
  }
  const red = isRed(scene, at)
  return {
    fill: palette[red ? 'bar-critical' : 'bar'],
    edge: palette[red ? 'bar-critical-edge' : 'bar-edge'],
    done: palette[red ? 'bar-critical-done' : 'bar-done'],
  }
}

function drawRow(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, at: number): void {
  const task = scene.outline.plan.tasks[at]
  const bar = barOf(scene, view, at)
  if (!task || !bar) return
  const left = Math.round(bar.x1 - view.scrollLeft)
  const right = Math.round(bar.x2 - view.scrollLeft)
  const top = Math.round(bar.top - view.scrollTop)
  drawBaselines(ctx, scene, view, task, bar)
  if (scene.options.floats && bar.kind !== 'summary' && !(scene.paths && pathOf(scene, at) === 0))
    drawFloat(ctx, scene, view, at, bar)
  ctx.globalAlpha = task.inactive ? 0.4 : 1
  const visible = right >= -20 && left <= view.width + 20
  if (visible) {
    if (bar.kind === 'summary') drawSummary(ctx, scene, at, left, right, top)
    else if (bar.kind === 'milestone') drawMilestone(ctx, scene, at, (left + right) / 2, top + bar.height / 2)
    else drawTask(ctx, scene, view, task, at, bar, left, right, top)
    if (scene.pending.has(task.id)) drawPending(ctx, scene, left, right, top, bar.height)
    const person = scene.presence.get(task.id)?.[0]
    if (person) {
      ctx.strokeStyle = person.color
      ctx.lineWidth = 1.5
      ctx.strokeRect(left - 2.5, top - 2.5, right - left + 5, bar.height + 5)
    }
  }
  drawMarkers(ctx, scene, view, task, bar)
  drawPoints(ctx, scene, view, task, bar)
  if (scene.options.labels) drawLabel(ctx, scene, view, task, at, bar)
  ctx.globalAlpha = 1
}

/** Share of a task that is done, 0–1. */
const share = (scene: Scene, at: number): number => scene.outline.percent[at]! / 100

function drawTask(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: Viewport,
  task: Task,
  at: number,
  bar: Bar,
  left: number,
  right: number,
  top: number,
): void {
  const ink = inkOf(scene, at)
  const width = Math.max(2, right - left)
  const x = (minute: number) => Math.round(toX(view, minute) - view.scrollLeft)
  // Where the work rests in between, only its pieces are filled; a line holds them together.
  const pieces = scene.dates.pieces
    .get(at)
    ?.map(({ start, finish }) => ({ x: x(start), width: Math.max(2, x(finish) - x(start)) })) ?? [{ x: left, width }]
  ctx.fillStyle = ink.fill
  ctx.strokeStyle = ink.edge
  ctx.lineWidth = 1
  const box = (at: number, w: number) => ctx.roundRect(at, top, w, bar.height, Math.min(3, w / 2))
  ctx.beginPath()
  for (const piece of pieces) box(piece.x, piece.width)
  ctx.fill()
  if (pieces.length > 1) {
    ctx.setLineDash([2, 2])
    ctx.beginPath()
    pieces.forEach((piece, k) => {
      const before = pieces[k - 1]
      if (!before) return
      ctx.moveTo(before.x + before.width, top + bar.height / 2)
      ctx.lineTo(piece.x, top + bar.height / 2)
    })
    ctx.stroke()
    ctx.setLineDash([])
  } else if (task.manual) {
    // Manual tasks are hollow at the ends: their dates are entered, not computed.
    ctx.stroke()
    ctx.fillStyle = ink.edge
    ctx.fillRect(left, top, Math.min(3, width), bar.height)
    ctx.fillRect(right - Math.min(3, width), top, Math.min(3, width), bar.height)
  }
  drawDone(ctx, pieces, share(scene, at), ink.done, top, bar.height)
  const number = scene.paths ? pathOf(scene, at) : 0
  if (number > 0 && width >= 18) drawNumber(ctx, scene, number, left, top, bar.height)
}

/** What is done runs through the pieces, over what rests in between. */
function drawDone(
  ctx: CanvasRenderingContext2D,
  pieces: readonly { x: number; width: number }[],
  done: number,
  colour: string,
  top: number,
  height: number,
): void {
  let left = done * pieces.reduce((sum, piece) => sum + piece.width, 0)
  if (left <= 0) return
  const inset = height >= 12 ? 4 : 3
  ctx.fillStyle = colour
  ctx.beginPath()
  for (const piece of pieces) {
    const width = Math.min(left, piece.width)
    if (width <= 0) break
    // Rounded where the piece is, so that nothing sticks out.
    ctx.roundRect(piece.x, top + inset, width, height - inset * 2, Math.min(1, width / 2))
    left -= width
  }
  ctx.fill()
}

/** Colours alone do not tell paths apart for everybody. */
function drawNumber(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  number: number,
  left: number,
  top: number,
  height: number,
): void {
  const text = String(number)
  ctx.font = `600 10px ${FONT}`
  ctx.fillStyle = pathColour(scene.palette, number)
  ctx.fillRect(left, top, 8 + 6 * text.length, height)
  ctx.fillStyle = scene.palette.bg
  ctx.fillText(text, left + 4, top + height / 2 + 1)
  ctx.font = `12px ${FONT}`
}

function drawSummary(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  at: number,
  left: number,
  right: number,
  top: number,
): void {
  const { palette } = scene
  ctx.fillStyle = palette.summary
  const cap = Math.min(5, (right - left) / 2)
  ctx.beginPath()
  ctx.moveTo(left, top)
  ctx.lineTo(right, top)
  ctx.lineTo(right, top + 9)
  ctx.lineTo(right - cap, top + 5)
  ctx.lineTo(left + cap, top + 5)
  ctx.lineTo(left, top + 9)
  ctx.closePath()
  ctx.fill()
  const done = share(scene, at)
  if (done > 0) {
    ctx.fillStyle = palette['summary-done']
    ctx.fillRect(left, top + 2, (right - left) * done, 1)
  }
}

function drawMilestone(ctx: CanvasRenderingContext2D, scene: Scene, at: number, x: number, y: number): void {
  const { palette } = scene
  const path = pathOf(scene, at)
  const color = scene.paths
    ? path > 0
      ? pathColour(palette, path)
      : palette['line-strong']
    : isRed(scene, at)
      ? palette.critical
      : palette.milestone
  ctx.beginPath()
  ctx.moveTo(x, y - 7)
  ctx.lineTo(x + 7, y)
  ctx.lineTo(x, y + 7)
  ctx.lineTo(x - 7, y)
  ctx.closePath()
  ctx.fillStyle = share(scene, at) >= 1 ? color : palette.bg
  ctx.fill()
  ctx.strokeStyle = color
  ctx.lineWidth = 2
  ctx.stroke()
  if (share(scene, at) < 1) {
    ctx.fillStyle = color
    ctx.beginPath()
    ctx.moveTo(x, y - 3.5)
    ctx.lineTo(x + 3.5, y)
    ctx.lineTo(x, y + 3.5)
    ctx.lineTo(x - 3.5, y)
    ctx.closePath()
    ctx.fill()
  }
}

/** The dates as they were: a thin bar below the task for each baseline that is compared with. */
function drawBaselines(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, task: Task, bar: Bar): void {
  const thick = Math.max(2, Math.round(view.rowHeight * 0.1))
  let y = Math.round(bar.middle - view.scrollTop + view.rowHeight * 0.3) + 1
  scene.baselines.forEach(({ of }, k) => {
    const kept = of(task)
    const line = y
    y += thick + 1
    if (kept?.start === undefined || kept.finish === undefined) return
    const x = Math.round(toX(view, kept.start) - view.scrollLeft)
    const end = Math.round(toX(view, kept.finish) - view.scrollLeft)
    if (end < -10 || x > view.width + 10) return
    ctx.fillStyle = scene.palette[k === 0 ? 'baseline' : 'baseline-2']
    if (bar.kind === 'milestone') {
      ctx.beginPath()
      ctx.moveTo(x, line - 3)
      ctx.lineTo(x + 4, line + 1)
      ctx.lineTo(x, line + 5)
      ctx.lineTo(x - 4, line + 1)
      ctx.closePath()
      ctx.fill()
    } else ctx.fillRect(x, line, Math.max(2, end - x), thick)
  })
}

/** Total float: a thin tail from the bar to the late finish; negative float runs back, in red. */
function drawFloat(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, at: number, bar: Bar): void {
  const { dates, palette } = scene
  const float = dates.totalFloat[at]!
  if (float === 0) return
  const from = toX(view, dates.finish[at]!) - view.scrollLeft
  const to = toX(view, dates.lateFinish[at]!) - view.scrollLeft
  if (Math.abs(to - from) < 2 || Math.max(from, to) < 0 || Math.min(from, to) > view.width) return
  const y = Math.round(bar.middle - view.scrollTop + bar.height / 2 - 2) + 0.5
  ctx.strokeStyle = float < 0 ? palette.critical : palette.float
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.setLineDash([2, 2])
  const x1 = Math.max(-5, Math.min(view.width + 5, from))
  const x2 = Math.max(-5, Math.min(view.width + 5, to))
  ctx.moveTo(x1, y)
  ctx.lineTo(x2, y)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(to, y - 4)
  ctx.lineTo(to, y + 3)
  ctx.stroke()
}

function drawMarkers(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, task: Task, bar: Bar): void {
  const { palette } = scene
  const y = Math.round(bar.middle - view.scrollTop)
  if (task.deadline !== undefined) {
    // A hollow arrow that points down, as planners know it from paper; red once the finish is past it.
    const x = Math.round(toX(view, task.deadline) - view.scrollLeft) + 0.5
    if (x > -10 && x < view.width + 10) {
      const at = scene.outline.index.get(task.id) ?? -1
      ctx.strokeStyle = scene.dates.finish[at]! > task.deadline ? palette.critical : palette.deadline
      ctx.lineWidth = 1.5
      ctx.beginPath()
      ctx.moveTo(x, y - 8)
      ctx.lineTo(x, y + 6)
      ctx.moveTo(x - 4.5, y + 1)
      ctx.lineTo(x, y + 6)
      ctx.lineTo(x + 4.5, y + 1)
      ctx.stroke()
    }
  }
  const { type, at } = task.constraint
  if (at === undefined || type === 'asap' || type === 'alap') return
  const x = Math.round(toX(view, at) - view.scrollLeft) + 0.5
  if (x < -10 || x > view.width + 10) return
  // A bracket opens towards the side it bounds: [ = no earlier than, ] = no later than, I = must.
  const late = type === 'start_no_later_than' || type === 'finish_no_later_than'
  const must = type === 'must_start_on' || type === 'must_finish_on' || type === 'start_on' || type === 'finish_on'
  const foot = late ? -4 : 4
  ctx.strokeStyle = palette.deadline
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(x + foot, y - 9.5)
  ctx.lineTo(must ? x - foot : x, y - 9.5)
  ctx.moveTo(x, y - 9.5)
  ctx.lineTo(x, y + 9.5)
  ctx.moveTo(x + foot, y + 9.5)
  ctx.lineTo(must ? x - foot : x, y + 9.5)
  ctx.stroke()
}

/** An edit that the server has not confirmed yet: a dashed outline. */
function drawPending(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  left: number,
  right: number,
  top: number,
  height: number,
): void {
  ctx.strokeStyle = scene.palette.pending
  ctx.lineWidth = 1
  ctx.setLineDash([3, 2])
  ctx.strokeRect(left - 1.5, top - 1.5, right - left + 3, height + 3)
  ctx.setLineDash([])
}

function drawLabel(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: Viewport,
  task: Task,
  at: number,
  bar: Bar,
): void {
  let x = bar.x2 - view.scrollLeft + 8
  // Words stand behind the marks of what was promised.
  if (scene.given) for (const at of marksOf(scene, task)) x = Math.max(x, toX(view, at) - view.scrollLeft + 12)
  if (scene.options.floats && bar.kind !== 'summary' && scene.dates.totalFloat[at]! > 0) {
    const tail = toX(view, scene.dates.lateFinish[at]!) - view.scrollLeft + 8
    // A long tail would carry the words far away from their bar: then they stand on it.
    if (tail - x < 60) x = Math.max(x, tail)
  }
  if (x > view.width || x < -400) return
  const { palette, lang, given } = scene
  const words = given
    ? (given.rows.get(task.id)?.label ?? task.name)
    : bar.kind === 'milestone'
      ? `${task.name}  ${shortDate(lang, scene.dates.start[at]!)}`
      : labelOf(scene, task, at)
  if (!words) return
  ctx.fillStyle = bar.kind === 'summary' ? palette.text : palette['text-2']
  const y = Math.round(bar.middle - view.scrollTop) + 1
  ctx.save()
  ctx.strokeStyle = palette.bg
  ctx.lineWidth = 3
  ctx.lineJoin = 'round'
  ctx.globalAlpha *= 0.8
  ctx.strokeText(words, x, y)
  ctx.restore()
  ctx.fillText(words, x, y)
}

/** Moments near the end of a bar that carry a sign of their own. */
const marksOf = (scene: Scene, task: Task): readonly number[] => [
  ...(task.deadline === undefined ? [] : [task.deadline]),
  ...(scene.given?.rows.get(task.id)?.points ?? []).map(point => point.at),
]

function labelOf(scene: Scene, task: Task, at: number): string {
  const people = scene.outline
    .assignments(at)
    .map(item => scene.outline.resourceName.get(item.resource))
    .filter(name => name !== undefined)
  return people.length > 0 ? `${task.name} · ${people.join('、')}` : task.name
}
