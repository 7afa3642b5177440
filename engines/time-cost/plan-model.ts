// A real plan as a network that can be shortened: calendars, lags, constraints and progress measured where they are now.
//
// The axis counts working minutes of the project calendar from the plan's start, so that every task is a length and every link a
// lag. What a plan knows beyond that (other calendars, levelling delays, splits, summaries' dates) is measured on its computed
// dates: at today's durations the model gives exactly these dates. Shortened, it may differ by a weekend here and there; whoever
// uses it computes the plan with the chosen durations and says that date.
import { type Decimal, exact, toDecimal } from '../money/index.ts'
import {
  type CalendarClock,
  calendarClock,
  type Link,
  type Minute,
  type Plan,
  type Schedule,
  type ScheduleError,
  type Task,
  type TaskDates,
} from '../schedule/index.ts'
import { type Alternative, hullOf, type OpenChoice, optionsOf, RATE_UNITS } from './alternative.ts'
import type { CrashLink, CrashTask } from './crash.ts'

/** How far one task can be shortened, and what that costs. */
export interface Shortening {
  readonly task: string
  /** Shortest duration of the whole task, in minutes of its own calendar. */
  readonly shortest: number
  readonly cost: Decimal
  /** Of one day less, or of all the way from `from` (the planned duration unless said) to the shortest. */
  readonly per: 'day' | 'all'
  readonly from?: number
}

/** A task of the plan that the model may shorten. Minutes of its own calendar, of what is left of it. */
export interface OpenTask {
  readonly task: string
  /** Its place in `tasks`. */
  readonly index: number
  readonly left: number
  readonly shortest: number
  /** Minutes of the axis for one of its own. */
  readonly scale: number
  /** Of one own minute less; fen. */
  readonly rate: number
}

/** Why a shortening cannot be used: the task is finished or not ordinary work, its dates are fixed, or it is as short already. */
export type LeftOut = {
  readonly task: string
  readonly why: 'not_open' | 'fixed' | 'no_shorter' | 'split' | 'no_choice'
}

export interface PlanModel {
  readonly origin: Minute
  readonly clock: CalendarClock
  /** Of a task with alternatives the range of their durations, at what they cost at least. */
  readonly tasks: readonly CrashTask[]
  readonly links: readonly CrashLink[]
  /** Durations on the axis as the plan has them now. */
  readonly present: readonly number[]
  readonly open: readonly OpenTask[]
  readonly choosing: readonly OpenChoice[]
  readonly leftOut: readonly LeftOut[]
  /** Divides every duration, lag and release, when they are whole minutes. */
  readonly grid: number | undefined
}

export type PlanModelOutcome =
  | { readonly ok: true; readonly model: PlanModel }
  | { readonly ok: false; readonly error: ScheduleError | { readonly code: 'time_cost.from_finish' } }

const NEAR = 1e-6

/** A node while the network is built. */
interface Node {
  readonly id: string
  normal: number
  crash: number
  rate: number
  release: number
  /** Start on the axis as computed; undefined for the ends of summaries. */
  readonly target?: number
  /** Dates that nothing moves: links into it are not kept by the plan either. */
  readonly fixed: boolean
  /** Begun: only links that its dates keep bind it. */
  readonly begun: boolean
  /** What holds it back moves with its predecessors (a link, a calendar, levelling). */
  readonly follows: boolean
}

interface Arrow {
  readonly from: string
  readonly to: string
  readonly type: Link['type']
  lag: number
}

/**
 * The network of a computed plan with its shortenings and its alternatives; a task that has alternatives to choose from is not
 * shortened besides. Errors: a calendar that cannot be used; a plan scheduled from its finish.
 */
