// Plans side by side: the figures of each and, task by task, where one differs from another. Pure: tasks are the same when
// their ids are, as between a plan, its branches and its baselines.
import { periodEdges, resourceLoads } from '@yingzao/engines/levelling'
import { type Decimal, isDecimal, sum } from '@yingzao/engines/money'
import { dayOf, type Link, type Minute, type Plan, type Task, type TaskDates } from '@yingzao/engines/schedule'

/** A plan with its dates: computed, or as a baseline keeps them. */
export interface Side {
  readonly plan: Plan
  readonly dates: ReadonlyMap<string, TaskDates>
  readonly finish: Minute
}

export interface Peak {
  readonly resource: string
  /** Of what there is of it; 1 = all. */
  readonly share: number
  readonly day: Minute
}

export interface SideFigures {
  readonly start: Minute
  readonly finish: Minute
  readonly tasks: number
  readonly critical: number
  /** Sum of the tasks' costs; null when none has one. */
  readonly cost: Decimal | null
  /** The fullest day of any resource; null without work resources. */
  readonly peak: Peak | null
  /** Minutes of work beyond what the resources can do on their days. */
  readonly overload: number
  /** Milestones with their dates, by task. */
  readonly milestones: ReadonlyMap<string, { readonly name: string; readonly finish: Minute }>
  /** Critical tasks in the order of their dates. */
  readonly path: readonly string[]
}

/** Dates that a baseline keeps: by task its start, finish and working minutes. */
export type FrozenDates = Readonly<Record<string, readonly [start: Minute, finish: Minute, duration: number]>>

/** As a baseline keeps them; what is not understood is left out. */
export function readFrozen(value: unknown): FrozenDates {
  if (typeof value !== 'object' || value === null) return {}
  const entries = Object.entries(value).flatMap(([task, row]: [string, unknown]) => {
    if (!Array.isArray(row)) return []
    const [start, finish, duration]: unknown[] = row
    return typeof start === 'number' && typeof finish === 'number' && typeof duration === 'number'
      ? [[task, [start, finish, duration] as const] as const]
      : []
  })
  return Object.fromEntries(entries)
}

/** A baseline says how it was; what it does not say is as computed of the plan of its time. */
export function sideOf(plan: Plan, computed: readonly TaskDates[], frozen: FrozenDates = {}): Side {
  const rows = computed.map((row): TaskDates => {
    const kept = frozen[row.id]
    return kept ? { ...row, start: kept[0], finish: kept[1], duration: kept[2] } : row
  })
  const parents = new Set(plan.tasks.flatMap(({ parent }) => parent ?? []))
  const idle = new Set(plan.tasks.flatMap(({ id, inactive }) => (inactive || parents.has(id) ? [id] : [])))
  const finish = rows.reduce(
    (most, { id, finish }) => (idle.has(id) ? most : Math.max(most, finish)),
    plan.options.start,
  )
  return { plan, finish, dates: new Map(rows.map(row => [row.id, row])) }
}

const leavesOf = ({ tasks }: Plan): Task[] => {
  const parents = new Set(tasks.flatMap(({ parent }) => parent ?? []))
  return tasks.filter(task => !parents.has(task.id) && task.kind !== 'summary' && !task.inactive)
}

/** Sum of what the tasks cost; null when none says. */
export function costOf(plan: Plan): Decimal | null {
  const costs = leavesOf(plan).flatMap(({ cost }) => (cost !== undefined && isDecimal(cost) ? [cost] : []))
  return costs.length === 0 ? null : sum(costs)
}

export function figuresOf({ plan, dates, finish }: Side): SideFigures {
  const leaves = leavesOf(plan)
  const starts = leaves.flatMap(({ id }) => dates.get(id)?.start ?? [])
  const start = starts.reduce((least, at) => Math.min(least, at), finish)
  const critical = leaves.filter(({ id }) => dates.get(id)?.critical)
  return {
    ...{ start, finish, tasks: leaves.length, critical: critical.length },
    cost: costOf(plan),
    ...loadOf(plan, dates, start, finish),
    milestones: new Map(
      leaves.flatMap(task => {
        const at = dates.get(task.id)
        return isMilestone(task) && at ? [[task.id, { name: task.name, finish: at.finish }] as const] : []
      }),
    ),
    path: critical.sort((a, b) => (dates.get(a.id)?.start ?? 0) - (dates.get(b.id)?.start ?? 0)).map(({ id }) => id),
  }
}

const isMilestone = ({ kind, milestone, duration }: Task) =>
  kind === 'milestone' || kind === 'start_milestone' || (milestone === true && duration === 0)

function loadOf(
  plan: Plan,
  dates: Side['dates'],
  start: Minute,
  finish: Minute,
): Pick<SideFigures, 'peak' | 'overload'> {
  // What is past cannot be overloaded any more.
  const since = Math.max(start, plan.options.statusDate ?? start)
  let peak: Peak | null = null
  let overload = 0
  for (const { resource, periods } of resourceLoads(plan, [...dates.values()], periodEdges(since, finish, 'day')))
    for (const { from, work, available } of periods) {
      overload += Math.max(0, work - available)
      if (work > 0 && available > 0 && work / available > (peak?.share ?? 0))
        peak = { resource, share: work / available, day: from }
    }
  const name = plan.resources.find(({ id }) => id === peak?.resource)?.name
  return { peak: peak && { ...peak, resource: name ?? peak.resource }, overload }
}

