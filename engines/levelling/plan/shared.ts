// What several plans share: one person, one crane, known to each plan as a resource of its own. What there is of it, and where
// the plans together ask for more.
import type { Minute, Plan, Resource } from '../../schedule/plan.ts'
import type { TaskDates } from '../../schedule/result.ts'
import { capacityOf, mostOf, type Steps } from './capacity.ts'
import type { Elsewhere } from './difference.ts'
import { availableAt, changesOf, type Stretch, stretchesOf, usesIn } from './overload.ts'

/** There is of it what the plan says that has most of it: a person has one body, whatever the number of plans. */
export interface SharedResource {
  readonly id: string
  readonly members: readonly { readonly project: string; readonly resource: string }[]
}

export interface SharedOverload extends Omit<Stretch, 'tasks'> {
  readonly shared: string
  readonly tasks: readonly Elsewhere[]
}

export interface DatedPlan {
  readonly id: string
  readonly plan: Plan
  readonly dates: readonly TaskDates[]
}

/**
 * Every stretch in which plans together use more of a shared resource than there is, by the dates given. One plan's own
 * overload of it counts too.
 */
export function sharedOverloads(plans: readonly DatedPlan[], shared: readonly SharedResource[]): SharedOverload[] {
  const known = new Map(plans.map(({ id, plan, dates }) => [id, { plan, usesOf: usesIn(plan, dates) }]))
  return shared.flatMap(({ id, members }) => {
    const resources: Resource[] = []
    const tasks: Elsewhere[] = []
    const uses = members.flatMap(({ project, resource: name }) => {
      const found = known.get(project)
      const resource = found?.plan.resources.find(each => each.id === name)
      if (!found || !resource) return []
      resources.push(resource)
      return found.usesOf(resource).map(use => {
        tasks.push({ project, task: use.task })
        return { ...use, task: String(tasks.length - 1) }
      })
    })
    const available = (at: Minute) => Math.max(...resources.map(resource => availableAt(resource, at)))
    return stretchesOf(uses, resources.flatMap(changesOf), available).map(stretch => ({
      ...stretch,
      shared: id,
      tasks: stretch.tasks.flatMap(at => tasks[Number(at)] ?? []),
    }))
  })
}

/** What there is of a shared resource over time. */
export const sharedCapacity = (resources: readonly Resource[]): Steps => mostOf(resources.map(capacityOf))
