// What has to cross the worker's border when a plan changes: by identity of its records, so that one edit costs one task.
import type { Plan, Task } from '@yingzao/engines/schedule/plan'

export type PlanDelta =
  | { whole: Plan }
  | {
      /** Task ids in order, when the order changed. */
      order?: readonly string[]
      changed: readonly Task[]
      rest: Partial<Pick<Plan, 'options' | 'calendars' | 'links' | 'resources' | 'assignments' | 'mode'>>
    }

export function deltaOf(before: Plan | undefined, after: Plan): PlanDelta {
  if (!before) return { whole: after }
  const rest: Extract<PlanDelta, { rest: unknown }>['rest'] = {}
  if (before.options !== after.options) rest.options = after.options
  if (before.calendars !== after.calendars) rest.calendars = after.calendars
  if (before.links !== after.links) rest.links = after.links
  if (before.resources !== after.resources) rest.resources = after.resources
  if (before.assignments !== after.assignments) rest.assignments = after.assignments
  if (before.mode !== after.mode) rest.mode = after.mode
  if (before.tasks === after.tasks) return { changed: [], rest }
  const known = new Map(before.tasks.map(task => [task.id, task]))
  const changed = after.tasks.filter(task => known.get(task.id) !== task)
  if (changed.length > after.tasks.length / 2) return { whole: after }
  const sameOrder =
    before.tasks.length === after.tasks.length && before.tasks.every((task, i) => task.id === after.tasks[i]?.id)
  return { changed, rest, ...(sameOrder ? {} : { order: after.tasks.map(task => task.id) }) }
}

/** The plan on the other side; `before` is the one the delta was made from. */
export function withDelta(before: Plan | undefined, delta: PlanDelta): Plan | undefined {
  if ('whole' in delta) return delta.whole
  if (!before) return undefined
  const { changed, order, rest } = delta
  if (changed.length === 0 && !order) return { ...before, ...rest }
  const anew = new Map(changed.map(task => [task.id, task]))
  if (!order) return { ...before, ...rest, tasks: before.tasks.map(task => anew.get(task.id) ?? task) }
  const known = new Map(before.tasks.map(task => [task.id, task]))
  const tasks = order.map(id => anew.get(id) ?? known.get(id)).filter(task => task !== undefined)
  return { ...before, ...rest, tasks }
}
