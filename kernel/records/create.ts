// create(): new records, one or thousands, through the same steps: parse, fill, hooks, formulas, rules, references, number,
// insert, change row, place. The same id with the same input twice is one record.
import { createHash } from 'node:crypto'
import type { RecordJson } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { type Rights, rightsOf } from '../access/rights.ts'
import { isNone } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { type FieldError, refuse, refuseInput } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { type Change, difference, recordChanges } from './change.ts'
import { asRecord, canonical, type Draft } from './draft.ts'
import { flags } from './flag.ts'
import { readRecords } from './get.ts'
import { runAfter, runBefore } from './hook.ts'
import { mergeLines, namesOf, parseInput } from './input.ts'
import { companyOf, inCounterOrder, takeNumbers } from './number.ts'
import { checkNewTree, checkReferences, collectReferences } from './reference.ts'
import { compute, filled, settle } from './settle.ts'
import { constrained, insertDrafts, insertLines, writeJoins } from './store.ts'
import { decidesRights, write } from './transaction.ts'
import { type EntityRef, entityShape, type Got, got, type Input } from './typed.ts'

export async function create<E extends EntityRef>(ctx: Ctx, entity: E, input: Input<E>): Promise<Got<E>> {
  const [record] = await createMany(ctx, entityShape(ctx, entity), [input], false)
  if (!record) throw new Error('create always gives a record')
  return got<E>(record)
}

/** Many at once in few statements (imports): paths of errors begin with the index of the input. */
export async function createAll<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  inputs: readonly Input<E>[],
): Promise<Got<E>[]> {
  const records = await createMany(ctx, entityShape(ctx, entity), inputs, true)
  return records.map(record => got<E>(record))
}

interface New {
  readonly draft: Draft
  readonly request: string
  /** Fields the client gave: those need the right to be set. */
  readonly given: readonly string[]
}

async function createMany(ctx: Ctx, shape: Shape, inputs: readonly unknown[], indexed: boolean): Promise<RecordJson[]> {
  const rights = rightsOf(ctx, shape.name)
  if (isNone(rights.rows('create'))) throw refuse('access.denied', { function: 'create' })
  return write(ctx, async ctx => {
    const errors: FieldError[] = []
    const news = inputs.map((input, index) => begin(ctx, shape, rights, input, indexed ? `${index}` : '', errors))
    if (errors.length > 0) throw refuseInput(errors)
    const repeated = await repeatedOf(
      ctx,
      shape,
      news.filter((_, index) => hasId(inputs[index])),
    )
    const fresh = news.filter(({ draft }) => !repeated.has(draft.id))
    await complete(ctx, shape, fresh, indexed)
    await number(ctx, shape, fresh)
    await insert(ctx, shape, rights, fresh)
    await runAfter(
      ctx,
      shape,
      fresh.map(({ draft }) => ({ after: asRecord(draft), before: null })),
    )
    const ids = news.map(({ draft }) => draft.id)
    const found = new Map((await readRecords(ctx, shape, ids)).map(record => [record.id, record]))
    // Who may create but not read gets what identifies the record.
    return ids.map(id => found.get(id) ?? { id, version: 1, _can: [] })
  })
}

const hasId = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'id' in input && input.id !== undefined

function begin(ctx: Ctx, shape: Shape, rights: Rights, input: unknown, path: string, errors: FieldError[]): New {
  const given = parseInput(ctx, shape, input, 'create', path, errors)
  const id = hasId(input) ? (input as { id: unknown }).id : newId()
  if (!isId(id)) errors.push({ path: path ? `${path}.id` : 'id', code: 'field.type', values: { expected: 'id' } })
  const names = namesOf(given)
  const forbidden = names.filter(name => isNone(rights.field(name, 'create')))
  if (forbidden.length > 0) throw refuse('access.field', { fields: forbidden.join(', ') })
  const values = filled(ctx, shape, given.values)
  Object.assign(values, {
    created_at: ctx.now,
    created_by: ctx.principal.user,
    updated_at: ctx.now,
    updated_by: ctx.principal.user,
  })
  if (shape.kind === 'document') values.state = 'draft'
  const [stage] = Object.keys(shape.def.stages ?? {})
  if (stage !== undefined) values.stage = stage
  const draft: Draft = { id: String(id), version: 1, values, lines: {} }
  for (const { field, of } of shape.lines) {
    const lines = given.lines[field] ?? { upsert: [], remove: [] }
    draft.lines[field] = mergeLines(of, [], lines, line => filled(ctx, of, line, values), errors).lines
  }
  const request = createHash('sha256')
    .update(canonical([ctx.principal.user, withoutIds(input)]))
    .digest('hex')
  return { draft, request, given: names }
}

