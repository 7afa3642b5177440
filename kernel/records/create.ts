// create(): new records, one or thousands, through the same steps: parse, fill, hooks, formulas, rules, references, number,
// insert, change row, place. The same id with the same input twice is one record.
import { hash } from 'node:crypto'
import type { RecordJson } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { keeper } from '../access/kept.ts'
import { type At, predicate } from '../access/predicate.ts'
import { fieldWords, type Rights, rightsOf } from '../access/rights.ts'
import { isNone, keyOf, type Rows } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { isRetryable } from '../database-error.ts'
import { type FieldError, Refusal, refuse, refuseInput } from '../refuse.ts'
import { type FieldShape, type Shape, targetOf } from '../registry/shape.ts'
import { type Change, difference } from './change.ts'
import { asRecord, canonical, type Draft } from './draft.ts'
import { readRecords } from './get.ts'
import { hooksOf, isAbout, runAfter, runBefore } from './hook.ts'
import { mergeLines, namesOf, parseInput } from './input.ts'
import { companyOf, inCounterOrder, takeNumbers } from './number.ts'
import { presenter } from './present.ts'
import { judge } from './reach.ts'
import { checkNewTree, checkReferences, collectReferences, lookUp, type References, type Targets } from './reference.ts'
import { compute, filled, settle } from './settle.ts'
import { insertRecords } from './store.ts'
import { decidesRights, write, writeAtOnce } from './transaction.ts'
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
  const outermost = ctx.unit === undefined
  const [only, ...more] = inputs
  if (outermost && more.length === 0 && isPlain(ctx, shape)) {
    const record = await createAtOnce(ctx, shape, rights, only)
    if (record) return [record]
  }
  return write(ctx, async ctx => {
    const errors: FieldError[] = []
    const news = inputs.map((input, index) => begin(ctx, shape, rights, input, indexed ? `${index}` : '', errors))
    if (errors.length > 0) throw refuseInput(errors)
    const references: References = new Map()
    for (const { draft } of news) collectReferences(shape, draft, null, '', references)
    const ids = news.flatMap(({ draft }, index) => (hasId(inputs[index]) ? [draft.id] : []))
    const { targets, there } = await lookUp(ctx, references, { shape, ids })
    // The same create sent again is answered again, anything else under its id is refused.
    for (const { draft, request } of news)
      if (there.has(draft.id) && there.get(draft.id) !== request) throw refuse('record.exists', { id: draft.id })
    const fresh = news.filter(({ draft }) => !there.has(draft.id))
    await complete(ctx, shape, fresh, indexed, targets)
    await number(ctx, shape, fresh)
    const last = outermost && !decidesRights(ctx, shape.name)
    const records = await insert(ctx, shape, rights, fresh, last ? 'last' : 'then more')
    await runAfter(
      ctx,
      shape,
      fresh.map(({ draft }) => ({ after: asRecord(draft), before: null })),
    )
    const rest = news.flatMap(({ draft }) => (records.has(draft.id) ? [] : [draft.id]))
    for (const record of await readRecords(ctx, shape, rest)) records.set(record.id, record)
    // Who may create but not read gets what identifies the record.
    return news.map(({ draft: { id } }) => records.get(id) ?? { id, version: 1, _can: [] })
  })
}

/** Nothing has to be read or written before or after the record itself, unless something is in its way. */
const isPlain = (ctx: Ctx, shape: Shape): boolean =>
  isWhole(ctx, shape) &&
  hooksOf(ctx, shape.name).every(({ beforeSave, about }) => !beforeSave || about) &&
  !serialOf(shape) &&
  !shape.conditions.rules.some(({ check }) => check.reaches.size > 0) &&
  shape.conditions.targets.size === 0 &&
  !decidesRights(ctx, shape.name)

/**
 * One statement, which stores the record if all it refers to is there and its id is free. Null: nothing was stored, and the
 * ordinary way says why, or finds that the record is there already.
 */
async function createAtOnce(ctx: Ctx, shape: Shape, rights: Rights, input: unknown): Promise<RecordJson | null> {
  const errors: FieldError[] = []
  const made = begin(ctx, shape, rights, input, '', errors)
  if (errors.length > 0 || hooksOf(ctx, shape.name).some(hook => isAbout(hook, made.draft))) return null
  settle(ctx, shape, made.draft, errors)
  checkNewTree(shape, [made.draft], () => '', errors)
  if (errors.length > 0) return null
  const { id } = made.draft
  try {
    const records = await writeAtOnce(ctx, ctx => insert(ctx, shape, rights, [made], 'at once'))
    return records.get(id) ?? { id, version: 1, _can: [] }
  } catch (error) {
    if (error instanceof Refusal || isRetryable(error)) return null
    throw error
  }
}

const hasId = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'id' in input && input.id !== undefined

function begin(ctx: Ctx, shape: Shape, rights: Rights, input: unknown, path: string, errors: FieldError[]): New {
  const given = parseInput(ctx, shape, input, 'create', path, errors)
  const id = hasId(input) ? (input as { id: unknown }).id : newId()
  if (!isId(id)) errors.push({ path: path ? `${path}.id` : 'id', code: 'field.type', values: { expected: 'id' } })
  const names = namesOf(given)
  const forbidden = names.filter(name => isNone(rights.field(name, 'create')))
  if (forbidden.length > 0) throw refuse('access.field', { fields: fieldWords(shape, forbidden, ctx.lang) })
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
  const request = hash('sha256', canonical([ctx.principal.user, withoutIds(input)]))
  return { draft, request, given: names }
}

