// The links of a laid-out template: within copies, from copy to copy, into and out of blocks.
import type { Lag, Link } from '../schedule/plan.ts'
import type { PlanTemplate, TemplateFlow } from './shape.ts'

/** One repeated block above (or at) a task, and which copy of it. */
export interface Turn {
  readonly block: string
  readonly copy: number
}
export interface Placed {
  readonly id: string
  readonly turns: readonly Turn[]
}

interface Ends {
  /** Blocks whose copies follow each other. */
  readonly chained: ReadonlySet<string>
  /** Copies that have something after them, and before them. */
  readonly leads: ReadonlySet<string>
  readonly led: ReadonlySet<string>
}

/** Every link of the template and every flow, between the copies (`placed`, by task of the template). */
export function linkCopies(
  template: PlanTemplate,
  placed: ReadonlyMap<string, readonly Placed[]>,
  newId: () => string,
): Link[] {
  const [leads, led] = [new Set<string>(), new Set<string>()]
  const ends: Ends = { chained: new Set(template.flows.map(({ block }) => block)), leads, led }
  const links: Link[] = []
  const seen = new Set<string>()
  const draw = (pairs: Iterable<readonly [Placed, Placed]>, type: Link['type'], lag: Lag) => {
    for (const [from, to] of [...pairs]) {
      // Two tasks are linked once: flows and links may say the same.
      const key = `${from.id} ${to.id}`
      if (from.id === to.id || seen.has(key)) continue
      seen.add(key)
      leads.add(from.id)
      led.add(to.id)
      links.push({ id: newId(), from: from.id, to: to.id, type, lag, lagUnit: 'd' })
    }
  }
  const copiesOf = (task: string) => placed.get(task) ?? []
  const crosses = ({ from, to }: Link) => {
    const [a, b] = [copiesOf(from)[0], copiesOf(to)[0]]
    if (!a || !b) return false
    const { alone, free } = blocksBetween(template, a, b)
    return alone.length + free.length > 0
  }
  const plain = template.links.filter(link => !crosses(link))
  const crossing = template.links.filter(crosses)
  for (const { from, to, type, lag } of plain) draw(pairs(template, ends, copiesOf(from), copiesOf(to)), type, lag)
  for (const flow of template.flows)
    draw(flowPairs(template, ends, flow, placed), flow.type, { kind: 'working', minutes: flow.lag })
  // Last, when it is known which copies are tied to others.
  for (const { from, to, type, lag } of crossing) draw(pairs(template, ends, copiesOf(from), copiesOf(to)), type, lag)
  return links
}

const keyOf = (turns: readonly Turn[]) => turns.map(({ block, copy }) => `${block}:${copy}`).join('/')

/** From the copies of one task to those of another, as a link between the two says. */
function* pairs(
  template: PlanTemplate,
  ends: Ends,
  from: readonly Placed[],
  to: readonly Placed[],
): Generator<readonly [Placed, Placed]> {
  const [a, b] = [from[0], to[0]]
  if (!a || !b) return
  const { shared, partner, alone, free } = blocksBetween(template, a, b)
  const sources = edgesOf(from, alone, ends, 'last')
  const targets = new Map<string, Placed[]>()
  for (const each of edgesOf(to, free, ends, 'first')) {
    const key = meeting(each, [...shared, ...partner.values()])
    const same = targets.get(key)
    if (same) same.push(each)
    else targets.set(key, [each])
  }
  for (const each of sources)
    for (const other of targets.get(meeting(each, [...shared, ...partner.keys()])) ?? []) yield [each, other]
}

/** Which repeated blocks two tasks share, which go together, and which only one of them stands in. */
function blocksBetween(template: PlanTemplate, a: Placed, b: Placed) {
  const shared = a.turns.flatMap(({ block }) => (b.turns.some(other => other.block === block) ? [block] : []))
  const rest = ({ turns }: Placed) => turns.flatMap(({ block }) => (shared.includes(block) ? [] : [block]))
  // Blocks of the same parameter go together, in their order.
  const partner = new Map<string, string>()
  const free = rest(b)
  const ours = rest(a)
  for (const block of ours) {
    const at = free.findIndex(other => template.repeats[other] === template.repeats[block])
    const [found] = at < 0 ? [] : free.splice(at, 1)
    if (found !== undefined) partner.set(block, found)
  }
  return { shared, partner, free, alone: ours.filter(block => !partner.has(block)) }
}

/** The copies at the edge of the blocks: all of blocks without flows, else the first or last, and those nothing else ties. */
function edgesOf(copies: readonly Placed[], blocks: readonly string[], ends: Ends, edge: 'first' | 'last') {
  const edges = blocks
    .filter(block => ends.chained.has(block))
    .map(block => [block, edge === 'last' ? lastOf(copies, block) : 0] as const)
  const tied = edge === 'last' ? ends.leads : ends.led
  return copies.filter(
    each => edges.every(([block, at]) => copyOf(each, block) === at) || (edges.length > 0 && !tied.has(each.id)),
  )
}

const copyOf = ({ turns }: Placed, block: string) => turns.find(turn => turn.block === block)?.copy ?? -1
const lastOf = (copies: readonly Placed[], block: string) =>
  copies.reduce((most, each) => Math.max(most, copyOf(each, block)), 0)

/** Which copies of these blocks it stands in, in the order of the blocks. */
const meeting = (placed: Placed, blocks: readonly string[]) => blocks.map(block => copyOf(placed, block)).join('/')

/** From each copy of the flow's block to the next. */
function* flowPairs(
  template: PlanTemplate,
  ends: Ends,
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
  for (const { from, to } of groups.values()) yield* pairs(template, ends, from.map(bare), to.map(bare))
}
