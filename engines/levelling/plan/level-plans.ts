// Several plans levelled together: over the people and machines they share, late projects by their weight first. Each plan
// keeps its own calendars and rules; what it may not be asked to move takes its share first.
import { compute } from '../../schedule/index.ts'
import type { Minute, Plan } from '../../schedule/plan.ts'
import type { Schedule } from '../../schedule/result.ts'
import type { Budget } from '../level.ts'
import { costOfPlans, type Published, weightedTardiness } from './cost.ts'
import { type Elsewhere, waitsIn } from './difference.ts'
import {
  boundOf,
  drained,
  effortOf,
  type LevelledPlan,
  type LevelPlanError,
  promiseRules,
  resultOf,
  seatOf,
  type TakenSeat,
} from './level-plan.ts'
import { overloads, usesIn } from './overload.ts'
import { placerOf, type Shared } from './place.ts'
import { type LevelProgress, type SearchTable, search } from './search.ts'
import { type SharedOverload, type SharedResource, sharedCapacity, sharedOverloads } from './shared.ts'
import { unitsOf } from './skill.ts'

export interface ProjectPlan {
  /** How the caller knows it. */
  readonly id: string
  readonly plan: Plan
  /** A day late counts so much more than in a project of weight 1. */
  readonly weight: number
  /** The plan is late when it ends after this instant. */
  readonly due?: Minute
  /** It stays as it is: only its load counts. */
  readonly stays?: boolean
  readonly published?: Published
}

export interface LevelPlansOptions {
  readonly budget: Budget
  readonly seed?: number
  /** Tasks may use their total float only: no plan ends later. */
  readonly withinSlack?: boolean
  readonly onProgress?: (progress: LevelProgress) => void
  readonly cancelled?: () => boolean
}

/** How the plans that may move stand together. */
export interface Standing {
  /** Σ weight × elapsed minutes by which they end after they are due. */
  readonly tardiness: number
  /** Finish of the last plan. */
  readonly finish: Minute
  readonly overloads: readonly SharedOverload[]
}

export interface LevelledPlans {
  /** In the order given, those that stay left out. */
  readonly projects: readonly { readonly id: string; readonly levelled: LevelledPlan }[]
  /** As the plans were given, and levelled. */
  readonly before: Standing
  readonly after: Standing
  /** Mean of the elapsed minutes by which plans end later than they would with resources without limit. */
  readonly averageDelay: number
  /** No schedule without overloads has less of either. */
  readonly tardinessBound: number
  readonly finishBound: Minute
  /** Nothing is overloaded, no project can be less late by weight, and the last one cannot end earlier. */
  readonly proved: boolean
  readonly schedules: number
  readonly cancelled: boolean
}

export type LevelPlansOutcome =
  | { ok: true; levelled: LevelledPlans }
  | { ok: false; project: string; error: LevelPlanError }

/**
 * Delays tasks of all plans that may move until neither a plan's own resources nor shared ones are overloaded: weighted
 * tardiness as small as the budget finds, then the last finish, then the others. Errors: those of `levelPlan`, with the
 * project they concern.
 */
export function levelPlans(
  projects: readonly ProjectPlan[],
  shared: readonly SharedResource[],
  options: LevelPlansOptions,
): LevelPlansOutcome {
  return drained(levelPlansSteps(projects, shared, options), options)
}

