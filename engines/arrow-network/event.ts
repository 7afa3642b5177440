// From tasks and links to events and arrows with few dummies: tasks that wait for the same start at one circle, and a task
// ends in the circle of its followers when nothing else would wait for it there. Precedence stays exactly what it was.
import type { Minute } from '../schedule/plan.ts'
import type { ArrowInput, ArrowLink, ArrowTask } from './input.ts'
import { type Reach, reachOf } from './reach.ts'

export interface TaskArrow {
  /** Index in the input. */
  readonly task: number
  readonly part: number
  readonly parts: number
  readonly from: number
  readonly to: number
  readonly until: Minute
}
export interface EventGraph {
  readonly times: readonly Minute[]
  readonly arrows: readonly TaskArrow[]
  readonly dummies: readonly (readonly [number, number])[]
  /** Tasks without duration: the circle itself is the event. */
  readonly milestones: ReadonlyMap<number, number>
  /** Links that the dates do not keep (a task placed by hand before its predecessor ends): not drawn. */
  readonly broken: readonly ArrowLink[]
}

/** Where a task's start, finish and inner moments are raw events, before circles are shared. */
interface Raw {
  readonly tasks: readonly ArrowTask[]
  readonly start: (task: number) => number
  /** Of a milestone its start: it is one event. */
  readonly finish: (task: number) => number
  /** Events inside each task, by time. */
  readonly inner: readonly (readonly number[])[]
  readonly times: readonly Minute[]
  /** What the start and the finish of each task wait for. */
  readonly beforeStart: readonly ReadonlySet<number>[]
  readonly beforeFinish: readonly ReadonlySet<number>[]
  readonly reach: Reach
  readonly broken: readonly ArrowLink[]
}

function rawEvents({ tasks, links }: ArrowInput): Raw | null {
  const index = new Map(tasks.map((task, at) => [task.id, at]))
  const isMilestone = (at: number) => tasks[at]!.finish <= tasks[at]!.start
  const start = (at: number) => 2 * at
  const finish = (at: number) => (isMilestone(at) ? 2 * at : 2 * at + 1)
  const times: Minute[] = tasks.flatMap(task => [task.start, task.finish])
  const inner: number[][] = tasks.map(() => [])
  const moment = (at: number, when: Minute): number => {
    const { start: from, finish: to } = tasks[at]!
    if (when <= from) return start(at)
    if (when >= to) return finish(at)
    const known = inner[at]!.find(event => times[event] === when)
    if (known !== undefined) return known
    times.push(when)
    inner[at]!.push(times.length - 1)
    return times.length - 1
  }
  const beforeStart = tasks.map(() => new Set<number>())
  const beforeFinish = tasks.map(() => new Set<number>())
  const broken: ArrowLink[] = []
  for (const link of links) {
    const [from, to] = [index.get(link.from), index.get(link.to)]
    if (from === undefined || to === undefined || from === to) continue
    const source =
      link.since === 'start' ? start(from) : link.since === 'finish' ? finish(from) : moment(from, link.since.moment)
    const target = link.at === 'start' ? start(to) : finish(to)
    if (times[source]! > times[target]!) broken.push(link)
    else (target === start(to) ? beforeStart : beforeFinish)[to]!.add(source)
  }
  for (const events of inner) events.sort((a, b) => times[a]! - times[b]!)
  const edges: [number, number][] = []
  tasks.forEach((_, at) => {
    const chain = [start(at), ...inner[at]!, finish(at)]
    for (let step = 1; step < chain.length; step++)
      if (chain[step - 1] !== chain[step]) edges.push([chain[step - 1]!, chain[step]!])
    for (const source of beforeStart[at]!) edges.push([source, start(at)])
    for (const source of beforeFinish[at]!) edges.push([source, finish(at)])
  })
  const reach = reachOf(times.length, edges)
  return reach && { tasks, start, finish, inner, times, beforeStart, beforeFinish, reach, broken }
}