export type Shown = Pick<TaskDates, 'start' | 'finish' | 'duration' | 'critical'>

export interface TaskDifference {
  readonly id: string
  readonly name: string
  readonly what: 'added' | 'removed' | 'changed' | 'moved'
  /** Of the first and of the second; undefined where the task is not. */
  readonly dates: readonly [Shown | undefined, Shown | undefined]
  /** Calendar days by which the second finishes later. */
  readonly days: number
  /** Its own inputs that differ, as the engine calls them; `assignments` stands for who works on it. */
  readonly fields: readonly string[]
  /** Names of tasks that it waits for in one of them only, or otherwise. */
  readonly links: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly changed: readonly string[]
  }
}

/**
 * Tasks that are not the same in both, in the order of the second (what only the first has, last). `changed`: its own
 * duration, links, resources or other inputs differ; `moved`: only its dates follow others. Summaries count when they came or
 * went.
 */
export function taskDifferences(first: Side, second: Side): TaskDifference[] {
  const old = new Map(first.plan.tasks.map(task => [task.id, task]))
  const [linksBefore, linksNow] = [incoming(first.plan), incoming(second.plan)]
  const [crewBefore, crewNow] = [crews(first.plan), crews(second.plan)]
  const names = new Map([...first.plan.tasks, ...second.plan.tasks].map(({ id, name }) => [id, name]))
  const parents = new Set([...first.plan.tasks, ...second.plan.tasks].flatMap(({ parent }) => parent ?? []))
  const rows = second.plan.tasks.flatMap((task): TaskDifference[] => {
    const was = old.get(task.id)
    const dates = [shown(first.dates.get(task.id)), shown(second.dates.get(task.id))] as const
    const links = linkDifference(linksBefore.get(task.id) ?? [], linksNow.get(task.id) ?? [], names)
    const crew = crewBefore.get(task.id) === crewNow.get(task.id) ? [] : ['assignments']
    const fields = was ? [...fieldsBetween(was, task), ...crew] : []
    const row = { id: task.id, name: task.name, dates, days: daysBetween(dates), fields, links }
    if (!was) return [{ ...row, what: 'added' }]
    const drawn = links.added.length + links.removed.length + links.changed.length > 0
    const own = drawn || fields.length > 0
    if (own) return [{ ...row, what: 'changed' }]
    const [a, b] = dates
    const still = a === b || (a?.start === b?.start && a?.finish === b?.finish)
    return still || parents.has(task.id) ? [] : [{ ...row, what: 'moved' }]
  })
  const here = new Set(second.plan.tasks.map(({ id }) => id))
  const gone = first.plan.tasks.filter(({ id }) => !here.has(id))
  return [
    ...rows,
    ...gone.map(
      ({ id, name }): TaskDifference => ({
        ...{ id, name, what: 'removed', dates: [shown(first.dates.get(id)), undefined], days: 0, fields: [] },
        links: { added: [], removed: [], changed: [] },
      }),
    ),
  ]
}

const shown = (row: TaskDates | undefined): Shown | undefined =>
  row && { start: row.start, finish: row.finish, duration: row.duration, critical: row.critical }

const daysBetween = ([a, b]: TaskDifference['dates']) => (a && b ? dayOf(b.finish) - dayOf(a.finish) : 0)

/** Baselines and the numbers of a file are no change of the work. */
const APART: ReadonlySet<string> = new Set(['baselines', 'stored', 'uid', 'row', 'extra'])

/** What a planner entered otherwise. */
const fieldsBetween = (before: Task, now: Task): string[] =>
  before === now
    ? []
    : [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
        field => !APART.has(field) && canonical([Reflect.get(before, field)]) !== canonical([Reflect.get(now, field)]),
      )

const canonical = (value: object): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )

function incoming(plan: Plan): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>()
  for (const link of plan.links) {
    const rows = links.get(link.to)
    if (rows) rows.push(link)
    else links.set(link.to, [link])
  }
  return links
}

/** Who works on a task, as a text that is the same when they are. */
function crews(plan: Plan): ReadonlyMap<string, string> {
  const rows = new Map<string, string[]>()
  for (const { task, resource, units, work } of plan.assignments) {
    const crew = rows.get(task) ?? []
    crew.push(canonical({ resource, units, work }))
    rows.set(task, crew)
  }
  return new Map([...rows].map(([task, crew]) => [task, crew.sort().join()]))
}

function linkDifference(before: readonly Link[], now: readonly Link[], names: ReadonlyMap<string, string>) {
  const old = new Map(before.map(link => [link.id, link]))
  const kept = new Set(now.map(({ id }) => id))
  const name = ({ from }: Link) => names.get(from) ?? ''
  return {
    added: now.filter(({ id }) => !old.has(id)).map(name),
    removed: before.filter(({ id }) => !kept.has(id)).map(name),
    changed: now
      .filter(link => {
        const was = old.get(link.id)
        return was && (was.from !== link.from || was.type !== link.type || canonical(was.lag) !== canonical(link.lag))
      })
      .map(name),
  }
}
