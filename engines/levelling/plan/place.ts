// One schedule of a plan, or of several that share resources: tasks placed one after the other, each delayed until its
// resources are free.
import type { Minute, Plan } from '../../schedule/plan.ts'
import {
  addedOverload,
  book,
  capacityOf,
  changesIn,
  copyOf,
  lastShortage,
  type Need,
  needsOf,
  type Steps,
  withNeed,
} from './capacity.ts'
import { heapOf } from './heap.ts'
import { delayUntil, type Passes } from './passes.ts'
import { type Choice, choicesOf, skillsOf } from './skill.ts'

/**
 * A plan at the table: its own rules place its tasks, `latest[i]` bounds the start of task i (level within slack); before
 * `held[i]` (−∞ = free) it does not start, because people were told so.
 */
export interface Seat {
  readonly plan: Plan
  readonly passes: Passes
  readonly latest?: ArrayLike<number>
  readonly held?: ArrayLike<number>
}

/** A resource that several plans know under names of their own: one person, one crane. */
export interface Shared {
  readonly capacity: Steps
  readonly members: readonly { readonly seat: number; readonly resource: number }[]
  /** What plans take of it that stay as they are; units in thousandths. */
  readonly taken: readonly { readonly from: Minute; readonly to: Minute; readonly units: number }[]
}

export interface Placement {
  /** Latest finish of any active task; by seat. */
  readonly finish: Minute
  readonly finishes: Float64Array
  /** Tasks for which no time fits: they stay where the plan puts them or, within slack, where they overload least. */
  readonly unplaced: number
  /** ∫ overload² that those tasks cause, in units² × minutes. */
  readonly overload: number
}

export interface Placer {
  /**
   * Places every task, the smaller key first among those whose predecessors are placed; dates are then in the passes of
   * each seat, levelling delays in `passes.inputs.delay`. Keys stand one seat after the other.
   */
  readonly place: (key: Float64Array) => Placement
  readonly nodes: number
  /** Where the nodes of each seat begin. */
  readonly first: readonly number[]
  /** Where the resources of each seat begin; what is shared follows them all. */
  readonly firstResource: readonly number[]
  /** Per node: the resource it waits for, −1 where it does not wait; until when. */
  readonly waitsFor: Int32Array
  readonly waitsUntil: Float64Array
  /** Where it would have started. */
  readonly waitsFrom: Float64Array
  /** Per node, resources numbered as in `firstResource`; of who is chosen, where a skill is asked for. */
  readonly needs: readonly (readonly Need[])[]
  /** By seat: who is chosen for each assignment that asks for a skill, as the plan numbers its resources. */
  readonly chosen: readonly ReadonlyMap<string, number>[]
}

/** Steps after which a delay that does not move a task is given up: a constraint holds it. */
const MOST_TRIES = 400
/** Places looked at for a task that fits nowhere within its slack. */
const MOST_PLACES = 60