export function planModel(
  plan: Plan,
  schedule: Schedule,
  shortenings: readonly Shortening[],
  alternatives: readonly Alternative[] = [],
): PlanModelOutcome {
  if (plan.options.scheduleFrom === 'finish') return { ok: false, error: { code: 'time_cost.from_finish' } }
  const made = calendarClock(plan.calendars, plan.options.calendar)
  if (!made.ok) return made
  const { clock } = made
  const dates = new Map(schedule.tasks.map(row => [row.id, row]))
  const parents = new Set(plan.tasks.flatMap(({ parent }) => parent ?? []))
  const leaves = plan.tasks.filter(
    ({ id, kind, inactive }) => !parents.has(id) && !inactive && !NEVER.has(kind) && dates.has(id),
  )
  const origin = leaves.reduce((least, { id }) => Math.min(least, dates.get(id)?.start ?? least), schedule.start)
  const on = (at: Minute) => clock.work(origin, at)
  const clocks = clocksOf(plan, clock)

  const nodes = new Map<string, Node>()
  const arrows: Arrow[] = []
  for (const task of leaves) {
    const row = dates.get(task.id)
    if (row) addLeaf(nodes, arrows, task, row, plan, on, clocks(task))
  }
  const leftOut: LeftOut[] = []
  const byTask = new Map<string, Alternative[]>()
  for (const each of alternatives) byTask.set(each.task, [...(byTask.get(each.task) ?? []), each])
  const choices = new Map<string, Omit<OpenChoice, 'index'>>()
  for (const [id, own] of byTask) {
    const task = leaves.find(each => each.id === id)
    const node = nodes.get(id)
    const found = task && node ? choosing(task, node, own, plan) : 'not_open'
    if (typeof found === 'string') leftOut.push({ task: id, why: found })
    else choices.set(id, found)
  }
  const wanted = new Map(shortenings.flatMap(each => (choices.has(each.task) ? [] : [[each.task, each]])))
  const opened = new Map<string, Omit<OpenTask, 'index'>>()
  const perDay = Math.max(1, plan.options.minutesPerDay)
  for (const shortening of wanted.values()) {
    const task = leaves.find(({ id }) => id === shortening.task)
    const node = nodes.get(shortening.task)
    const found = task && node ? opening(task, node, shortening, perDay) : 'not_open'
    if (typeof found === 'string') leftOut.push({ task: shortening.task, why: found })
    else if (node) {
      opened.set(shortening.task, found)
      node.crash = node.normal * (found.shortest / found.left)
      // Whole units of a day: sums of them are exact, so that the curve has no breakpoints of dust.
      node.rate = Math.max(1, Math.round((found.rate * perDay * RATE_UNITS) / found.scale))
    }
  }
  joinLinks(plan, leaves, dates, nodes, arrows, lagOf(plan, dates, on, clocks))
  calibrate(nodes, arrows)

  const present = [...nodes.values()].map(({ normal }) => normal)
  const tasks = [...nodes.values()].map(({ id, normal, crash, rate, release }): CrashTask => {
    const choice = choices.get(id)
    const range = choice ? hullOf(choice.options, perDay) : { normal, crash }
    return {
      id,
      rate,
      release,
      normal: range.normal,
      crash: range.crash,
      ...('pieces' in range ? { pieces: range.pieces } : {}),
    }
  })
  const index = new Map(tasks.map(({ id }, at) => [id, at]))
  const open = [...opened.values()].map(each => ({ ...each, index: index.get(each.task) ?? 0 }))
  const chosen = [...choices.values()].map(each => ({ ...each, index: index.get(each.task) ?? 0 }))
  const sizes = [
    ...tasks.flatMap(({ normal, crash, release }) => [normal, crash, release ?? 0]),
    ...chosen.flatMap(({ options }) => options.map(({ length }) => length)),
    ...arrows.map(a => a.lag),
  ]
  return {
    ok: true,
    model: { origin, clock, tasks, links: arrows, present, open, choosing: chosen, leftOut, grid: gridOf(sizes) },
  }
}

const NEVER: ReadonlySet<Task['kind']> = new Set(['summary', 'wbs_summary', 'level_of_effort'])

/** The working minutes of a task's own calendar; elapsed tasks count every minute. */
function clocksOf(plan: Plan, project: CalendarClock): (task: Task) => CalendarClock | null {
  const known = new Map<string, CalendarClock>([[plan.options.calendar, project]])
  return task => {
    if (task.elapsed) return null
    const id = task.calendar ?? plan.options.calendar
    const found = known.get(id)
    if (found) return found
    const made = calendarClock(plan.calendars, id)
    const clock = made.ok ? made.clock : project
    known.set(id, clock)
    return clock
  }
}

const added = (clock: CalendarClock | null, at: Minute, minutes: number) =>
  clock ? clock.add(at, minutes) : at + minutes

