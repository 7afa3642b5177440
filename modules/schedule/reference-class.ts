// The installation's own finished projects as a reference class: how long each took against its oldest baseline, and how far it
// was when. Only what was finished by the status date of the plan that asks: nobody learns from what lay ahead. Pure.
import { classRatio, LEAST_PROJECTS, type ReferenceClass } from '@yingzao/engines/earned-value'
import type { FinishedWork, History } from './history-shape.ts'

export interface FinishedProject {
  readonly plan: string
  readonly name: string
  readonly type: string | null
  /** Calendar days. */
  readonly planned: number
  readonly actual: number
  readonly finish: number
  /** Actual ÷ planned duration. */
  readonly ratio: number
  readonly track: readonly { readonly progress: number; readonly time: number }[]
}

export interface ProjectClass extends ReferenceClass {
  /** Of the same type, or all there are. */
  readonly name: 'type' | 'all'
  readonly projects: readonly FinishedProject[]
  /** Final ÷ planned duration: half of the projects took no longer, four of five took no longer. */
  readonly p50: number
  readonly p80: number
}

/** What a plan may learn from, and how many projects there are of each kind. */
export interface Reference {
  readonly chosen: ProjectClass | null
  readonly sameType: number
  readonly all: number
}

interface Asking {
  readonly plan: string
  readonly project: string
  readonly type: string | null
  readonly statusDate: number
}

/** The class of ten and more projects of the same type, else of all; else none. */
export function referenceOf(history: History, asking: Asking): Reference {
  const all = finishedProjects(history, asking)
  const same = all.filter(({ type }) => type !== null && type === asking.type)
  const classes = [{ name: 'type', projects: same } as const, { name: 'all', projects: all } as const]
  const chosen = classes.find(({ projects }) => projects.length >= LEAST_PROJECTS)
  const at = (p: number) =>
    chosen ? (classRatio([{ name: chosen.name, ratios: chosen.projects.map(({ ratio }) => ratio) }], p)?.ratio ?? 1) : 1
  return {
    chosen: chosen ? { ...chosen, p50: at(0.5), p80: at(0.8) } : null,
    ...{ sameType: same.length, all: all.length },
  }
}

interface Promised extends FinishedWork {
  readonly promised: { readonly start: number; readonly finish: number }
}
const isPromised = (work: FinishedWork): work is Promised =>
  work.promised !== null && work.promised.finish > work.promised.start

/** One of each project: its plan with the most finished work; newest first. */
function finishedProjects(history: History, { plan: own, project, statusDate }: Asking): FinishedProject[] {
  const byPlan = new Map<string, FinishedWork[]>()
  for (const work of history.tasks) {
    const known = byPlan.get(work.plan)
    if (known) known.push(work)
    else byPlan.set(work.plan, [work])
  }
  const best = new Map<string, { count: number; found: FinishedProject }>()
  for (const [plan, tasks] of byPlan) {
    const head = history.plans[plan]
    if (!head?.whole || plan === own || head.project === project) continue
    if (tasks.some(({ finish }) => finish > statusDate)) continue
    const counted = tasks.filter(isPromised)
    // A baseline over a part of the work promised another thing than what was done.
    if (counted.length === 0 || counted.length < 0.8 * tasks.length) continue
    const found = measured(plan, head.projectName ?? head.name, head.type, counted)
    const known = best.get(head.project)
    if (found && (!known || known.count < counted.length)) best.set(head.project, { count: counted.length, found })
  }
  return [...best.values()].map(({ found }) => found).sort((a, b) => b.finish - a.finish)
}

function measured(plan: string, name: string, type: string | null, tasks: readonly Promised[]): FinishedProject | null {
  const least = (of: (work: Promised) => number) => tasks.reduce((min, work) => Math.min(min, of(work)), Infinity)
  const most = (of: (work: Promised) => number) => tasks.reduce((max, work) => Math.max(max, of(work)), -Infinity)
  const [promisedStart, start] = [least(({ promised }) => promised.start), least(work => work.start)]
  const [promisedFinish, finish] = [most(({ promised }) => promised.finish), most(work => work.finish)]
  const [planned, actual] = [(promisedFinish - promisedStart) / 1440, (finish - start) / 1440]
  if (!(planned > 0 && actual > 0)) return null
  // Each task counts by the time it was promised to take.
  const weight = ({ promised }: Promised) => promised.finish - promised.start
  const whole = tasks.reduce((sum, work) => sum + weight(work), 0)
  const share = (at: number, from: number, to: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)))
  const value = (of: (work: Promised) => number) =>
    tasks.reduce((sum, work) => sum + weight(work) * of(work), 0) / whole
  const pv = (days: number) =>
    value(({ promised }) => share(promisedStart + days * 1440, promised.start, promised.finish))
  const ev = (days: number) => value(work => share(start + days * 1440, work.start, work.finish))
  const track = TENTHS.map(earned => ({
    progress: when(pv, planned, earned) / planned,
    time: when(ev, actual, earned) / planned,
  }))
  return { ...{ plan, name, type, planned, actual, finish }, ratio: actual / planned, track }
}

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const HALVINGS = 24

/** The first day on which a rising share is reached. */
function when(of: (days: number) => number, most: number, share: number): number {
  let [low, high] = [0, most]
  for (let at = 0; at < HALVINGS; at++) {
    const middle = (low + high) / 2
    if (of(middle) < share) low = middle
    else high = middle
  }
  return high
}
