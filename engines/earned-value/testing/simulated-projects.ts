// Simulated projects with known ends, to measure forecasts: random networks of 30 tasks, run early, on time, late, and late by
// one cause common to a whole project; nine status dates each.
import { normalQuantile } from '../../statistics/index.ts'
import { source } from '../../statistics/random.ts'
import type { TrackedPeriod } from '../earned-schedule.ts'
import type { ReferenceProject } from '../estimate.ts'

export type Scenario = 'early' | 'on_time' | 'late' | 'late_common'

export interface SimulatedTask {
  duration: number
  costPerPeriod: number
  predecessors: readonly number[]
}

export interface SimulatedStage {
  at: number
  pv: number
  ev: number
  ac: number
  /** Earlier status dates and this one, every period. */
  track: readonly TrackedPeriod[]
}

export interface SimulatedProject {
  bac: number
  pd: number
  duration: number
  cost: number
  stages: readonly SimulatedStage[]
}

const TASKS = 30

/** A network of 30 tasks between nearly parallel and nearly serial. */
export function randomNetwork(random: () => number): SimulatedTask[] {
  const levels = 3 + Math.floor(random() * 16)
  const level = Array.from({ length: TASKS }, (_, i) => (i < levels ? i : Math.floor(random() * levels))).sort(
    (a, b) => a - b,
  )
  return level.map((own, i) => {
    const before = level.flatMap((other, j) => (other < own && j < i ? [j] : []))
    const direct = before.filter(j => level[j] === own - 1)
    const predecessors = new Set<number>()
    if (direct.length > 0) predecessors.add(direct[Math.floor(random() * direct.length)]!)
    for (let k = 0; k < 2; k++) {
      if (before.length > 0 && random() < 0.5) predecessors.add(before[Math.floor(random() * before.length)]!)
    }
    return {
      duration: 5 + Math.floor(random() * 16),
      costPerPeriod: 10 + Math.floor(random() * 91),
      predecessors: [...predecessors],
    }
  })
}

/** Factors on the durations of one run. */
function factorsOf(scenario: Scenario, random: () => number): number[] {
  const triangle = (min: number, mode: number, max: number) => {
    const u = random()
    const c = (mode - min) / (max - min)
    return u < c ? min + Math.sqrt(u * c) * (max - min) : max - Math.sqrt((1 - u) * (1 - c)) * (max - min)
  }
  const one = (): number => {
    if (scenario === 'early') return triangle(0.59, 0.85, 1.07)
    if (scenario === 'on_time') return triangle(0.66, 1, 1.25)
    return triangle(0.89, 1.25, 1.86)
  }
  if (scenario !== 'late_common') return Array.from({ length: TASKS }, one)
  const cause = Math.exp(0.28 + 0.18 * normalQuantile(random()))
  return Array.from({ length: TASKS }, () => cause * triangle(0.68, 1, 1.25))
}

function starts(tasks: readonly SimulatedTask[], durations: readonly number[]): number[] {
  const start: number[] = []
  tasks.forEach(({ predecessors }, i) => {
    start[i] = Math.max(0, ...predecessors.map(j => start[j]! + durations[j]!))
  })
  return start
}

/** One run of a network. Cost goes with time, as a crew's does. */
export function simulateProject(
  tasks: readonly SimulatedTask[],
  scenario: Scenario,
  random: () => number,
): SimulatedProject {
  const planned = tasks.map(({ duration }) => duration)
  const factors = factorsOf(scenario, random)
  const actual = planned.map((duration, i) => duration * factors[i]!)
  const plannedStart = starts(tasks, planned)
  const actualStart = starts(tasks, actual)
  const budget = tasks.map(({ duration, costPerPeriod }) => duration * costPerPeriod)
  const bac = budget.reduce((sum, value) => sum + value, 0)
  const pd = Math.max(...plannedStart.map((start, i) => start + planned[i]!))
  const duration = Math.max(...actualStart.map((start, i) => start + actual[i]!))
  const share = (t: number, start: number, length: number) => Math.min(1, Math.max(0, (t - start) / length))
  const sumAt = (t: number, value: (i: number) => number, start: readonly number[], length: readonly number[]) =>
    tasks.reduce((sum, _, i) => sum + value(i) * share(t, start[i]!, length[i]!), 0)
  const curve = Array.from({ length: pd + 1 }, (_, t) => sumAt(t, i => budget[i]!, plannedStart, planned))
  const pvAt = (t: number) => curve[Math.min(pd, Math.floor(t))]!
  const evAt = (t: number) => sumAt(t, i => budget[i]!, actualStart, actual)
  const acAt = (t: number) => sumAt(t, i => actual[i]! * tasks[i]!.costPerPeriod, actualStart, actual)

  const track: TrackedPeriod[] = []
  const stages: SimulatedStage[] = []
  let wanted = 1
  for (let at = 1; at < duration && wanted <= 9; at++) {
    const ev = evAt(at)
    let n = 0
    while (n < pd && curve[n + 1]! <= ev) n++
    const step = n < pd ? curve[n + 1]! - curve[n]! : 0
    track.push({ at, es: n >= pd ? pd : n + (step > 0 ? (ev - curve[n]!) / step : 0) })
    if (ev < (wanted / 10) * bac) continue
    while (wanted <= 9 && ev >= (wanted / 10) * bac) wanted++
    stages.push({ at, pv: pvAt(at), ev, ac: acAt(at), track: track.slice() })
  }
  return {
    ...{ bac, pd, duration, stages },
    cost: acAt(duration),
  }
}

/** `networks` random networks, `runs` of each. */
export function simulatedProjects(
  scenario: Scenario,
  networks: number,
  runs: number,
  seed: number,
): SimulatedProject[] {
  const random = source(seed, `projects ${scenario}`)
  return Array.from({ length: networks }, () => {
    const tasks = randomNetwork(random)
    return Array.from({ length: runs }, () => simulateProject(tasks, scenario, random))
  }).flat()
}

/** What an installation keeps of a finished project. */
export const asReference = ({ pd, duration, stages }: SimulatedProject): ReferenceProject => ({
  ratio: duration / pd,
  track: stages.map(({ at, track }) => ({ progress: (track.at(-1)?.es ?? 0) / pd, time: at / pd })),
})

/** Mean absolute error in per cent. */
export function mape(errors: readonly { forecast: number; actual: number }[]): number {
  return (100 * errors.reduce((sum, { forecast, actual }) => sum + Math.abs(forecast / actual - 1), 0)) / errors.length
}