function addLeaf(
  nodes: Map<string, Node>,
  arrows: Arrow[],
  task: Task,
  row: TaskDates,
  plan: Plan,
  on: (at: Minute) => number,
  clock: CalendarClock | null,
): void {
  const finished = task.actualFinish !== undefined
  const begun = task.actualStart !== undefined && !finished
  const { type, at } = task.constraint
  const fixed =
    finished ||
    task.external === true ||
    (plan.mode === 'ms' && task.manual === true && task.manualStart !== undefined) ||
    ((type === 'must_start_on' || type === 'must_finish_on') && at !== undefined)
  const finish = on(row.finish)
  // Of begun work only what is left takes time.
  const target = begun ? Math.max(0, on(added(clock, row.finish, -leftOf(task)))) : on(row.start)
  const normal = Math.max(0, finish - target)
  const alap = type === 'alap'
  const follows = ['link', 'calendar', 'leveling_delay', 'resource'].includes(row.why.start.kind)
  const dated = at !== undefined && !fixed && !begun
  const release =
    fixed || begun
      ? target
      : dated && (type === 'start_no_earlier_than' || type === 'start_on')
        ? Math.min(target, Math.max(0, on(at)))
        : 0
  nodes.set(task.id, {
    ...{ id: task.id, normal, crash: normal, rate: 0, release, fixed, begun, follows },
    ...(alap ? {} : { target }),
  })
  if (dated && (type === 'finish_no_earlier_than' || type === 'finish_on')) {
    const id = `${task.id}^`
    nodes.set(id, { ...still(id), release: Math.min(finish, Math.max(0, on(at))) })
    arrows.push({ from: id, to: task.id, type: 'FF', lag: 0 })
  }
}

const still = (id: string): Node => ({
  ...{ id, normal: 0, crash: 0, rate: 0, release: 0 },
  ...{ fixed: false, begun: false, follows: false },
})

/** Minutes of its own calendar that are left of a task. */
function leftOf(task: Task): number {
  if (task.actualFinish !== undefined) return 0
  if (task.actualStart === undefined) return task.duration
  const done = task.actualDuration ?? (task.duration * (task.percentComplete ?? 0)) / 100
  return Math.max(0, task.remainingDuration ?? task.duration - done)
}

/** Why nothing can be done about a task's duration. */
function closed(task: Task, node: Node): LeftOut['why'] | undefined {
  if ((task.kind !== 'task' && task.kind !== 'resource_dependent') || task.milestone) return 'not_open'
  if (task.actualFinish !== undefined || task.constraint.type === 'expected_finish') return 'not_open'
  if (node.fixed) return 'fixed'
  return (task.segments?.length ?? 0) > 1 ? 'split' : undefined
}

function choosing(
  task: Task,
  node: Node,
  alternatives: readonly Alternative[],
  plan: Plan,
): Omit<OpenChoice, 'index'> | LeftOut['why'] {
  const why = closed(task, node)
  const left = leftOf(task)
  if (why || left <= 0 || node.normal <= 0) return why ?? 'no_choice'
  const found = optionsOf(task, alternatives, plan, { done: task.duration - left, scale: node.normal / left })
  return found.options.length > 1 ? { task: task.id, ...found } : 'no_choice'
}

function opening(
  task: Task,
  node: Node,
  shortening: Shortening,
  perDay: number,
): Omit<OpenTask, 'index'> | LeftOut['why'] {
  const why = closed(task, node)
  if (why) return why
  const left = leftOf(task)
  const least = Math.max(0, Math.min(left, shortening.shortest - (task.duration - left)))
  if (!(least < left) || node.normal <= 0) return 'no_shorter'
  const rate = exact(shortening.cost).times(100).toNumber() / pricedMinutes(shortening, task, perDay)
  return { task: task.id, left, shortest: least, scale: node.normal / left, rate }
}

/** Minutes of the axis that a link's lag takes where the link stands now. */
function lagOf(
  plan: Plan,
  dates: ReadonlyMap<string, TaskDates>,
  on: (at: Minute) => number,
  clocks: (task: Task) => CalendarClock | null,
): (link: Link) => number {
  const tasks = new Map(plan.tasks.map(task => [task.id, task]))
  return ({ from, to, type, lag }) => {
    const row = dates.get(from)
    if (!row) return 0
    const share = 'percent' in lag ? lag.percent / 100 : 0
    const elapsed = lag.kind === 'elapsed' || lag.kind === 'elapsed_percent'
    const minutes = 'minutes' in lag ? lag.minutes : elapsed ? share * (row.finish - row.start) : share * row.duration
    if (minutes === 0) return 0
    const whose = tasks.get(plan.mode === 'p6' && plan.options.lagCalendar === 'predecessor' ? from : to)
    const at = type[0] === 'F' ? row.finish : row.start
    return on(added(elapsed || !whose ? null : clocks(whose), at, minutes)) - on(at)
  }
}

