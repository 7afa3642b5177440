// The path of a link arrow: right angles between two bars, for each of the four link types.
import type { LinkType } from '@yingzao/engines/schedule/plan'
import type { Bar } from './scene.ts'

/** Points as x, y pairs in content pixels; the arrow head stands at the last, pointing along the last segment. */
export type Route = readonly number[]

const STUB = 8
const ARROW = 5

export { ARROW }

/** The route from one bar to another. `rowHeight` places detours on the line between rows. */
export function routeOf(type: LinkType, from: Bar, to: Bar, rowHeight: number): Route {
  const fromFinish = type === 'FS' || type === 'FF'
  const toStart = type === 'FS' || type === 'SS'
  const xa = fromFinish ? from.x2 : from.x1
  const xb = toStart ? to.x1 : to.x2
  const ya = from.middle
  const yb = to.middle
  const down = yb >= ya
  if (type === 'FS') {
    const drop = to.kind === 'milestone' ? (to.x1 + to.x2) / 2 : xb + Math.min(4, (to.x2 - to.x1) / 2)
    // A milestone and a successor that begins there: straight down from its tip.
    const centre = (from.x1 + from.x2) / 2
    if (
      from.kind === 'milestone' &&
      drop < xa + 2 &&
      to.kind !== 'milestone' &&
      centre >= to.x1 - 1 &&
      centre <= to.x2
    ) {
      const x = Math.max(centre, Math.min(drop, centre + 3))
      return [x, down ? from.top + from.height : from.top, x, down ? to.top : to.top + to.height]
    }
    // The usual case: finish, right, and down on to the successor's head.
    if (drop >= xa + 2) return [xa, ya, drop, ya, drop, down ? to.top : to.top + to.height]
    const lane = laneBeside(from, down, rowHeight)
    return [xa, ya, xa + STUB, ya, xa + STUB, lane, xb - STUB - ARROW, lane, xb - STUB - ARROW, yb, xb, yb]
  }
  if (type === 'SS') {
    const x = Math.min(xa, xb) - STUB - ARROW
    return [xa, ya, x, ya, x, yb, xb, yb]
  }
  if (type === 'FF') {
    const x = Math.max(xa, xb) + STUB + ARROW
    return [xa, ya, x, ya, x, yb, xb, yb]
  }
  // SF: out of the start to the left, into the finish from the right.
  if (xb + STUB + ARROW <= xa - STUB) return [xa, ya, xa - STUB, ya, xa - STUB, yb, xb, yb]
  const lane = laneBeside(from, down, rowHeight)
  return [xa, ya, xa - STUB, ya, xa - STUB, lane, xb + STUB + ARROW, lane, xb + STUB + ARROW, yb, xb, yb]
}

const laneBeside = (from: Bar, down: boolean, rowHeight: number): number =>
  (Math.floor(from.middle / rowHeight) + (down ? 1 : 0)) * rowHeight

/** Distance from a point to a route, for hit-testing. */
export function distanceTo(route: Route, x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i + 3 < route.length; i += 2) {
    const x1 = Math.min(route[i]!, route[i + 2]!)
    const x2 = Math.max(route[i]!, route[i + 2]!)
    const y1 = Math.min(route[i + 1]!, route[i + 3]!)
    const y2 = Math.max(route[i + 1]!, route[i + 3]!)
    const dx = x < x1 ? x1 - x : x > x2 ? x - x2 : 0
    const dy = y < y1 ? y1 - y : y > y2 ? y - y2 : 0
    best = Math.min(best, Math.hypot(dx, dy))
  }
  return best
}
