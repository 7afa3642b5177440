// A running approval: starts at the first step, moves when its people act, ends approved, rejected, returned or withdrawn.
// The document's row is locked by whoever calls; tasks are taken by compare-and-set besides.
import { checkFormula, compileToJs, parseFormula } from '@yingzao/engines/formula'
import type { Flow, Step } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { type Draft, lineRow } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import { environmentOf } from '../registry/formula-type.ts'
import type { Shape } from '../registry/shape.ts'
import { approversOf } from './approver.ts'
import { escalationPath, firstPlace, type Holds, nextPlace, type Place } from './flow.ts'

/** Days for which those who took part may still look at the document. */
const remembered = 90

/** Conditions of a pinned flow, asked of the document as it is now; one that no longer fits its fields does not hold. */
const holdsFor =
  (ctx: Ctx, shape: Shape, draft: Draft): Holds =>
  condition => {
    const parsed = parseFormula(condition)
    const environment = environmentOf(ctx.registry.shapes, shape)
    if (!parsed.ok || !checkFormula(parsed.ast, environment, { kind: 'flag' }).ok) return false
    const lines = Object.fromEntries(Object.entries(draft.lines).map(([name, list]) => [name, list.map(lineRow)]))
    const fields = { ...draft.values, id: draft.id }
    const moment = { today: ctx.today, now: ctx.now, user: ctx.principal.user }
    return compileToJs(parsed.ast, environment)({ fields, lines, ...moment }) === true
  }

/** Who is asked first. Refused before anything is locked when a step has nobody: no step is ever passed for want of people. */
export interface Opening {
  readonly flow: Flow
  readonly place: Place
  readonly users: readonly string[]
}
export async function openingOf(ctx: Ctx, shape: Shape, draft: Draft, flow: Flow): Promise<Opening> {
  const place = firstPlace(flow, holdsFor(ctx, shape, draft))
  if (!place) throw new Error(`flow ${flow.name} has no first step for ${shape.name}`)
  return { flow, place, users: await peopleOf(ctx, shape, draft, place.step, ctx.principal.user) }
}

async function peopleOf(ctx: Ctx, shape: Shape, draft: Draft, step: Step, starter: string | null): Promise<string[]> {
  const users = await approversOf(ctx, shape, draft, step.who, starter)
  if (users.length === 0) throw refuse('approval.nobody', { step: step.label[ctx.lang] })
  return users
}

export async function startApproval(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  { flow, place, users }: Opening,
): Promise<void> {
  const id = newId()
  await sql`insert into ${sql.id(ctx.tenant, 'approval_instance')} (id, entity, document, flow, state, starter, started_at)
    values (${id}::uuid, ${shape.name}, ${draft.id}::uuid, ${JSON.stringify(flow)}::jsonb, 'running', ${ctx.principal.user}::uuid,
      ${ctx.now}::timestamptz)`.execute(ctx.db)
  await ask(ctx, shape, draft, id, place, users)
}

/** Token, tasks and the right to see and judge the document, in one statement. */
async function ask(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  instance: string,
  { path, step }: Place,
  users: readonly string[],
): Promise<void> {
  const token = newId()
  const tasks = users.map(
    user =>
      sql`(${newId()}::uuid, ${instance}::uuid, ${token}::uuid, ${step.name}, ${user}::uuid, 'open', ${ctx.now}::timestamptz)`,
  )
  // Who judges sees all that is judged.
  const groups = new Set(
    [shape, ...shape.lines.map(each => each.of)].flatMap(each => [...each.fields.values()].map(field => field.group)),
  )
  const fields = JSON.stringify(Object.fromEntries([...groups].map(group => [group, 'read'])))
  await sql`with token as (insert into ${sql.id(ctx.tenant, 'approval_token')} (id, instance, path, state)
      values (${token}::uuid, ${instance}::uuid, ${path}, 'active')),
    tasks as (insert into ${sql.id(ctx.tenant, 'approval_task')} (id, instance, token, step, "user", state, at)
      values ${sql.join(tasks)} returning id, "user")
    insert into ${sql.id(ctx.tenant, 'record_grant')} (id, "user", entity, record, functions, fields, source, at)
    select id, "user", ${shape.name}, ${draft.id}::uuid, '{read,approve,reject,return}', ${fields}::jsonb, ${`approval ${instance}`},
      ${ctx.now}::timestamptz from tasks`.execute(ctx.db)
  if (ctx.unit) ctx.unit.delegation = true
}

export type Opinion = 'approved' | 'rejected' | 'returned'
export interface Acted {
  readonly instance: string
  readonly flow: Flow
  readonly starter: string | null
  /** approved: others of the step must still act, or the flow went on, or all of it is done. */
  readonly done: boolean
  readonly escalated: boolean
}
interface TaskRow {
  readonly id: string
  readonly instance: string
  readonly token: string
  readonly path: string
  readonly flow: Flow
  readonly starter: string | null
}

