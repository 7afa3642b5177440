// Would a link between plans close a circle? Asked before it is kept: a circle through several plans has no dates.
import type { Plan } from '../schedule/plan.ts'
import type { CrossLink, TaskAt } from './outlook.ts'
import { structureOf } from './structure.ts'

const keyOf = ({ plan, task }: TaskAt) => `${plan} ${task}`

/** The tasks of a circle in order, the first one again at the end; undefined when there is none. */
export function crossCycle(
  plans: readonly { readonly id: string; readonly plan: Plan }[],
  links: readonly Pick<CrossLink, 'from' | 'to'>[],
): readonly TaskAt[] | undefined {
  const structures = new Map(plans.map(({ id, plan }) => [id, { plan, structure: structureOf(plan) }]))
  const coming = new Map<string, TaskAt[]>()
  const leavesOf = ({ plan, task }: TaskAt): readonly TaskAt[] => {
    const found = structures.get(plan)
    const at = found?.structure.position.get(task)
    if (!found || at === undefined) return []
    return found.structure.leaves(at).flatMap(i => {
      const id = found.plan.tasks[i]?.id
      return id === undefined ? [] : [{ plan, task: id }]
    })
  }
  for (const { from, to } of links)
    for (const after of leavesOf(to)) {
      const list = coming.get(keyOf(after)) ?? []
      coming.set(keyOf(after), list)
      list.push(...leavesOf(from))
    }
  const before = (at: TaskAt): readonly TaskAt[] => {
    const found = structures.get(at.plan)
    const position = found?.structure.position.get(at.task)
    const own =
      found && position !== undefined
        ? found.structure.before(position).flatMap(({ from }) => {
            const id = found.plan.tasks[from]?.id
            return id === undefined ? [] : [{ plan: at.plan, task: id }]
          })
        : []
    return [...own, ...(coming.get(keyOf(at)) ?? [])]
  }
  const done = new Set<string>()
  // Depth first without recursion: a chain may be as long as the plans.
  for (const { to } of links)
    for (const root of leavesOf(to)) {
      if (done.has(keyOf(root))) continue
      const path: { readonly at: TaskAt; readonly rest: TaskAt[] }[] = [{ at: root, rest: [...before(root)] }]
      const on = new Set([keyOf(root)])
      while (path.length > 0) {
        const top = path.at(-1)
        const next = top?.rest.pop()
        if (!top) break
        if (!next) {
          on.delete(keyOf(top.at))
          done.add(keyOf(top.at))
          path.pop()
          continue
        }
        if (on.has(keyOf(next))) {
          const from = path.findIndex(each => keyOf(each.at) === keyOf(next))
          // The path goes from after to before: turned round it reads in the order of work.
          return [...path.slice(from).map(each => each.at), next].reverse()
        }
        if (done.has(keyOf(next))) continue
        on.add(keyOf(next))
        path.push({ at: next, rest: [...before(next)] })
      }
    }
  return undefined
}
