// What the runs say: percentiles with their uncertainty, the S-curve, indices by task, tornado, merge bias, events.
import type { Decimal } from '../money/index.ts'
import { addWork, finishSide, workBefore } from '../schedule/clock.ts'
import { FS, SS } from '../schedule/network.ts'
import {
  kendall,
  meanOf,
  pearson,
  quantileInterval,
  quantileOf,
  ranksOf,
  shareAtMost,
  sortedCopy,
  varianceOf,
} from '../statistics/index.ts'
import { amountDecimal } from './amount.ts'
import { LANES } from './pass.ts'
import { ADD, type RunNetwork, WORK } from './run-network.ts'
import { plannedLength, type Setting } from './setting.ts'
import type { Tally } from './tally.ts'

/** A date that holds with a probability; `between` is where the true one lies with 95 %, given the number of runs. */
export interface DateAt {
  p: number
  at: number
  between: readonly [number, number]
}

export interface CostAt {
  p: number
  amount: Decimal
  between: readonly [Decimal, Decimal]
}

export interface TaskIndices {
  id: string
  /** Mean and deviation of the remaining duration, working minutes of the task's calendar. */
  mean: number
  sd: number
  /** CI: share of the runs in which the task has no float (of those in which it takes place). */
  criticality: number
  /** SI: E[d ÷ (d + float) · T ÷ E T]. */
  significance: number
  /** CRI: |r| of duration and plan length (Pearson). */
  cruciality: number
  /** SSI: σ_d · CI ÷ σ_T. */
  sensitivity: number
}

export interface TornadoBar {
  id: string
  /** Rank correlations of duration and plan length. */
  spearman: number
  kendall: number
  /** Mean finish of the runs in which the task was among its shortest and its longest tenth. */
  low: number
  high: number
}

export interface MergePoint {
  id: string
  links: number
  /** Minutes of the task's calendar that meeting paths alone put on its mean start. */
  bias: number
}

export interface EventFinding {
  id: string
  share: number
  /** Mean finish with and without it, and the working minutes between. NaN-free: null when it never or always happened. */
  finishWith: number | null
  finishWithout: number | null
  delay: number | null
}

export interface Findings {
  iterations: number
  seed: number
  start: number
  /** Finish of the computed schedule, and how often the runs are no later. */
  planned: number
  plannedConfidence: number
  /** Finish of the run with every duration as planned; differs from `planned` only where runs cannot follow the plan. */
  replayed: number
  finish: readonly DateAt[]
  mean: number
  /** Standard deviation of the length, working minutes of the project calendar. */
  sd: number
  /** P50 − planned finish, working minutes of the project calendar: what merging paths and skew add. */
  mergeBias: number
  mergePoints: readonly MergePoint[]
  /** Finish at 0, 1 … 100 %. */
  curve: readonly number[]
  cost: { percentiles: readonly CostAt[]; mean: Decimal; sd: Decimal; curve: readonly Decimal[] } | null
  /** Correlation of length and cost. */
  costWithLength: number | null
  tasks: readonly TaskIndices[]
  tornado: readonly TornadoBar[]
  milestones: readonly { id: string; planned: number; finish: readonly DateAt[] }[]
  events: readonly EventFinding[]
  branches: readonly { id: string; ways: readonly number[] }[]
  /** Largest change that made contradictory correlations consistent. */
  correlationRepaired: number
  /** Finish and cost of every run, for joint confidence; same order. */
  samples: { finish: Float64Array; cost: Float64Array }
}

export const PERCENTILES = [0.1, 0.5, 0.8, 0.9] as const

const datesAt = (sorted: Float64Array): DateAt[] =>
  PERCENTILES.map(p => {
    const [low, high] = quantileInterval(sorted, p)
    return { p, at: Math.round(quantileOf(sorted, p)), between: [Math.round(low), Math.round(high)] }
  })

