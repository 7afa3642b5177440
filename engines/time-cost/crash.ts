// Time against cost: what the shortest way to finish earlier costs, for every length from the normal one to the shortest there is.
//
// Shortening at constant rates is a linear programme whose dual is a flow of largest length through the network (Fulkerson 1961,
// Kelley 1961): each activity is two parallel arcs, its normal length with the rate as capacity, its crashed length without
// bound. Augmenting along longest paths visits every breakpoint of the exact cost curve, so no general solver is needed.

export interface CrashTask {
  readonly id: string
  /** Longest and shortest duration, in one unit of time; equal when it cannot be shortened. */
  readonly normal: number
  readonly crash: number
  /** Cost of one unit of time less; ≥ 0. */
  readonly rate: number
  /** Instead of one rate: from `normal` down to each of these durations, the last being `crash`, at rates that do not fall. */
  readonly pieces?: readonly CrashPiece[]
  /** Does not start before; from the start of the network. */
  readonly release?: number
}

export interface CrashPiece {
  readonly to: number
  readonly rate: number
}

export interface CrashLink {
  readonly from: string
  readonly to: string
  readonly type: 'FS' | 'SS' | 'FF' | 'SF'
  /** In the same unit; negative is a lead. */
  readonly lag: number
}

export interface CrashPoint {
  readonly length: number
  /** Above the cost at normal durations. */
  readonly cost: number
  /** Of one unit of time less than this point; null where nothing can be shortened any more. */
  readonly rate: number | null
  /** In the order of the tasks. */
  readonly durations: readonly number[]
  /** Starts from the start of the network at these durations: any that keep the links, not the earliest. */
  readonly starts: readonly number[]
}

export type CrashOutcome =
  /** From the normal length to the shortest; between two points all is linear. */
  { readonly ok: true; readonly points: readonly CrashPoint[] } | { readonly ok: false; readonly error: CrashError }
export type CrashError =
  | { readonly code: 'time_cost.invalid'; readonly task: string }
  | { readonly code: 'time_cost.unknown_task'; readonly task: string }
  /** The links leave no way to be kept, at any durations. */
  | { readonly code: 'time_cost.cycle' }

const NEAR = 1e-9
const [START, END] = [0, 1]
const startOf = (task: number) => 2 + 2 * task
const finishOf = (task: number) => 3 + 2 * task

/** Arcs in pairs: an arc and, behind it, the one that takes its flow back. */
interface Arcs {
  readonly nodes: number
  readonly to: number[]
  readonly length: number[]
  readonly room: number[]
  readonly out: number[][]
}

/** The exact time–cost curve. Durations are continuous; with whole durations and lags the points are whole too. */
export function crashCurve(tasks: readonly CrashTask[], links: readonly CrashLink[]): CrashOutcome {
  const wrong = tasks.find(
    task =>
      !(task.crash >= 0 && task.crash <= task.normal && task.normal < 1e9 && Math.abs(task.release ?? 0) < 1e9) ||
      !rising(task),
  )
  if (wrong) return { ok: false, error: { code: 'time_cost.invalid', task: wrong.id } }
  const index = new Map(tasks.map(({ id }, at) => [id, at]))
  const stray = links.flatMap(({ from, to }) => [from, to]).find(id => !index.has(id))
  if (stray !== undefined) return { ok: false, error: { code: 'time_cost.unknown_task', task: stray } }

  const arcs = networkOf(tasks, links, index)
  const points: CrashPoint[] = []
  let flow = 0
  let cost = 0
  for (;;) {
    const found = longestPaths(arcs)
    if (!found) return { ok: false, error: { code: 'time_cost.cycle' } }
    const { distance, by } = found
    const length = distance[END]!
    const last = points.at(-1)
    if (!last || last.length - length > NEAR) {
      if (last) cost += flow * (last.length - length)
      const durations = tasks.map(({ normal, crash }, task) =>
        tidy(Math.min(normal, Math.max(crash, distance[finishOf(task)]! - distance[startOf(task)]!))),
      )
      const starts = tasks.map((_, task) => tidy(distance[startOf(task)]!))
      points.push({ length: tidy(length), cost: tidy(cost), rate: null, durations, starts })
    }
    const more = augment(arcs, by)
    if (!Number.isFinite(more)) return { ok: true, points }
    flow += more
    // Until the next point each unit costs what flows by then.
    const here = points.length - 1
    points[here] = { ...points[here]!, rate: tidy(flow) }
  }
}

const piecesOf = ({ crash, rate, pieces }: CrashTask): readonly CrashPiece[] => pieces ?? [{ to: crash, rate }]

/** Cost is convex: the first unit of time less is the cheapest. */
function rising(task: CrashTask): boolean {
  const { normal, crash } = task
  const pieces = piecesOf(task)
  return (
    (pieces.at(-1)?.to ?? normal) === crash &&
    pieces.every(({ to, rate }, at) => {
      const before = pieces[at - 1]
      return to <= (before?.to ?? normal) && rate >= (before?.rate ?? 0) && rate < 1e15
    })
  )
}

const tidy = (value: number) => Math.round(value * 1e6) / 1e6 + 0