/** One of my open tasks on the document, by compare-and-set. */
export async function act(ctx: Ctx, shape: Shape, draft: Draft, opinion: Opinion, text: string | null): Promise<Acted> {
  const { rows } = await sql<TaskRow>`update ${sql.id(ctx.tenant, 'approval_task')} t
    set state = ${opinion}, opinion = ${text}, acted_at = ${ctx.now}::timestamptz
    from ${sql.id(ctx.tenant, 'approval_instance')} i, ${sql.id(ctx.tenant, 'approval_token')} k
    where i.id = t.instance and k.id = t.token and i.state = 'running' and t.state = 'open' and t.id = (
      select o.id from ${sql.id(ctx.tenant, 'approval_task')} o join ${sql.id(ctx.tenant, 'approval_instance')} oi on oi.id = o.instance
      where oi.document = ${draft.id}::uuid and oi.state = 'running' and o.state = 'open' and o."user" = ${ctx.principal.user}::uuid
      order by o.id limit 1)
    returning t.id, t.instance, t.token, k.path, i.flow, i.starter`.execute(ctx.db)
  const task = rows[0]
  if (!task) throw refuse('approval.no_task')
  const { instance, flow, starter } = task
  await closeRights(ctx, instance, sql`id = ${task.id}::uuid`)
  const escalated = task.path === escalationPath
  if (opinion !== 'approved') return { instance, flow, starter, done: true, escalated }
  return { instance, flow, starter, done: await advance(ctx, shape, draft, task), escalated }
}

/** True when the flow has come to its end. */
async function advance(ctx: Ctx, shape: Shape, draft: Draft, task: TaskRow): Promise<boolean> {
  const { instance, token, path, flow, starter } = task
  const holds = holdsFor(ctx, shape, draft)
  const step = path === escalationPath ? flow.escalation : stepAt(flow, path)
  if (step?.all) {
    const { rows } =
      await sql`select from ${sql.id(ctx.tenant, 'approval_task')} where token = ${token}::uuid and state = 'open' limit 1`.execute(
        ctx.db,
      )
    if (rows.length > 0) return false
  }
  await closeToken(ctx, instance, token, 'done')
  const next = nextPlace(flow, path, holds)
  if (!next) return true
  await ask(ctx, shape, draft, instance, next, await peopleOf(ctx, shape, draft, next.step, starter))
  return false
}

function stepAt(flow: Flow, path: string): Step | undefined {
  let block: Flow['root'] | undefined = flow.root
  for (const index of path === '' ? [] : path.split('.').map(Number)) {
    if (!block || block.is === 'step') return undefined
    block = block.is === 'sequence' ? block.of[index] : (block.cases[index]?.then ?? block.otherwise)
  }
  return block?.is === 'step' ? block : undefined
}

/** A limit asks for one more person. False when that was asked already, or the flow names nobody. */
export async function escalate(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  { instance, flow, starter }: Acted,
): Promise<boolean> {
  if (!flow.escalation) return false
  const { rows } = await sql`select from ${sql.id(ctx.tenant, 'approval_token')}
    where instance = ${instance}::uuid and path = ${escalationPath} limit 1`.execute(ctx.db)
  if (rows.length > 0) return false
  const users = await peopleOf(ctx, shape, draft, flow.escalation, starter)
  await ask(ctx, shape, draft, instance, { path: escalationPath, step: flow.escalation }, users)
  return true
}

async function closeToken(ctx: Ctx, instance: string, token: string, state: 'done' | 'cancelled'): Promise<void> {
  await sql`update ${sql.id(ctx.tenant, 'approval_token')} set state = ${state} where id = ${token}::uuid and state = 'active'`.execute(
    ctx.db,
  )
  await closeRights(
    ctx,
    instance,
    sql`id in (select t.id from ${sql.id(ctx.tenant, 'approval_task')} t where t.token = ${token}::uuid)`,
  )
  await sql`update ${sql.id(ctx.tenant, 'approval_task')} set state = 'cancelled' where token = ${token}::uuid and state = 'open'`.execute(
    ctx.db,
  )
}

/** Whoever acted, or need not act any more, may still look. A grant carries the id of its task. */
async function closeRights(ctx: Ctx, instance: string, which: ReturnType<typeof sql>): Promise<void> {
  await sql`update ${sql.id(ctx.tenant, 'record_grant')} set functions = '{read}'
    where source = ${`approval ${instance}`} and ${which}`.execute(ctx.db)
  if (ctx.unit) ctx.unit.delegation = true
}

/** Ends what runs on the document; every open task with it. */
export async function endApproval(
  ctx: Ctx,
  document: string,
  state: 'approved' | 'rejected' | 'returned' | 'withdrawn',
): Promise<void> {
  const { rows } = await sql<{ id: string }>`update ${sql.id(ctx.tenant, 'approval_instance')}
    set state = ${state}, ended_at = ${ctx.now}::timestamptz
    where document = ${document}::uuid and state = 'running' returning id`.execute(ctx.db)
  const instance = rows[0]?.id
  if (instance === undefined) return
  await sql`with tokens as (update ${sql.id(ctx.tenant, 'approval_token')} set state = 'cancelled'
      where instance = ${instance}::uuid and state = 'active'),
    tasks as (update ${sql.id(ctx.tenant, 'approval_task')} set state = 'cancelled' where instance = ${instance}::uuid and state = 'open')
    update ${sql.id(ctx.tenant, 'record_grant')} set functions = '{read}', until = ${ctx.now}::timestamptz + interval '${sql.raw(`${remembered}`)} days'
    where source = ${`approval ${instance}`}`.execute(ctx.db)
  if (ctx.unit) ctx.unit.delegation = true
}

/** The starter takes it back only while nobody has acted. */
export async function mayWithdraw(ctx: Ctx, document: string): Promise<boolean> {
  const { rows } = await sql<{
    free: boolean
  }>`select (i.starter is not distinct from ${ctx.principal.user}::uuid or ${ctx.principal.kind === 'system'})
      and not exists (select from ${sql.id(ctx.tenant, 'approval_task')} t where t.instance = i.id and t.acted_at is not null) as free
    from ${sql.id(ctx.tenant, 'approval_instance')} i where i.document = ${document}::uuid and i.state = 'running'`.execute(
    ctx.db,
  )
  return rows[0]?.free ?? true
}