/** Reads the findings of all chunks added together. */
export function findings(setting: Setting, tally: Tally): Findings {
  const { network, plan, options, drawing, model, watched } = setting
  const n = tally.end.length
  const ends = sortedCopy(tally.end)
  const project = network.clocks[network.projectClock]!
  const meanLength = meanOf(tally.length)
  const sd = Math.sqrt(varianceOf(tally.length))
  const zero = workBefore(project, network.start)
  const tasks = indices(setting, tally, meanLength, sd)
  const p50 = quantileOf(ends, 0.5)
  const hasCost = (model.costs?.length ?? 0) > 0 || model.overheadPerDay !== undefined || tally.cost.some(c => c !== 0)
  const costs = sortedCopy(tally.cost)
  return {
    iterations: n,
    seed: options.seed,
    start: network.start,
    planned: Math.round(network.finish),
    plannedConfidence: shareAtMost(ends, network.finish),
    replayed: setting.replayed,
    finish: datesAt(ends),
    mean: Math.round(finishSide(project, zero + meanLength)),
    sd,
    mergeBias: workBefore(project, p50) - workBefore(project, network.finish),
    mergePoints: mergePoints(setting, tally),
    curve: Array.from({ length: 101 }, (_, i) => Math.round(quantileOf(ends, i / 100))),
    cost: hasCost
      ? {
          percentiles: PERCENTILES.map(p => {
            const [low, high] = quantileInterval(costs, p)
            return {
              p,
              amount: amountDecimal(quantileOf(costs, p)),
              between: [amountDecimal(low), amountDecimal(high)],
            }
          }),
          mean: amountDecimal(meanOf(costs)),
          sd: amountDecimal(Math.sqrt(varianceOf(costs))),
          curve: Array.from({ length: 101 }, (_, i) => amountDecimal(quantileOf(costs, i / 100))),
        }
      : null,
    costWithLength: hasCost ? pearson(tally.length, tally.cost) : null,
    tasks,
    tornado: tornado(setting, tally, tasks),
    milestones: watched.map((node, w) => ({
      id: plan.tasks[node]!.id,
      planned: Math.round(network.ef[node]!),
      finish: datesAt(sortedCopy(tally.watched.subarray(w * n, (w + 1) * n))),
    })),
    events: drawing.events.map(({ id }, e) => eventFinding(setting, tally, id, e)),
    branches: drawing.branches.map(({ id, ways }, b) => {
      const counts = new Array<number>(ways).fill(0)
      for (let k = 0; k < n; k++) counts[tally.taken[b * n + k]!]!++
      return { id, ways: counts.map(value => value / n) }
    }),
    correlationRepaired: drawing.copula?.repaired ?? 0,
    samples: { finish: tally.end, cost: tally.cost },
  }
}

function indices({ network, plan }: Setting, tally: Tally, meanLength: number, sd: number): TaskIndices[] {
  const n = tally.end.length
  const whole = plannedLength(network)
  const off = meanLength - whole
  const found: TaskIndices[] = []
  for (let i = 0; i < network.tasks; i++) {
    if (!network.open[i]) continue
    const mean = tally.span[i]! / n
    const variance = n > 1 ? Math.max(0, (tally.spanSquare[i]! - n * mean * mean) / (n - 1)) : 0
    const covariance = n > 1 ? (tally.spanLength[i]! - n * mean * off) / (n - 1) : 0
    const deviation = Math.sqrt(variance)
    const criticality = tally.exists[i]! > 0 ? tally.critical[i]! / tally.exists[i]! : 0
    found.push({
      id: plan.tasks[i]!.id,
      mean: network.span[i]! + mean,
      sd: deviation,
      criticality,
      significance: meanLength > 0 ? tally.significance[i]! / n / meanLength : 0,
      cruciality: deviation > 0 && sd > 0 ? Math.min(1, Math.abs(covariance / (deviation * sd))) : 0,
      sensitivity: sd > 0 ? (deviation * criticality) / sd : 0,
    })
  }
  return found
}

/** The tasks whose duration moves the finish most; their draws are made again rather than kept. */
function tornado(
  { network, plan, drawing, options }: Setting,
  tally: Tally,
  tasks: readonly TaskIndices[],
): TornadoBar[] {
  const n = tally.end.length
  const cruciality = new Map(tasks.map(task => [task.id, task.cruciality]))
  const conditional = (node: number) => (drawing.branch[node] ?? -1) >= 0
  const chosen = Array.from(drawing.variables, (node, variable) => ({ node, variable, id: plan.tasks[node]!.id }))
    .filter(({ node, id }) => (cruciality.get(id) ?? 0) > 0 && !conditional(node))
    .sort((a, b) => (cruciality.get(b.id) ?? 0) - (cruciality.get(a.id) ?? 0) || a.node - b.node)
    .slice(0, Math.max(0, options.tornado ?? 15))
  if (chosen.length === 0) return []
  const draws = chosen.map(() => new Float64Array(Math.ceil(n / LANES) * LANES))
  for (let block = 0; block * LANES < n; block++) {
    drawing.begin(block)
    chosen.forEach(({ variable }, c) => {
      drawing.spanOf(variable, block, draws[c]!, block * LANES)
    })
  }
  const project = network.clocks[network.projectClock]!
  const zero = workBefore(project, network.start)
  const lengthRanks = ranksOf(tally.length)
  const dateOf = (length: number) => Math.round(finishSide(project, zero + length))
  return chosen
    .map(({ id }, c) => {
      const values = draws[c]!.subarray(0, n)
      const sorted = sortedCopy(values)
      const short = quantileOf(sorted, 0.1)
      const long = quantileOf(sorted, 0.9)
      const meanWhere = (test: (value: number) => boolean) => {
        let sum = 0
        let count = 0
        for (let k = 0; k < n; k++) {
          if (!test(values[k]!)) continue
          sum += tally.length[k]!
          count++
        }
        return count > 0 ? sum / count : 0
      }
      const ranks = ranksOf(values)
      return {
        id,
        spearman: pearson(ranks, lengthRanks),
        kendall: kendall(values, tally.length),
        low: dateOf(meanWhere(value => value <= short)),
        high: dateOf(meanWhere(value => value >= long)),
      }
    })
    .sort((a, b) => b.high - b.low - (a.high - a.low) || (a.id < b.id ? -1 : 1))
}

