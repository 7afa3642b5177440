// patch(): changes a record that is still as the writer saw it. Only what differs is a change; nothing different is none.
import { sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { fieldWords, rightsOf } from '../access/rights.ts'
import { afterEdit, editableBy } from '../approval/edit.ts'
import type { Ctx } from '../context.ts'
import { type FieldError, refuse, refuseInput } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { isEditable } from './can.ts'
import { type Change, difference, recordChanges } from './change.ts'
import { assignments, cells, searchCell } from './column.ts'
import { asRecord, type Draft, same } from './draft.ts'
import { readRecords } from './get.ts'
import { runAfter, runBefore } from './hook.ts'
import { type Given, mergeLines, namesOf, parseInput } from './input.ts'
import { lockRecord, refuseStale } from './lock.ts'
import { judge } from './reach.ts'
import { checkReferences, checkTree, collectReferences, type References } from './reference.ts'
import { compute, filled, settle } from './settle.ts'
import { constrained, deleteLines, insertLines, updateLine, writeJoins } from './store.ts'
import { write } from './transaction.ts'
import { type EntityRef, entityShape, type Got, got, type Patch } from './typed.ts'

/** `version` is the one the writer saw; another one is refused as stale. System code may leave it out. */
export async function patch<E extends EntityRef>(
  ctx: Ctx,
  entity: E,
  id: string,
  version: number | undefined,
  input: Patch<E>,
): Promise<Got<E>> {
  const shape = entityShape(ctx, entity)
  return write(ctx, async ctx => {
    await patchOne(ctx, shape, id, version, input)
    const [record] = await readRecords(ctx, shape, [id])
    // The writer may have moved it out of his own sight.
    return got<E>(record ?? { id, version: 0, _can: [] })
  })
}

export async function patchOne(
  ctx: Ctx,
  shape: Shape,
  id: string,
  version: number | undefined,
  input: unknown,
): Promise<void> {
  const errors: FieldError[] = []
  const given = parseInput(ctx, shape, input, 'patch', '', errors)
  const rights = rightsOf(ctx, shape.name)
  const names = namesOf(given)
  const {
    draft: before,
    row,
    allowed,
  } = await lockRecord(ctx, shape, id, {
    update: rights.rows('update'),
    ...Object.fromEntries(names.map(name => [`field ${name}`, rights.field(name, 'update')])),
  })
  if (!allowed.update) throw refuse('access.denied', { function: 'update' })
  if (errors.length > 0) throw refuseInput(errors)
  await refuseStale(ctx, shape, id, version, before)

  const after = copy(before)
  // A form sends back what it was shown: a value that did not change needs no right.
  const changed = names.filter(name => isChange(given, before, name))
  const forbidden = changed.filter(name => !allowed[`field ${name}`])
  if (forbidden.length > 0) throw refuse('access.field', { fields: fieldWords(shape, forbidden, ctx.lang) })
  const frozen = isEditable(shape, row)
    ? []
    : changed.filter(name => !isOpen(shape, name) && !rowsStay(given, before, name))
  const judging =
    frozen.length > 0 && ctx.principal.kind !== 'system' && row.state === 'pending' ? await editableBy(ctx, id) : null
  if (ctx.principal.kind !== 'system' && frozen.some(name => !judging?.names.has(name))) throw refuse('record.frozen')
  for (const [name, value] of Object.entries(given.values)) after.values[name] = value
  const paths = new Map<string, string>()
  for (const { field, of } of shape.lines) {
    const lines = given.lines[field]
    if (!lines) continue
    const merged = mergeLines(of, before.lines[field] ?? [], lines, line => filled(ctx, of, line, after.values), errors)
    after.lines[field] = merged.lines
    for (const [line, path] of merged.paths) paths.set(line, path)
  }
  const saved = await save(ctx, shape, before, after, { errors, paths })
  if (judging) await afterEdit(ctx, shape, before, saved, judging.instance)
}

const isOpen = (shape: Shape, name: string): boolean => shape.fields.get(name.split('.')[0] ?? '')?.def.open === true

/** Lines of which none is added, taken out or moved: what changes in them is named by their fields. */
function rowsStay(given: Given, before: Draft, name: string): boolean {
  const lines = given.lines[name]
  if (!lines || lines.remove.length > 0) return false
  return lines.upsert.every(({ id, position }) => {
    const line = before.lines[name]?.find(each => each.id === id)
    return line !== undefined && (position === null || position === line.position)
  })
}

function isChange(given: Given, before: Draft, name: string): boolean {
  if (name in given.values) return !same(given.values[name], before.values[name])
  const [field = '', inner] = name.split('.')
  if (inner === undefined) return true
  return (given.lines[field]?.upsert ?? []).some(({ id, values }) => {
    const line = before.lines[field]?.find(each => each.id === id)
    return inner in values && !same(values[inner], line?.values[inner])
  })
}

const copy = (draft: Draft): Draft => ({
  id: draft.id,
  version: draft.version,
  values: { ...draft.values },
  lines: Object.fromEntries(
    Object.entries(draft.lines).map(([name, lines]) => [
      name,
      lines.map(line => ({ ...line, values: { ...line.values } })),
    ]),
  ),
})

export interface SaveOptions {
  readonly errors?: FieldError[]
  readonly paths?: ReadonlyMap<string, string>
  readonly op?: Change['op']
  readonly action?: string
}

/** From a changed draft of a locked record to the stored record: hooks, formulas, rules, references, rows, change. */
export async function save(
  ctx: Ctx,
  shape: Shape,
  before: Draft,
  after: Draft,
  options: SaveOptions = {},
): Promise<Draft> {
  const { errors = [], paths = new Map<string, string>(), op = 'update', action } = options
  if (ctx.registry.hooks.has(shape.name)) {
    compute(ctx, shape, after)
    await runBefore(ctx, shape, after, before)
  }
  settle(ctx, shape, after, errors, paths)
  const wanted: References = new Map()
  collectReferences(shape, after, before, '', wanted)
  await checkReferences(ctx, wanted, new Set([after.id]), errors)
  const { tree } = shape.def
  if (tree !== undefined && !same(before.values[tree], after.values[tree])) await checkTree(ctx, shape, after, errors)
  await judge(ctx, shape, [{ draft: after, prefix: '', paths }], errors)
  if (errors.length > 0) throw refuseInput(errors)

  const diff = difference(shape, before, after)
  const projected = [...shape.fields.values()].filter(
    ({ name, def }) => def.projected && !same(before.values[name], after.values[name]),
  )
  if (Object.keys(diff).length === 0 && projected.length === 0 && op === 'update') return before
  after.version = before.version + 1
  await constrained(shape, () => storeChanges(ctx, shape, before, after))
  await checkPlace(ctx, shape, before, after)
  await recordChanges(ctx, [
    {
      entity: shape.name,
      record: after.id,
      version: after.version,
      op,
      diff,
      ...(action === undefined ? {} : { action }),
    },
  ])
  await runAfter(ctx, shape, [{ after: asRecord(after), before: asRecord(before) }])
  return after
}

async function storeChanges(ctx: Ctx, shape: Shape, before: Draft, after: Draft): Promise<void> {
  const changed = Object.fromEntries(
    Object.entries(after.values).filter(([name, value]) => !same(value, before.values[name])),
  )
  const sets = cells(ctx, shape, { ...changed, updated_at: ctx.now, updated_by: ctx.principal.user })
  if (shape.searched.some(name => name in changed)) sets.push(searchCell(shape, after.values))
  await sql`update ${sql.id(ctx.tenant, shape.name)} set version = ${after.version}::integer,
      ${assignments(sets)}
    where id = ${after.id}::uuid`.execute(ctx.db)
  await writeJoins(ctx, shape, [after], new Set(Object.keys(changed)))
  for (const { field, of } of shape.lines) {
    const [old, now] = [before.lines[field] ?? [], after.lines[field] ?? []]
    await deleteLines(
      ctx,
      of,
      after.id,
      old.filter(line => !now.some(each => each.id === line.id)).map(line => line.id),
    )
    const fresh = now.filter(line => !old.some(each => each.id === line.id))
    await insertLines(
      ctx,
      of,
      fresh.map(line => ({ ...line, parent: after.id })),
    )
    for (const line of now) {
      const twin = old.find(each => each.id === line.id)
      if (twin && (twin.position !== line.position || !same(twin.values, line.values)))
        await updateLine(ctx, of, after.id, line)
    }
  }
}

/** Nobody moves a record to a place where he could not have changed it. */
async function checkPlace(ctx: Ctx, shape: Shape, before: Draft, after: Draft): Promise<void> {
  const rows = rightsOf(ctx, shape.name).rows('update')
  const { company, department, project, owner = [] } = shape.def.place ?? {}
  const decisive = [company, department, project, ...owner].filter(name => name !== undefined)
  if (rows === 'all' || !decisive.some(name => !same(before.values[name], after.values[name]))) return
  const found = await sql<{
    ok: boolean
  }>`select ${predicate(rows, { tenant: ctx.tenant, entity: shape.name, alias: 't' })} as ok
    from ${sql.id(ctx.tenant, shape.name)} t where t.id = ${after.id}::uuid`.execute(ctx.db)
  if (!found.rows[0]?.ok) throw refuse('access.place', { function: 'update' })
}