export function placerOf(seats: readonly Seat[], shared: readonly Shared[] = []): Placer {
  const first = runningSum(seats.map(({ passes }) => passes.network.nodes))
  const firstResource = runningSum(seats.map(({ plan }) => plan.resources.length))
  const [count, own] = [first[seats.length]!, firstResource[seats.length]!]
  const needs: Need[][] = Array.from({ length: count }, () => [])
  seats.forEach(({ plan }, s) => {
    for (const [task, row] of needsOf(plan).entries())
      needs[first[s]! + task] = row.map(need => ({ ...need, resource: firstResource[s]! + need.resource }))
  })
  const sharedAs = new Map<number, number>()
  shared.forEach(({ members }, k) => {
    for (const { seat, resource } of members) sharedAs.set(firstResource[seat]! + resource, own + k)
  })
  if (sharedAs.size > 0) for (const [node, row] of needs.entries()) needs[node] = withShared(row, sharedAs)
  const fixed = [...needs]
  const chosen = seats.map(() => new Map<string, number>())

  const base = [...seats.flatMap(({ plan }) => plan.resources.map(capacityOf)), ...shared.map(s => copyOf(s.capacity))]
  shared.forEach(({ taken }, k) => {
    for (const { from, to, units } of taken) book(base[own + k]!, from, to, units)
  })
  const waitsFor = new Int32Array(count)
  const waitsUntil = new Float64Array(count)
  const waitsFrom = new Float64Array(count)
  const waiting = new Int32Array(count)
  const takesPart = new Uint8Array(count)
  const levelled = new Uint8Array(count)
  const frozenFrom = new Float64Array(count)
  const frozenTo = new Float64Array(count)
  let free: Steps[] = []
  let overload = 0
  const heap = heapOf()

  const tables = seats.map((seat, s) => tableOf(seat, first[s]!, firstResource[s]!, chosen[s]!))
  // What levelling cannot move takes its resources first.
  for (const table of tables) table.reserve()

  return {
    waitsFor,
    waitsUntil,
    waitsFrom,
    needs,
    chosen,
    nodes: count,
    first,
    firstResource,
    place(key) {
      free = base.map(copyOf)
      waitsFor.fill(-1)
      overload = 0
      let unplaced = 0
      const finishes = new Float64Array(seats.length).fill(Number.NEGATIVE_INFINITY)
      for (const table of tables) table.begin(key)
      let s = 0
      for (let at = heap.pop(); at >= 0; at = heap.pop()) {
        while (at < first[s]!) s--
        while (at >= first[s + 1]!) s++
        const { finish, placed } = tables[s]!.place(at, key)
        if (!placed) unplaced++
        if (finish > finishes[s]!) finishes[s] = finish
      }
      return { finish: finishes.reduce((a, b) => Math.max(a, b)), finishes, unplaced, overload }
    },
  }

  function tableOf({ plan, passes, latest, held }: Seat, base0: number, resource0: number, taken: Map<string, number>) {
    const { network, inputs, es, ef, nodes } = passes
    const status = plan.options.statusDate ?? Number.NEGATIVE_INFINITY
    const choices = byTask(choicesOf(plan))
    const skills = plan.resources.map(resource => skillsOf(resource).length)
    /** Thousandths of minutes that each has been given. */
    const given = new Float64Array(plan.resources.length)
    inputs.delay.fill(0)
    for (const node of nodes) {
      takesPart[base0 + node] = 1
      passes.visit(node)
    }
    for (let node = 0; node < network.nodes; node++) {
      frozenFrom[base0 + node] = es[node]!
      frozenTo[base0 + node] = ef[node]!
      const asks = node < network.tasks && (needs[base0 + node]!.length > 0 || choices.has(node))
      if (asks && passes.movable(node) && ef[node]! > es[node]!) levelled[base0 + node] = 1
    }
    // Somebody stands in from the start, so that everything that reads needs meets a person.
    for (const [task, row] of choices)
      if (levelled[base0 + task])
        choose(
          task,
          row.map(choice => choice.able[0]!),
        )
    const bookAt = (steps: readonly Steps[], task: number, from: Minute, to: Minute, sign: 1 | -1): void => {
      if (task >= network.tasks || passes.inactive(task)) return
      for (const { resource, units } of needs[base0 + task]!)
        book(steps[resource]!, Math.max(status, from), to, sign * units)
    }

    /** Where it starts when every resource is free. */
    function unhindered(task: number): void {
      inputs.delay[task] = 0
      passes.visit(task)
      if (held && es[task]! < held[task]!) delayUntil(passes, task, held[task]!)
    }

    /** Each assignment of the task that asks for a skill is done by these. */
    function choose(task: number, people: readonly number[]): void {
      let row = fixed[base0 + task]!
      choices.get(task)?.forEach(({ assignment, units }, k) => {
        const resource = people[k]!
        taken.set(assignment, resource)
        passes.assign(assignment, resource)
        row = withNeed(row, { resource: resource0 + resource, units })
      })
      needs[base0 + task] = sharedAs.size > 0 ? withShared(row, sharedAs) : row
    }

    /** Whoever of those who can lets it end first; then who can least else; then who has done least. */
    function placeBest(task: number): boolean {
      const able = teams(choices.get(task)!)
      let best = able[0]!
      let end = Number.POSITIVE_INFINITY
      for (const people of able.sort((a, b) => sum(a) - sum(b))) {
        choose(task, people)
        if (!placeTask(task, false) || ef[task]! >= end) continue
        end = ef[task]!
        best = people
      }
      choose(task, best)
      const placed = placeTask(task, true)
      choices.get(task)?.forEach(({ units }, k) => {
        given[best[k]!] = given[best[k]!]! + units * (ef[task]! - es[task]!)
      })
      return placed
    }
    const sum = (people: readonly number[]) =>
      people.reduce((all, each) => all + skills[each]! * 1e12 + given[each]!, 0)

    /** Puts it where its resources are free; `keep` books them, else it is only tried. */
    function placeTask(task: number, keep = true): boolean {
      const row = needs[base0 + task]!
      unhindered(task)
      const asked = es[task]!
      waitsFrom[base0 + task] = asked
      let tries = 0
      while (tries++ < MOST_TRIES) {
        let until = Number.NEGATIVE_INFINITY
        let by = -1
        for (const { resource, units } of row) {
          const end = lastShortage(free[resource]!, Math.max(status, es[task]!), ef[task]!, units)
          if (end > until) {
            until = end
            by = resource
          }
        }
        if (by < 0) break
        if (!Number.isFinite(until) || (latest && until > latest[task]!)) return keep && leave(task)
        waitsFor[base0 + task] = by
        waitsUntil[base0 + task] = until
        delayUntil(passes, task, until)
        // A constraint on the late side holds it back.
        if (es[task]! < until || (latest && es[task]! > latest[task]!)) return keep && leave(task)
      }
      if (tries > MOST_TRIES) return keep && leave(task)
      if (!keep) return true
      if (es[task]! <= asked) waitsFor[base0 + task] = -1
      for (const { resource, units } of row) book(free[resource]!, es[task]!, ef[task]!, units)
      return true
    }

    function overloadOf(task: number): number {
      let sum = 0
      for (const { resource, units } of needs[base0 + task]!)
        sum += addedOverload(free[resource]!, Math.max(status, es[task]!), ef[task]!, units)
      return sum
    }

    /** No time fits. Within slack: of the times at which a resource changes, the one that overloads least. */
    function leave(task: number): false {
      unhindered(task)
      const own = inputs.delay[task]!
      const set = (delay: number): void => {
        inputs.delay[task] = own + delay
        passes.visit(task)
      }
      waitsFor[base0 + task] = -1
      let least = overloadOf(task)
      const bound = latest?.[task] ?? es[task]!
      if (bound > es[task]!) {
        const from = es[task]!
        let kept = 0
        for (const { resource } of needs[base0 + task]!)
          for (const instant of changesIn(free[resource]!, from, bound).slice(0, MOST_PLACES)) {
            set(instant - from)
            if (es[task]! > bound) break
            const added = overloadOf(task)
            if (added >= least) continue
            least = added
            kept = instant - from
            waitsFor[base0 + task] = resource
            waitsUntil[base0 + task] = instant
          }
        set(kept)
      }
      overload += least
      for (const { resource, units } of needs[base0 + task]!) book(free[resource]!, es[task]!, ef[task]!, units)
      return false
    }

    const order = (key: Float64Array, at: number) => (levelled[at] ? key[at]! : Number.NEGATIVE_INFINITY)
    return {
      reserve() {
        for (const node of nodes) {
          const at = base0 + node
          if (!levelled[at]) bookAt(base, node, frozenFrom[at]!, frozenTo[at]!, 1)
        }
      },
      begin(key: Float64Array) {
        given.fill(0)
        for (const node of nodes) {
          const at = base0 + node
          waiting[at] = 0
          for (let k = network.inStart[node]!; k < network.inStart[node + 1]!; k++)
            if (takesPart[base0 + network.from[network.inEdge[k]!]!]) waiting[at] = waiting[at]! + 1
          if (waiting[at] === 0) heap.push(at, order(key, at))
        }
      },
      /** Places a node and lets those in whose predecessors are placed now. */
      place(at: number, key: Float64Array): { finish: Minute; placed: boolean } {
        const node = at - base0
        let placed = true
        if (levelled[at]) placed = choices.has(node) ? placeBest(node) : placeTask(node)
        else {
          passes.visit(node)
          // It may have moved with a predecessor.
          if (node < network.tasks && (es[node] !== frozenFrom[at] || ef[node] !== frozenTo[at])) {
            bookAt(free, node, frozenFrom[at]!, frozenTo[at]!, -1)
            bookAt(free, node, es[node]!, ef[node]!, 1)
          }
        }
        for (let k = network.outStart[node]!; k < network.outStart[node + 1]!; k++) {
          const after = base0 + network.to[network.outEdge[k]!]!
          if (!takesPart[after] || --waiting[after]! > 0) continue
          heap.push(after, order(key, after))
        }
        const counts = node < network.tasks && !passes.inactive(node)
        return { finish: counts ? ef[node]! : Number.NEGATIVE_INFINITY, placed }
      },
    }
  }
}

