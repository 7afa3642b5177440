// One block of runs through the network: forward to the finish, backward to the floats. Rows hold one task, columns one run,
// so that the inner loops walk memory in order and look a link up once for all runs of the block.
import { addWork, type Clock, finishSide, startSide, workBefore } from '../schedule/clock.ts'
import { ELAPSED } from '../schedule/clock-shelf.ts'
import { FF, FS, SF, SS, TO_GATE } from '../schedule/network.ts'
import { type Crossing, crossingOf } from './crossing.ts'
import { ADD, CROSS, FINISH_GATE, OUT, onStartSide, type RunNetwork, START_GATE, sideOf, WORK } from './run-network.ts'

/** Runs per block: rows of a thousand tasks fit the second-level cache. */
export const LANES = 64

export interface Rows {
  /** Remaining work, finish and late finish in minutes of the task's clock: node × LANES + run. */
  readonly span: Float64Array
  readonly finish: Float64Array
  readonly late: Float64Array
  /** Finish of the plan as date and in working minutes of the project calendar since the plan's start. */
  readonly end: Float64Array
  readonly length: Float64Array
}

export interface Passes {
  readonly rows: Rows
  /** `decide` is called when a node is done, before its successors. */
  forward(decide?: (node: number) => void): void
  backward(): void
  /** Date of a node's finish in a run. */
  dateOf(node: number, lane: number): number
}

type Lanes = readonly Clock[] | undefined

