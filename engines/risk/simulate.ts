// The simulation: a plan and what is uncertain about it, run many times; whole, or by chunks in several threads.
import { workBefore } from '../schedule/clock.ts'
import type { Mode, Plan } from '../schedule/plan.ts'
import { blockOf, fillUniform, streamName } from '../statistics/random.ts'
import { decimalAmount } from './amount.ts'
import { valuesInPlace } from './distribution.ts'
import { compileDrawing } from './draw.ts'
import type { Control, RiskError, RiskModel, SimulationOptions, Weather } from './model.ts'
import { LANES, type Passes, passesOf } from './pass.ts'
import { type Findings, findings } from './result.ts'
import { noOtherClocks, type OtherClocks, type RunNetwork, runNetwork, WORK } from './run-network.ts'
import { plannedLength, type Setting } from './setting.ts'
import { addTallies, CHUNK, emptyTally, type Tally } from './tally.ts'
import { weatherClocks, weatherHorizon } from './weather.ts'

export const MOST_ITERATIONS = 1_000_000
/** Rows of a block kept at once; beyond it memory, not time, is the limit. */
const MOST_CELLS = 40_000_000
const MOST_WATCHED = 50

export interface Simulation {
  /** Chunks that make up the whole run; any thread may run any of them. */
  readonly chunks: number
  readonly iterations: number
  /** Runs chunks [from, to). Tallies hold plain arrays and may cross threads. */
  run(from: number, to: number, control?: Control): { ok: true; tallies: Tally[] } | { ok: false; error: RiskError }
  /** What all chunks together say; the same whoever ran them. */
  findings(tallies: readonly Tally[]): Findings
}

export type OpenOutcome = { ok: true; simulation: Simulation } | { ok: false; error: RiskError }
export type SimulationOutcome = { ok: true; findings: Findings } | { ok: false; error: RiskError }

/**
 * Simulates a plan. Durations, finishes and lengths are minutes; costs in the plan's currency.
 * The same plan, model, iterations and seed give the same findings to the last bit.
 * Errors: those of the schedule (cycle …), an unknown id, a distribution that is none, contradictory options, `risk.cancelled`.
 */
export function simulate(
  plan: Plan,
  model: RiskModel,
  options: SimulationOptions,
  control?: Control,
  mode: Mode = plan.mode,
): SimulationOutcome {
  const opened = openSimulation(plan, model, options, mode)
  if (!opened.ok) return opened
  const { simulation } = opened
  const ran = simulation.run(0, simulation.chunks, control)
  return ran.ok ? { ok: true, findings: simulation.findings(ran.tallies) } : ran
}

/** Checks and compiles; every thread of a run opens the same simulation. */
export function openSimulation(
  plan: Plan,
  model: RiskModel,
  options: SimulationOptions,
  mode: Mode = plan.mode,
): OpenOutcome {
  const { iterations, seed } = options
  if (!(Number.isInteger(iterations) && iterations >= 1 && iterations <= MOST_ITERATIONS)) {
    return { ok: false, error: { code: 'risk.iterations', least: 1, most: MOST_ITERATIONS } }
  }
  const weather = model.weather ?? []
  const problem = weatherProblem(plan, weather)
  if (problem) return { ok: false, error: problem }
  const built = runNetwork(plan, mode, rainyClocks(plan, weather))
  if (!built.ok) return built
  const { network } = built
  const cells = network.nodes * LANES + weather.length * LANES * 12_000
  if (cells > MOST_CELLS) return { ok: false, error: { code: 'risk.too_large', cells, most: MOST_CELLS } }
  const drawn = compileDrawing(model, network, seed)
  if (!drawn.ok) return drawn
  const watched = watchedNodes(plan, network, options.watch)
  if (typeof watched === 'string') {
    return { ok: false, error: { code: 'risk.unknown_task', task: watched, in: 'watch' } }
  }
  const replay = passesOf(network, [])
  replay.forward()
  const replayed = Math.round(replay.rows.end[0]!)
  let rows: ReturnType<typeof openPasses> | undefined
  const setting: Setting = { plan, model, options, network, drawing: drawn.drawing, watched, replayed }
  return {
    ok: true,
    simulation: {
      chunks: Math.ceil(iterations / CHUNK),
      iterations,
      run(from, to, control) {
        // Tables between calendars are dear: kept from one call to the next.
        rows ??= openPasses(setting)
        return runChunks(setting, rows, from, to, control)
      },
      findings: tallies => findings(setting, addTallies(tallies)),
    },
  }
}

