// Costs follow edits: what is assigned costs its work at its rate, a task its fixed cost and its assignments.
//
// A task's cost from a file may hold more than can be worked out here (overtime, accruals, rates that change): it is kept and
// moved by what the edit changed. A cost that an edit states itself stays as stated, so that undo gives back the plan exactly.
import { add, type Decimal, exact, isDecimal, negate, r2, subtract, sum, toDecimal } from '../money/index.ts'
import type { PlanEdit } from './edit.ts'
import { type Draft, undoWith } from './edit-draft.ts'
import { positionsOf } from './network.ts'
import type { Assignment, RateEntry, Resource, Task } from './plan.ts'

const decimal = (text: string | undefined): Decimal => (text !== undefined && isDecimal(text) ? text : '0')
/** In fen: what is added can be taken away again exactly. */
const amount = (text: string | undefined): Decimal => r2(decimal(text))

/** What an assignment costs at its resource's rates, to the fen; undefined when the resource has none. */
export function priceOf(
  assignment: Assignment,
  resource: Resource | undefined,
  task: Task | undefined,
): Decimal | undefined {
  const rate = resource && rateOf(resource, assignment)
  if (!rate || resource.kind === 'cost') return undefined
  const perUse = exact(decimal(rate.perUse)).times(assignment.units)
  const price = exact(decimal(rate.perHour))
  // A material is counted in units, people and machines in hours.
  const much =
    resource.kind === 'material'
      ? price.times(assignment.units)
      : price.times(assignment.work ?? Math.round((task?.duration ?? 0) * assignment.units)).div(60)
  return toDecimal(much.plus(perUse), 2)
}

/** The rate of the assignment's table that holds at its start; without a date the one that has none. */
function rateOf({ rates = [] }: Resource, { rateTable = 0, start }: Assignment): RateEntry | undefined {
  const own = rates.filter(({ table = 0 }) => table === rateTable)
  const held =
    start === undefined
      ? undefined
      : own.findLast(({ from, to }) => (from ?? start) <= start && start < (to ?? start + 1))
  return held ?? own.find(({ from }) => from === undefined) ?? own[0]
}

/** After all edits of a list: prices what is assigned otherwise or at other rates, and moves the costs of its tasks. */
export function costsFollow(draft: Draft, edits: readonly PlanEdit[]): void {
  const { touched } = draft
  if (touched.task.size + touched.assignment.size + touched.resource.size === 0) return
  const moved = new Map<string, Decimal>()
  const move = (task: string, by: Decimal) => moved.set(task, add(moved.get(task) ?? '0', by))
  const now = (id: string): Task | undefined => draft.tasks[draft.index().get(id) ?? -1]
  const before = taskBefore(draft)
  for (const id of touched.task) {
    const [was, is] = [before(id), now(id)]
    if (was && is && was.fixedCost !== is.fixedCost) move(id, subtract(amount(is.fixedCost), amount(was.fixedCost)))
  }
  reprice(draft, edits, before, now, move)
  const stated = new Set(
    edits.flatMap(edit =>
      edit.kind === 'task.set' && edit.patch.cost !== undefined
        ? [edit.id]
        : edit.kind === 'task.add' && edit.task.cost !== undefined
          ? [edit.task.id]
          : [],
    ),
  )
  for (const [id, by] of moved) {
    const at = draft.index().get(id)
    const task = at === undefined ? undefined : draft.tasks[at]
    if (at === undefined || !task || stated.has(id) || exact(by).isZero()) continue
    const cost = task.cost === undefined ? wholeCost(draft, task) : r2(add(amount(task.cost), by))
    draft.tasks[at] = { ...task, cost }
    touched.task.add(id)
    // The same moves back; only what they would not give back as it was written is noted.
    const back = task.cost !== undefined && r2(amount(task.cost)) === task.cost
    if (!back) undoWith(draft, { kind: 'task.set', id, patch: { cost: task.cost ?? null } })
  }
}

/** Of a task that had no cost yet. */
function wholeCost({ rows }: Draft, { id, fixedCost }: Task): Decimal {
  const assigned = rows.assignment.flatMap(({ task, cost }) => (task === id ? [amount(cost)] : []))
  return r2(sum([amount(fixedCost), ...assigned]))
}

type TaskBy = (id: string) => Task | undefined

const taskBefore =
  ({ plan }: Draft): TaskBy =>
  id =>
    plan.tasks[positionsOf(plan.tasks).get(id) ?? -1]

/** Whether an id is one of a set; of none or one, as nearly always, without looking it up. */
function among(ids: ReadonlySet<string>): (id: string) => boolean {
  const [only] = ids
  return ids.size > 1 ? id => ids.has(id) : id => id === only
}

function reprice(
  draft: Draft,
  edits: readonly PlanEdit[],
  before: TaskBy,
  now: TaskBy,
  move: (task: string, by: Decimal) => void,
): void {
  const { plan, rows, touched } = draft
  const [resourcesBefore, resources] = [byId(plan.resources), byId(rows.resource)]
  const rated = new Set([...touched.resource].filter(id => resourcesBefore.get(id)?.rates !== resources.get(id)?.rates))
  const longer = new Set([...touched.task].filter(id => before(id)?.duration !== now(id)?.duration))
  if (touched.assignment.size + rated.size + longer.size === 0) return
  const [assigned, priced, stretched] = [among(touched.assignment), among(rated), among(longer)]
  const concerned = ({ id, task, resource }: Assignment) => stretched(task) || assigned(id) || priced(resource)
  const old = byId(plan.assignments.filter(concerned))
  const stated = new Set(
    edits.flatMap(edit =>
      edit.kind === 'assignment.set' && edit.patch.cost !== undefined
        ? [edit.id]
        : edit.kind === 'assignment.add' && edit.assignment.cost !== undefined
          ? [edit.assignment.id]
          : [],
    ),
  )
  const left = new Set<string>()
  for (let at = 0; at < rows.assignment.length; at++) {
    const item = rows.assignment[at]!
    if (!concerned(item)) continue
    left.add(item.id)
    const was = old.get(item.id)
    const price = stated.has(item.id) ? undefined : priceOf(item, resources.get(item.resource), now(item.task))
    const pricedBefore =
      was && !stated.has(item.id)
        ? priceOf(was, resourcesBefore.get(was.resource), before(was.task) ?? now(was.task))
        : undefined
    // The same price as before says nothing about a cost that the file knew better.
    if (price !== pricedBefore && !stated.has(item.id)) {
      const followed = !was || item.cost === pricedBefore
      const { cost: _, ...bare } = item
      if (price !== undefined) rows.assignment[at] = { ...item, cost: price }
      else if (followed) rows.assignment[at] = bare
      touched.assignment.add(item.id)
      // A price that was worked out is worked out again; another cost could not be found any more.
      if (!followed) undoWith(draft, { kind: 'assignment.set', id: item.id, patch: { cost: item.cost ?? null } })
    }
    const cost = rows.assignment[at]?.cost
    // A task that comes (back) with its assignments knows what it costs.
    if (stated.has(item.id) && touched.task.has(item.task) && !before(item.task)) continue
    if (was) move(was.task, negate(amount(was.cost)))
    move(item.task, amount(cost))
  }
  for (const [id, was] of old) {
    if (left.has(id)) continue
    if (was.cost !== undefined) move(was.task, negate(amount(was.cost)))
    // Brought back it is not priced: it had no cost. Last of the edits that undo, since the first brings it back.
    else draft.inverse.unshift([{ kind: 'assignment.set', id, patch: { cost: null } }])
  }
}

function byId<T extends { id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const row of rows) found.set(row.id, row)
  return found
}