/** Tasks that start at one circle: they wait for the same events and begin at the same time. */
interface Group {
  readonly node: number
  readonly time: Minute
  readonly waitsFor: ReadonlySet<number>
  /** A milestone's circle: to wait for it is to wait for the milestone. */
  readonly milestone: boolean
}

/** The events and arrows of a plan; null when its links close a circle. Nodes are numbered 0…, in no order. */
export function eventGraph(input: ArrowInput): EventGraph | null {
  const raw = rawEvents(input)
  if (!raw) return null
  const { tasks, start, finish, inner, reach, broken } = raw
  const times: Minute[] = []
  const circle = (time: Minute): number => times.push(time) - 1
  /** Circle of each raw event; of finishes as soon as it is known where they end. */
  const nodeOf = new Map<number, number>()
  const begin = Math.min(...tasks.map(task => task.start))
  const end = Math.max(...tasks.map(task => task.finish))

  // Starts, in an order in which what they wait for is known. Waiting for somebody's start is waiting at his circle.
  const groups = new Map<string, Group>()
  const groupOf = new Map<number, Group>()
  for (const event of reach.order) {
    const task = event >> 1
    if (event >= 2 * tasks.length || event % 2 === 1) continue
    const sources = [...raw.beforeStart[task]!].filter(
      one => ![...raw.beforeStart[task]!].some(other => other !== one && reach.reaches(one, other)),
    )
    const time = tasks[task]!.start
    const tokens = new Set(sources.map(source => (groupOf.has(source) ? -1 - groupOf.get(source)!.node : source)))
    // A milestone is an event of its own: whoever starts beside it does not wait for it.
    const milestone = finish(task) === event
    const key = `${[...tokens].sort((a, b) => a - b).join()}@${tokens.size === 0 && time === begin ? '' : time}${milestone ? `/${task}` : ''}`
    const group = groups.get(key) ?? { node: circle(time), time, waitsFor: tokens, milestone }
    groups.set(key, group)
    groupOf.set(event, group)
    nodeOf.set(event, group.node)
  }
  tasks.forEach((_, at) => {
    for (const event of inner[at]!) nodeOf.set(event, circle(raw.times[event]!))
  })

  // A circle whose followers are among mine already gathers what it waits for: wait for the circle instead.
  const all = [...groups.values()]
  const using = new Map<number, Group[]>()
  for (const group of all)
    for (const token of group.waitsFor) {
      const list = using.get(token)
      if (list) list.push(group)
      else using.set(token, [group])
    }
  const dummies: [number, number][] = []
  const users = new Map<number, Group[]>()
  for (const group of all) {
    const left = new Set(group.waitsFor)
    const near = new Set([...left].flatMap(token => using.get(token) ?? []))
    const gathered = [...near]
      .filter(
        other =>
          other !== group &&
          !other.milestone &&
          other.time <= group.time &&
          (other.waitsFor.size < left.size || other.time < group.time) &&
          [...other.waitsFor].every(token => left.has(token)),
      )
      .sort((a, b) => b.waitsFor.size - a.waitsFor.size || b.time - a.time || a.node - b.node)
    for (const other of gathered) {
      if (![...other.waitsFor].every(token => left.has(token))) continue
      for (const token of other.waitsFor) left.delete(token)
      dummies.push([other.node, group.node])
    }
    for (const token of left) {
      if (token < 0) dummies.push([-1 - token, group.node])
      else if (nodeOf.has(token)) dummies.push([nodeOf.get(token)!, group.node])
      else users.set(token, [...(users.get(token) ?? []), group])
    }
  }

  // Finishes: in the circle of the only follower, in one circle with those who have the same followers, or at the end.
  const finishUsers = new Set<number>()
  tasks.forEach((_, at) => {
    for (const source of raw.beforeFinish[at]!) finishUsers.add(source)
  })
  const taken = new Set<string>()
  const shared = new Map<string, number>()
  let last: number | null = null
  const byFinish = tasks.map((_, at) => at).sort((a, b) => tasks[b]!.finish - tasks[a]!.finish || a - b)
  for (const at of byFinish) {
    const event = finish(at)
    if (nodeOf.has(event)) continue
    const followers = users.get(event) ?? []
    const own = raw.beforeFinish[at]!.size > 0 || finishUsers.has(event)
    const from = nodeOf.get(inner[at]!.at(-1) ?? start(at))!
    const join = (node: number): boolean => {
      if (own || taken.has(`${from}>${node}`)) return false
      taken.add(`${from}>${node}`)
      nodeOf.set(event, node)
      return true
    }
    if (followers.length === 0 && !finishUsers.has(event)) {
      last ??= circle(end)
      if (join(last)) continue
      nodeOf.set(event, circle(tasks[at]!.finish))
      dummies.push([nodeOf.get(event)!, last])
      continue
    }
    if (followers.length === 1 && join(followers[0]!.node)) continue
    const key = followers
      .map(group => group.node)
      .sort((a, b) => a - b)
      .join()
    const known = followers.length > 1 ? shared.get(key) : undefined
    if (known !== undefined && join(known)) continue
    nodeOf.set(event, circle(tasks[at]!.finish))
    if (followers.length > 1 && !own && known === undefined) {
      shared.set(key, nodeOf.get(event)!)
      taken.add(`${from}>${nodeOf.get(event)!}`)
    }
    for (const group of followers) dummies.push([nodeOf.get(event)!, group.node])
  }
  tasks.forEach((_, at) => {
    for (const source of raw.beforeFinish[at]!) dummies.push([nodeOf.get(source)!, nodeOf.get(finish(at))!])
  })

  const arrows = tasks.flatMap((task, at): TaskArrow[] => {
    if (finish(at) === start(at)) return []
    const chain = [start(at), ...inner[at]!, finish(at)]
    return chain.slice(1).map((event, part) => ({
      task: at,
      part,
      parts: chain.length - 1,
      from: nodeOf.get(chain[part]!)!,
      to: nodeOf.get(event)!,
      until: event === finish(at) ? task.finish : raw.times[event]!,
    }))
  })
  const milestones = new Map<number, number>()
  tasks.forEach((_, at) => {
    if (finish(at) === start(at)) milestones.set(at, nodeOf.get(start(at))!)
  })
  return closed({ times, arrows, dummies, milestones, broken })
}

