// Bars, milestones, summaries, baselines, float tails, deadline and constraint markers, and their words.

import { CRITICAL } from '@yingzao/engines/schedule/date-table'
import type { Task } from '@yingzao/engines/schedule/plan'
import { shortDate } from './date-text.ts'
import { type Bar, barOf, rowsInView, type Scene, type Viewport } from './scene.ts'
import { FONT } from './theme.ts'
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

function drawRow(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, at: number): void {
  const task = scene.outline.plan.tasks[at]
  const bar = barOf(scene, view, at)
  if (!task || !bar) return
  const left = Math.round(bar.x1 - view.scrollLeft)
  const right = Math.round(bar.x2 - view.scrollLeft)
  const top = Math.round(bar.top - view.scrollTop)
  drawBaseline(ctx, scene, view, task, bar)
  if (scene.options.floats && bar.kind !== 'summary') drawFloat(ctx, scene, view, at, bar)
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
  const { palette } = scene
  const red = isRed(scene, at)
  const width = Math.max(2, right - left)
  const pieces = task.segments && task.segments.length > 1 ? task.segments : undefined
  ctx.fillStyle = palette[red ? 'bar-critical' : 'bar']
  ctx.strokeStyle = palette[red ? 'bar-critical-edge' : 'bar-edge']
  ctx.lineWidth = 1
  const box = (x: number, w: number, fill: boolean) => {
    ctx.beginPath()
    ctx.roundRect(x, top, w, bar.height, Math.min(3, w / 2))
    if (fill) ctx.fill()
  }
  if (pieces) {
    ctx.setLineDash([2, 2])
    ctx.beginPath()
    ctx.moveTo(left, top + bar.height / 2)
    ctx.lineTo(right, top + bar.height / 2)
    ctx.stroke()
    ctx.setLineDash([])
    for (const piece of pieces) {
      const x = Math.round(toX(view, piece.start) - view.scrollLeft)
      box(x, Math.max(2, Math.round(toX(view, piece.finish) - view.scrollLeft) - x), true)
    }
  } else if (task.manual) {
    // Manual tasks are hollow at the ends: their dates are entered, not computed.
    box(left, width, true)
    ctx.stroke()
    ctx.fillStyle = palette[red ? 'bar-critical-edge' : 'bar-edge']
    ctx.fillRect(left, top, Math.min(3, width), bar.height)
    ctx.fillRect(right - Math.min(3, width), top, Math.min(3, width), bar.height)
  } else box(left, width, true)
  const done = share(scene, at)
  if (done > 0) {
    ctx.save()
    box(left, width, false)
    ctx.clip()
    ctx.fillStyle = palette[red ? 'bar-critical-done' : 'bar-done']
    const inset = bar.height >= 12 ? 4 : 3
    ctx.fillRect(left, top + inset, width * done, bar.height - inset * 2)
    ctx.restore()
  }
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
  const color = isRed(scene, at) ? palette.critical : palette.milestone
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

function drawBaseline(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, task: Task, bar: Bar): void {
  if (scene.options.baseline === undefined) return
  const baseline = task.baselines?.find(item => item.number === scene.options.baseline)
  if (baseline?.start === undefined || baseline.finish === undefined) return
  const x = Math.round(toX(view, baseline.start) - view.scrollLeft)
  const end = Math.round(toX(view, baseline.finish) - view.scrollLeft)
  if (end < -10 || x > view.width + 10) return
  ctx.fillStyle = scene.palette.baseline
  const y = Math.round(bar.middle - view.scrollTop + view.rowHeight * 0.3)
  if (bar.kind === 'milestone') {
    ctx.beginPath()
    ctx.moveTo(x, y - 3)
    ctx.lineTo(x + 4, y + 1)
    ctx.lineTo(x, y + 5)
    ctx.lineTo(x - 4, y + 1)
    ctx.closePath()
    ctx.fill()
  } else ctx.fillRect(x, y + 1, Math.max(2, end - x), 3)
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
  if (scene.options.floats && bar.kind !== 'summary' && scene.dates.totalFloat[at]! > 0) {
    const tail = toX(view, scene.dates.lateFinish[at]!) - view.scrollLeft + 8
    // A long tail would carry the words far away from their bar: then they stand on it.
    if (tail - x < 60) x = Math.max(x, tail)
  }
  if (x > view.width || x < -400) return
  const { palette, lang } = scene
  const words =
    bar.kind === 'milestone' ? `${task.name}  ${shortDate(lang, scene.dates.start[at]!)}` : labelOf(scene, task, at)
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

function labelOf(scene: Scene, task: Task, at: number): string {
  const people = scene.outline
    .assignments(at)
    .map(item => scene.outline.resourceName.get(item.resource))
    .filter(name => name !== undefined)
  return people.length > 0 ? `${task.name} · ${people.join('、')}` : task.name
}
