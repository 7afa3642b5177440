// Rows for arrows, circles and dummies: the critical work in the middle of its lane, followers near who they follow, and no
// two things on one stretch of a row.
import type { Minute } from '../schedule/plan.ts'
import type { Arrow, Diagram, Dummy, Lane } from './diagram.ts'
import { type EventGraph, eventGraph, type TaskArrow } from './event.ts'
import type { ArrowInput, ArrowLink } from './input.ts'
import { reachOf } from './reach.ts'

export interface ArrowOptions {
  /** Free time kept between two things on one row, so that circles and names do not touch. */
  readonly gap: Minute
}
export type DiagramOutcome =
  | { ok: true; diagram: Diagram /** Links that the dates do not keep. */; broken: readonly ArrowLink[] }
  /** The links close a circle. */
  | { ok: false; error: { code: 'arrow.cycle' } }

/** What lies on a row from one circle to another. */
interface Stretch {
  readonly start: Minute
  readonly end: Minute
  readonly from: number
  readonly to: number
}

/** Rows of one lane, counted from its middle: 0, then −1 and 1, and so on. */
interface Band {
  readonly name: string | null
  readonly taken: Map<number, Stretch[]>
}

/** Things on one row keep the gap, unless the one begins in the very circle in which the other ends. */
const isFree = (band: Band, row: number, mine: Stretch, gap: Minute): boolean =>
  (band.taken.get(row) ?? []).every(
    other =>
      (other.to === mine.from && other.end <= mine.start) ||
      (other.from === mine.to && other.start >= mine.end) ||
      mine.end + gap <= other.start ||
      mine.start - gap >= other.end,
  )

function take(band: Band, row: number, mine: Stretch): void {
  const list = band.taken.get(row)
  if (list) list.push(mine)
  else band.taken.set(row, [mine])
}

/** The free row nearest to the wished one; of two equally near the one nearer to the middle. */
function nearest(band: Band, wished: number, mine: Stretch, gap: Minute): number {
  for (let far = 0; ; far++)
    for (const row of wished > 0 ? [wished - far, wished + far] : [wished + far, wished - far])
      if (isFree(band, row, mine, gap)) return row
}

/** A place on a band's row; rows of the whole sheet are known when all bands are. */
interface Place {
  readonly band: Band
  readonly row: number
}

/**
 * The time-scaled arrow network (双代号时标网络图, JGJ/T 121-2015 §5) of computed dates: circles, arrows with their free
 * float as waves, dummies, in rows by lane. Pure; O(tasks²/32) for precedence. Errors: `arrow.cycle`.
 */
export function arrowDiagram(input: ArrowInput, { gap }: ArrowOptions): DiagramOutcome {
  if (input.tasks.length === 0)
    return { ok: true, diagram: { nodes: [], arrows: [], dummies: [], lanes: [], rows: 0 }, broken: [] }
  const graph = eventGraph(input)
  if (!graph) return { ok: false, error: { code: 'arrow.cycle' } }
  const { tasks } = input
  const { times, dummies } = graph
  const bands = new Map<string | null, Band>()
  const bandOf = (name: string | null): Band => {
    const known = bands.get(name) ?? { name, taken: new Map() }
    bands.set(name, known)
    return known
  }
  for (const task of tasks) bandOf(task.lane ?? null)

  // One row for all parts of a task; long critical work first, so that it keeps the middle.
  const parts = new Map<number, TaskArrow[]>()
  for (const arrow of graph.arrows) parts.set(arrow.task, [...(parts.get(arrow.task) ?? []), arrow])
  const order = [...parts.keys()].sort(
    (a, b) =>
      Number(tasks[b]!.critical) - Number(tasks[a]!.critical) ||
      tasks[a]!.start - tasks[b]!.start ||
      tasks[b]!.finish - tasks[a]!.finish ||
      a - b,
  )
  const rows = new Map<number, Place>()
  const ending = new Map<number, number[]>()
  for (const arrow of graph.arrows) ending.set(arrow.to, [...(ending.get(arrow.to) ?? []), arrow.task])
  for (const [from, to] of dummies) ending.set(to, [...(ending.get(to) ?? []), ...(ending.get(from) ?? [])])
  for (const task of order) {
    const chain = parts.get(task)!
    const [from, to] = [chain[0]!.from, chain.at(-1)!.to]
    const mine: Stretch = { start: times[from]!, end: times[to]!, from, to }
    const band = bandOf(tasks[task]!.lane ?? null)
    const before = (ending.get(from) ?? []).map(each => rows.get(each)).find(place => place?.band === band)
    const row = nearest(band, tasks[task]!.critical ? 0 : (before?.row ?? 0), mine, gap)
    take(band, row, mine)
    rows.set(task, { band, row })
  }

  // A circle lies on the row of the most important arrow that touches it.
  const places: (Place | undefined)[] = times.map(() => undefined)
  const touching = new Map<number, TaskArrow[]>()
  for (const arrow of graph.arrows)
    for (const node of [arrow.from, arrow.to]) touching.set(node, [...(touching.get(node) ?? []), arrow])
  times.forEach((_, node) => {
    const [best] = (touching.get(node) ?? []).toSorted(
      (a, b) =>
        Number(tasks[b.task]!.critical) - Number(tasks[a.task]!.critical) ||
        Number(b.from === node) - Number(a.from === node) ||
        tasks[a.task]!.start - tasks[b.task]!.start ||
        a.task - b.task,
    )
    places[node] = best && rows.get(best.task)
  })
  // Circles that only dummies touch (milestones between milestones, a common beginning): beside a neighbour.
  const milestone = new Map([...graph.milestones].map(([task, node]) => [node, task]))
  times.forEach((time, node) => {
    if (places[node]) return
    const task = milestone.get(node)
    const near = dummies.flatMap(([from, to]) => (from === node ? [to] : to === node ? [from] : []))
    const beside = near.map(each => places[each]).find(place => place !== undefined)
    const lane = task === undefined ? undefined : tasks[task]!.lane
    const band = lane === undefined && beside ? beside.band : bandOf(lane ?? null)
    const mine: Stretch = { start: time, end: time, from: node, to: node }
    const row = nearest(band, beside?.band === band ? beside.row : 0, mine, gap)
    take(band, row, mine)
    places[node] = { band, row }
  })

  const waits = dummies.map(([from, to]): readonly [number, number, Place] => {
    const [a, b] = [places[from]!, places[to]!]
    const mine: Stretch = { start: times[from]!, end: times[to]!, from, to }
    if (mine.start === mine.end) return [from, to, b]
    // Along the row of one of its ends when that is free, else on a row of its own nearby.
    const place = [b, a].find(each => isFree(each.band, each.row, mine, 0)) ?? {
      band: b.band,
      row: nearest(b.band, b.row, mine, gap),
    }
    take(place.band, place.row, mine)
    return [from, to, place]
  })

  return { ok: true, diagram: sheet(input, graph, [...bands.values()], rows, places, waits), broken: graph.broken }
}