/** New lines get an id when the client sends none; that must not make the same input another one. */
const withoutIds = (input: unknown): unknown =>
  typeof input === 'object' && input !== null ? { ...input, id: undefined } : input

/** Hooks fill, formulas compute, rules and references judge. */
async function complete(ctx: Ctx, shape: Shape, news: readonly New[], indexed: boolean, known: Targets): Promise<void> {
  const errors: FieldError[] = []
  const wanted: References = new Map()
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
  await checkReferences(ctx, wanted, new Set(news.map(({ draft }) => draft.id)), errors, known)
  const judged = news.map(({ draft }, index) => ({ draft, prefix: indexed ? `${index}.` : '' }))
  await judge(ctx, shape, judged, errors)
  if (errors.length > 0) throw refuseInput(errors)
}

/** A document gets its number when it is submitted first: drafts use none. */
const serialOf = (shape: Shape): FieldShape | undefined =>
  shape.kind === 'document'
    ? undefined
    : [...shape.fields.values()].find(field => field.def.kind === 'serial' && !field.system)

async function number(ctx: Ctx, shape: Shape, news: readonly New[]): Promise<void> {
  const serial = serialOf(shape)
  if (!serial) return
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

const selects = keeper<CompiledQuery>()

/** The statement that stores it gives all that is shown of it. */
const isWhole = (ctx: Ctx, shape: Shape): boolean =>
  shape.lines.length === 0 &&
  ![...shape.fields.values()].some(({ def }) => def.kind === 'multi_ref') &&
  !hooksOf(ctx, shape.name).some(each => each.afterSave)

/** Stores them; gives those records that can be shown without reading them again. */
async function insert(
  ctx: Ctx,
  shape: Shape,
  rights: Rights,
  news: readonly New[],
  /** What the transaction does besides; `at once`: nothing was looked up before. */
  place: 'at once' | 'last' | 'then more',
): Promise<Map<string, RecordJson>> {
  const shown = new Map<string, RecordJson>()
  if (news.length === 0) return shown
  const whole = isWhole(ctx, shape)
  const view = presenter(ctx, shape)
  const at = { tenant: ctx.tenant, entity: shape.name, alias: 't' }
  const changes = news.map(
    ({ draft, request }): Change => ({
      entity: shape.name,
      record: draft.id,
      version: 1,
      op: 'create',
      diff: difference(shape, null, draft),
      request,
    }),
  )
  const names = [...new Set(news.flatMap(each => each.given))]
  const compile = () =>
    sql`select ${whole ? view.columns : sql`t.id`}, ${predicate(rights.rows('read'), at)} as _read,
      ${demand(ctx, shape, rights, names, news, at)} as _allowed
      ${place === 'at once' ? sql`, ${demandReferences(ctx, shape)} as _refers` : sql``}`.compile(ctx.db)
  // Of one record the statement follows from who gives which fields; what it refuses with, from his language.
  const select =
    news.length === 1
      ? selects(ctx.principal, shape, `${ctx.tenant} ${ctx.lang} ${place} ${names.join()}`, compile)
      : compile()
  const rows = await insertRecords(
    ctx,
    shape,
    news.map(each => each.draft),
    changes,
    { select, last: whole && place === 'last' },
  )
  if (whole) for (const row of rows) if (row._read === true) shown.set(String(row.id), view.present(ctx, row, {}))
  return shown
}

/**
 * Refuses, in the statement that inserts them, rows at a place or with values that the writer may not give: only now the
 * row is where it says it is.
 */
function demand(
  { lang }: Ctx,
  shape: Shape,
  rights: Rights,
  names: readonly string[],
  news: readonly New[],
  at: At,
): RawBuilder<unknown> {
  const create = rights.rows('create')
  const fields = names.filter(name => keyOf(rights.field(name, 'create')) !== keyOf(create))
  const may = (rows: Rows) => sql`${predicate(rows, at)} is true`
  const refused = fields.map(
    name =>
      sql`case when ${given(news, name)} and not ${may(rights.field(name, 'create'))} then ${fieldWords(shape, [name], lang)}::text end`,
  )
  return sql`case when not (${may(create)}) then yingzao.refuse('access.place', '{"function": "create"}')
    ${
      fields.length === 0
        ? sql``
        : sql`when concat(${sql.join(refused)}) <> '' then
      yingzao.refuse('access.field', jsonb_build_object('fields', concat_ws(', ', ${sql.join(refused)})))`
    }
    else true end`
}

/** Refuses, in the statement that inserts it, a row that refers to what is not there or what its writer does not see. */
function demandReferences(ctx: Ctx, shape: Shape): RawBuilder<unknown> {
  const found = [...shape.fields.values()].flatMap(({ def, column, system }) => {
    const entity = targetOf(def)
    if (entity === null || !column || system) return []
    const value = sql.id('t', column)
    const rows = predicate(rightsOf(ctx, entity).rows('read'), { tenant: ctx.tenant, entity, alias: 'r' })
    const type = def.kind === 'org_unit' && def.type !== undefined ? sql`and r.type = ${def.type}` : sql``
    return sql`(${value} is null or exists (select from ${sql.id(ctx.tenant, entity)} r
      where r.id = ${value} and r.deleted_at is null and ${rows} ${type}))`
  })
  if (found.length === 0) return sql`true`
  return sql`case when ${sql.join(found, sql` and `)} then true else yingzao.refuse('record.invalid', '{}') end`
}

/** Was the field given for this row? */
const given = (news: readonly New[], name: string): RawBuilder<unknown> =>
  news.every(each => each.given.includes(name))
    ? sql`true`
    : sql`t.id = any(${news.filter(each => each.given.includes(name)).map(({ draft }) => draft.id)}::uuid[])`
