// What a planner assumes about the risks of a plan: kept with the plan as JSON, checked whenever it is saved, and turned into
// the engine's model. Pure: the page and the server read it alike.
import { costsFromPlan, type RiskModel } from '@yingzao/engines/risk'
import type { Plan } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { amount, bad, list, number, objectOf, type Reader, whole, words } from './json-reader.ts'
import {
  branchModels,
  classOfTasks,
  type RiskBranch,
  type RiskClass,
  type RiskPair,
  type RiskWeather,
  readBranches,
  readClasses,
  readPairs,
  readWeather,
  weatherModels,
} from './risk-part.ts'

/** How long one task may take: per cent of what is planned to remain, or working days. */
export interface TaskSpread {
  readonly task: string
  readonly by: 'percent' | 'days'
  readonly min: number
  readonly likely: number
  readonly max: number
}

/** Something that may happen, and by how many working days it then delays its tasks, all by the same. */
export interface PlanRiskEvent {
  readonly id: string
  readonly name: string
  /** 0–100. */
  readonly probability: number
  readonly tasks: readonly string[]
  readonly min: number
  readonly likely: number
  readonly max: number
  /** Cost when it happens; empty = none. */
  readonly cost: string
}

export interface PlanRisk {
  readonly iterations: number
  readonly seed: number
  /** Every task without a spread of its own: per cent shorter at best, longer at worst. */
  readonly shorter: number
  readonly longer: number
  /** Between any two durations; 0 = none. */
  readonly correlation: number
  readonly tasks: readonly TaskSpread[]
  readonly events: readonly PlanRiskEvent[]
  /** A task's class goes before the spread of all, its own before its class. */
  readonly classes: readonly RiskClass[]
  readonly branches: readonly RiskBranch[]
  readonly weather: readonly RiskWeather[]
  /** Before what is said of classes and of all. */
  readonly pairs: readonly RiskPair[]
}

export const usualRisk: PlanRisk = {
  ...{ iterations: 10_000, seed: 1, shorter: 10, longer: 25 },
  // Without correlation delays of single tasks cancel out, and the finish looks surer than it is.
  correlation: 0.3,
  ...{ tasks: [], events: [], classes: [], branches: [], weather: [], pairs: [] },
}

export const MOST_RUNS = 100_000
const MOST_SPREADS = 5000
const MOST_EVENTS = 200

/** Where something is wrong, in the words of the JSON: `events[2].probability`. */
export type RiskOutcome =
  | { readonly ok: true; readonly risk: PlanRisk }
  | { readonly ok: false; readonly where: string }

/**
 * Reads what is kept; what is left out is as usual, what is not understood is refused by its place. What events cost is kept
 * apart (`plan.risk_costs`), for those who may know costs; an amount among the rest is refused, never shown to everybody.
 */
export function readRisk(value: unknown, costs: unknown = null): RiskOutcome {
  const amounts = readRiskCosts(costs)
  if (!amounts.ok) return amounts
  if (value === null || value === undefined) return { ok: true, risk: usualRisk }
  const wrong: string[] = []
  const reader: Reader = { from: objectOf(value, 'risk', wrong), where: '', wrong }
  const risk: PlanRisk = {
    iterations: whole(reader, 'iterations', 100, MOST_RUNS, usualRisk.iterations),
    seed: whole(reader, 'seed', 0, 2 ** 31 - 1, usualRisk.seed),
    shorter: number(reader, 'shorter', 0, 99, usualRisk.shorter),
    longer: number(reader, 'longer', 0, 1000, usualRisk.longer),
    correlation: number(reader, 'correlation', 0, 0.95, usualRisk.correlation),
    tasks: list(reader, 'tasks', MOST_SPREADS, spreadOf),
    events: list(reader, 'events', MOST_EVENTS, each => eventOf(each, amounts.costs)),
    classes: readClasses(reader),
    branches: readBranches(reader),
    weather: readWeather(reader),
    pairs: readPairs(reader),
  }
  const [where] = wrong
  return where === undefined ? { ok: true, risk } : { ok: false, where }
}

function spreadOf(reader: Reader): TaskSpread {
  const by = reader.from.by === 'days' ? 'days' : 'percent'
  return { task: words(reader, 'task', 1, 64), by, ...three(reader, by === 'days' ? 36_500 : 1000) }
}

function eventOf(reader: Reader, costs: RiskCosts): PlanRiskEvent {
  const given = reader.from.tasks
  const tasks = Array.isArray(given) ? given.filter(each => typeof each === 'string') : []
  if (!Array.isArray(given) || tasks.length < given.length || tasks.length > MOST_SPREADS) bad(reader, 'tasks')
  if ((reader.from.cost ?? '') !== '') bad(reader, 'cost')
  const id = words(reader, 'id', 1, 64)
  return {
    id,
    name: words(reader, 'name', 0, 200, ''),
    probability: number(reader, 'probability', 0, 100),
    ...{ tasks, ...three(reader, 36_500), cost: costs[id] ?? '' },
  }
}