/** `levelPlans`, one schedule a step; told `true` it ends with the best so far. */
export function* levelPlansSteps(
  projects: readonly ProjectPlan[],
  shared: readonly SharedResource[],
  options: Omit<LevelPlansOptions, 'onProgress' | 'cancelled'>,
): Generator<LevelProgress, LevelPlansOutcome, boolean | undefined> {
  const moved: { project: ProjectPlan; seat: TakenSeat; bound: ReturnType<typeof boundOf> }[] = []
  const stay: { project: ProjectPlan; schedule: Schedule }[] = []
  for (const project of projects) {
    if (project.stays) {
      const outcome = compute(project.plan)
      if (!outcome.ok) return { ok: false, project: project.id, error: outcome.error }
      stay.push({ project, schedule: outcome.schedule })
      continue
    }
    const { withinSlack = false } = options
    const taken = seatOf(project.plan, { withinSlack, ...(project.published && { published: project.published }) })
    if (!taken.ok) return { ok: false, project: project.id, error: taken.error }
    const { seat } = taken
    const bound = options.withinSlack ? { finish: seat.before.finish } : boundOf(seat, seat.passes.es, seat.passes.ef)
    moved.push({ project, seat, bound })
  }
  const seats = moved.map(({ seat }) => seat)
  const standing = (scheduleOf: (seat: TakenSeat) => Schedule, planOf: (seat: TakenSeat) => Plan): Standing => {
    const dated = [
      ...moved.map(({ project, seat }) => ({ id: project.id, plan: planOf(seat), dates: scheduleOf(seat).tasks })),
      ...stay.map(({ project, schedule }) => ({ id: project.id, plan: project.plan, dates: schedule.tasks })),
    ]
    const finishes = moved.map(({ seat }) => scheduleOf(seat).finish)
    return {
      tardiness: weightedTardiness(
        moved.map(({ project }) => project),
        finishes,
      ),
      finish: Math.max(...finishes),
      overloads: sharedOverloads(dated, shared),
    }
  }
  const before = standing(
    seat => seat.current,
    seat => seat.given,
  )
  const own = moved.map(({ project }) => project)
  const bounds = moved.map(({ bound }) => bound.finish)
  const tardinessBound = weightedTardiness(own, bounds)
  const finishBound = Math.max(...bounds)
  if (moved.length === 0) {
    const averageDelay = 0
    const nothing = { projects: [], before, after: before, averageDelay, tardinessBound, finishBound }
    return { ok: true, levelled: { ...nothing, proved: false, schedules: 0, cancelled: false } }
  }

  const index = sharedIn(seats, moved, stay, shared)
  const placer = placerOf(seats, index)
  const even =
    placer.chosen.every(people => people.size === 0) &&
    seats.every(seat => overloads(seat.plan, seat.before.tasks).length === 0) &&
    standing(
      seat => seat.before,
      seat => seat.plan,
    ).overloads.length === 0
  const effort = effortOf(even ? { schedules: 1 } : options.budget)
  const cost = costOfPlans(
    seats.map((seat, s) => ({ ...seat, ...own[s]! })),
    placer,
  )
  const table = { seats, placer, effort, cost, bound: finishBound, seed: options.seed ?? 1 }
  const found = yield* search({ ...table, rules: [...rulesFor(own, seats), ...promiseRules(seats)] })
  placer.place(found.key)

  const spent = { schedules: effort.spent(), cancelled: found.cancelled }
  const first = placer.firstResource
  const results: { id: string; levelled: LevelledPlan }[] = []
  for (const [s, { project, seat, bound }] of moved.entries()) {
    const ownOf = (resource: number) =>
      index[resource - first[seats.length]!]?.members.find(each => each.seat === s)?.resource ?? -1
    const waits = waitsIn(seat.plan, placer, s, ownOf)
    const elsewhere = (resource: number, from: Minute, until: Minute): Elsewhere[] => {
      const sharing = shared.find(({ members }) =>
        members.some(each => each.project === project.id && each.resource === seat.plan.resources[resource]!.id),
      )
      return (sharing?.members ?? []).flatMap(member =>
        member.project === project.id ? [] : holdersOf(member.project, member.resource, from, until),
      )
    }
    const result = resultOf(seat, { ...waits, elsewhere }, bound, spent)
    if (!result.ok) return { ok: false, project: project.id, error: result.error }
    results.push({ id: project.id, levelled: result.levelled })
  }

  /** By the dates they have now. */
  function holdersOf(project: string, resource: string, from: Minute, until: Minute): Elsewhere[] {
    const s = moved.findIndex(each => each.project.id === project)
    const still = stay.find(each => each.project.id === project)
    const plan = s >= 0 ? seats[s]!.plan : still?.project.plan
    if (!plan) return []
    const dates = new Map(still?.schedule.tasks.map(date => [date.id, date]))
    const at = new Map(plan.tasks.map((task, i) => [task.id, i]))
    return plan.assignments.flatMap(({ task, resource: used, units }) => {
      if (used !== resource || units <= 0) return []
      const i = at.get(task) ?? -1
      const start = s >= 0 ? seats[s]!.passes.es[i] : dates.get(task)?.start
      const finish = s >= 0 ? seats[s]!.passes.ef[i] : dates.get(task)?.finish
      return start !== undefined && finish !== undefined && start < until && finish > from ? [{ project, task }] : []
    })
  }

  const levelledAs = new Map(seats.map((seat, s) => [seat, results[s]!.levelled]))
  const after = standing(
    seat => levelledAs.get(seat)!.schedule,
    seat => levelledAs.get(seat)!.plan,
  )
  const clean =
    seats.every(seat => !seat.boundless) &&
    after.overloads.length === 0 &&
    results.every(({ levelled }) => levelled.unresolved.length === 0)
  return {
    ok: true,
    levelled: {
      projects: results,
      before,
      after,
      averageDelay:
        results.reduce((sum, { levelled }) => sum + levelled.finish - levelled.unlevelled.finish, 0) / results.length,
      // Overloads that stay leave room that the bounds know nothing of.
      tardinessBound: clean ? tardinessBound : Math.min(tardinessBound, after.tardiness),
      finishBound: clean ? finishBound : Math.min(finishBound, after.finish),
      proved: clean && after.tardiness <= tardinessBound && after.finish <= finishBound,
      ...spent,
    },
  }
}

