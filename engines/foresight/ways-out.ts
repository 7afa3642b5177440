// What would take up the delay, as far as the network shows it. Gains are computed, never estimated: where none can be
// computed (more hands), none is told.
import type { Link, Plan, Task } from '../schedule/plan.ts'
import type { Net } from './forecast.ts'
import { daysOf } from './hit.ts'
import type { ChainStep, TaskAt, Warning, WayOut } from './outlook.ts'
import { type Changes, spanIn, vary, type World } from './world.ts'

/** Most ways that are told. */
const MOST = 6

type Candidate = { readonly changes: Changes; readonly make: (gain: Gain) => WayOut }
type Gain = { readonly gain: number; readonly days: number; readonly whole: boolean }

/** The largest gain first; those that take up everything before others. */
export function waysOut(world: World, warning: Warning): readonly WayOut[] {
  const net = world.nets.get(warning.hit.plan)
  const at = net?.structure.position.get(warning.hit.task)
  if (!net || at === undefined || warning.delay <= 0) return []
  const begun = net.watched.plan.tasks[at]?.actualStart !== undefined
  const gainOf = (minutes: number): Gain => {
    const gain = Math.max(0, Math.min(warning.delay, Math.round(minutes)))
    return { gain, days: daysOf(gain, net.perDay), whole: gain >= warning.delay }
  }
  const ways: WayOut[] = []
  const room = net.compiled.readTask(at).totalFloat
  if (room > 0) ways.push({ kind: 'float', ...gainOf(room) })
  for (const { changes, make } of candidates(world, warning)) {
    const span = spanIn(net, vary(world, changes), at)
    if (!span) continue
    const gain = gainOf(net.clock.work(begun ? span.finish : span.start, warning.on.will))
    if (gain.gain >= net.perDay / 2) ways.push(make(gain))
  }
  ways.push(...lendings(world, warning))
  return ways.sort((a, b) => Number(b.whole) - Number(a.whole) || b.gain - a.gain).slice(0, MOST)
}

function candidates(world: World, { chain, delay }: Warning): readonly Candidate[] {
  const found: Candidate[] = []
  for (const [index, step] of chain.entries()) {
    const net = world.nets.get(step.plan)
    const at = net?.structure.position.get(step.task)
    const task = at === undefined ? undefined : net?.compiled.plan.tasks[at]
    if (!net || at === undefined || !task) continue
    const before = chain[index - 1]
    if (step.link && before) found.push(...linkCandidates(world, net, step, before, delay))
    // The hit itself done faster does not bring its start forward; what has begun is asked of its pace instead.
    const isHit = index === chain.length - 1
    if (!isHit && task.actualStart === undefined && task.external !== true && task.duration > net.perDay) {
      const by = Math.min(delay, task.duration - net.perDay)
      const shorter = (each: Task): Task => ({ ...each, duration: each.duration - by })
      found.push({
        changes: new Map([[step.plan, withTask(at, shorter)]]),
        make: gain => ({ kind: 'shorten', at: place(step), by, ...gain }),
      })
    }
  }
  return found
}

function linkCandidates(
  world: World,
  net: Net,
  step: ChainStep,
  before: ChainStep,
  delay: number,
): readonly Candidate[] {
  const { link } = step
  if (!link) return []
  const id = link.crosses ? `~cross:${link.id}` : link.id
  const change = (make: (link: Link) => Link): Changes => new Map([[net.watched.id, withLink(id, make)]])
  const to = place(step)
  if (link.lag.kind !== 'working' && link.lag.kind !== 'elapsed') return []
  if (link.lag.minutes > 0)
    return [
      {
        changes: change(each => ({ ...each, lag: { kind: 'working', minutes: 0 } })),
        make: gain => ({ kind: 'lag', link: link.id, to, ...gain }),
      },
    ]
  const other = world.nets.get(before.plan)
  const at = other?.structure.position.get(before.task)
  const length = at === undefined ? 0 : (other?.compiled.plan.tasks[at]?.duration ?? 0)
  const after = net.structure.position.get(step.task)
  const isMark = after === undefined || net.compiled.plan.tasks[after]?.duration === 0
  // A sign-off cannot come before what it signs off.
  if (link.type !== 'FS' || link.lag.minutes < 0 || length <= net.perDay || isMark) return []
  // Something of the task before must be done before the next can begin.
  const by = Math.min(delay, length - net.perDay)
  return [
    {
      changes: change(each => ({ ...each, lag: { kind: 'working', minutes: -by } })),
      make: gain => ({ kind: 'overlap', link: link.id, to, by, ...gain }),
    },
  ]
}

/** Resources of the chain that something which can wait holds at the same time. */
function lendings(world: World, { chain, delay }: Warning): readonly WayOut[] {
  const found: WayOut[] = []
  for (const step of chain.slice(0, -1)) {
    const net = world.nets.get(step.plan)
    if (!net) continue
    const { plan } = net.watched
    const held = new Set(plan.assignments.filter(each => each.task === step.task).map(each => each.resource))
    if (held.size === 0) continue
    const inChain = new Set(chain.map(each => each.task))
    for (const { task, resource } of plan.assignments) {
      if (!held.has(resource) || inChain.has(task)) continue
      const at = net.structure.position.get(task)
      const span = at === undefined ? undefined : net.forecast[at]
      const other = at === undefined ? undefined : plan.tasks[at]
      if (at === undefined || !span || !other || other.actualFinish !== undefined) continue
      const together = span.start < step.finish.will && span.finish > Math.max(step.start.will, net.watched.now)
      const { totalFloat } = net.compiled.readTask(at)
      if (!together || totalFloat < delay) continue
      // How much faster it goes with more hands is not in the network: the way is told without a gain.
      found.push({
        ...{ kind: 'lend' as const, at: place(step), from: { plan: step.plan, task }, resource, room: totalFloat },
        ...{ gain: 0, days: 0, whole: false },
      })
    }
  }
  return found.slice(0, 2)
}

const place = ({ plan, task }: TaskAt): TaskAt => ({ plan, task })

const withTask =
  (at: number, make: (task: Task) => Task) =>
  (plan: Plan): Plan => ({ ...plan, tasks: plan.tasks.map((task, i) => (i === at ? make(task) : task)) })

const withLink =
  (id: string, make: (link: Link) => Link) =>
  (plan: Plan): Plan => ({ ...plan, links: plan.links.map(link => (link.id === id ? make(link) : link)) })