/** One circle where everything begins and one where everything ends (JGJ/T 121-2015, 3.2), and no dummy without need. */
function closed(graph: EventGraph): EventGraph {
  const times = [...graph.times]
  const edges: (readonly [number, number])[] = [
    ...graph.arrows.map(({ from, to }) => [from, to] as const),
    ...graph.dummies,
  ]
  const dummies = [...graph.dummies]
  const join = (from: number, to: number) => {
    dummies.push([from, to])
    edges.push([from, to])
  }
  const ends = (side: 0 | 1) => {
    const touched = new Set(edges.map(edge => edge[side]))
    return times.map((_, node) => node).filter(node => !touched.has(node))
  }
  // A milestone is not where others begin or end, unless the plan says so.
  const named = new Set(graph.milestones.values())
  const first = ends(1)
  if (first.length > 1) {
    const at = Math.min(...times)
    const start = first.find(node => times[node] === at && !named.has(node)) ?? times.push(at) - 1
    for (const node of first) if (node !== start) join(start, node)
  }
  const final = ends(0)
  if (final.length > 1) {
    const at = Math.max(...times)
    const end = final.find(node => times[node] === at && !named.has(node)) ?? times.push(at) - 1
    for (const node of final) if (node !== end) join(node, end)
  }
  const reach = reachOf(times.length, edges)
  if (!reach) return graph
  const next: Set<number>[] = times.map(() => new Set())
  for (const [from, to] of edges) next[from]!.add(to)
  const drawn = new Set(graph.arrows.map(({ from, to }) => `${from}>${to}`))
  const needed = [...new Map(dummies.map(edge => [`${edge[0]}>${edge[1]}`, edge])).entries()]
    .filter(
      ([key, [from, to]]) =>
        from !== to && !drawn.has(key) && ![...next[from]!].some(other => other !== to && reach.reaches(other, to)),
    )
    .map(([, edge]) => edge)
  return { ...graph, times, dummies: needed }
}