function weatherProblem(plan: Plan, weather: readonly Weather[]): RiskError | undefined {
  const calendars = new Set(plan.calendars.map(({ id }) => id))
  const tasks = new Set(plan.tasks.map(({ id }) => id))
  for (const { id, calendar, lostShare, tasks: own } of weather) {
    if (!calendars.has(calendar)) return { code: 'risk.unknown_calendar', calendar, in: id }
    const share = lostShare.length === 12 ? lostShare.find(p => !(p >= 0 && p < 1)) : Number.NaN
    if (share !== undefined) return { code: 'risk.probability', in: id, value: share }
    const stranger = own?.find(task => !tasks.has(task))
    if (stranger !== undefined) return { code: 'risk.unknown_task', task: stranger, in: id }
  }
  return undefined
}

/** Tasks under a weather count in a clock of their own, which is drawn in each run. */
function rainyClocks(plan: Plan, weather: readonly Weather[]): OtherClocks {
  if (weather.length === 0) return noOtherClocks
  let own: readonly number[] = []
  const chosen = weather.map(({ tasks }) => (tasks ? new Set(tasks) : undefined))
  return {
    standIns(clockOf) {
      own = weather.map(({ calendar }) => clockOf(calendar))
      return own
    },
    of(task, clock, base) {
      const { id } = plan.tasks[task]!
      const found = own.findIndex((number, w) => number === clock && (chosen[w]?.has(id) ?? true))
      return found >= 0 ? base + found : clock
    },
  }
}

function watchedNodes(plan: Plan, network: RunNetwork, watch: readonly string[] | undefined): number[] | string {
  const isMilestone = (i: number) => network.kind[i] === WORK && network.open[i] === 1 && network.span[i] === 0
  if (!watch) return plan.tasks.flatMap((_, i) => (isMilestone(i) ? [i] : [])).slice(0, MOST_WATCHED)
  const indexOf = new Map(plan.tasks.map((task, i) => [task.id, i]))
  const nodes: number[] = []
  for (const id of watch) {
    const node = indexOf.get(id)
    if (node === undefined) return id
    if (network.kind[node] === WORK) nodes.push(node)
  }
  return nodes
}

/** Rows and passes of one thread, with the clocks that weather draws. */
export function openPasses(setting: Setting): { passes: Passes; drawWeather(block: number): void } {
  const { network, model, options } = setting
  const base = network.clocks.length - (model.weather?.length ?? 0)
  const drawn = (model.weather ?? []).map((weather, w) =>
    weatherClocks(
      ...([weather, network.clocks[base + w]!, network.start] as const),
      ...([
        weatherHorizon(network.start, network.finish),
        LANES,
        streamName(options.seed, `weather ${weather.id}`),
      ] as const),
    ),
  )
  const lanes = network.clocks.map((_, i) => drawn[i - base]?.clocks)
  return {
    passes: passesOf(network, lanes),
    drawWeather(block) {
      for (const { draw } of drawn) draw(block)
    },
  }
}

function runChunks(
  setting: Setting,
  { passes, drawWeather }: ReturnType<typeof openPasses>,
  from: number,
  to: number,
  control: Control | undefined,
): { ok: true; tallies: Tally[] } | { ok: false; error: RiskError } {
  const { iterations } = setting.options
  const tallies: Tally[] = []
  const total = Math.min(iterations, to * CHUNK) - from * CHUNK
  for (let chunk = from; chunk < to; chunk++) {
    if (control?.cancelled?.()) return { ok: false, error: { code: 'risk.cancelled' } }
    const tally = emptyTally(chunk, Math.min(CHUNK, iterations - chunk * CHUNK), {
      nodes: setting.network.nodes,
      watched: setting.watched.length,
      events: setting.drawing.events.length,
      branches: setting.drawing.branches.length,
    })
    for (let first = 0; first < tally.end.length; first += LANES) {
      const block = (chunk * CHUNK + first) / LANES
      drawWeather(block)
      runBlock(setting, passes, block)
      count(setting, passes, tally, first, block)
    }
    tallies.push(tally)
    control?.progress?.(Math.min(iterations, (chunk + 1) * CHUNK) - from * CHUNK, total)
  }
  return { ok: true, tallies }
}

