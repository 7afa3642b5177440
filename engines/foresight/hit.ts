// What a late task does to other departments: the forecast against the same world with the cause in time.

import { type Cause, evenLater, inTime } from './cause.ts'
import type { Net, Span } from './forecast.ts'
import type { ChainStep, Moved, Warning } from './outlook.ts'
import { isLeaf } from './structure.ts'
import { replaced, spanIn, type Variant, vary, type World } from './world.ts'

const MINUTES_PER_DAY = 1440
/** To a tenth of a working day. */
export const daysOf = (minutes: number, perDay: number): number => Math.round((minutes / perDay) * 10) / 10

const departmentOf = ({ watched }: Net, i: number): string =>
  watched.departments.get(watched.plan.tasks[i]?.id ?? '') ?? watched.department

const sideOf = (net: Net, i: number): string => `${net.watched.id} ${departmentOf(net, i)}`

/** Three states of the world around one cause. */
interface Around {
  readonly world: World
  readonly cause: Cause
  /** The cause in time. */
  readonly was: Variant
  /** As it stands, or the cause later still by the widest limit of slack. */
  readonly will: Variant
}

const nothing: Variant = { compiled: new Map(), moved: new Map() }

export function warningsOf(world: World, cause: Cause): readonly Warning[] {
  const was = vary(world, new Map([[cause.net.watched.id, replaced(cause.at, inTime(cause))]]))
  const slack = Math.max(0, ...[...world.nets.values()].map(net => net.watched.limits.slackDays))
  const later = evenLater(cause, slack * cause.net.perDay)
  const will = slack > 0 ? vary(world, new Map([[cause.net.watched.id, replaced(cause.at, later)]])) : nothing
  const around: Around = { world, cause, was, will }
  const own = sideOf(cause.net, cause.at)
  const first = new Map<string, Hit>()
  for (const net of world.nets.values())
    for (const i of movedIn(net, around)) {
      const side = sideOf(net, i)
      if (side === own) continue
      const hit = hitAt(around, net, i, slack)
      const known = first.get(side)
      if (hit && (!known || hit.on.was < known.on.was || (hit.on.was === known.on.was && hit.on.will < known.on.will)))
        first.set(side, hit)
    }
  return [...first.values()].flatMap(hit => warningOf(around, hit) ?? [])
}

/** Open work of the plan that is elsewhere than if the cause were in time. */
function movedIn(net: Net, { was, will }: Around): readonly number[] {
  const { id, plan } = net.watched
  const found = new Set([...(was.moved.get(id)?.keys() ?? []), ...(will.moved.get(id)?.keys() ?? [])])
  return [...found]
    .filter(i => {
      const task = plan.tasks[i]
      return task !== undefined && isLeaf(task) && task.actualFinish === undefined && task.external !== true
    })
    .sort((a, b) => a - b)
}

interface Hit {
  readonly net: Net
  readonly at: number
  readonly on: Moved
  readonly delay: number
  readonly room: number
}

/** The date that counts: the start, or the finish of what has begun. */
const dateOf = (net: Net, i: number, span: Span): number =>
  net.watched.plan.tasks[i]?.actualStart === undefined ? span.start : span.finish

function hitAt({ was, will }: Around, net: Net, i: number, slack: number): Hit | undefined {
  const { limits, now } = net.watched
  const [before, after, still] = [spanIn(net, was, i), net.forecast[i], spanIn(net, will, i)]
  if (!before || !after || !still) return undefined
  const on = { was: dateOf(net, i, before), will: dateOf(net, i, after) }
  const delay = net.clock.work(on.was, on.will)
  // Later by the whole slack: what it does not pass on is room.
  const room = delay > 0 ? 0 : slack - daysOf(net.clock.work(on.will, dateOf(net, i, still)), net.perDay)
  const hits = delay >= Math.max(1, limits.leastDays * net.perDay)
  const near = delay <= 0 && room < Math.min(slack, limits.slackDays)
  if (!hits && !near) return undefined
  if (on.was - now > limits.horizonDays * MINUTES_PER_DAY) return undefined
  return { net, at: i, on, delay: Math.max(0, delay), room: Math.max(0, Math.round(room * 10) / 10) }
}

function warningOf(around: Around, hit: Hit): Warning | undefined {
  const { cause } = around
  const { net, on, delay, room } = hit
  const causeTask = cause.net.watched.plan.tasks[cause.at]
  const hitTask = net.watched.plan.tasks[hit.at]
  const chain = chainTo(around, hit)
  if (!causeTask || !hitTask || !chain) return undefined
  const [from, to] = [
    { plan: cause.net.watched.id, task: causeTask.id },
    { plan: net.watched.id, task: hitTask.id },
  ]
  return {
    key: `${from.plan}/${from.task}>${to.plan}/${to.task}`,
    cause: { ...from, reason: cause.reason, lateBy: cause.lateBy },
    hit: to,
    on,
    delay,
    days: daysOf(delay, net.perDay),
    room,
    chain,
    consequence: consequenceOf(around, net),
  }
}

