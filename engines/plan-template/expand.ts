// Lays a template out: every block as often as its parameter says, numbered, with the links between its copies.
import type { Assignment, Lag, Link, Resource, Task } from '../schedule/plan.ts'
import { MOST_TASKS } from './read.ts'
import type { PlanTemplate, TemplateFlow } from './shape.ts'

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

/** One repeated block above (or at) a task, and which copy of it. */
interface Turn {
  readonly block: string
  readonly copy: number
}
interface Placed {
  readonly id: string
  readonly turns: readonly Turn[]
}

/**
 * The rows of the template with every repeated block laid out `counts[parameter]` times (its own count when absent).
 *
 * A link inside a block stands in each copy. Between two blocks that repeat by the same parameter it leads from the nth copy
 * to the nth. Into a block it leads to the first copy, out of one it comes from the last, when flows chain the copies; without
 * flows, when copies run side by side, it leads to and comes from each. `{n}` in a name is the number of the nearest block,
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

  const chained = new Set(template.flows.map(({ block }) => block))
  const links: Link[] = []
  const draw = (from: Placed, to: Placed, type: Link['type'], lag: Lag) =>
    links.push({ id: newId(), from: from.id, to: to.id, type, lag, lagUnit: 'd' })
  for (const { from, to, type, lag } of template.links)
    for (const [a, b] of pairs(template, chained, placed.get(from) ?? [], placed.get(to) ?? [])) draw(a, b, type, lag)
  for (const flow of template.flows)
    for (const [a, b] of flowPairs(template, chained, flow, placed))
      draw(a, b, flow.type, { kind: 'working', minutes: flow.lag })

  const assignments = template.assignments.flatMap(each =>
    (placed.get(each.task) ?? []).map(({ id }) => ({ ...each, id: newId(), task: id })),
  )
  return { ok: true, plan: { tasks, links: once(links), resources: template.resources, assignments } }
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

const keyOf = (turns: readonly Turn[]) => turns.map(({ block, copy }) => `${block}:${copy}`).join('/')

/** From the copies of one task to those of another, as a link between the two says. */
function* pairs(
  template: PlanTemplate,
  chained: ReadonlySet<string>,
  from: readonly Placed[],
  to: readonly Placed[],
): Generator<readonly [Placed, Placed]> {
  const [a, b] = [from[0], to[0]]
  if (!a || !b) return
  const shared = sharedBlocks(a, b)
  const [ours, theirs] = [rest(a, shared), rest(b, shared)]
  // Blocks of the same parameter go together, in their order.
  const partner = new Map<string, string>()
  const free = [...theirs]
  for (const block of ours) {
    const at = free.findIndex(other => template.repeats[other] === template.repeats[block])
    const [found] = at < 0 ? [] : free.splice(at, 1)
    if (found !== undefined) partner.set(block, found)
  }
  const ends = (copies: readonly Placed[], blocks: readonly string[], last: boolean) => {
    const edges = blocks
      .filter(block => chained.has(block))
      .map(block => [block, last ? lastOf(copies, block) : 0] as const)
    return copies.filter(each => edges.every(([block, edge]) => copyOf(each, block) === edge))
  }
  const alone = ours.filter(block => !partner.has(block))
  const sources = ends(from, alone, true)
  const targets = new Map<string, Placed[]>()
  for (const each of ends(to, free, false)) {
    const key = meeting(each, [...shared, ...partner.values()])
    const same = targets.get(key)
    if (same) same.push(each)
    else targets.set(key, [each])
  }
  for (const each of sources)
    for (const other of targets.get(meeting(each, [...shared, ...partner.keys()])) ?? []) yield [each, other]
}

/** Blocks that both stand in. */
const sharedBlocks = (a: Placed, b: Placed) =>
  a.turns.flatMap(({ block }) => (b.turns.some(other => other.block === block) ? [block] : []))
const rest = (placed: Placed, shared: readonly string[]) =>
  placed.turns.flatMap(({ block }) => (shared.includes(block) ? [] : [block]))

const copyOf = ({ turns }: Placed, block: string) => turns.find(turn => turn.block === block)?.copy ?? -1
const lastOf = (copies: readonly Placed[], block: string) =>
  copies.reduce((most, each) => Math.max(most, copyOf(each, block)), 0)

/** Which copies of these blocks it stands in, in the order of the blocks. */
const meeting = (placed: Placed, blocks: readonly string[]) => blocks.map(block => copyOf(placed, block)).join('/')

/** From each copy of the flow's block to the next. */
function* flowPairs(
  template: PlanTemplate,
  chained: ReadonlySet<string>,
  { block, from, to }: TemplateFlow,
  placed: ReadonlyMap<string, readonly Placed[]>,
): Generator<readonly [Placed, Placed]> {
  const outer = ({ turns }: Placed) =>
    keyOf(
      turns.slice(
        0,
        turns.findIndex(turn => turn.block === block),
      ),
    )
  const groups = new Map<string, { from: Placed[]; to: Placed[] }>()
  const group = (key: string) => {
    const known = groups.get(key) ?? { from: [], to: [] }
    groups.set(key, known)
    return known
  }
  for (const each of placed.get(from) ?? []) group(`${outer(each)} ${copyOf(each, block)}`).from.push(each)
  // A copy is reached from the one before it.
  for (const each of placed.get(to) ?? []) group(`${outer(each)} ${copyOf(each, block) - 1}`).to.push(each)
  const bare = (each: Placed): Placed => ({
    id: each.id,
    turns: each.turns.slice(each.turns.findIndex(turn => turn.block === block) + 1),
  })
  for (const { from, to } of groups.values()) yield* pairs(template, chained, from.map(bare), to.map(bare))
}

/** Two tasks are linked once: flows and links may say the same. */
function once(links: readonly Link[]): Link[] {
  const seen = new Set<string>()
  return links.filter(({ from, to }) => {
    const key = `${from} ${to}`
    if (from === to || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