/** Least room before the project is late; the same by weight; the weightiest project first, whatever its room. */
function rulesFor(own: readonly ProjectPlan[], seats: readonly TakenSeat[]): NonNullable<SearchTable['rules']> {
  const room = own.map(({ due }, s) => (due ?? seats[s]!.before.finish) - seats[s]!.before.finish)
  const most = Math.max(...own.map(({ weight }) => weight), 1e-9)
  const begin = Math.min(...seats.map(({ before }) => before.start))
  return [
    ({ lateStart }, s) => lateStart + room[s]!,
    ({ lateStart }, s) => (lateStart + room[s]! - begin) / Math.max(1e-3, own[s]!.weight / most),
    ({ lateStart }, s) => lateStart - 1e8 * own[s]!.weight,
  ]
}

/** Shared resources as the placer counts them: seats by number, and what plans that stay take of them. */
function sharedIn(
  seats: readonly TakenSeat[],
  moved: readonly { readonly project: ProjectPlan }[],
  stay: readonly { readonly project: ProjectPlan; readonly schedule: Schedule }[],
  shared: readonly SharedResource[],
): Shared[] {
  return shared.map(({ members }) => {
    const resources: Plan['resources'][number][] = []
    const found = members.flatMap(({ project, resource: id }) => {
      const seat = moved.findIndex(each => each.project.id === project)
      const plan = seat >= 0 ? seats[seat]!.plan : stay.find(each => each.project.id === project)?.project.plan
      const resource = plan?.resources.findIndex(each => each.id === id) ?? -1
      if (!plan || resource < 0) return []
      resources.push(plan.resources[resource]!)
      return [{ seat, resource, project }]
    })
    const taken = found.flatMap(({ seat, resource, project }) => {
      const still = seat < 0 ? stay.find(each => each.project.id === project) : undefined
      if (!still) return []
      const { plan } = still.project
      return usesIn(
        plan,
        still.schedule.tasks,
      )(plan.resources[resource]!).map(({ from, to, units }) => ({
        ...{ from, to },
        units: unitsOf(units),
      }))
    })
    return { capacity: sharedCapacity(resources), members: found.filter(({ seat }) => seat >= 0), taken }
  })
}