/** Back from the hit along what moved, by the link that holds the date where there is one. */
function chainTo({ world, cause, was, will }: Around, hit: Hit): readonly ChainStep[] | undefined {
  type Node = { readonly net: Net; readonly at: number }
  const keyOf = ({ net, at }: Node) => `${net.watched.id} ${at}`
  const shown = (net: Net, at: number) => will.moved.get(net.watched.id)?.get(at) ?? net.forecast[at]
  const hasMoved = ({ net, at }: Node): boolean => {
    const [a, b] = [spanIn(net, was, at), shown(net, at)]
    return a !== undefined && b !== undefined && (a.start !== b.start || a.finish !== b.finish)
  }
  const end = keyOf({ net: cause.net, at: cause.at })
  const cameBy = new Map<string, { readonly to: Node; readonly link: ChainStep['link'] } | null>()
  const queue: Node[] = [hit]
  cameBy.set(keyOf(hit), null)
  for (const node of queue) {
    if (keyOf(node) === end) break
    const { why } = (will.compiled.get(node.net.watched.id) ?? node.net.compiled).readTask(node.at)
    const driver = why.start.kind === 'link' || why.start.kind === 'calendar' ? why.start.link : undefined
    const before = [...node.net.structure.before(node.at)].sort(
      (a, b) => Number(b.link.id === driver) - Number(a.link.id === driver),
    )
    for (const { from, link } of before) {
      const crossing = node.net.standsFor.get(from)
      const next = crossing ? otherEnds(world, crossing.from) : [{ net: node.net, at: from }]
      const by = { id: crossing?.id ?? link.id, crosses: crossing !== undefined, type: link.type, lag: link.lag }
      for (const each of next) {
        if (cameBy.has(keyOf(each)) || !hasMoved(each)) continue
        cameBy.set(keyOf(each), { to: node, link: by })
        queue.push(each)
      }
    }
  }
  if (!cameBy.has(end)) return undefined
  const steps: ChainStep[] = []
  let at: Node = { net: cause.net, at: cause.at }
  let link: ChainStep['link']
  let passed: number | undefined
  for (;;) {
    const step = stepAt(at, was, link)
    if (!step) return undefined
    const moves = {
      start: at.net.clock.work(step.start.was, step.start.will),
      finish: at.net.clock.work(step.finish.was, step.finish.will),
    }
    const got = link === undefined || link.type === 'FS' || link.type === 'SS' ? moves.start : moves.finish
    steps.push({ ...step, absorbed: passed === undefined ? 0 : Math.max(0, passed - Math.max(0, got)) })
    const onward = cameBy.get(keyOf(at))
    if (!onward) return steps
    passed = Math.max(0, onward.link?.type === 'SS' || onward.link?.type === 'SF' ? moves.start : moves.finish)
    link = onward.link
    at = onward.to
  }
}

function otherEnds(world: World, { plan, task }: { readonly plan: string; readonly task: string }) {
  const net = world.nets.get(plan)
  const at = net?.structure.position.get(task)
  return net && at !== undefined ? net.structure.leaves(at).map(leaf => ({ net, at: leaf })) : []
}

function stepAt(
  { net, at }: { readonly net: Net; readonly at: number },
  was: Variant,
  link: ChainStep['link'],
): Omit<ChainStep, 'absorbed'> | undefined {
  const task = net.watched.plan.tasks[at]
  const [before, after] = [spanIn(net, was, at), net.forecast[at]]
  if (!task || !before || !after) return undefined
  return {
    plan: net.watched.id,
    task: task.id,
    ...(link && { link }),
    start: { was: before.start, will: after.start },
    finish: { was: before.finish, will: after.finish },
    float: net.compiled.readTask(at).totalFloat,
  }
}

/** Most milestones that a warning names. */
const MOST = 5

function consequenceOf({ was }: Around, net: Net): Warning['consequence'] {
  const { tasks } = net.watched.plan
  let [before, after] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const milestones: (Moved & { task: string })[] = []
  for (const [i, task] of tasks.entries()) {
    if (!isLeaf(task)) continue
    const [then, now] = [spanIn(net, was, i), net.forecast[i]]
    if (!then || !now) continue
    before = Math.max(before, then.finish)
    after = Math.max(after, now.finish)
    const marks = task.milestone === true || task.kind === 'milestone' || task.kind === 'start_milestone'
    if (marks && task.actualFinish === undefined && now.finish > then.finish)
      milestones.push({ task: task.id, was: then.finish, will: now.finish })
  }
  milestones.sort((a, b) => a.was - b.was)
  return { finish: { was: before, will: after }, milestones: milestones.slice(0, MOST) }
}
