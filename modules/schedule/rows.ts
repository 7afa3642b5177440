// Between the engine's Plan and the records that keep it. Columns for what people filter and report on, `more` for the
// rest of the engine's fields, so that nothing of an import is lost.
import {
  type Assignment,
  type Calendar,
  type ConstraintType,
  defaultOptions,
  type Lag,
  type Link,
  type Plan,
  type PlanOptions,
  type Resource,
  type Task,
} from '@yingzao/engines/schedule'
import { asId, type Decimal, type Id, type Json, type PatchOf, type RecordOf } from '@yingzao/kernel/entity'
import { revivedCalendars } from './revive.ts'
import type { planResource, task, taskAssignment, taskLink } from './task.entity.ts'

type Columns<E> = Omit<Required<PatchOf<E>>, 'plan' | 'project' | 'company' | 'user'>

/** Drops undefined and turns a value into plain JSON; `more` is only ever written here. */
const json = (value: object): Json => JSON.parse(JSON.stringify(value))
const decimal = (value: number | undefined): Decimal | null => (value === undefined ? null : `${value}`)

export function taskColumns(value: Task): Columns<typeof task> & { readonly parent: Id<'task'> | null } {
  const {
    id: _,
    parent,
    code,
    name,
    kind,
    duration,
    constraint,
    deadline,
    percentComplete,
    actualStart,
    actualFinish,
    calendar,
    notes,
    responsible,
    ...more
  } = value
  return {
    parent: parent === undefined ? null : asId('task', parent),
    code: code ?? null,
    name,
    kind,
    duration,
    constraint_type: constraint.type === 'asap' ? null : constraint.type,
    constraint_at: constraint.at ?? null,
    deadline_at: deadline ?? null,
    percent_complete: decimal(percentComplete),
    actual_start_at: actualStart ?? null,
    actual_finish_at: actualFinish ?? null,
    work_calendar: calendar ?? null,
    notes: notes ?? null,
    responsible: responsible === undefined ? null : asId('user', responsible),
    more: json(more),
  }
}

export function linkColumns(value: Link): Columns<typeof taskLink> {
  return {
    from_task: asId('task', value.from),
    to_task: asId('task', value.to),
    type: value.type,
    lag: json(value.lag),
    lag_unit: value.lagUnit ?? null,
  }
}

export function resourceColumns(value: Resource): Columns<typeof planResource> {
  const { id: _, name, kind, maxUnits, group, ...more } = value
  return { name, kind, max_units: decimal(maxUnits), skill: group ?? null, more: json(more) }
}

export function assignmentColumns(value: Assignment): Columns<typeof taskAssignment> {
  const { id: _, task, resource, units, work, ...more } = value
  return {
    task: asId('task', task),
    resource: asId('plan_resource', resource),
    units: `${units}`,
    work: work ?? null,
    more: json(more),
  }
}

/** The inverse of `json()` above: `more` and `lag` are system fields that only this file writes, from values of type T. */
const restored = <T>(value: Json): T => value as T

export function taskOf(row: RecordOf<typeof task>): Task {
  const constraint: Task['constraint'] = {
    type: restored<ConstraintType | null>(row.constraint_type) ?? 'asap',
    ...(row.constraint_at === null ? {} : { at: row.constraint_at }),
  }
  return {
    ...restored<Partial<Task> | null>(row.more),
    id: row.id,
    name: row.name,
    kind: row.kind,
    duration: row.duration,
    constraint,
    ...given('parent', row.parent),
    ...given('code', row.code),
    ...given('deadline', row.deadline_at),
    ...given('percentComplete', row.percent_complete === null ? null : Number(row.percent_complete)),
    ...given('actualStart', row.actual_start_at),
    ...given('actualFinish', row.actual_finish_at),
    ...given('calendar', row.work_calendar),
    ...given('notes', row.notes),
    ...given('responsible', row.responsible),
  }
}

export const linkOf = (row: RecordOf<typeof taskLink>): Link => ({
  id: row.id,
  from: row.from_task,
  to: row.to_task,
  type: row.type,
  lag: restored<Lag>(row.lag),
  ...given('lagUnit', restored<Link['lagUnit'] | null>(row.lag_unit)),
})

export const resourceOf = (row: RecordOf<typeof planResource>): Resource => ({
  ...restored<Partial<Resource> | null>(row.more),
  id: row.id,
  name: row.name,
  kind: row.kind,
  ...given('maxUnits', row.max_units === null ? null : Number(row.max_units)),
  ...given('group', row.skill),
})

export const assignmentOf = (row: RecordOf<typeof taskAssignment>): Assignment => ({
  ...restored<Partial<Assignment> | null>(row.more),
  id: row.id,
  task: row.task,
  resource: row.resource,
  units: Number(row.units),
  ...given('work', row.work),
})

/** `{ [key]: value }`, or nothing when the column is empty. */
function given<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  if (value === null || value === undefined) return {}
  const made: { [P in K]?: V } = {}
  made[key] = value
  return made
}

type PlanHead = Omit<Plan, 'name' | 'mode' | 'options' | 'calendars' | 'tasks' | 'links' | 'resources' | 'assignments'>

/** The plan's own columns: options and calendars as the engine reads them, and what else a file said of itself. */
export function planColumns(value: Plan) {
  const { name: _, mode, options, calendars, tasks, links, resources, assignments, ...more } = value
  return { mode, options: json(options), calendars: json(calendars), more: json(more) }
}

export const planHead = (row: {
  readonly options: Json | null
  readonly calendars: Json | null
  readonly more: Json | null
}): PlanHead & Pick<Plan, 'options' | 'calendars'> => ({
  ...restored<PlanHead | null>(row.more),
  options: { ...defaultOptions, ...restored<Partial<PlanOptions> | null>(row.options) },
  calendars: revivedCalendars(restored<readonly Calendar[] | null>(row.calendars) ?? []),
})

/** What edits change of a plan; calendars and the rest of its head stand in the plan's record. */
export type CopiedParts = Pick<Plan, 'options' | 'tasks' | 'links' | 'resources' | 'assignments'>

export const copyColumn = ({ options, tasks, links, resources, assignments }: CopiedParts): Json =>
  json({ options, tasks, links, resources, assignments })

export const copyOf = (content: Json): CopiedParts => restored<CopiedParts>(content)
