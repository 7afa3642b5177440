// What floats over the chart: the hovered bar's handles, a highlighted link, the bars as they were, a link being drawn.

import { linkRoute, strokeRoutes } from './draw-links.ts'
import { HANDLE_DISTANCE, type Hit, progressX } from './hit.ts'
import { ARROW } from './link-route.ts'
import { isParent } from './outline.ts'
import { barOf, rowsInView, type Scene, type Viewport } from './scene.ts'
import { toX } from './time-scale.ts'

export interface Gesture {
  /** Content pixels of the outline that follows the pointer. */
  ghost?: { task: number; x1: number; x2: number }
  /** A link being drawn, in content pixels. */
  link?: { fromX: number; fromY: number; toX: number; toY: number; target?: number }
}

export function drawHover(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: Viewport,
  hit: Hit,
  editing: boolean,
): void {
  const { palette } = scene
  if (hit.kind === 'link') {
    const route = linkRoute(scene, view, hit.link)
    if (route) strokeRoutes(ctx, [route], view, palette.accent, 2)
    return
  }
  const bar = barOf(scene, view, hit.task)
  if (!bar || hit.kind === 'row') return
  highlightLinks(ctx, scene, view, hit.task)
  const y = bar.middle - view.scrollTop
  ctx.strokeStyle = palette.accent
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.roundRect(bar.x1 - view.scrollLeft - 1.5, bar.top - view.scrollTop - 1.5, bar.x2 - bar.x1 + 3, bar.height + 3, 4)
  ctx.stroke()
  if (!editing) return
  for (const [part, x] of [
    ['link_start', bar.x1 - HANDLE_DISTANCE],
    ['link_finish', bar.x2 + HANDLE_DISTANCE],
  ] as const) {
    ctx.beginPath()
    ctx.arc(x - view.scrollLeft, y, 4, 0, Math.PI * 2)
    ctx.fillStyle = hit.part === part ? palette.accent : palette.bg
    ctx.fill()
    ctx.stroke()
  }
  if (bar.kind === 'task' && !isParent(scene.outline, hit.task) && bar.x2 - bar.x1 >= 28) {
    const x = progressX(scene, hit.task, bar) - view.scrollLeft
    const bottom = bar.top + bar.height - view.scrollTop
    ctx.beginPath()
    ctx.moveTo(x, bottom - 4)
    ctx.lineTo(x + 5, bottom + 4)
    ctx.lineTo(x - 5, bottom + 4)
    ctx.closePath()
    ctx.fillStyle = hit.part === 'progress' ? palette.accent : palette.bg
    ctx.fill()
    ctx.stroke()
  }
}

/** The links of a task, so that its logic can be read in a crowd. */
function highlightLinks(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, task: number): void {
  if (!scene.options.links) return
  const { outline } = scene
  const own = new Set([...outline.predecessors(task), ...outline.successors(task)])
  if (own.size === 0 || own.size > 200) return
  const routes = outline.links.flatMap((link, i) => {
    if (!own.has(link)) return []
    const route = linkRoute(scene, view, i)
    return route ? [route] : []
  })
  strokeRoutes(ctx, routes, view, scene.palette.accent, 1.5)
}

export function drawGesture(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport, gesture: Gesture): void {
  const { palette } = scene
  if (scene.before) drawBefore(ctx, scene, view)
  const { ghost, link } = gesture
  if (ghost) {
    const bar = barOf(scene, view, ghost.task)
    if (bar) {
      ctx.strokeStyle = palette.accent
      ctx.lineWidth = 1.5
      ctx.setLineDash([4, 3])
      ctx.strokeRect(
        Math.round(ghost.x1 - view.scrollLeft) + 0.5,
        Math.round(bar.top - view.scrollTop) - 1.5,
        Math.max(2, Math.round(ghost.x2 - ghost.x1)),
        bar.height + 3,
      )
      ctx.setLineDash([])
    }
  }
  if (link) {
    const [x1, y1] = [link.fromX - view.scrollLeft, link.fromY - view.scrollTop]
    const [x2, y2] = [link.toX - view.scrollLeft, link.toY - view.scrollTop]
    ctx.strokeStyle = palette.accent
    ctx.fillStyle = palette.accent
    ctx.lineWidth = 1.5
    ctx.beginPath()
    ctx.moveTo(x1, y1)
    ctx.lineTo(x2, y2)
    ctx.stroke()
    const angle = Math.atan2(y2 - y1, x2 - x1)
    ctx.beginPath()
    ctx.moveTo(x2, y2)
    for (const turn of [2.6, -2.6])
      ctx.lineTo(x2 + ARROW * 1.6 * Math.cos(angle + turn), y2 + ARROW * 1.6 * Math.sin(angle + turn))
    ctx.closePath()
    ctx.fill()
    const target = link.target === undefined ? undefined : barOf(scene, view, link.target)
    if (target) {
      ctx.strokeRect(
        target.x1 - view.scrollLeft - 2.5,
        target.top - view.scrollTop - 2.5,
        target.x2 - target.x1 + 5,
        target.height + 5,
      )
    }
  }
}

/** Where the bars that move were: thin outlines, so that the consequence of a drag is seen, not guessed. */
function drawBefore(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  const { before, dates, rows, outline } = scene
  if (!before) return
  const { first, last } = rowsInView(scene, view)
  ctx.strokeStyle = scene.palette['text-3']
  ctx.lineWidth = 1
  ctx.setLineDash([2, 2])
  for (let row = first; row <= last; row++) {
    const task = rows.tasks[row]!
    if (before.start[task] === dates.start[task] && before.finish[task] === dates.finish[task]) continue
    const bar = barOf(scene, view, task)
    if (!bar || isParent(outline, task)) continue
    const shift = bar.kind === 'milestone' ? 7 : 0
    const x1 = toX(view, before.start[task]!) - view.scrollLeft - shift
    const x2 = toX(view, before.finish[task]!) - view.scrollLeft + shift
    if (x2 < 0 || x1 > view.width) continue
    ctx.strokeRect(Math.round(x1) + 0.5, Math.round(bar.top - view.scrollTop) + 0.5, Math.max(2, x2 - x1), bar.height)
  }
  ctx.setLineDash([])
}
