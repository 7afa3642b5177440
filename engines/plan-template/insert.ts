// A laid-out template as edits of a plan: below a task, its resources joined to those of the plan that have the same name.
import type { PlanEdit } from '../schedule/edit.ts'
import type { Lag, Plan } from '../schedule/plan.ts'
import type { ExpandedPlan } from './expand.ts'

/** Where the rows go: below this task, before that one; without them at the end of the plan. */
export interface TemplatePlace {
  readonly under?: string
  readonly before?: string
}

/**
 * The edits that put the rows into the plan, to be applied as one. `perDay` are the working minutes of the template's day:
 * durations keep their days. Rows of the template keep the ids they were laid out with.
 */
export function insertEdits(
  plan: Pick<Plan, 'options' | 'resources'>,
  { tasks, links, resources, assignments }: ExpandedPlan,
  perDay: number,
  place: TemplatePlace,
  newId: () => string,
): PlanEdit[] {
  const factor = plan.options.minutesPerDay / perDay
  const scaled = (minutes: number) => Math.round(minutes * factor)
  const lagOf = (lag: Lag): Lag => (lag.kind === 'working' ? { ...lag, minutes: scaled(lag.minutes) } : lag)
  const known = new Map(plan.resources.map(each => [`${each.kind} ${each.name}`, each.id]))
  const idOf = new Map<string, string>()
  const edits: PlanEdit[] = []
  for (const resource of resources) {
    const found = known.get(`${resource.kind} ${resource.name}`)
    const id = found ?? newId()
    idOf.set(resource.id, id)
    if (found === undefined) edits.push({ kind: 'resource.add', resource: { ...resource, id } })
  }
  for (const task of tasks) {
    const duration = task.elapsed ? task.duration : scaled(task.duration)
    const parent = task.parent ?? place.under
    edits.push({
      kind: 'task.add',
      task: { ...task, duration, ...(parent === undefined ? {} : { parent }) },
      ...(task.parent === undefined && place.before !== undefined ? { before: place.before } : {}),
    })
  }
  for (const link of links) edits.push({ kind: 'link.add', link: { ...link, lag: lagOf(link.lag) } })
  for (const { work, ...each } of assignments) {
    const resource = idOf.get(each.resource)
    if (resource === undefined) continue
    edits.push({
      kind: 'assignment.add',
      assignment: { ...each, resource, ...(work === undefined ? {} : { work: scaled(work) }) },
    })
  }
  return edits
}
