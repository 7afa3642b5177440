// The paper under the bars: non-working time, grid lines, selected rows, today and the status date.
import { dayOf, MINUTES_PER_DAY, weekdayOf } from '@yingzao/engines/schedule/civil'
import { rowsInView, type Scene, type ShiftsOn, type Viewport } from './scene.ts'
import { floorTo, nextOf, tiersFor, toMinute, toX } from './time-scale.ts'

/** Below this a non-working day is too narrow to see and only makes noise. */
const NARROWEST_DAY = 4
/** From this width the shifts within a day are shown, not only whole days off. */
const WIDEST_WHOLE_DAY = 120

export function drawBackground(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { palette } = scene
  ctx.fillStyle = palette.bg
  ctx.fillRect(0, 0, view.width, view.height)
  if (scene.shiftsOn) drawNonWorking(ctx, scene.shiftsOn, scene, view)
  drawSelectedRows(ctx, scene, view)
  drawTicks(ctx, scene, view)
  drawRowLines(ctx, scene, view)
}

function drawNonWorking(ctx: CanvasRenderingContext2D, shiftsOn: ShiftsOn, scene: Scene, view: Viewport): void {
  const dayWidth = view.ppm * MINUTES_PER_DAY
  if (dayWidth < NARROWEST_DAY) return
  const first = dayOf(toMinute(view, view.scrollLeft))
  const last = dayOf(toMinute(view, view.scrollLeft + view.width))
  const fill = (from: number, to: number) => {
    const x = Math.round(toX(view, from) - view.scrollLeft)
    ctx.fillRect(x, 0, Math.round(toX(view, to) - view.scrollLeft) - x, view.height)
  }
  for (let day = first; day <= last; day++) {
    const shifts = shiftsOn(day)
    const at = day * MINUTES_PER_DAY
    const weekday = weekdayOf(day)
    // A public holiday on a weekday is a shade darker than an ordinary weekend, so that it is noticed.
    ctx.fillStyle = weekday === 0 || weekday === 6 || shifts.length > 0 ? scene.palette.off : scene.palette.holiday
    if (shifts.length === 0) fill(at, at + MINUTES_PER_DAY)
    else if (dayWidth >= WIDEST_WHOLE_DAY) {
      let from = 0
      for (const shift of shifts) {
        if (shift.from > from) fill(at + from, at + shift.from)
        from = shift.to
      }
      if (from < MINUTES_PER_DAY) fill(at + from, at + MINUTES_PER_DAY)
    }
  }
}

function drawSelectedRows(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { first, last } = rowsInView(scene, view)
  for (let row = first; row <= last; row++) {
    const task = scene.outline.plan.tasks[scene.rows.tasks[row]!]
    if (!task || !scene.selected.has(task.id)) continue
    ctx.globalAlpha = 0.55
    ctx.fillStyle = scene.palette['bg-selected']
    ctx.fillRect(0, row * view.rowHeight - view.scrollTop, view.width, view.rowHeight)
    ctx.globalAlpha = 1
  }
}

function drawTicks(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const tiers = tiersFor(view.ppm)
  const end = toMinute(view, view.scrollLeft + view.width)
  const coarse = tiers[0]!
  // Lines of the coarse tier are stronger; those of the finest only where they do not crowd.
  for (const unit of tiers.length > 2 ? [tiers[tiers.length - 2]!, coarse] : [coarse]) {
    ctx.beginPath()
    ctx.strokeStyle = unit === coarse ? scene.palette['line-strong'] : scene.palette.line
    ctx.lineWidth = 1
    for (let at = floorTo(unit, toMinute(view, view.scrollLeft)); at < end; at = nextOf(unit, at)) {
      const x = Math.round(toX(view, at) - view.scrollLeft) + 0.5
      ctx.moveTo(x, 0)
      ctx.lineTo(x, view.height)
    }
    ctx.stroke()
  }
}

function drawRowLines(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { first, last } = rowsInView(scene, view)
  ctx.beginPath()
  ctx.strokeStyle = scene.palette.line
  ctx.lineWidth = 1
  for (let row = first; row <= last; row++) {
    const y = Math.round((row + 1) * view.rowHeight - view.scrollTop) - 0.5
    ctx.moveTo(0, y)
    ctx.lineTo(view.width, y)
  }
  ctx.stroke()
}

/** Today is a thin accent line, the status date a dashed one: drawn over the bars. */
export function drawTimeLines(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const line = (at: number | undefined, color: string, dash: number[]) => {
    if (at === undefined) return
    const x = Math.round(toX(view, at) - view.scrollLeft) + 0.5
    if (x < -1 || x > view.width + 1) return
    ctx.save()
    ctx.beginPath()
    ctx.setLineDash(dash)
    ctx.strokeStyle = color
    ctx.lineWidth = 1.5
    ctx.moveTo(x, 0)
    ctx.lineTo(x, view.height)
    ctx.stroke()
    ctx.restore()
  }
  line(scene.statusDate, scene.palette.status, [6, 4])
  line(scene.today, scene.palette.accent, [])
}