/** Teams tried for a task that asks for several skills. */
const MOST_TEAMS = 48

/** Who could do the assignments of a task, nobody twice unless there is nobody else. */
function teams(choices: readonly Choice[]): number[][] {
  let found: number[][] = [[]]
  for (const { able } of choices) {
    const next = found.flatMap(people => {
      const others = able.filter(each => !people.includes(each))
      return (others.length > 0 ? others : able).map(each => [...people, each])
    })
    found = next.slice(0, MOST_TEAMS)
  }
  return found
}

function byTask(choices: readonly Choice[]): Map<number, Choice[]> {
  const rows = new Map<number, Choice[]>()
  for (const choice of choices) rows.set(choice.task, [...(rows.get(choice.task) ?? []), choice])
  return rows
}

/** What is shared is needed beside what the plan itself has of it: half a person here is no more than half of him. */
function withShared(row: readonly Need[], sharedAs: ReadonlyMap<number, number>): Need[] {
  const all = [...row]
  for (const { resource, units } of row) {
    const shared = sharedAs.get(resource)
    if (shared === undefined) continue
    const known = all.findIndex(need => need.resource === shared)
    if (known < 0) all.push({ resource: shared, units })
    else all[known] = { resource: shared, units: all[known]!.units + units }
  }
  return all
}

function runningSum(lengths: readonly number[]): number[] {
  const sums = [0]
  for (const length of lengths) sums.push(sums[sums.length - 1]! + length)
  return sums
}
