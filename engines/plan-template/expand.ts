// Lays a template out: every block as often as its parameter says, numbered, with the links between its copies.
import type { Assignment, Link, Resource, Task } from '../schedule/plan.ts'
import { linkCopies, type Placed, type Turn } from './link-copies.ts'
import { MOST_TASKS } from './read.ts'
import type { PlanTemplate } from './shape.ts'

/** Most copies of one block. */
export const MOST_COPIES = 500

export interface ExpandedPlan {
  readonly tasks: readonly Task[]
  readonly links: readonly Link[]
  readonly resources: readonly Resource[]
  readonly assignments: readonly Assignment[]
}
export type ExpandOutcome =
  | { readonly ok: true; readonly plan: ExpandedPlan }
  /** `parameter`: its count is no whole number from 1 to 500. `too_many`: more than 5,000 tasks. */
  | { readonly ok: false; readonly error: { readonly code: 'parameter' | 'too_many'; readonly at: string } }

/**
 * The rows of the template with every repeated block laid out `counts[parameter]` times (its own count when absent).
 *
 * A link inside a block stands in each copy. Between two blocks that repeat by the same parameter it leads from the nth copy
 * to the nth. Into a block it leads to the first copy, out of one it comes from the last, when flows chain the copies; without
 * flows, when copies run side by side, it leads to and comes from each; and no copy is left without what comes before or after. `{n}` in a name is the number of the nearest block,
 * `{name}` that of the parameter so named; a repeated row whose name holds neither gets its number behind it.
 */
export function expandTemplate(
  template: PlanTemplate,
  counts: Readonly<Record<string, number>>,
  newId: () => string,
): ExpandOutcome {
  const numbers = new Map<string, number>()
  for (const { key, name, count } of template.parameters) {
    const wanted = Object.hasOwn(counts, key) ? (counts[key] ?? count) : count
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_COPIES)
      return { ok: false, error: { code: 'parameter', at: name } }
    numbers.set(key, wanted)
  }
  const size = sizeOf(template, numbers)
  if (size > MOST_TASKS) return { ok: false, error: { code: 'too_many', at: String(size) } }

  const placed = new Map<string, Placed[]>()
  const tasks: Task[] = []
  layOut(template, numbers, newId, (task, turns, made) => {
    tasks.push(made)
    const copies = placed.get(task)
    if (copies) copies.push({ id: made.id, turns })
    else placed.set(task, [{ id: made.id, turns }])
  })

  const links = linkCopies(template, placed, newId)
  const assignments = template.assignments.flatMap(each =>
    (placed.get(each.task) ?? []).map(({ id }) => ({ ...each, id: newId(), task: id })),
  )
  return { ok: true, plan: { tasks, links, resources: template.resources, assignments } }
}

/** How many tasks it will be, reckoned before anything is laid out. */
function sizeOf(template: PlanTemplate, numbers: ReadonlyMap<string, number>): number {
  const times = new Map<string, number>()
  let size = 0
  for (const { id, parent } of template.tasks) {
    const own = numbers.get(template.repeats[id] ?? '') ?? 1
    const all = own * (parent === undefined ? 1 : (times.get(parent) ?? 1))
    times.set(id, all)
    size += all
  }
  return size
}

function layOut(
  template: PlanTemplate,
  numbers: ReadonlyMap<string, number>,
  newId: () => string,
  put: (task: string, turns: readonly Turn[], made: Task) => void,
): void {
  const below = new Map<string | undefined, Task[]>()
  for (const task of template.tasks) {
    const brothers = below.get(task.parent)
    if (brothers) brothers.push(task)
    else below.set(task.parent, [task])
  }
  const parameterOf = new Map(template.parameters.map(each => [each.key, each]))
  const lay = (under: string | undefined, parent: string | undefined, turns: readonly Turn[]) => {
    for (const task of below.get(under) ?? []) {
      const key = template.repeats[task.id]
      const copies = key === undefined ? 1 : (numbers.get(key) ?? 1)
      for (let copy = 0; copy < copies; copy++) {
        const at = key === undefined ? turns : [...turns, { block: task.id, copy }]
        const { parent: _, ...rest } = task
        const name = nameOf(task, at, key !== undefined && copies > 1)
        const made = { ...rest, id: newId(), name, ...(parent === undefined ? {} : { parent }) }
        put(task.id, at, made)
        lay(task.id, made.id, at)
      }
    }
  }
  const nameOf = ({ name }: Task, turns: readonly Turn[], numbered: boolean) => {
    const number = (turn: Turn) => (parameterOf.get(template.repeats[turn.block] ?? '')?.first ?? 1) + turn.copy
    const last = turns.at(-1)
    let said = last ? name.replaceAll('{n}', String(number(last))) : name
    for (const turn of turns) {
      const parameter = parameterOf.get(template.repeats[turn.block] ?? '')
      if (parameter) said = said.replaceAll(`{${parameter.name}}`, String(number(turn)))
    }
    return said === name && numbered && last ? `${name} ${number(last)}` : said
  }
  lay(undefined, undefined, [])
}
