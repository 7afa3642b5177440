// The early-warning engine's door: several plans and the links between them in; which late task will hit which task of
// another department, when, by how much, and what would take it up, out. Pure: the same input gives the same answer.
import { causesOf } from './cause.ts'
import { warningsOf } from './hit.ts'
import type { CrossLink, Foresight, WatchedPlan } from './outlook.ts'
import { waysOut } from './ways-out.ts'
import { openWorld } from './world.ts'

export { crossCycle } from './cross-cycle.ts'
export * from './outlook.ts'
export { type Asked, waitsFor } from './waits-for.ts'

/**
 * Looks ahead over plans joined by links. Each warning answers one question exactly: by how much would the hit be earlier
 * if the cause were in time and all else as it is. A plan that cannot be computed is named in `left` and takes no part.
 */
export function foresee(plans: readonly WatchedPlan[], links: readonly CrossLink[]): Foresight {
  const world = openWorld(plans, links)
  const warnings = [...world.nets.values()]
    .flatMap(net => causesOf(world, net))
    .flatMap(cause => warningsOf(world, cause))
    .sort((a, b) => b.days - a.days || a.on.was - b.on.was || (a.key < b.key ? -1 : 1))
  return {
    warnings,
    left: world.left,
    datesOf({ plan, task }) {
      const net = world.nets.get(plan)
      const at = net?.structure.position.get(task)
      return at === undefined ? undefined : net?.forecast[at]
    },
    waysOut: warning => waysOut(world, warning),
  }
}
