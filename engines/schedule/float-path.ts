// Multiple float paths: the chains of work that lead to a chosen task, the one without room first. What P6 calls
// "multiple float paths" and Microsoft shows as the driving predecessors of one task only.
import { compute } from './index.ts'
import type { Mode, Plan, Task } from './plan.ts'
import type { ScheduleError, TaskDates } from './result.ts'

export interface FloatPath {
  /** 1 = the driving path; the float grows with the number. */
  readonly number: number
  /** Working minutes by which the whole path may slip before the target moves; negative where a constraint is missed. */
  readonly float: number
  /** In the order of work. The last one leads into a path with a smaller number, or is the target. */
  readonly tasks: readonly string[]
  /** The task of an earlier path that this one leads to; absent on the first. */
  readonly joins?: string
}

export type FloatPathOutcome =
  | { ok: true; target: string; paths: readonly FloatPath[] }
  | { ok: false; error: ScheduleError | { code: 'float_path.unknown_task'; task: string } }

export interface FloatPathOptions {
  /** A task or a summary's id; absent: the unfinished task that finishes last. */
  readonly target?: string
  /** How many paths; absent: 10. */
  readonly most?: number
  readonly mode?: Mode
}

const isLeaf = ({ kind, inactive }: Task): boolean =>
  kind !== 'summary' && kind !== 'wbs_summary' && kind !== 'level_of_effort' && inactive !== true

/**
 * The float of a task towards the target is its total float in a plan that holds only what leads there and may not end
 * later: so calendars, lags and constraints count as they do everywhere else. Each path is then traced back from where it
 * joins, always to the predecessor with the least float (of equals: the one that finishes last), finished work left out.
 * Errors: those of the schedule; a target that is not in the plan.
 */
export function floatPaths(plan: Plan, options: FloatPathOptions = {}): FloatPathOutcome {
  const { most = 10, mode = plan.mode } = options
  const whole = compute(plan, mode)
  if (!whole.ok) return whole
  const dates = new Map(whole.schedule.tasks.map(each => [each.id, each]))
  const target = targetOf(plan, dates, options.target)
  if (target === undefined) return { ok: false, error: { code: 'float_path.unknown_task', task: options.target ?? '' } }
  const before = predecessorsOf(plan)
  const leading = reachedFrom(target, before)
  const floats = floatsTowards(plan, mode, target, leading, dates)
  if (!floats.ok) return floats
  return { ok: true, target, paths: traced(target, most, before, floats.of, dates) }
}

/** Of a summary, its task that finishes last. */
function targetOf(plan: Plan, dates: ReadonlyMap<string, TaskDates>, asked: string | undefined): string | undefined {
  const parents = new Map(plan.tasks.map(task => [task.id, task.parent]))
  const isWithin = (id: string): boolean => {
    if (asked === undefined) return true
    for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) if (at === asked) return true
    return false
  }
  let last: TaskDates | undefined
  for (const task of plan.tasks) {
    if (!isLeaf(task) || !isWithin(task.id)) continue
    const found = dates.get(task.id)
    if (found && (!last || found.finish > last.finish)) last = found
  }
  return last?.id
}

/** Leaf tasks before each leaf task; a link of a summary is one of every task below it. */
function predecessorsOf(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const leaves = new Map<string, string[]>()
  for (const task of plan.tasks) {
    if (!isLeaf(task)) continue
    for (let at: Task | undefined = task; at; at = at.parent === undefined ? undefined : byId.get(at.parent)) {
      const list = leaves.get(at.id)
      if (list) list.push(task.id)
      else leaves.set(at.id, [task.id])
    }
  }
  const before = new Map<string, Set<string>>()
  for (const { from, to } of plan.links)
    for (const task of leaves.get(to) ?? []) {
      const known = before.get(task) ?? new Set()
      before.set(task, known)
      for (const predecessor of leaves.get(from) ?? []) if (predecessor !== task) known.add(predecessor)
    }
  return before
}

function reachedFrom(target: string, before: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set([target])
  for (const task of found) for (const predecessor of before.get(task) ?? []) found.add(predecessor)
  return found
}

/** Total floats in the plan of what leads to the target, which may finish no later than it does. Finished work has none. */
function floatsTowards(
  plan: Plan,
  mode: Mode,
  target: string,
  leading: ReadonlySet<string>,
  dates: ReadonlyMap<string, TaskDates>,
): { ok: true; of: ReadonlyMap<string, number> } | { ok: false; error: ScheduleError } {
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const kept = new Set(leading)
  for (const id of leading)
    for (let at = byId.get(id)?.parent; at !== undefined && !kept.has(at); at = byId.get(at)?.parent) kept.add(at)
  const finish = dates.get(target)?.earlyFinish ?? 0
  const outcome = compute(
    {
      ...plan,
      tasks: plan.tasks
        .filter(({ id }) => kept.has(id))
        .map(task => (task.id === target ? boundTo(task, finish, mode) : { ...task, deadline: undefined })),
      links: plan.links.filter(({ from, to }) => kept.has(from) && kept.has(to)),
      assignments: plan.assignments.filter(({ task }) => kept.has(task)),
    },
    mode,
  )
  if (!outcome.ok) return outcome
  const isDone = (id: string): boolean => byId.get(id)?.actualFinish !== undefined
  return {
    ok: true,
    of: new Map(
      outcome.schedule.tasks.flatMap(({ id, totalFloat }) =>
        leading.has(id) && !isDone(id) ? [[id, totalFloat] as const] : [],
      ),
    ),
  }
}

/** Its late finish is its early one, whatever else ends later. */
function boundTo(task: Task, at: number, mode: Mode): Task {
  if (mode === 'ms') return { ...task, deadline: at }
  const bound = { type: 'finish_no_later_than', at } as const
  return task.constraint.type === 'asap' || task.constraint.type === 'alap'
    ? { ...task, constraint: bound }
    : { ...task, constraint2: bound }
}

function traced(
  target: string,
  most: number,
  before: ReadonlyMap<string, ReadonlySet<string>>,
  floats: ReadonlyMap<string, number>,
  dates: ReadonlyMap<string, TaskDates>,
): FloatPath[] {
  const paths: FloatPath[] = []
  /** Tasks of no path yet that lead into one, with the task they lead to. */
  const waiting = new Map<string, string>()
  const taken = new Set<string>()
  const isBetter = (id: string, than: string): boolean => {
    const [a, b] = [floats.get(id) ?? 0, floats.get(than) ?? 0]
    return a !== b ? a < b : (dates.get(id)?.finish ?? 0) > (dates.get(than)?.finish ?? 0)
  }
  const bestOf = (ids: Iterable<string>): string | undefined => {
    let best: string | undefined
    for (const id of ids) if (floats.has(id) && !taken.has(id) && (best === undefined || isBetter(id, best))) best = id
    return best
  }
  for (let end = floats.has(target) ? target : undefined; end !== undefined && paths.length < most; ) {
    const joins = waiting.get(end)
    const tasks: string[] = []
    for (let at: string | undefined = end; at !== undefined; at = bestOf(before.get(at) ?? [])) {
      taken.add(at)
      waiting.delete(at)
      tasks.unshift(at)
      for (const id of before.get(at) ?? []) if (floats.has(id) && !taken.has(id)) waiting.set(id, at)
    }
    const float = Math.min(...tasks.map(id => floats.get(id) ?? 0))
    paths.push({ number: paths.length + 1, float, tasks, ...(joins !== undefined && { joins }) })
    end = bestOf(waiting.keys())
  }
  return paths
}
