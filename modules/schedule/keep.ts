// Reads a plan from its records and keeps an edited one: only rows that differ are written, each with its history.
import type { Plan } from '@yingzao/engines/schedule'
import { type Entity, isId, type RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, createAll, list, patch, remove, restore } from '@yingzao/kernel/server'
import { reposition } from './places.ts'
import type { plan } from './plan.entity.ts'
import {
  assignmentColumns,
  assignmentOf,
  linkColumns,
  linkOf,
  planHead,
  resourceColumns,
  resourceOf,
  taskColumns,
  taskOf,
} from './rows.ts'
import { planResource, task, taskAssignment, taskLink } from './task.entity.ts'

export type PlanRecord = RecordOf<typeof plan>

/** A plan that has rows of its own, as the engine reads it (`read.ts` is the door). */
export async function readRows(ctx: Ctx, record: PlanRecord): Promise<Plan> {
  const system = asSystem(ctx)
  const filter = { plan: { eq: record.id } }
  const tasks = await all(system, task, { filter, sort: ['position'] })
  const links = await all(system, taskLink, { filter })
  const resources = await all(system, planResource, { filter, sort: ['position'] })
  const assignments = await all(system, taskAssignment, { filter })
  return {
    name: record.name,
    mode: record.mode,
    ...planHead(record),
    tasks: tasks.map(taskOf),
    links: links.map(linkOf),
    resources: resources.map(resourceOf),
    assignments: assignments.map(assignmentOf),
  }
}

/** The project's progress and forecast follow one plan: this one from now on. */
export async function becomeCurrent(ctx: Ctx, record: PlanRecord): Promise<void> {
  const system = asSystem(ctx)
  const others = { project: { eq: record.project }, current: { eq: true }, id: { ne: record.id } }
  for (const other of await all(system, 'plan', { filter: others }))
    await patch(system, 'plan', other.id, undefined, { current: false })
  await patch(system, 'plan', record.id, undefined, { current: true })
}

type Row = Readonly<Record<string, unknown>> & { readonly id: string }

interface Part {
  readonly entity: Entity
  readonly rows: (plan: Plan, positions: Positions) => readonly Row[]
}
type Positions = { readonly task: ReadonlyMap<string, number>; readonly resource: ReadonlyMap<string, number> }

/** In the order in which rows may refer to each other. */
const parts: readonly Part[] = [
  {
    entity: task,
    rows: (plan, at) =>
      plan.tasks.map(each => ({ id: each.id, ...taskColumns(each), position: at.task.get(each.id) ?? 0 })),
  },
  {
    entity: planResource,
    rows: (plan, at) =>
      plan.resources.map(each => ({ id: each.id, ...resourceColumns(each), position: at.resource.get(each.id) ?? 0 })),
  },
  { entity: taskLink, rows: plan => plan.links.map(each => ({ id: each.id, ...linkColumns(each) })) },
  { entity: taskAssignment, rows: plan => plan.assignments.map(each => ({ id: each.id, ...assignmentColumns(each) })) },
]

/** Hears, between two statements, what share of the new rows is written; may throw to give up. */
export type Told = (done: number) => Promise<void>

const editing = new WeakSet<object>()
/** Are tasks being written by an edit of their plan, which tells of them itself? */
export const isEditing = ({ unit }: Ctx): boolean => unit !== undefined && editing.has(unit)

/** Writes what differs between two states of a plan, in the running transaction, in the name of the one who edits. */
export async function writePlan(
  ctx: Ctx,
  record: PlanRecord,
  before: Plan,
  after: Plan,
  told: Told = async () => {},
): Promise<void> {
  if (!ctx.unit) throw new Error('a plan is written in a transaction')
  // A branch has no rows: its edits are all there is of it.
  if (record.branch_of !== null) return
  editing.add(ctx.unit)
  try {
    await writeParts(ctx, record, before, after, told)
  } finally {
    editing.delete(ctx.unit)
  }
}

async function writeParts(ctx: Ctx, record: PlanRecord, before: Plan, after: Plan, told: Told): Promise<void> {
  const system = asSystem(ctx)
  const own = { plan: record.id, project: record.project, company: record.company }
  const old = await positionsOf(system, record)
  const now = { task: moved(after.tasks, old.task), resource: moved(after.resources, old.resource) }
  const changes = parts.map(({ entity, rows }) => ({ entity, ...difference(rows(before, old), rows(after, now)) }))
  const all = changes.reduce((sum, { added }) => sum + added.length, 0)
  let written = 0
  for (const { entity, added, changed } of changes) {
    await addRows(
      system,
      entity,
      added.map(row => ({ ...row, ...own })),
      async count => {
        written += count
        await told(written / all)
      },
    )
    for (const { id, ...columns } of changed) await patch(system, entity.name, id, undefined, columns)
  }
  for (const { entity, gone } of changes.reverse()) {
    for (const id of gone.reverse()) await remove(system, entity.name, id, undefined)
  }
}

async function positionsOf(ctx: Ctx, record: PlanRecord): Promise<Positions> {
  const query = { filter: { plan: { eq: record.id } }, fields: ['position'] }
  const read = async (entity: typeof task | typeof planResource) =>
    new Map((await all(ctx, entity, query)).map(row => [String(row.id), row.position ?? 0]))
  return { task: await read(task), resource: await read(planResource) }
}

/** All positions: the old ones, and new ones for rows that are new or stand elsewhere. */
const moved = (
  rows: readonly { readonly id: string }[],
  old: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> =>
  new Map([
    ...old,
    ...reposition(
      rows.map(row => row.id),
      old,
    ),
  ])

interface Difference {
  readonly added: readonly Row[]
  /** Only the columns that differ. */
  readonly changed: readonly Row[]
  readonly gone: string[]
}

function difference(before: readonly Row[], after: readonly Row[]): Difference {
  const old = new Map(before.map(row => [row.id, row]))
  const added: Row[] = []
  const changed: Row[] = []
  for (const row of after) {
    const was = old.get(row.id)
    old.delete(row.id)
    if (!was) added.push(row)
    else {
      const columns = Object.entries(row).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]))
      if (columns.length > 0) changed.push({ ...Object.fromEntries(columns), id: row.id })
    }
  }
  return { added, changed, gone: [...old.keys()] }
}

/** New rows; those that an undo brings back are taken out of the recycle bin. */
async function addRows(
  ctx: Ctx,
  entity: Entity,
  rows: readonly Row[],
  told: (count: number) => Promise<void>,
): Promise<void> {
  const back = new Set<string>()
  for (let at = 0; at < rows.length; at += 500) {
    const ids = rows.slice(at, at + 500).map(row => row.id)
    const page = await list(ctx, entity.name, {
      filter: { id: { in: ids } },
      deleted: true,
      limit: 500,
      fields: ['id'],
    })
    for (const item of page.items) back.add(item.id)
  }
  for (const { id, ...columns } of rows.filter(row => back.has(row.id))) {
    await restore(ctx, entity.name, id, undefined)
    await patch(ctx, entity.name, id, undefined, columns)
  }
  const fresh = rows.filter(row => !back.has(row.id))
  for (let at = 0; at < fresh.length; at += 1000) {
    const some = fresh.slice(at, at + 1000)
    await createAll(ctx, entity.name, some)
    await told(some.length)
  }
}

/** Ids of tasks and links come from the client, which makes them: they must be ids. */
export const allIds = (plan: Plan): boolean =>
  [plan.tasks, plan.links, plan.resources, plan.assignments].every(rows => rows.every(row => isId(row.id)))