/** `lanes[c]` are the clocks by run of the clocks that weather draws. */
export function passesOf(run: RunNetwork, lanes: readonly Lanes[]): Passes {
  const { nodes, order, kind, clock, clocks, edges, inStart, inEdge, outStart, outEdge } = run
  const rows: Rows = {
    span: new Float64Array(nodes * LANES),
    finish: new Float64Array(nodes * LANES),
    late: new Float64Array(nodes * LANES),
    end: new Float64Array(LANES),
    length: new Float64Array(LANES),
  }
  const { span, finish, late, end, length } = rows
  for (let i = 0; i < nodes; i++) span.fill(run.span[i]!, i * LANES, (i + 1) * LANES)

  const active: number[] = []
  for (const node of order) if (kind[node] !== OUT) active.push(node)
  const sequence = Int32Array.from(active)
  const clockIn = (number: number, lane: number): Clock => lanes[number]?.[lane] ?? clocks[number]!

  // Bounds as counts of each node's clock; of clocks that weather draws they are found again in every run.
  const bound = (dates: Float64Array) =>
    Float64Array.from(dates, (date, i) => (Number.isFinite(date) ? workBefore(clocks[clock[i]!]!, date) : date))
  const floorStart = bound(run.floorStart)
  const floorFinish = bound(run.floorFinish)
  const capStart = bound(run.capStart)
  const capFinish = bound(run.capFinish)
  const begun = bound(run.begun)
  for (const i of sequence) {
    const free = floorStart[i] === Number.NEGATIVE_INFINITY && floorFinish[i] === Number.NEGATIVE_INFINITY
    if (kind[i] === WORK && free && inStart[i] === inStart[i + 1]) {
      run.floorStart[i] = run.start
      floorStart[i] = workBefore(clocks[clock[i]!]!, run.start)
    }
  }
  const row = new Float64Array(LANES)
  const ends = new Float64Array(LANES)
  const boundRow = (dates: Float64Array, i: number, out: Float64Array) => {
    for (let k = 0; k < LANES; k++) {
      const date = dates[i]!
      out[k] = Number.isFinite(date) ? workBefore(clockIn(clock[i]!, k), date) : date
    }
  }

  const low = run.start - 90 * 1440
  const high = run.finish + 2 * (run.finish - run.start) + 365 * 1440
  const crossings = new Map<number, Crossing | undefined>()
  const crossing = (a: number, b: number): Crossing | undefined => {
    if (lanes[a] || lanes[b]) return undefined
    const key = a * 65536 + b
    if (!crossings.has(key)) crossings.set(key, crossingOf(clocks[a]!, clocks[b]!, low, high))
    return crossings.get(key)
  }

  /** Counts of clock a in `row` become counts of clock b; each moved by `lag` minutes of a third clock in between. */
  function byDate(a: number, b: number, starting: boolean, lagClock: number, lagRow: (k: number) => number): void {
    for (let k = 0; k < LANES; k++) {
      const from = clockIn(a, k)
      let date = starting ? startSide(from, row[k]!) : finishSide(from, row[k]!)
      const lag = lagRow(k)
      if (lag !== 0) date = lagClock === ELAPSED ? date + lag : addWork(clockIn(lagClock, k), date, lag)
      row[k] = workBefore(clockIn(b, k), date)
    }
  }

  function cross(a: number, b: number, starting: boolean): void {
    const table = crossing(a, b)
    if (!table) {
      byDate(a, b, starting, ELAPSED, () => 0)
      return
    }
    const { origin, step, start } = table
    const side = starting ? start : table.finish
    const last = side.length - 1
    for (let k = 0; k < LANES; k++) {
      const at = (row[k]! - origin) / step
      const j = Math.floor(at)
      if (!(j >= 0 && j < last)) {
        const date = starting ? startSide(clocks[a]!, row[k]!) : finishSide(clocks[a]!, row[k]!)
        row[k] = workBefore(clocks[b]!, date)
      } else if (j === at) row[k] = side[j]!
      else {
        const begin = start[j]!
        row[k] = begin + (table.finish[j + 1]! - begin) * (at - j)
      }
    }
  }

  function move(amount: number): void {
    if (amount !== 0) for (let k = 0; k < LANES; k++) row[k]! += amount
  }

  /** The row of a predecessor's start or finish becomes what the link asks of its successor. */
  function carry(edge: number, starting: boolean): void {
    const from = edges.from[edge]!
    const a = clock[from]!
    const b = clock[edges.to[edge]!]!
    const lag = edges.lag[edge]!
    const way = edges.way[edge]
    if (way === ADD) move(lag)
    else if (way === CROSS) {
      const before = lag !== 0 && edges.lagClock[edge] === a
      if (before) move(lag)
      cross(a, b, before ? lag < 0 : sideOf(run, from, starting))
      if (!before) move(lag)
    } else {
      const share = edges.share[edge] === 1
      const side = sideOf(run, from, starting)
      byDate(a, b, side, edges.lagClock[edge]!, k => (share ? lag * span[from * LANES + k]! : lag))
    }
  }

  /** Microsoft counts an elapsed lag of a finish link from where the successor would start, not from where it would end. */
  function carryShifted(edge: number, starting: boolean): void {
    const to = edges.to[edge]!
    const from = edges.from[edge]! * LANES
    const onStart = sideOf(run, edges.from[edge]!, starting)
    cross(clock[edges.from[edge]!]!, clock[to]!, onStart)
    for (let k = 0; k < LANES; k++) {
      const lag = edges.share[edge] ? edges.lag[edge]! * span[from + k]! : edges.lag[edge]!
      const own = clockIn(clock[to]!, k)
      const length = span[to * LANES + k]!
      // Taking back no work leaves the date where it is.
      const date = length > 0 || onStart ? startSide(own, row[k]! - length) : finishSide(own, row[k]!)
      row[k] = workBefore(own, date + lag)
    }
  }

  /** The row of what a successor allows becomes what is left to its predecessor. */
  function carryBack(edge: number): void {
    const from = edges.from[edge]!
    const a = clock[from]!
    const b = clock[edges.to[edge]!]!
    const lag = edges.lag[edge]!
    const way = edges.way[edge]
    if (way === ADD) move(-lag)
    else if (way === CROSS) {
      const before = lag !== 0 && edges.lagClock[edge] === a
      if (!before) move(-lag)
      cross(b, a, true)
      if (before) move(-lag)
    } else {
      const share = edges.share[edge] === 1
      byDate(b, a, true, edges.lagClock[edge]!, k => -(share ? lag * span[from * LANES + k]! : lag))
    }
  }

  function startsOf(node: number): void {
    const base = node * LANES
    if (!Number.isNaN(begun[node]!)) {
      if (lanes[clock[node]!]) boundRow(run.begun, node, row)
      else row.fill(begun[node]!)
    } else for (let k = 0; k < LANES; k++) row[k] = finish[base + k]! - span[base + k]!
  }

  function work(node: number): void {
    const base = node * LANES
    const drawn = lanes[clock[node]!] !== undefined
    if (drawn) {
      boundRow(run.floorStart, node, row)
      finish.set(row, base)
      boundRow(run.floorFinish, node, ends)
    } else {
      finish.fill(floorStart[node]!, base, base + LANES)
      ends.fill(floorFinish[node]!)
    }
    const delayed = run.delay[node]! > 0
    const floored = run.floorFinish[node]! > Number.NEGATIVE_INFINITY
    // Microsoft counts a levelling delay from where the links let the task start; a date constraint holds after it.
    const later = run.mode === 'ms' && delayed && floored && inStart[node] !== inStart[node + 1]
    if (later) ends.fill(Number.NEGATIVE_INFINITY)
    let ended = floored && !later
    for (let e = inStart[node]!; e < inStart[node + 1]!; e++) {
      const edge = inEdge[e]!
      const from = edges.from[edge]! * LANES
      const type = edges.type[edge]
      if (type === FS && edges.way[edge] === ADD) {
        const lag = edges.lag[edge]!
        for (let k = 0; k < LANES; k++) {
          const value = finish[from + k]! + lag
          if (value > finish[base + k]!) finish[base + k] = value
        }
        continue
      }
      const starting = type === SS || type === SF
      if (starting) startsOf(edges.from[edge]!)
      else for (let k = 0; k < LANES; k++) row[k] = finish[from + k]!
      const shifted = type === FF || type === SF ? edges.elapsed[edge] === 1 && run.mode === 'ms' : false
      if (shifted) carryShifted(edge, starting)
      else carry(edge, starting)
      if ((type === FF || type === SF) && !shifted) {
        ended = true
        for (let k = 0; k < LANES; k++) if (row[k]! > ends[k]!) ends[k] = row[k]!
      } else for (let k = 0; k < LANES; k++) if (row[k]! > finish[base + k]!) finish[base + k] = row[k]!
    }
    if (delayed) {
      for (let k = 0; k < LANES; k++) {
        const own = clockIn(clock[node]!, k)
        const start = Math.max(finish[base + k]!, ended ? ends[k]! - span[base + k]! : Number.NEGATIVE_INFINITY)
        finish[base + k] = workBefore(own, startSide(own, start) + run.delay[node]!)
      }
      if (later) boundRow(run.floorFinish, node, ends)
      ended = later
    }
    for (let k = 0; k < LANES; k++) finish[base + k]! += span[base + k]!
    if (ended) for (let k = 0; k < LANES; k++) if (ends[k]! > finish[base + k]!) finish[base + k] = ends[k]!
    if (run.capStart[node]! < Number.POSITIVE_INFINITY) {
      if (drawn) boundRow(run.capStart, node, row)
      else row.fill(capStart[node]!)
      for (let k = 0; k < LANES; k++) finish[base + k] = Math.min(finish[base + k]!, row[k]! + span[base + k]!)
    }
    if (run.capFinish[node]! < Number.POSITIVE_INFINITY) {
      if (drawn) boundRow(run.capFinish, node, row)
      else row.fill(capFinish[node]!)
      for (let k = 0; k < LANES; k++) finish[base + k] = Math.min(finish[base + k]!, row[k]!)
    }
  }

  function gate(node: number): void {
    const base = node * LANES
    const finishing = kind[node] === FINISH_GATE
    finish.fill(finishing ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, base, base + LANES)
    for (let e = inStart[node]!; e < inStart[node + 1]!; e++) {
      const edge = inEdge[e]!
      const leaf = edges.from[edge]!
      if (finishing) for (let k = 0; k < LANES; k++) row[k] = finish[leaf * LANES + k]!
      else startsOf(leaf)
      carry(edge, !finishing)
      for (let k = 0; k < LANES; k++) {
        const value = row[k]!
        if (finishing ? value > finish[base + k]! : value < finish[base + k]!) finish[base + k] = value
      }
    }
  }

  // Only nodes that no unbounded successor outlasts can set the finish of the plan.
  const last = sequence.filter(node => run.counts[node] === 1 && !outlasted(node))
  function outlasted(node: number): boolean {
    for (let e = outStart[node]!; e < outStart[node + 1]!; e++) {
      const edge = outEdge[e]!
      const to = edges.to[edge]!
      // In another calendar the same moment may read as an earlier one: Saturday's end as Friday's.
      const plain = edges.way[edge] === ADD && kind[to] === WORK && run.counts[to] === 1 && !capped(to)
      if (plain && (edges.type[edge] === FS || edges.type[edge] === FF) && edges.lag[edge]! >= 0) return true
    }
    return false
  }
  function capped(node: number): boolean {
    return run.capStart[node]! < Number.POSITIVE_INFINITY || run.capFinish[node]! < Number.POSITIVE_INFINITY
  }
  const lastClocks = [...new Set(Array.from(last, node => clock[node]!))]
  const project = clocks[run.projectClock]!
  const zero = workBefore(project, run.start)

  function findEnd(): void {
    end.fill(Number.NEGATIVE_INFINITY)
    for (const number of lastClocks) {
      ends.fill(Number.NEGATIVE_INFINITY)
      for (const node of last) {
        if (clock[node] !== number || onStartSide(run, node)) continue
        const base = node * LANES
        for (let k = 0; k < LANES; k++) if (finish[base + k]! > ends[k]!) ends[k] = finish[base + k]!
      }
      for (let k = 0; k < LANES; k++) {
        if (ends[k]! > Number.NEGATIVE_INFINITY) end[k] = Math.max(end[k]!, finishSide(clockIn(number, k), ends[k]!))
      }
    }
    for (const node of last) {
      if (onStartSide(run, node)) for (let k = 0; k < LANES; k++) end[k] = Math.max(end[k]!, dateOf(node, k))
    }
    for (let k = 0; k < LANES; k++) {
      if (!Number.isFinite(end[k]!)) end[k] = run.finish
      length[k] = workBefore(project, end[k]!) - zero
    }
  }

  function dateOf(node: number, lane: number): number {
    const own = clockIn(clock[node]!, lane)
    const value = finish[node * LANES + lane]!
    return onStartSide(run, node) ? startSide(own, value) : finishSide(own, value)
  }

  const endIn = new Map<number, Float64Array>()
  function endRow(number: number): Float64Array {
    let known = endIn.get(number)
    if (known) return known
    known = new Float64Array(LANES)
    for (let k = 0; k < LANES; k++) known[k] = workBefore(clockIn(number, k), end[k]!)
    endIn.set(number, known)
    return known
  }

  function backwardNode(node: number): void {
    const base = node * LANES
    if (run.counts[node] === 1) late.set(endRow(clock[node]!), base)
    else late.fill(Number.POSITIVE_INFINITY, base, base + LANES)
    for (let e = outStart[node]!; e < outStart[node + 1]!; e++) {
      const edge = outEdge[e]!
      const to = edges.to[edge]! * LANES
      const type = edges.type[edge]!
      if (type === FS && edges.way[edge] === ADD) {
        const lag = edges.lag[edge]!
        for (let k = 0; k < LANES; k++) {
          const value = late[to + k]! - span[to + k]! - lag
          if (value < late[base + k]!) late[base + k] = value
        }
        continue
      }
      const fromStart = type === SS || type === SF || (type === TO_GATE && kind[edges.to[edge]!] === START_GATE)
      if (fromStart && !Number.isNaN(begun[node]!)) continue
      const toStart = type === FS || type === SS
      for (let k = 0; k < LANES; k++) row[k] = toStart ? late[to + k]! - span[to + k]! : late[to + k]!
      carryBack(edge)
      if (fromStart) for (let k = 0; k < LANES; k++) row[k]! += span[base + k]!
      if (type === TO_GATE && fromStart) leaveFree(node, edge)
      for (let k = 0; k < LANES; k++) if (row[k]! < late[base + k]!) late[base + k] = row[k]!
    }
  }

  /** A start gate binds only the leaves that it starts with. */
  function leaveFree(node: number, edge: number): void {
    ends.set(row)
    startsOf(node)
    carry(edge, true)
    const gateBase = edges.to[edge]! * LANES
    for (let k = 0; k < LANES; k++) row[k] = row[k] === finish[gateBase + k]! ? ends[k]! : Number.POSITIVE_INFINITY
  }

  return {
    rows,
    dateOf,
    forward(decide) {
      for (const node of sequence) {
        if (kind[node] === WORK) work(node)
        else gate(node)
        decide?.(node)
      }
      findEnd()
    },
    backward() {
      endIn.clear()
      for (let i = sequence.length - 1; i >= 0; i--) backwardNode(sequence[i]!)
    },
  }
}
