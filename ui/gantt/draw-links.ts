// Link arrows: only those whose rows and columns are in view, each colour stroked as one path.
import { CRITICAL } from '@yingzao/engines/schedule/date-table'
import { pathColour, pathOf } from './draw-bars.ts'
import { ARROW, distanceTo, type Route, routeOf } from './link-route.ts'
import { linkEnd, rowsInView, type Scene, type Viewport } from './scene.ts'

/** The route of a link (position in `outline.links`) in content pixels; undefined when one of its ends is hidden. */
export function linkRoute(scene: Scene, view: Viewport, link: number): Route | undefined {
  const { outline } = scene
  const from = linkEnd(scene, view, outline.linkFrom[link] ?? -1)
  const to = linkEnd(scene, view, outline.linkTo[link] ?? -1)
  const type = outline.links[link]?.type
  return from && to && type ? routeOf(type, from, to, view.rowHeight) : undefined
}

const crosses = (route: Route, left: number, right: number): boolean => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < route.length; i += 2) {
    low = Math.min(low, route[i]!)
    high = Math.max(high, route[i]!)
  }
  return high >= left && low <= right
}

export function drawLinks(ctx: CanvasRenderingContext2D, scene: Scene, view: Viewport): void {
  if (!scene.options.links) return
  const { outline, dates, palette, rows } = scene
  const { first, last } = rowsInView(scene, view)
  const normal: Route[] = []
  const critical: Route[] = []
  const passing: Route[] = []
  const onPath: Route[][] = []
  scene.linkIndex.each(first, last, link => {
    const route = linkRoute(scene, view, link)
    if (!route || !crosses(route, view.scrollLeft, view.scrollLeft + view.width)) return
    // A link that only passes through says little here: it steps back behind those that begin or end in view.
    const a = rows.rowOf[outline.linkFrom[link]!]!
    const b = rows.rowOf[outline.linkTo[link]!]!
    if (scene.given) {
      if (scene.given.links.get(outline.links[link]!.id)?.broken) critical.push(route)
      else normal.push(route)
      return
    }
    if ((a < first || a > last) && (b < first || b > last)) {
      passing.push(route)
      return
    }
    if (scene.paths) {
      const number = pathOf(scene, outline.linkFrom[link]!)
      const same = number > 0 && number === pathOf(scene, outline.linkTo[link]!)
      if (!same) normal.push(route)
      else {
        onPath[number] ??= []
        onPath[number].push(route)
      }
      return
    }
    const both = dates.flags[outline.linkFrom[link]!]! & dates.flags[outline.linkTo[link]!]! & CRITICAL
    if (scene.options.critical && both) critical.push(route)
    else normal.push(route)
  })
  ctx.globalAlpha = 0.35
  strokeRoutes(ctx, passing, view, palette.link, 1)
  ctx.globalAlpha = 1
  // Few links between many projects are the point of the picture.
  const width = scene.given ? 1.5 : 1
  strokeRoutes(ctx, normal, view, palette[scene.given ? 'status' : 'link'], width)
  strokeRoutes(ctx, critical, view, palette[scene.given ? 'critical' : 'link-critical'], width)
  onPath.forEach((routes, number) => {
    strokeRoutes(ctx, routes, view, pathColour(palette, number), 1)
  })
}

export function strokeRoutes(
  ctx: CanvasRenderingContext2D,
  routes: readonly Route[],
  view: Viewport,
  color: string,
  width: number,
): void {
  if (routes.length === 0) return
  const { scrollLeft, scrollTop } = view
  // Far ends outside the window are clipped here: long paths are costly to rasterise.
  const x = (value: number) => Math.round(Math.max(-50, Math.min(view.width + 50, value - scrollLeft))) + 0.5
  const y = (value: number) => Math.round(Math.max(-50, Math.min(view.height + 50, value - scrollTop))) + 0.5
  ctx.strokeStyle = color
  ctx.fillStyle = color
  ctx.lineWidth = width
  ctx.beginPath()
  for (const route of routes) {
    ctx.moveTo(x(route[0]!), y(route[1]!))
    for (let i = 2; i + 1 < route.length; i += 2) ctx.lineTo(x(route[i]!), y(route[i + 1]!))
  }
  ctx.stroke()
  ctx.beginPath()
  for (const route of routes) {
    const n = route.length
    const tipX = route[n - 2]! - scrollLeft
    const tipY = route[n - 1]! - scrollTop
    if (tipX < -10 || tipX > view.width + 10 || tipY < -10 || tipY > view.height + 10) continue
    const dx = Math.sign(route[n - 2]! - route[n - 4]!)
    const dy = Math.sign(route[n - 1]! - route[n - 3]!)
    ctx.moveTo(tipX + 0.5, tipY + 0.5)
    ctx.lineTo(tipX + 0.5 - dx * ARROW - dy * 3.5, tipY + 0.5 - dy * ARROW - dx * 3.5)
    ctx.lineTo(tipX + 0.5 - dx * ARROW + dy * 3.5, tipY + 0.5 - dy * ARROW + dx * 3.5)
    ctx.closePath()
  }
  ctx.fill()
}

/** The link under a point (content pixels), nearest first, within 4 px. */
export function linkAt(scene: Scene, view: Viewport, x: number, y: number): number | undefined {
  if (!scene.options.links) return undefined
  const row = Math.floor(y / view.rowHeight)
  let found: number | undefined
  let best = 4
  scene.linkIndex.each(row - 1, row + 1, link => {
    const route = linkRoute(scene, view, link)
    if (!route) return
    const distance = distanceTo(route, x, y)
    if (distance < best) {
      best = distance
      found = link
    }
  })
  return found
}
