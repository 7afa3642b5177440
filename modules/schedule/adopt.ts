// A plan from a file or a builder gets record ids: tasks, links, resources and assignments, with every reference following.
import type { Plan } from '@yingzao/engines/schedule'

/** `newId` makes a uuid; calendars keep their own ids, since they live inside the plan. */
export function adopt(plan: Plan, newId: () => string): Plan {
  const taskIds = new Map(plan.tasks.map(task => [task.id, newId()]))
  const resourceIds = new Map(plan.resources.map(resource => [resource.id, newId()]))
  const tasks = plan.tasks.map(task => {
    const parent = task.parent === undefined ? undefined : taskIds.get(task.parent)
    const { parent: _, ...rest } = task
    return { ...rest, id: taskIds.get(task.id) ?? newId(), ...(parent === undefined ? {} : { parent }) }
  })
  const links = plan.links.flatMap(link => {
    const [from, to] = [taskIds.get(link.from), taskIds.get(link.to)]
    return from === undefined || to === undefined ? [] : [{ ...link, id: newId(), from, to }]
  })
  const resources = plan.resources.map(resource => ({ ...resource, id: resourceIds.get(resource.id) ?? newId() }))
  const assignments = plan.assignments.flatMap(assignment => {
    const [task, resource] = [taskIds.get(assignment.task), resourceIds.get(assignment.resource)]
    return task === undefined || resource === undefined ? [] : [{ ...assignment, id: newId(), task, resource }]
  })
  return { ...plan, tasks, links, resources, assignments }
}