/** Links between leaves; those of summaries by way of a node for the summary's end or its beginning. */
function joinLinks(
  plan: Plan,
  leaves: readonly Task[],
  dates: ReadonlyMap<string, TaskDates>,
  nodes: Map<string, Node>,
  arrows: Arrow[],
  lag: (link: Link) => number,
): void {
  const above = new Map(plan.tasks.map(({ id, parent }) => [id, parent]))
  const under = new Map<string, string[]>()
  for (const { id } of leaves)
    for (let up = above.get(id); up !== undefined; up = above.get(up)) under.set(up, [...(under.get(up) ?? []), id])
  const startOf = (id: string) => dates.get(id)?.start ?? 0
  const first = (ids: readonly string[]) => ids.reduce((a, b) => (startOf(b) < startOf(a) ? b : a))
  const node = (id: string, join: () => void) => {
    if (!nodes.has(id)) {
      nodes.set(id, still(id))
      join()
    }
    return id
  }
  for (const link of plan.links) {
    const { type } = link
    const [before, after] = [under.get(link.from), under.get(link.to)]
    const from = nodes.has(link.from)
      ? link.from
      : before && type[0] === 'S'
        ? first(before)
        : before &&
          node(`${link.from}>`, () => {
            for (const id of before) arrows.push({ from: id, to: `${link.from}>`, type: 'FS', lag: 0 })
          })
    const into = nodes.has(link.to)
      ? [link.to]
      : after && type[1] === 'F'
        ? after
        : after && [
            node(`<${link.to}`, () => {
              for (const id of after) arrows.push({ from: `<${link.to}`, to: id, type: 'FS', lag: 0 })
            }),
          ]
    for (const to of into ?? []) if (from !== undefined && from !== to) arrows.push({ from, to, type, lag: lag(link) })
  }
}

/** Sets lags and releases so that at today's durations every node starts where the plan computed it. */
function calibrate(nodes: ReadonlyMap<string, Node>, arrows: Arrow[]): void {
  const incoming = new Map<string, Arrow[]>()
  const outgoing = new Map<string, Arrow[]>()
  for (const arrow of arrows) {
    incoming.set(arrow.to, [...(incoming.get(arrow.to) ?? []), arrow])
    outgoing.set(arrow.from, [...(outgoing.get(arrow.from) ?? []), arrow])
  }
  const waiting = new Map([...nodes.keys()].map(id => [id, incoming.get(id)?.length ?? 0]))
  const start = new Map<string, number>()
  const dropped = new Set<Arrow>()
  const ready = [...nodes.values()].filter(({ id }) => waiting.get(id) === 0)
  for (const node of ready) {
    const own = incoming.get(node.id) ?? []
    const dateBy = ({ from, type, lag }: Arrow) => {
      const at = (start.get(from) ?? 0) + (type[0] === 'F' ? (nodes.get(from)?.normal ?? 0) : 0) + lag
      return type[1] === 'F' ? at - node.normal : at
    }
    if (node.fixed) for (const arrow of own) dropped.add(arrow)
    else if (node.target !== undefined) {
      const { target } = node
      for (const arrow of own) {
        const excess = dateBy(arrow) - target
        if (excess <= NEAR) continue
        if (node.begun) dropped.add(arrow)
        else arrow.lag -= excess
      }
      const bound = own.filter(arrow => !dropped.has(arrow))
      const now = Math.max(node.release, 0, ...bound.map(dateBy))
      if (target - now > NEAR) {
        if (node.follows && bound.length > 0) for (const arrow of bound) arrow.lag += target - now
        else node.release = target
      }
    }
    const kept = own.filter(arrow => !dropped.has(arrow))
    start.set(node.id, Math.max(node.release, 0, ...kept.map(dateBy)))
    for (const { to } of outgoing.get(node.id) ?? []) {
      const rest = (waiting.get(to) ?? 0) - 1
      waiting.set(to, rest)
      const next = nodes.get(to)
      if (rest === 0 && next) ready.push(next)
    }
  }
  const kept = arrows.filter(arrow => !dropped.has(arrow))
  arrows.length = 0
  for (const arrow of kept) arrows.push(arrow)
}

/** The largest number of minutes that divides all of them; undefined unless all are whole. */
function gridOf(values: readonly number[]): number | undefined {
  let grid = 0
  for (const value of values) {
    if (!Number.isInteger(value)) return undefined
    let [a, b] = [grid, Math.abs(value)]
    while (b > 0) [a, b] = [b, a % b]
    grid = a
  }
  return grid > 0 ? grid : undefined
}

/** Minutes that the cost of a shortening is for. */
const pricedMinutes = ({ per, from, shortest }: Shortening, task: Task, perDay: number) =>
  per === 'day' ? (task.elapsed ? 1440 : perDay) : Math.max(1, (from ?? task.duration) - shortest)

/** What a task's shortening by so many of its own minutes costs, to the fen. */
export const cutCost = (shortening: Shortening, task: Task, minutes: number, perDay: number): Decimal =>
  toDecimal(
    exact(shortening.cost)
      .times(minutes)
      .div(pricedMinutes(shortening, task, perDay)),
    2,
  )