/** Where at least two links of one calendar meet: mean of the latest less the latest of the means. */
function mergePoints({ network, plan }: Setting, tally: Tally): MergePoint[] {
  const n = tally.end.length
  const { edges, inStart, inEdge } = network
  const meanSpan = (i: number) => network.span[i]! + tally.span[i]! / n
  const points: MergePoint[] = []
  for (let i = 0; i < network.tasks; i++) {
    if (!network.open[i] || network.kind[i] !== WORK || inStart[i + 1]! - inStart[i]! < 2) continue
    let latest = Number.NEGATIVE_INFINITY
    let links = 0
    for (let e = inStart[i]!; e < inStart[i + 1]!; e++) {
      const edge = inEdge[e]!
      const from = edges.from[edge]!
      const type = edges.type[edge]
      const plain = from < network.tasks && network.open[from] === 1 && (type === FS || type === SS)
      if (!plain || edges.way[edge] !== ADD) break
      links++
      const finish = tally.finish[from]! / n
      latest = Math.max(latest, (type === FS ? finish : finish - meanSpan(from)) + edges.lag[edge]!)
    }
    // A link from another calendar or from work done has no mean to compare with.
    if (links < inStart[i + 1]! - inStart[i]!) continue
    const bias = tally.finish[i]! / n - meanSpan(i) - latest
    if (bias > 0.5) points.push({ id: plan.tasks[i]!.id, links, bias })
  }
  return points.sort((a, b) => b.bias - a.bias || (a.id < b.id ? -1 : 1)).slice(0, 15)
}

function eventFinding({ network }: Setting, tally: Tally, id: string, event: number): EventFinding {
  const n = tally.end.length
  let yes = 0
  let lengthYes = 0
  let lengthNo = 0
  for (let k = 0; k < n; k++) {
    if (tally.happened[event * n + k]) {
      yes++
      lengthYes += tally.length[k]!
    } else lengthNo += tally.length[k]!
  }
  const both = yes > 0 && yes < n
  const dateOf = (length: number) => Math.round(addDays(network, length))
  return {
    id,
    share: yes / n,
    finishWith: yes > 0 ? dateOf(lengthYes / yes) : null,
    finishWithout: yes < n ? dateOf(lengthNo / (n - yes)) : null,
    delay: both ? lengthYes / yes - lengthNo / (n - yes) : null,
  }
}

const addDays = (network: RunNetwork, minutes: number): number =>
  addWork(network.clocks[network.projectClock]!, network.start, minutes)

/** Share of the runs that meet a date (minutes) and a cost together. */
export function jointConfidence({ samples }: Findings, finish: number, cost: number): number {
  let met = 0
  for (let k = 0; k < samples.finish.length; k++) {
    if (samples.finish[k]! <= finish && samples.cost[k]! <= cost) met++
  }
  return samples.finish.length === 0 ? 0 : met / samples.finish.length
}

/**
 * Pairs of date and cost that hold together with confidence `p`: for each date the least cost that does. Dates from the one
 * that p allows at any cost to the latest.
 */
export function jointFrontier({ samples }: Findings, p: number, points = 20): { finish: number; cost: Decimal }[] {
  const n = samples.finish.length
  const needed = Math.ceil(p * n)
  const sorted = sortedCopy(samples.finish)
  const frontier: { finish: number; cost: Decimal }[] = []
  for (let i = 0; i < points; i++) {
    const at = Math.min(n - 1, Math.round(needed - 1 + ((n - needed) * i) / Math.max(1, points - 1)))
    const finish = sorted[Math.max(0, at)]!
    const costs = Float64Array.from(samples.cost.filter((_, k) => samples.finish[k]! <= finish)).sort()
    const least = costs[needed - 1]
    if (least === undefined || frontier.at(-1)?.finish === finish) continue
    frontier.push({ finish, cost: amountDecimal(least) })
  }
  return frontier
}
