// Keeps warnings in step with what the engine finds: the same cause and hit are one record, which is updated, closes itself
// when the delay is taken up, and is raised again when it comes back. Every change of it stands in its history.
import { type Foresight, foresee, type Warning } from '@yingzao/engines/foresight'
import { dayOf, formatDay } from '@yingzao/engines/schedule'
import { asId, type Id, type Json, type RecordOf } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, create, patch, write } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { type Company, companyAround, type Watched } from './company.ts'
import { detailOf, json } from './detail.ts'
import { escalate } from './escalate.ts'
import { warning } from './warning.entity.ts'

export type WarningRecord = RecordOf<typeof warning>

/** One look at a time: two that overlap would raise the same warning twice. */
const lock = 7_301_142

/** Looks ahead over everything that hangs together with a plan; tells which plans that were. */
export const lookAhead = (ctx: Ctx, id: Id<'plan'>): Promise<ReadonlySet<string>> =>
  write(asSystem(ctx), async system => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(system.db)
    return look(system, id)
  })

async function look(system: Ctx, id: Id<'plan'>): Promise<ReadonlySet<string>> {
  const company = await companyAround(system, id)
  const foresight = foresee(
    [...company.plans.values()].map(each => each.watched),
    company.links,
  )
  const plans = new Set<string>([...company.plans.keys(), id])
  // What could not be computed says nothing: its warnings stay as they are.
  const silent = new Set(foresight.left.map(each => each.plan))
  const kept = await known(system, [...plans])
  const seen = new Set<string>()
  for (const each of foresight.warnings) {
    const values = valuesOf(company, foresight, each)
    if (!values) continue
    const key = `${each.cause.task}>${each.hit.task}`
    seen.add(key)
    await settle(system, kept.get(key), values)
  }
  for (const [key, record] of kept)
    if (
      !seen.has(key) &&
      record.handling !== 'closed' &&
      !silent.has(record.plan ?? '') &&
      !silent.has(record.cause_plan ?? '')
    )
      await patch(system, warning.name, record.id, undefined, { handling: 'closed', closed_on: system.today })
  await escalate(system, company)
  return plans
}

async function known(ctx: Ctx, plans: readonly string[]): Promise<ReadonlyMap<string, WarningRecord>> {
  const found = new Map<string, WarningRecord>()
  for (const side of ['plan', 'cause_plan'] as const)
    for (const record of await all(ctx, warning, { filter: { [side]: { in: plans } } }))
      found.set(`${record.cause_task}>${record.hit_task}`, record)
  return found
}

type Values = Readonly<Record<string, Json>> & { readonly days: string }

const day = (minute: number) => formatDay(dayOf(minute))

function valuesOf(company: Company, foresight: Foresight, found: Warning): Values | undefined {
  const [hit, cause] = [company.plans.get(found.hit.plan), company.plans.get(found.cause.plan)]
  const detail = detailOf(company, foresight, found)
  if (!hit || !cause || !detail) return undefined
  const responsible = cause.watched.plan.tasks.find(task => task.id === found.cause.task)?.responsible
  return {
    hit_task: asId('task', found.hit.task),
    cause_task: asId('task', found.cause.task),
    ...{ days: found.days.toFixed(1), room: found.room.toFixed(1) },
    ...{ needed_on: day(found.on.was), expected_on: day(found.on.will) },
    responsible: responsible ?? cause.project.manager,
    ...{ plan: hit.record.id, project: hit.project.id, company: hit.project.company },
    department: departmentOf(hit, found.hit.task),
    ...{ cause_plan: cause.record.id, cause_project: cause.project.id, cause_company: cause.project.company },
    cause_department: departmentOf(cause, found.cause.task),
    detail: json(detail),
  }
}

const departmentOf = ({ watched, project }: Watched, task: string): string | null =>
  watched.departments.get(task) ?? project.department

/** A dismissed one stays dismissed until it has grown by this many days. */
const GROWN = 1

async function settle(ctx: Ctx, record: WarningRecord | undefined, values: Values): Promise<void> {
  if (!record) {
    await create(ctx, warning.name, { id: newId(), ...values, handling: 'raised', raised_on: ctx.today })
    return
  }
  const grown = Number(values.days) - Number(record.dismissed_days ?? 0) >= GROWN
  const again = record.handling === 'closed' || (record.handling === 'dismissed' && grown)
  const raised = {
    ...{ handling: 'raised', raised_on: ctx.today, closed_on: null, level: 'none', escalated_to: [] },
    ...{ assignee: null, due_on: null, answered_on: null, dismissed_days: null },
  }
  const now: Readonly<Record<string, unknown>> = record
  const changed = Object.entries({ ...values, ...(again ? raised : {}) }).filter(
    ([name, value]) => stable(value) !== stable(now[name]),
  )
  if (changed.length > 0) await patch(ctx, warning.name, record.id, undefined, Object.fromEntries(changed))
}

/** The same text for the same value: the database keeps the keys of JSON in an order of its own. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => `${key}:${stable(each)}`)
      .join()}}`
  return JSON.stringify(value ?? null)
}
