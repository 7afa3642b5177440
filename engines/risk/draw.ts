// The draws of one block: remaining durations of every uncertain task, risk events and branches, by named streams.
import { exact, isDecimal } from '../money/index.ts'
import type { Plan } from '../schedule/plan.ts'
import { probabilitiesInPlace, scoresInPlace } from '../statistics/normal-table.ts'
import { blockOf, fillUniform, type StreamName, streamName } from '../statistics/random.ts'
import { type Copula, compileCopula } from './copula.ts'
import { compileDistribution, type Distribution, type Sampler, shapeShelf, valuesInPlace } from './distribution.ts'
import type { RiskError, RiskModel } from './model.ts'
import { LANES } from './pass.ts'
import type { RunNetwork } from './run-network.ts'

export interface Drawing {
  /** Tasks whose duration is drawn, as node numbers, and the network node → variable (−1 = planned). */
  readonly variables: Int32Array
  readonly copula: Copula | undefined
  readonly events: readonly DrawnEvent[]
  readonly branches: readonly DrawnBranch[]
  /** Branch of each node and its way (−1 = none). */
  readonly branch: Int32Array
  readonly way: Int32Array
  /** Way taken in each run: branch × LANES + run. */
  readonly taken: Uint8Array
  readonly costs: readonly DrawnCost[]
  /** Draws factors, events and branches of a block; `spans` may then be called for its tasks. */
  begin(block: number): void
  /** Writes the remaining durations of one variable, events applied, branches not. */
  spanOf(variable: number, block: number, out: Float64Array, offset: number): void
}

export interface DrawnEvent {
  readonly id: string
  readonly probability: number
  /** 1 where it happens, by run. */
  readonly happens: Uint8Array
  readonly cost: Float64Array
}

export interface DrawnBranch {
  readonly id: string
  readonly ways: number
  /** Cumulative weights; empty for a condition. */
  readonly weights: readonly number[]
  readonly decider: number
  readonly after: number
}

export interface DrawnCost {
  readonly node: number
  readonly fixed: number
  readonly perMinute: number
  readonly factor: Sampler | undefined
  readonly name: StreamName
}

export type DrawingOutcome = { ok: true; drawing: Drawing } | { ok: false; error: RiskError }

interface Effect {
  readonly event: number
  readonly multiply: Float64Array | undefined
  readonly add: Float64Array | undefined
}