/** Rows of all lanes one below the other, circles numbered in the order of time. */
function sheet(
  { tasks }: ArrowInput,
  graph: EventGraph,
  bands: readonly Band[],
  rows: ReadonlyMap<number, Place>,
  places: readonly (Place | undefined)[],
  waits: readonly (readonly [number, number, Place])[],
): Diagram {
  const offset = new Map<Band, number>()
  const lanes: Lane[] = []
  let next = 0
  for (const band of bands) {
    const used = [...band.taken.keys()]
    if (used.length === 0) continue
    const first = Math.min(...used)
    offset.set(band, next - first)
    lanes.push({ name: band.name, firstRow: next, lastRow: next + Math.max(...used) - first })
    next += Math.max(...used) - first + 1
  }
  const rowOf = ({ band, row }: Place) => row + (offset.get(band) ?? 0)
  const edges = [...graph.arrows.map(({ from, to }) => [from, to] as const), ...graph.dummies]
  const place = new Map((reachOf(graph.times.length, edges)?.order ?? []).map((node, at) => [node, at]))
  const order = graph.times
    .map((_, node) => node)
    .sort((a, b) => graph.times[a]! - graph.times[b]! || place.get(a)! - place.get(b)!)
  const number = new Map(order.map((node, at) => [node, at + 1]))
  const milestones = new Map<number, string[]>()
  for (const [task, node] of graph.milestones) milestones.set(node, [...(milestones.get(node) ?? []), tasks[task]!.id])
  const arrows = graph.arrows.map(
    ({ task, part, parts, from, to, until }): Arrow => ({
      task: tasks[task]!.id,
      part,
      parts,
      from: number.get(from)!,
      to: number.get(to)!,
      row: rowOf(rows.get(task)!),
      until,
      critical: tasks[task]!.critical,
    }),
  )
  const critical = {
    in: new Set(arrows.filter(each => each.critical).map(each => each.to)),
    out: new Set(arrows.filter(each => each.critical).map(each => each.from)),
  }
  return {
    nodes: order.map((node, at) => ({
      number: at + 1,
      time: graph.times[node]!,
      row: rowOf(places[node]!),
      milestones: milestones.get(node) ?? [],
    })),
    arrows,
    dummies: waits.map(([from, to, at]): Dummy => {
      const [a, b] = [number.get(from)!, number.get(to)!]
      const sameTime = graph.times[from] === graph.times[to]
      return { from: a, to: b, row: rowOf(at), critical: sameTime && critical.in.has(a) && critical.out.has(b) }
    }),
    lanes,
    rows: next,
  }
}