/** Draws and computes one block. */
function runBlock({ network, drawing }: Setting, passes: Passes, block: number): void {
  const { rows } = passes
  const { variables, branches, branch, way, taken } = drawing
  drawing.begin(block)
  const choose = (node: number) => {
    const base = node * LANES
    const at = branch[node]! * LANES
    for (let k = 0; k < LANES; k++) if (taken[at + k] !== way[node]) rows.span[base + k] = 0
  }
  const deciders = new Set(branches.filter(({ decider }) => decider >= 0).map(({ decider }) => decider))
  for (let v = 0; v < variables.length; v++) {
    const node = variables[v]!
    drawing.spanOf(v, block, rows.span, node * LANES)
    if (branch[node]! >= 0 && branches[branch[node]!]!.decider < 0) choose(node)
  }
  if (deciders.size === 0) passes.forward()
  else {
    passes.forward(done => {
      if (!deciders.has(done)) return
      branches.forEach(({ decider, after }, b) => {
        if (decider !== done) return
        for (let k = 0; k < LANES; k++) taken[b * LANES + k] = passes.dateOf(done, k) > after ? 0 : 1
        for (let node = 0; node < network.tasks; node++) if (branch[node] === b) choose(node)
      })
    })
  }
  passes.backward()
}

/** Adds a block to its chunk's tally; lanes beyond the last iteration are left out. */
function count(setting: Setting, passes: Passes, tally: Tally, first: number, block: number): void {
  const { network, drawing, watched } = setting
  const { rows } = passes
  const lanes = Math.min(LANES, tally.end.length - first)
  const whole = plannedLength(network)
  const { length } = rows
  for (let k = 0; k < lanes; k++) {
    tally.end[first + k] = rows.end[k]!
    tally.length[first + k] = length[k]!
  }
  const n = tally.end.length
  watched.forEach((node, w) => {
    for (let k = 0; k < lanes; k++) tally.watched[w * n + first + k] = passes.dateOf(node, k)
  })
  drawing.events.forEach(({ happens }, e) => {
    tally.happened.set(happens.subarray(0, lanes), e * n + first)
  })
  drawing.branches.forEach((_, b) => {
    tally.taken.set(drawing.taken.subarray(b * LANES, b * LANES + lanes), b * n + first)
  })

  for (let node = 0; node < network.tasks; node++) {
    if (network.open[node] === 0) continue
    const base = node * LANES
    const planned = network.span[node]!
    const branch = drawing.branch[node]!
    let critical = 0
    let significance = 0
    let span = 0
    let square = 0
    let product = 0
    let finish = 0
    const own =
      network.floatClock[node] === network.clock[node] ? undefined : network.clocks[network.floatClock[node]!]!
    const slackOf = (k: number) =>
      own
        ? workBefore(own, rows.late[base + k]!) - workBefore(own, rows.finish[base + k]!)
        : rows.late[base + k]! - rows.finish[base + k]!
    for (let k = 0; k < lanes; k++) {
      const d = rows.span[base + k]!
      const f = rows.finish[base + k]!
      const slack = slackOf(k)
      const t = length[k]!
      if (slack < 0.5) critical++
      if (d > 0) significance += slack > 0 ? (d / (d + slack)) * t : t
      const off = d - planned
      span += off
      square += off * off
      product += off * (t - whole)
      finish += f
    }
    let exists = lanes
    if (branch >= 0) {
      exists = 0
      critical = 0
      for (let k = 0; k < lanes; k++) {
        if (drawing.taken[branch * LANES + k] !== drawing.way[node]) continue
        exists++
        if (slackOf(k) < 0.5) critical++
      }
    }
    tally.critical[node]! += critical
    tally.exists[node]! += exists
    tally.significance[node]! += significance
    tally.span[node]! += span
    tally.spanSquare[node]! += square
    tally.spanLength[node]! += product
    tally.finish[node]! += finish
  }
  countCost(setting, passes, tally, first, lanes, block)
}

const factors = new Float64Array(LANES)

function countCost(setting: Setting, passes: Passes, tally: Tally, first: number, lanes: number, block: number): void {
  const { network, drawing, model, plan } = setting
  const { span, length } = passes.rows
  const perMinute = decimalAmount(model.overheadPerDay) / Math.max(1, plan.options.minutesPerDay)
  for (let k = 0; k < lanes; k++) tally.cost[first + k] = perMinute * length[k]!
  for (const { cost } of drawing.events) for (let k = 0; k < lanes; k++) tally.cost[first + k]! += cost[k]!
  for (const { node, fixed, perMinute: rate, factor, name } of drawing.costs) {
    if (factor) {
      fillUniform(blockOf(name, block), factors, 0, LANES)
      valuesInPlace(factor, factors, 0, LANES)
    } else factors.fill(1)
    const branch = drawing.branch[node]!
    const base = node * LANES
    for (let k = 0; k < lanes; k++) {
      if (branch >= 0 && drawing.taken[branch * LANES + k] !== drawing.way[node]) continue
      tally.cost[first + k]! +=
        factors[k]! * (fixed + rate * (network.open[node] ? span[base + k]! : network.span[node]!))
    }
  }
}