function networkOf(tasks: readonly CrashTask[], links: readonly CrashLink[], index: ReadonlyMap<string, number>): Arcs {
  const nodes = 2 + 2 * tasks.length
  const arcs: Arcs = { nodes, to: [], length: [], room: [], out: Array.from({ length: nodes }, () => []) }
  const arc = (from: number, to: number, length: number, room: number) => {
    arcs.out[from]!.push(arcs.to.length)
    arcs.to.push(to)
    arcs.length.push(length)
    arcs.room.push(room)
    arcs.out[to]!.push(arcs.to.length)
    arcs.to.push(from)
    arcs.length.push(-length)
    arcs.room.push(0)
  }
  // Nothing to do takes no time.
  arc(START, END, 0, Number.POSITIVE_INFINITY)
  tasks.forEach((own, task) => {
    const { normal, crash, release } = own
    const [start, finish] = [startOf(task), finishOf(task)]
    arc(START, start, Math.max(0, release ?? 0), Number.POSITIVE_INFINITY)
    arc(finish, END, 0, Number.POSITIVE_INFINITY)
    // Each piece takes as much more as its rate is above the last: together they are its cost of a unit of time.
    let [from, paid] = [normal, 0]
    for (const { to, rate } of piecesOf(own)) {
      if (from <= to) continue
      if (rate > paid) arc(start, finish, from, rate - paid)
      from = to
      paid = rate
    }
    arc(start, finish, crash, Number.POSITIVE_INFINITY)
    // Never longer than normal: a late finish moves the start, as it does in a plan.
    arc(finish, start, -normal, Number.POSITIVE_INFINITY)
  })
  for (const { from, to, type, lag } of links) {
    const [a, b] = [index.get(from)!, index.get(to)!]
    arc(
      type[0] === 'F' ? finishOf(a) : startOf(a),
      type[1] === 'F' ? finishOf(b) : startOf(b),
      lag,
      Number.POSITIVE_INFINITY,
    )
  }
  return arcs
}

/** Longest distances from the start over arcs with room, and the arc by which each node is reached; undefined on a positive circle. */
function longestPaths({ nodes, to, length, room, out }: Arcs) {
  const distance = new Float64Array(nodes).fill(Number.NEGATIVE_INFINITY)
  const by = new Int32Array(nodes).fill(-1)
  const steps = new Int32Array(nodes)
  const waiting = new Uint8Array(nodes)
  distance[START] = 0
  const queue = [START]
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!
    waiting[node] = 0
    for (const arc of out[node]!) {
      if (room[arc]! <= NEAR) continue
      const next = to[arc]!
      const reached = distance[node]! + length[arc]!
      if (reached <= distance[next]! + NEAR) continue
      distance[next] = reached
      by[next] = arc
      steps[next] = steps[node]! + 1
      if (steps[next]! > nodes) return undefined
      if (waiting[next]) continue
      waiting[next] = 1
      queue.push(next)
    }
  }
  return { distance, by }
}

/** Sends as much along the path as it has room for; unbounded when no shortening helps any more. */
function augment({ to, room }: Arcs, by: Int32Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let node = END; node !== START; node = to[by[node]! ^ 1]!) least = Math.min(least, room[by[node]!]!)
  if (!Number.isFinite(least)) return least
  for (let node = END; node !== START; node = to[by[node]! ^ 1]!) {
    room[by[node]!]! -= least
    room[by[node]! ^ 1]! += least
  }
  return least
}

/**
 * The cheapest way to a length. Undefined when it cannot be reached. With a `grid` that divides every duration, lag and release
 * and the length, durations are multiples of it as well, at no greater cost: between two points all starts and finishes are in
 * proportion, and rounding all of them down together keeps every link, whose bounds are whole.
 */
export function crashAt(points: readonly CrashPoint[], length: number, grid?: number): CrashPoint | undefined {
  const [first] = points
  if (!first) return undefined
  if (length >= first.length) return first
  for (let at = 1; at < points.length; at++) {
    const [longer, shorter] = [points[at - 1]!, points[at]!]
    if (length < shorter.length - NEAR) continue
    const share = (longer.length - length) / (longer.length - shorter.length)
    const between = (a: number, b: number) => tidy(a + share * (b - a))
    const down = (moment: number) => (grid === undefined ? moment : grid * Math.floor(tidy(moment / grid)))
    const starts = longer.starts.map((start, task) => between(start, shorter.starts[task]!))
    const finishes = starts.map((_, task) =>
      between(longer.starts[task]! + longer.durations[task]!, shorter.starts[task]! + shorter.durations[task]!),
    )
    return {
      length,
      cost: between(longer.cost, shorter.cost),
      rate: share >= 1 ? shorter.rate : longer.rate,
      durations: finishes.map((finish, task) => tidy(down(finish) - down(starts[task]!))),
      starts: starts.map(down),
    }
  }
  return undefined
}

/** The point of least total cost when each unit of time costs `indirect` (site overhead, interest, a penalty). */
export function cheapest(points: readonly CrashPoint[], indirect: number): CrashPoint | undefined {
  return points.find(({ rate }) => rate === null || rate >= indirect)
}