/** At best, most likely, at worst: in this order. */
function three(reader: Reader, most: number) {
  const [min, likely, max] = [
    number(reader, 'min', 0, most),
    number(reader, 'likely', 0, most),
    number(reader, 'max', 0, most),
  ]
  if (min > likely) bad(reader, 'likely')
  if (likely > max) bad(reader, 'max')
  return { min, likely, max }
}

/** Without what events cost. */
export const riskJson = (risk: PlanRisk): Json =>
  JSON.parse(JSON.stringify(risk, (key, value: unknown) => (key === 'cost' ? undefined : value)))

/** What events cost when they happen, by event. */
export type RiskCosts = Readonly<Record<string, string>>

export const riskCosts = ({ events }: PlanRisk): RiskCosts =>
  Object.fromEntries(events.flatMap(({ id, cost }) => (cost === '' ? [] : [[id, cost]])))

/** Reads the amounts that `plan.risk_costs` keeps. */
export function readRiskCosts(
  value: unknown,
): { readonly ok: true; readonly costs: RiskCosts } | { readonly ok: false; readonly where: string } {
  if (value === null || value === undefined) return { ok: true, costs: {} }
  const wrong: string[] = []
  const reader: Reader = { from: objectOf(value, 'costs', wrong), where: 'costs.', wrong }
  const ids = Object.keys(reader.from).slice(0, MOST_EVENTS + 1)
  if (ids.length > MOST_EVENTS) wrong.push('costs')
  const costs = Object.fromEntries(ids.map(id => [id, amount(reader, id)]))
  const [where] = wrong
  return where === undefined ? { ok: true, costs } : { ok: false, where }
}

/** Tasks whose duration can still turn out otherwise: unfinished leaves that take time. */
export function uncertainTasks(plan: Plan): Plan['tasks'] {
  const parents = new Set(plan.tasks.flatMap(({ parent }) => (parent === undefined ? [] : [parent])))
  return plan.tasks.filter(
    ({ id, kind, duration, actualFinish, inactive, external }) =>
      !parents.has(id) &&
      ['task', 'resource_dependent'].includes(kind) &&
      duration > 0 &&
      actualFinish === undefined &&
      !inactive &&
      !external,
  )
}

/** The engine's model. Tasks that are finished, summarised or gone since are left out. */
export function riskModel(plan: Plan, risk: PlanRisk): RiskModel {
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const uncertain = uncertainTasks(plan)
  const open = new Set(uncertain.map(({ id }) => id))
  const classed = classOfTasks(plan, uncertain, risk.classes)
  const triangle = (least: number, mode: number, most: number, unit: number) =>
    ({ kind: 'triangular', min: least * unit, mode: mode * unit, max: most * unit }) as const
  const spread = ({ by, min, likely, max }: TaskSpread) =>
    by === 'days'
      ? ({ of: 'minutes', distribution: triangle(min, likely, max, perDay) } as const)
      : ({ of: 'factor', distribution: triangle(min, likely, max, 0.01) } as const)
  const events = risk.events.flatMap(({ id, probability, tasks, min, likely, max, cost }) => {
    const known = tasks.filter(task => open.has(task))
    const paid = cost !== '' && Number(cost) > 0
    if (known.length === 0 && !paid) return []
    const impact = {
      ...{ tasks: known, add: triangle(min, likely, max, perDay) },
      ...(paid && { cost: { kind: 'fixed', value: Number(cost) } as const }),
    }
    return [{ id, probability: probability / 100, impacts: [impact] }]
  })
  return {
    standard: { of: 'factor', distribution: triangle(100 - risk.shorter, 100, 100 + risk.longer, 0.01) },
    durations: Object.fromEntries([
      ...[...classed].map(([task, { min, likely, max }]) => [
        task,
        { of: 'factor', distribution: triangle(min, likely, max, 0.01) } as const,
      ]),
      ...risk.tasks.filter(({ task }) => open.has(task)).map(each => [each.task, spread(each)]),
    ]),
    correlation: {
      common: risk.correlation,
      groups: risk.classes.flatMap(each => {
        const tasks = [...classed].filter(([, own]) => own === each).map(([task]) => task)
        return each.correlation > risk.correlation && tasks.length > 1 ? [{ tasks, r: each.correlation }] : []
      }),
      pairs: risk.pairs.flatMap(({ a, b, correlation: r }) => (open.has(a) && open.has(b) ? [{ a, b, r }] : [])),
    },
    branches: branchModels(plan, uncertain, risk.branches),
    weather: weatherModels(plan, risk.weather),
    ...{ events, costs: costsFromPlan(plan) },
  }
}
