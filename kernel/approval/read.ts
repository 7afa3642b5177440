// What people see of approvals: their to-do, done, started and copied documents; and of one document the trail, who is asked now,
// who will be, and what its reader may do. Every document is shown only to those who may read it.
import {
  blockAt,
  type Flow,
  type Foreseen,
  type Progress,
  progressOf,
  returnable,
  stepsOf,
} from '@yingzao/engines/approval'
import { type Decimal, type FileRef, isDecimal, type Json, type Label } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { amountField } from '../documents/amount.ts'
import { list } from '../query/list.ts'
import type { DatabaseRow } from '../records/flag.ts'
import { get, visible } from '../records/get.ts'
import { lockRecord } from '../records/lock.ts'
import { presenter } from '../records/present.ts'
import { seenDiff } from '../records/seen-diff.ts'
import { titlesOf } from '../records/title.ts'
import type { Shape } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import { asSystem } from '../system.ts'
import { definitionFor } from './definition.ts'
import { aheadOf } from './instance.ts'
import { loadInstance } from './keep.ts'

export type Box = 'todo' | 'done' | 'started' | 'copied'
export const boxes: readonly Box[] = ['todo', 'done', 'started', 'copied']

export interface BoxRow {
  readonly entity: string
  readonly document: string
  readonly instance: string
  readonly title: string
  readonly number: string | null
  /** Of the document as it is shown: what is approved is what was seen. */
  readonly version: number
  /** How much it is about, where its reader sees that. */
  readonly amount: Decimal | null
  readonly state: string
  readonly step: Label | null
  readonly starter: { readonly id: string; readonly name: string } | null
  /** On behalf of whom I am asked. */
  readonly for: string | null
  /** Since when it lies here, or when it was done. */
  readonly at: string
  readonly due_at: string | null
  readonly read: boolean
  /** Of a to-do: it asks for a signature. */
  readonly sign: boolean
}

interface Found {
  readonly entity: string
  readonly document: string
  readonly instance: string
  readonly state: string
  readonly starter: string | null
  readonly for: string | null
  readonly label: Label | null
  readonly at: string
  readonly due_at: string | null
  readonly read: boolean
  readonly sign: boolean
}

/** The newest first; to-do with the oldest due first. At most `limit`, from `offset`. */
export async function boxOf(ctx: Ctx, box: Box, limit: number, offset = 0): Promise<{ rows: BoxRow[]; total: number }> {
  const me = ctx.principal.user
  if (me === null) return { rows: [], total: 0 }
  const of = (name: string) => sql.id(ctx.tenant, name)
  const step = sql`(select b from jsonb_path_query(i.flow, '$.** ? (@.is == "step")') b where b ->> 'name' = t.step limit 1)`
  const label = sql`${step} -> 'label'`
  const rows = {
    todo: sql`select i.entity, i.document, i.id as instance, i.state, i.starter, min(t."for"::text) as "for",
        (array_agg(${label}))[1] as label, min(t.at) as at, min(t.due_at) as due_at, true as read,
        coalesce(bool_or((${step} -> 'sign')::boolean), false) as sign
      from ${of('approval_task')} t join ${of('approval_instance')} i on i.id = t.instance
      where t."user" = ${me}::uuid and t.state = 'open' and i.state = 'running' group by i.id`,
    done: sql`select distinct on (i.id) i.entity, i.document, i.id as instance, i.state, i.starter, t."for"::text as "for",
        ${label} as label, t.acted_at as at, null::timestamptz as due_at, true as read, false as sign
      from ${of('approval_task')} t join ${of('approval_instance')} i on i.id = t.instance
      where t."user" = ${me}::uuid and t.acted_at is not null order by i.id, t.acted_at desc`,
    started: sql`select i.entity, i.document, i.id as instance, i.state, i.starter, null::text as "for",
        (select ${label} from ${of('approval_task')} t where t.instance = i.id and t.state = 'open' order by t.seq limit 1) as label,
        i.started_at as at, null::timestamptz as due_at, true as read, false as sign
      from ${of('approval_instance')} i where i.starter = ${me}::uuid`,
    copied: sql`select i.entity, i.document, i.id as instance, i.state, i.starter, null::text as "for", null::jsonb as label,
        c.at, null::timestamptz as due_at, c.read_at is not null as read, false as sign
      from ${of('approval_copy')} c join ${of('approval_instance')} i on i.id = c.instance where c."user" = ${me}::uuid`,
  }[box]
  const order = box === 'todo' ? sql`x.due_at nulls last, x.at` : sql`x.at desc`
  const found = await sql<Found & { total: number }>`select x.*, count(*) over ()::integer as total from (${rows}) x
    order by ${order}, x.instance limit ${limit} offset ${offset}`.execute(ctx.db)
  return { rows: await shown(ctx, found.rows), total: found.rows[0]?.total ?? 0 }
}

