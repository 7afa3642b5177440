// What a host adds to rows of a chart with given dates: milestones on their project's bar, the published finish, the legend.
import type { Task } from '@yingzao/engines/schedule/plan'
import type { Point, Sign } from './given.ts'
import type { Bar, Scene, Viewport } from './scene.ts'
import type { Palette } from './theme.ts'
import { toX } from './time-scale.ts'

export function drawPoints(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, task: Task, bar: Bar): void {
  const marks = scene.given?.rows.get(task.id)
  if (!marks) return
  const y = Math.round(bar.middle - view.scrollTop)
  for (const point of marks.points) {
    const x = Math.round(toX(view, point.at) - view.scrollLeft) + 0.5
    if (x > -10 && x < view.width + 10) drawPoint(ctx, scene.palette, point, x, y)
  }
}

function drawPoint(ctx: CanvasRenderingContext2D, palette: Palette, point: Point, x: number, y: number): void {
  ctx.beginPath()
  if (point.kind === 'published') {
    // A post with a flag: where readers were told that the work ends.
    ctx.strokeStyle = palette.status
    ctx.fillStyle = palette.status
    ctx.lineWidth = 1.5
    ctx.moveTo(x, y + 8)
    ctx.lineTo(x, y - 10)
    ctx.stroke()
    ctx.beginPath()
    ctx.moveTo(x, y - 10)
    ctx.lineTo(x + 7, y - 7)
    ctx.lineTo(x, y - 4)
    ctx.fill()
    return
  }
  const color = point.late ? palette.critical : palette.milestone
  diamond(ctx, x, y, 4.5)
  ctx.fillStyle = point.done ? color : palette.bg
  ctx.fill()
  ctx.strokeStyle = color
  ctx.lineWidth = 1.5
  ctx.stroke()
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.beginPath()
  ctx.moveTo(x, y - r)
  ctx.lineTo(x + r, y)
  ctx.lineTo(x, y + r)
  ctx.lineTo(x - r, y)
  ctx.closePath()
}

/** One sign of the legend, 28 px wide from `left`. */
export function drawSign(ctx: CanvasRenderingContext2D, palette: Palette, sign: Sign, left: number, y: number): void {
  const bar = (fill: string, done: string) => {
    ctx.fillStyle = fill
    ctx.fillRect(left, y - 6, 28, 12)
    ctx.fillStyle = done
    ctx.fillRect(left, y - 3, 14, 6)
  }
  const line = (color: string) => {
    ctx.strokeStyle = color
    ctx.lineWidth = 1.5
    ctx.beginPath()
    ctx.moveTo(left + 2, y)
    ctx.lineTo(left + 26, y)
    ctx.lineTo(left + 21, y - 3.5)
    ctx.moveTo(left + 26, y)
    ctx.lineTo(left + 21, y + 3.5)
    ctx.stroke()
  }
  switch (sign) {
    case 'bar':
      bar(palette.bar, palette['bar-done'])
      break
    case 'late':
      bar(palette['bar-critical'], palette['bar-critical-done'])
      break
    case 'baseline':
      ctx.fillStyle = palette.baseline
      ctx.fillRect(left, y - 2, 28, 4)
      break
    case 'deadline':
      ctx.strokeStyle = palette.deadline
      ctx.lineWidth = 1.5
      ctx.beginPath()
      ctx.moveTo(left + 14, y - 8)
      ctx.lineTo(left + 14, y + 6)
      ctx.moveTo(left + 9.5, y + 1)
      ctx.lineTo(left + 14, y + 6)
      ctx.lineTo(left + 18.5, y + 1)
      ctx.stroke()
      break
    case 'published':
      drawPoint(ctx, palette, { at: 0, kind: 'published' }, left + 12.5, y)
      break
    case 'milestone':
      drawPoint(ctx, palette, { at: 0, kind: 'milestone' }, left + 14, y)
      break
    case 'link':
      line(palette.status)
      break
    case 'broken':
      line(palette.critical)
      break
  }
}