/** Compiles what is uncertain against a network; every id and distribution is checked here. */
export function compileDrawing(model: RiskModel, run: RunNetwork, seed: number): DrawingOutcome {
  const { plan } = run
  const indexOf = new Map(plan.tasks.map((task, i) => [task.id, i]))
  const called = stableNames(plan)
  const shelf = shapeShelf()
  let error: RiskError | undefined
  const refuse = (problem: RiskError) => {
    error ??= problem
  }
  const compiled = (distribution: Distribution | undefined, where: string): Sampler | undefined => {
    if (!distribution) return undefined
    const outcome = compileDistribution(distribution, shelf)
    if (outcome.ok) return outcome.sampler
    refuse({ code: 'risk.distribution', in: where, problem: outcome.problem })
    return undefined
  }
  const nodeOf = (task: string, where: string): number => {
    const node = indexOf.get(task)
    if (node === undefined) refuse({ code: 'risk.unknown_task', task, in: where })
    return node ?? -1
  }
  const stream = (name: string) => streamName(seed, name)

  // Events: every impact draws once for all of its tasks.
  const events: (DrawnEvent & { name: StreamName })[] = []
  const draws: { sampler: Sampler; out: Float64Array; name: StreamName }[] = []
  const effects: Effect[][] = Array.from({ length: run.tasks }, () => [])
  const eventCosts: { event: number; values: Float64Array }[] = []
  for (const { id, probability, impacts } of model.events ?? []) {
    if (!(probability >= 0 && probability <= 1)) refuse({ code: 'risk.probability', in: id, value: probability })
    const event = events.length
    events.push({
      ...{ id, probability, name: stream(`event ${id}`) },
      happens: new Uint8Array(LANES),
      cost: new Float64Array(LANES),
    })
    impacts.forEach((impact, n) => {
      const rowOf = (what: 'multiply' | 'add' | 'cost') => {
        const sampler = compiled(impact[what], id)
        if (!sampler) return undefined
        const out = new Float64Array(LANES)
        draws.push({ sampler, out, name: stream(`event ${id} ${n} ${what}`) })
        return out
      }
      const effect = { event, multiply: rowOf('multiply'), add: rowOf('add') }
      const values = rowOf('cost')
      if (values) eventCosts.push({ event, values })
      for (const task of impact.tasks) {
        const node = nodeOf(task, id)
        if (node >= 0 && run.open[node]) effects[node]!.push(effect)
      }
    })
  }

  const { branches, branch, way } = readBranches(model, run, nodeOf, refuse)
  const branchNames = branches.map(({ id }) => stream(`branch ${id}`))

  for (const id of Object.keys(model.durations ?? {})) nodeOf(id, 'durations')
  const standard = compiled(model.standard?.distribution, 'standard')
  const variables: number[] = []
  const samplers: (Sampler | undefined)[] = []
  const scales: number[] = []
  const names: StreamName[] = []
  for (let node = 0; node < run.tasks; node++) {
    if (!run.open[node]) continue
    const { id } = plan.tasks[node]!
    const own = model.durations?.[id]
    const stated = own ?? (run.span[node]! > 0 ? model.standard : undefined)
    if (!stated && effects[node]!.length === 0 && branch[node] === -1) continue
    variables.push(node)
    samplers.push(own ? compiled(own.distribution, id) : stated ? standard : undefined)
    scales.push(stated?.of === 'minutes' ? 1 : run.span[node]!)
    names.push(stream(`duration ${called[node]}`))
  }
  const ids = variables.map(node => plan.tasks[node]!.id)
  const copulaOutcome = compileCopula(model.correlation, ids)
  if (!copulaOutcome.ok) return copulaOutcome
  const { copula } = copulaOutcome
  for (const { a, b } of model.correlation?.pairs ?? []) for (const id of [a, b]) nodeOf(id, 'correlation')

  const costs: DrawnCost[] = []
  for (const cost of model.costs ?? []) {
    const node = nodeOf(cost.task, 'costs')
    if (node < 0) continue
    const amount = (value: string | undefined) => {
      if (value === undefined) return 0
      if (!isDecimal(value)) {
        refuse({ code: 'risk.amount', in: cost.task, value: value.slice(0, 40) })
        return 0
      }
      return exact(value).toNumber()
    }
    costs.push({
      node,
      fixed: amount(cost.fixed),
      perMinute: amount(cost.perDay) / Math.max(1, plan.options.minutesPerDay),
      factor: compiled(cost.factor, cost.task),
      name: stream(`cost ${called[node]}`),
    })
  }
  if (error) return { ok: false, error }

  const taken = new Uint8Array(branches.length * LANES)
  const uniform = new Float64Array(LANES)
  const factor = new Float64Array(LANES)
  const groupFactors = Array.from(copula?.groupLoading ?? [], () => new Float64Array(LANES))
  const common = stream('common factor')
  const groupNames = groupFactors.map((_, g) => stream(`group factor ${g}`))
  const blocks = (copula?.members ?? []).map(members => new Float64Array(members.length * LANES))

  function begin(block: number): void {
    for (const { happens, probability, name } of events) {
      fillUniform(blockOf(name, block), uniform, 0, LANES)
      for (let k = 0; k < LANES; k++) happens[k] = uniform[k]! < probability ? 1 : 0
    }
    for (const { sampler, out, name } of draws) {
      fillUniform(blockOf(name, block), out, 0, LANES)
      valuesInPlace(sampler, out, 0, LANES)
    }
    for (const { cost } of events) cost.fill(0)
    for (const { event, values } of eventCosts) {
      const { cost, happens } = events[event]!
      for (let k = 0; k < LANES; k++) if (happens[k]) cost[k]! += values[k]!
    }
    branches.forEach(({ weights }, b) => {
      if (weights.length === 0) return
      fillUniform(blockOf(branchNames[b]!, block), uniform, 0, LANES)
      for (let k = 0; k < LANES; k++) {
        let n = 0
        while (n < weights.length - 1 && uniform[k]! > weights[n]!) n++
        taken[b * LANES + k] = n
      }
    })
    if (!copula) return
    const scores = (name: StreamName, out: Float64Array, offset: number) => {
      fillUniform(blockOf(name, block), out, offset, LANES)
      scoresInPlace(out, offset, LANES)
    }
    scores(common, factor, 0)
    groupFactors.forEach((out, g) => {
      scores(groupNames[g]!, out, 0)
    })
    copula.members.forEach((members, b) => {
      const own = new Float64Array(members.length * LANES)
      members.forEach((variable, i) => {
        scores(names[variable]!, own, i * LANES)
      })
      const out = blocks[b]!.fill(0)
      const lower = copula.lower[b]!
      for (let i = 0; i < members.length; i++) {
        for (let j = 0; j <= i; j++) {
          const weight = lower[i]![j]!
          if (weight === 0) continue
          for (let k = 0; k < LANES; k++) out[i * LANES + k]! += weight * own[j * LANES + k]!
        }
      }
    })
  }

  /** Uniform numbers of a variable, correlated as stated. */
  function uniforms(variable: number, block: number, out: Float64Array, offset: number): void {
    if (!copula) {
      fillUniform(blockOf(names[variable]!, block), out, offset, LANES)
      return
    }
    const inBlock = copula.block[variable]!
    const share = copula.common
    if (inBlock >= 0) {
      const own = blocks[inBlock]!
      const at = copula.row[variable]! * LANES
      for (let k = 0; k < LANES; k++) out[offset + k] = share * factor[k]! + own[at + k]!
    } else {
      fillUniform(blockOf(names[variable]!, block), out, offset, LANES)
      scoresInPlace(out, offset, LANES)
      const group = copula.group[variable]!
      const loading = group >= 0 ? copula.groupLoading[group]! : 0
      const rest = Math.sqrt(Math.max(0, 1 - share * share - loading * loading))
      if (loading > 0) {
        const own = groupFactors[group]!
        for (let k = 0; k < LANES; k++) {
          out[offset + k] = share * factor[k]! + loading * own[k]! + rest * out[offset + k]!
        }
      } else for (let k = 0; k < LANES; k++) out[offset + k] = share * factor[k]! + rest * out[offset + k]!
    }
    probabilitiesInPlace(out, offset, LANES)
  }

  function spanOf(variable: number, block: number, out: Float64Array, offset: number): void {
    const sampler = samplers[variable]
    const node = variables[variable]!
    if (sampler) {
      uniforms(variable, block, out, offset)
      valuesInPlace(sampler, out, offset, LANES)
      const scale = scales[variable]!
      if (scale !== 1) for (let k = offset; k < offset + LANES; k++) out[k]! *= scale
    } else out.fill(run.span[node]!, offset, offset + LANES)
    for (const { event, multiply, add } of effects[node]!) {
      const { happens } = events[event]!
      for (let k = 0; k < LANES; k++) {
        if (!happens[k]) continue
        if (multiply) out[offset + k]! *= multiply[k]!
        if (add) out[offset + k]! += add[k]!
      }
    }
    // Whole minutes: counts of working time then meet shift ends exactly. Nothing takes less than no time.
    for (let k = offset; k < offset + LANES; k++) {
      const value = out[k]!
      out[k] = value > 0 ? Math.floor(Math.min(value, 1e9) + 0.5) : 0
    }
  }

  return {
    ok: true,
    drawing: {
      variables: Int32Array.from(variables),
      ...{ copula, events, branches, branch, way, taken, costs, begin, spanOf },
    },
  }
}