async function shown(ctx: Ctx, found: readonly Found[]): Promise<BoxRow[]> {
  const people = await titlesOf(asSystem(ctx), 'user', [
    ...new Set(found.flatMap(row => [row.starter, row.for].filter(each => each !== null))),
  ])
  const titles = new Map<string, Pick<BoxRow, 'title' | 'number' | 'version' | 'amount'>>()
  for (const entity of new Set(found.map(row => row.entity))) {
    if (!ctx.registry.shapes.has(entity)) continue
    const ids = found.filter(row => row.entity === entity).map(row => row.document)
    const seen = await visible(ctx, entity, ids)
    const named = await titlesOf(ctx, entity, [...seen])
    const { rows } = await sql<{
      id: string
      number: string | null
      version: number
    }>`select id, number, version from ${sql.id(ctx.tenant, entity)}
      where id = any(${[...seen]}::uuid[])`.execute(ctx.db)
    const amounts = await amountsOf(ctx, entity, [...seen])
    for (const { id, number, version } of rows)
      titles.set(id, { title: named[id] ?? '', number, version, amount: amounts.get(id) ?? null })
  }
  return found.flatMap(row => {
    const named = titles.get(row.document)
    if (!named) return []
    const { entity, document, instance, state, label, due_at, read, sign } = row
    const starter = row.starter === null ? null : { id: row.starter, name: people[row.starter] ?? '' }
    const at = row.at
    return [
      {
        entity,
        document,
        instance,
        state,
        step: label,
        due_at,
        read,
        sign,
        at,
        starter,
        for: row.for === null ? null : (people[row.for] ?? ''),
        ...named,
      },
    ]
  })
}