/** New lines get an id when the client sends none; that must not make the same input another one. */
const withoutIds = (input: unknown): unknown =>
  typeof input === 'object' && input !== null ? { ...input, id: undefined } : input

/** Ids that are there already: the same create sent again is answered again, anything else is refused. */
async function repeatedOf(ctx: Ctx, shape: Shape, news: readonly New[]): Promise<Set<string>> {
  if (news.length === 0) return new Set()
  const { rows } = await sql<{ record: string; request: string | null; entity: string }>`
    select t.id as record, c.request, c.entity from ${sql.id(ctx.tenant, shape.name)} t
    left join ${sql.id(ctx.tenant, 'change')} c on c.record = t.id and c.op = 'create' and c.entity = ${shape.name}
    where t.id = any(${news.map(({ draft }) => draft.id)}::uuid[])`.execute(ctx.db)
  const requests = new Map(news.map(({ draft, request }) => [draft.id, request]))
  for (const row of rows)
    if (row.request !== requests.get(row.record)) throw refuse('record.exists', { id: row.record })
  return new Set(rows.map(row => row.record))
}

/** Hooks fill, formulas compute, rules and references judge. */
async function complete(ctx: Ctx, shape: Shape, news: readonly New[], indexed: boolean): Promise<void> {
  const errors: FieldError[] = []
  const wanted = new Map()
  for (const [index, { draft }] of news.entries()) {
    if (ctx.registry.hooks.has(shape.name)) {
      compute(ctx, shape, draft)
      await runBefore(ctx, shape, draft, null)
    }
    const own: FieldError[] = []
    settle(ctx, shape, draft, own)
    errors.push(...(indexed ? own.map(each => ({ ...each, path: `${index}.${each.path}` })) : own))
    collectReferences(shape, draft, null, indexed ? `${index}.` : '', wanted)
  }
  checkNewTree(
    shape,
    news.map(({ draft }) => draft),
    index => (indexed ? `${index}.` : ''),
    errors,
  )
  await checkReferences(ctx, wanted, new Set(news.map(({ draft }) => draft.id)), errors)
  if (errors.length > 0) throw refuseInput(errors)
}

async function number(ctx: Ctx, shape: Shape, news: readonly New[]): Promise<void> {
  const serial = [...shape.fields.values()].find(field => field.def.kind === 'serial' && !field.system)
  // A document gets its number when it is submitted first: drafts use none.
  if (!serial || shape.kind === 'document') return
  const byCompany = new Map<string | null, New[]>()
  for (const each of news) {
    const company = companyOf(shape, each.draft.values)
    byCompany.set(company, [...(byCompany.get(company) ?? []), each])
  }
  for (const company of await inCounterOrder(ctx, [...byCompany.keys()])) {
    const list = byCompany.get(company) ?? []
    const numbers = await takeNumbers(ctx, shape, company, list.length)
    list.forEach(({ draft }, index) => {
      draft.values[serial.name] = numbers[index] ?? null
    })
  }
}

async function insert(ctx: Ctx, shape: Shape, rights: Rights, news: readonly New[]): Promise<void> {
  if (news.length === 0) return
  const asked = flags({ tenant: ctx.tenant, entity: shape.name, alias: 't' }, 'all')
  const allowed = asked.ask(rights.rows('create'))
  const fields = new Map(
    [...new Set(news.flatMap(each => each.given))].map(name => [name, asked.ask(rights.field(name, 'create'))]),
  )
  const drafts = news.map(each => each.draft)
  const rows = await constrained(shape, () => insertDrafts(ctx, shape, drafts, [sql`t.id`, ...asked.columns()]))
  if (rows.length < drafts.length) throw refuse('record.exists', {})
  const byId = new Map(rows.map(row => [String(row.id), row]))
  for (const { draft, given } of news) {
    const row = byId.get(draft.id) ?? {}
    // The row is where it says it is: only now its place can be compared with the writer's.
    if (!allowed(row)) throw refuse('access.place', { function: 'create' })
    const forbidden = given.filter(name => !fields.get(name)?.(row))
    if (forbidden.length > 0) throw refuse('access.field', { fields: forbidden.join(', ') })
  }
  await constrained(shape, async () => {
    for (const { field, of } of shape.lines)
      await insertLines(
        ctx,
        of,
        drafts.flatMap(draft => (draft.lines[field] ?? []).map(line => ({ ...line, parent: draft.id }))),
      )
    await writeJoins(ctx, shape, drafts, null)
  })
  await recordChanges(
    ctx,
    news.map(
      ({ draft, request }): Change => ({
        entity: shape.name,
        record: draft.id,
        version: 1,
        op: 'create',
        diff: difference(shape, null, draft),
        request,
      }),
    ),
  )
  if (ctx.unit && decidesRights(ctx, shape.name)) ctx.unit.rights = true
}