/**
 * What a task's streams are called, by position: the number that the file gave it, so that the same file read twice draws the
 * same numbers, whatever ids its tasks were given; its id where it has no number of its own.
 */
function stableNames({ tasks }: Plan): readonly string[] {
  const uses = new Map<number, number>()
  for (const { uid } of tasks) if (uid !== undefined) uses.set(uid, (uses.get(uid) ?? 0) + 1)
  return tasks.map(({ id, uid }) => (uid !== undefined && uses.get(uid) === 1 ? `#${uid}` : id))
}

function readBranches(
  model: RiskModel,
  run: RunNetwork,
  nodeOf: (task: string, where: string) => number,
  refuse: (error: RiskError) => void,
): { branches: DrawnBranch[]; branch: Int32Array; way: Int32Array } {
  const branch = new Int32Array(run.nodes).fill(-1)
  const way = new Int32Array(run.nodes).fill(-1)
  const position = new Int32Array(run.nodes)
  run.order.forEach((node, i) => {
    position[node] = i
  })
  const branches = (model.branches ?? []).map(({ id, ways, when }, b): DrawnBranch => {
    const problem = (what: Extract<RiskError, { code: 'risk.branch' }>['problem']) =>
      refuse({ code: 'risk.branch', in: id, problem: what })
    if (ways.length < 2 || ways.length > 255 || (when && ways.length !== 2)) problem('no_ways')
    const decider = when ? nodeOf(when.task, id) : -1
    ways.forEach(({ tasks }, n) => {
      for (const task of tasks) {
        const node = nodeOf(task, id)
        if (node < 0) continue
        if (branch[node] !== -1) problem('task_in_two_branches')
        branch[node] = b
        way[node] = n
        if (decider >= 0 && position[node]! <= position[decider]!) problem('not_before_its_ways')
      }
    })
    const total = ways.reduce((sum, { weight }) => sum + Math.max(0, weight ?? 0), 0)
    if (!when && !(total > 0 && Number.isFinite(total))) problem('no_weight')
    let sum = 0
    const weights = when
      ? []
      : ways.map(({ weight }) => {
          sum += Math.max(0, weight ?? 0) / total
          return sum
        })
    return { id, ways: ways.length, weights, decider, after: when?.after ?? 0 }
  })
  return { branches, branch, way }
}