async function amountsOf(ctx: Ctx, entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, Decimal>> {
  const field = amountField(shapeOf(ctx.registry, entity))
  if (!field || ids.length === 0) return new Map()
  const { items } = await list(ctx, entity, { filter: { id: { in: ids } }, fields: [field.name], limit: ids.length })
  return new Map(
    items.flatMap((record): [string, Decimal][] => {
      const value: unknown = Reflect.get(record, field.name)
      return isDecimal(value) ? [[record.id, value]] : []
    }),
  )
}

/** How many documents wait for me. */
export async function todoCount(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(distinct i.id)::integer as count from ${sql.id(ctx.tenant, 'approval_task')} t
    join ${sql.id(ctx.tenant, 'approval_instance')} i on i.id = t.instance and i.state = 'running'
    where t."user" = ${ctx.principal.user}::uuid and t.state = 'open'`.execute(ctx.db)
  return rows[0]?.count ?? 0
}

export interface TrailLine {
  readonly act: string
  readonly user: string | null
  readonly for: string | null
  readonly step: string | null
  readonly to: readonly string[]
  readonly back: string | null
  readonly opinion: string | null
  /** Given with it. */
  readonly signature: FileRef | null
  readonly files: readonly FileRef[] | null
  /** Field → [before, after], as far as the reader sees the fields, of lines those that changed. */
  readonly diff: Readonly<Record<string, Json>> | null
  readonly at: string
}
interface Stored extends Omit<TrailLine, 'diff'> {
  readonly diff: Readonly<Record<string, readonly [Json, Json]>> | null
}
export interface TrailView {
  readonly instance: string
  readonly state: string
  readonly starter: string | null
  readonly trail: readonly TrailLine[]
  /** Steps open now and to come, as the document stands. */
  readonly ahead: readonly Foreseen[]
  /** Why the chain ahead cannot be told further. */
  readonly stop: { readonly code: string; readonly step: string | null } | null
  readonly steps: Readonly<Record<string, Label>>
  readonly modes: Readonly<Record<string, string>>
  readonly people: Readonly<Record<string, string>>
  /** Mine: steps I may return it to, fields I may change, whether I must sign. */
  readonly mine: {
    readonly returnable: readonly string[]
    readonly fields: readonly string[]
    readonly sign: boolean
  } | null
}

/** Null: documents of this kind need no approval. Of a draft it tells who would be asked if its reader submitted it as it is. */
export async function trailOf(ctx: Ctx, entity: string, document: string): Promise<TrailView | null> {
  const shape = shapeOf(ctx.registry, entity)
  const record = await get(ctx, entity, document)
  const instance = await loadInstance(ctx, document, ['running', 'approved', 'rejected', 'returned', 'withdrawn'])
  const me = ctx.principal.user
  if (!instance) return isDraft(record) ? drafted(ctx, shape, document) : null
  const { flow, state } = instance
  // Before its void was asked for, the document was approved: both are told.
  const first = flow.voids ? await loadInstance(ctx, document, ['approved'], true) : null
  const { rows } = await sql<Stored>`select act, "user", "for", step, "to", back, opinion, signature, files, diff, at
    from ${sql.id(ctx.tenant, 'approval_trail')} where instance = any(${[...(first ? [first.id] : []), instance.id]}::uuid[])
    order by instance = ${instance.id}::uuid, seq`.execute(ctx.db)
  // Looked ahead as the system: whom a step asks is no secret to who may read the document.
  const { draft } = await lockRecord(asSystem(ctx), shape, document, {}, { lock: false })
  const running = state.state === 'running'
  const { steps: ahead, stop } = running
    ? await aheadOf(asSystem(ctx), shape, draft, flow, instance, state.starter)
    : { steps: [], stop: null }
  const seen = await differ(ctx, shape, document)
  const trail = rows.map(row => ({ ...row, diff: seen(row.diff) }))
  const task = state.tasks.find(each => each.state === 'open' && each.user === me)
  const step = task && blockAt(flow, state.tokens.find(token => token.id === task.token)?.path ?? '')
  const fields =
    step?.is === 'step'
      ? Object.entries(step.fields ?? {}).flatMap(([name, rule]) => (rule === 'edit' ? [name] : []))
      : []
  const ids = new Set<string>()
  for (const each of trail) for (const id of [each.user, each.for, ...each.to]) if (id !== null) ids.add(id)
  for (const each of ahead)
    for (const { user, for: on } of each.people) for (const id of [user, on]) if (id !== null) ids.add(id)
  if (state.starter !== null) ids.add(state.starter)
  return {
    ...{ instance: instance.id, state: state.state, starter: state.starter, trail, ahead, stop },
    steps: { ...(first && namesOf(first.flow).steps), ...namesOf(flow).steps },
    modes: { ...(first && namesOf(first.flow).modes), ...namesOf(flow).modes },
    people: await titlesOf(asSystem(ctx), 'user', [...ids]),
    mine:
      task && me !== null
        ? { returnable: returnable(flow, state, me), fields, sign: step?.is === 'step' && step.sign === true }
        : null,
  }
}

export interface DiagramView {
  readonly flow: Flow
  /** Null: not submitted yet. */
  readonly progress: Progress | null
}

/** The flow that judges the document, as it was when it started, and how far it is; null where none does. */
export async function diagramOf(ctx: Ctx, entity: string, document: string): Promise<DiagramView | null> {
  const shape = shapeOf(ctx.registry, entity)
  await get(ctx, entity, document)
  const instance = await loadInstance(ctx, document, ['running', 'approved', 'rejected', 'returned', 'withdrawn'])
  if (instance) return { flow: instance.flow, progress: progressOf(instance.state) }
  const { draft } = await lockRecord(asSystem(ctx), shape, document, {}, { lock: false })
  const definition = await definitionFor(ctx, shape, draft)
  return definition && { flow: definition.flow, progress: null }
}

const isDraft = (record: object): boolean =>
  'state' in record && (record.state === 'draft' || record.state === 'rejected')

async function drafted(ctx: Ctx, shape: Shape, document: string): Promise<TrailView | null> {
  const { draft } = await lockRecord(asSystem(ctx), shape, document, {}, { lock: false })
  const definition = await definitionFor(ctx, shape, draft)
  if (!definition) return null
  const { flow } = definition
  const { steps: ahead, stop } = await aheadOf(asSystem(ctx), shape, draft, flow, null, ctx.principal.user)
  const ids = ahead.flatMap(step =>
    step.people.flatMap(each => (each.for === null ? [each.user] : [each.user, each.for])),
  )
  return {
    ...{ instance: '', state: 'draft', starter: null, trail: [], ahead, stop, mine: null, ...namesOf(flow) },
    people: await titlesOf(asSystem(ctx), 'user', [...new Set(ids)]),
  }
}

/** Labels and modes of the steps, by name. */
export function namesOf(flow: Flow): Pick<TrailView, 'steps' | 'modes'> {
  const steps = [...stepsOf(flow.root), ...(flow.escalation ? [flow.escalation] : [])]
  return {
    steps: Object.fromEntries(steps.map(step => [step.name, step.label])),
    modes: Object.fromEntries(steps.map(step => [step.name, 'leaders' in step.who ? 'order' : (step.mode ?? 'any')])),
  }
}

/** Of what was edited what the reader of the document sees of it. */
async function differ(ctx: Ctx, shape: Shape, document: string) {
  const view = presenter(ctx, shape)
  const { rows } = await sql<DatabaseRow>`select ${view.columns} from ${sql.id(ctx.tenant, shape.name)} t
    where t.id = ${document}::uuid`.execute(ctx.db)
  const [row] = rows
  return (diff: Stored['diff']): TrailLine['diff'] =>
    diff === null
      ? null
      : Object.fromEntries(
          (row ? seenDiff(shape, view, row, diff) : []).map(({ field, before, after }) => [field, [before, after]]),
        )
}

/** Was the file given with an opinion on the document? Who may read the document is asked before. */
export async function isPaper(ctx: Ctx, document: string, file: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from ${sql.id(ctx.tenant, 'approval_trail')} r
      join ${sql.id(ctx.tenant, 'approval_instance')} i on i.id = r.instance
    where i.document = ${document}::uuid and (r.signature ->> 'id' = ${file}
      or r.files @> jsonb_build_array(jsonb_build_object('id', ${file}::text)))) as found`.execute(ctx.db)
  return rows[0]?.found ?? false
}

/** 抄送: seen. */
export async function markRead(ctx: Ctx, document: string): Promise<void> {
  await sql`update ${sql.id(ctx.tenant, 'approval_copy')} c set read_at = ${ctx.now}::timestamptz
    from ${sql.id(ctx.tenant, 'approval_instance')} i
    where i.id = c.instance and i.document = ${document}::uuid and c."user" = ${ctx.principal.user}::uuid and c.read_at is null`.execute(
    ctx.db,
  )
}
