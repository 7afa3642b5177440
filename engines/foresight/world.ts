// All plans together: what one does to the others travels along the links between them until nothing moves any more.
import type { CompiledPlan } from '../schedule/compiled.ts'
import type { Plan, Task } from '../schedule/plan.ts'
import type { ScheduleError } from '../schedule/result.ts'
import { type Net, openNet, pinned, type Span } from './forecast.ts'
import type { CrossLink, TaskAt, WatchedPlan } from './outlook.ts'

export interface World {
  readonly nets: ReadonlyMap<string, Net>
  readonly left: readonly { readonly plan: string; readonly error: ScheduleError }[]
}

/** What differs from the forecast, by plan and position. */
export interface Variant {
  readonly compiled: ReadonlyMap<string, CompiledPlan>
  readonly moved: ReadonlyMap<string, ReadonlyMap<number, Span>>
}

/** Changes to the tasks and links of a plan. */
export type Changes = ReadonlyMap<string, (plan: Plan) => Plan>

/** Plans that cannot be computed are left out, with the links that touch them. */
export function openWorld(plans: readonly WatchedPlan[], links: readonly CrossLink[]): World {
  const tasks = new Map(plans.map(({ id, plan }) => [id, new Map(plan.tasks.map(task => [task.id, task]))]))
  const taskAt = (at: TaskAt) => tasks.get(at.plan)?.get(at.task)
  const living = links.filter(({ from, to }) => from.plan !== to.plan && taskAt(from) && taskAt(to))
  const nets = new Map<string, Net>()
  const left: { plan: string; error: ScheduleError }[] = []
  const spanOf = (at: TaskAt) => {
    const net = nets.get(at.plan)
    const position = net?.structure.position.get(at.task)
    const span = position === undefined ? undefined : net?.forecast[position]
    return { span, duration: taskAt(at)?.duration ?? 0 }
  }
  for (const each of inOrder(plans, living)) {
    const lost = new Set(left.map(({ plan }) => plan))
    const joining = living.filter(({ from, to }) => !lost.has(from.plan) && !lost.has(to.plan))
    const outcome = openNet(each, joining, spanOf)
    if (outcome.ok) nets.set(each.id, outcome.net)
    else left.push({ plan: each.id, error: outcome.error })
  }
  // Plans that wait for each other both ways need more than one look.
  const ahead = vary({ nets, left }, new Map())
  const settled = new Map([...nets].map(([id, net]) => [id, settledNet(net, ahead)]))
  return { nets: settled, left }
}

/** Plans that others wait for first, as far as there is such an order. */
function inOrder(plans: readonly WatchedPlan[], links: readonly CrossLink[]): readonly WatchedPlan[] {
  const rest = new Map(plans.map(each => [each.id, each]))
  const found: WatchedPlan[] = []
  while (rest.size > 0) {
    const waiting = new Set(links.flatMap(({ from, to }) => (rest.has(from.plan) ? [to.plan] : [])))
    const free = [...rest.keys()].filter(id => !waiting.has(id))
    for (const id of free.length > 0 ? free : [...rest.keys()].slice(0, 1)) {
      const each = rest.get(id)
      rest.delete(id)
      if (each) found.push(each)
    }
  }
  return found
}

function settledNet(net: Net, { compiled, moved }: Variant): Net {
  const rows = moved.get(net.watched.id)
  if (!rows) return net
  return {
    ...net,
    compiled: compiled.get(net.watched.id) ?? net.compiled,
    forecast: net.forecast.map((span, i) => rows.get(i) ?? span),
  }
}

/** More rounds than this can only be a circle through several plans. */
const roundsOf = (world: World) => 2 + [...world.nets.values()].reduce((sum, net) => sum + net.leaving.length, 0)

/** The forecast with changes: each plan follows its own, then what comes in from others, until all stand still. */
export function vary(world: World, changes: Changes): Variant {
  const compiled = new Map<string, CompiledPlan>()
  const moved = new Map<string, Map<number, Span>>()
  const spanAt = (plan: string, i: number): Span | undefined =>
    moved.get(plan)?.get(i) ?? world.nets.get(plan)?.forecast[i]
  const take = (net: Net, next: Plan): void => {
    const { id } = net.watched
    const followed = (compiled.get(id) ?? net.compiled).follow(next)
    // A change that makes the plan incomputable changes nothing: it is no way out, and no other plan hears of it.
    if (!followed.ok) return
    compiled.set(id, followed.compiled)
    const rows = moved.get(id) ?? new Map<number, Span>()
    moved.set(id, rows)
    const { start, finish } = followed.compiled.dates()
    net.forecast.forEach((base, i) => {
      const from = start[i] ?? 0
      const to = finish[i] ?? 0
      if (base.start !== from || base.finish !== to) rows.set(i, { start: from, finish: to })
      else if (rows.size > 0) rows.delete(i)
    })
  }
  for (const [id, change] of changes) {
    const net = world.nets.get(id)
    if (net) take(net, change(net.compiled.plan))
  }
  for (let round = roundsOf(world); round > 0; round--) {
    let still = true
    for (const net of world.nets.values()) {
      const stale = staleIn(net, world, spanAt, compiled.get(net.watched.id) ?? net.compiled)
      if (stale.size === 0) continue
      still = false
      const { plan } = compiled.get(net.watched.id) ?? net.compiled
      take(net, { ...plan, tasks: plan.tasks.map((task, i) => stale.get(i) ?? task) })
    }
    if (still) break
  }
  return { compiled, moved }
}

/** Stand-ins of a plan that are not where the other end is. */
function staleIn(
  net: Net,
  world: World,
  spanAt: (plan: string, i: number) => Span | undefined,
  { plan }: CompiledPlan,
): ReadonlyMap<number, Task> {
  const stale = new Map<number, Task>()
  for (const [i, { from }] of net.standsFor) {
    const other = world.nets.get(from.plan)
    const at = other?.structure.position.get(from.task)
    const span = at === undefined ? undefined : spanAt(from.plan, at)
    const task = plan.tasks[i]
    if (!span || !task) continue
    if (task.stored?.start !== span.start || task.stored.finish !== span.finish) stale.set(i, pinned(task, span))
  }
  return stale
}

/** Where a task is in a variant. */
export const spanIn = (net: Net, variant: Variant, i: number): Span | undefined =>
  variant.moved.get(net.watched.id)?.get(i) ?? net.forecast[i]

/** One task of a plan replaced. */
export const replaced =
  (i: number, make: (task: Task) => Task) =>
  (plan: Plan): Plan => ({ ...plan, tasks: plan.tasks.map((task, at) => (at === i ? make(task) : task)) })
