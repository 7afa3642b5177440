// The statements behind a write: rows, join rows, lines; and what a violated constraint means to the writer.
import { CompiledQuery, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { constraintOf, detailOf, errorCode } from '../database-error.ts'
import { lastly } from '../driver.ts'
import { type FieldError, refuse, refuseInput } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { joinTable } from '../schema/column.ts'
import { quote } from '../schema/table.ts'
import { type Change, changeRows, noteChanges } from './change.ts'
import { assignments, type Cell, cells, openRow, searchCell } from './column.ts'
import type { Draft, Line } from './draft.ts'
import type { DatabaseRow } from './flag.ts'
import { insertion, type LinesOf, parts, placing } from './line.ts'

/** A row and its lines as a draft, to compare with and to change. */
export function draftOf(ctx: Ctx, shape: Shape, row: DatabaseRow, lines: LinesOf): Draft {
  const open = openRow(ctx, shape, row)
  return {
    id: String(row.id),
    version: Number(row.version),
    values: Object.fromEntries(
      [...shape.fields.values()]
        .filter(field => field.def.kind !== 'lines')
        .map(({ name }) => [name, open[name] ?? null]),
    ),
    lines: Object.fromEntries(
      shape.lines.map(({ field, of }) => [
        field,
        (lines[field] ?? []).map(line => ({
          id: String(line.id),
          position: Number(line.position),
          values: Object.fromEntries([...of.fields.keys()].map(name => [name, openRow(ctx, of, line)[name] ?? null])),
        })),
      ]),
    ),
  }
}

/** Columns of a new record beside its fields. */
const systemCells = (ctx: Ctx, draft: Draft) => ({
  id: draft.id,
  version: 1,
  created_at: ctx.now,
  created_by: ctx.principal.user,
  updated_at: ctx.now,
  updated_by: ctx.principal.user,
})
const written: ReadonlySet<string> = new Set(['created_at', 'created_by', 'updated_at', 'updated_by'])
const fieldValues = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !written.has(name)))

/** How new records are stored, and what is given back of each. */
export interface Storing {
  /** `select …` over alias `t`. */
  readonly select: CompiledQuery
  /** Nothing follows in this transaction: its commit travels with the statement. */
  readonly last?: boolean
}

/** New records with their lines and their change rows: one statement when they have no tables beside. */
export async function insertRecords(
  ctx: Ctx,
  shape: Shape,
  drafts: readonly Draft[],
  changes: readonly Change[],
  { select, last = false }: Storing,
): Promise<DatabaseRow[]> {
  const ofDraft = new Map(changes.map(change => [change.record, change]))
  const found: DatabaseRow[] = []
  await constrained(shape, async () => {
    for (const part of parts(drafts)) {
      const values = [...select.parameters]
      const put = placing(values)
      const rows = part.map(draft => ({
        system: systemCells(ctx, draft),
        cells: [
          ...cells(ctx, shape, fieldValues(draft.values)),
          ...(shape.searched.length > 0 ? [searchCell(shape, draft.values)] : []),
        ],
      }))
      const made = insertion(ctx.tenant, shape.name, rows, put)
      const logged = changeRows(
        ctx,
        part.flatMap(draft => ofDraft.get(draft.id) ?? []),
        put,
      )
      const text = `with t as (${made} returning *), logged as (${logged}) ${select.sql} from t`
      const statement = CompiledQuery.raw(text, values)
      const all = last && part.length === drafts.length
      const result = await ctx.db.executeQuery<DatabaseRow>(all ? lastly(statement) : statement)
      found.push(...result.rows)
    }
    for (const { field, of } of shape.lines)
      await insertLines(
        ctx,
        of,
        drafts.flatMap(draft => (draft.lines[field] ?? []).map(line => ({ ...line, parent: draft.id }))),
      )
    await writeJoins(ctx, shape, drafts, null)
  })
  noteChanges(ctx, changes)
  return found
}

export async function insertLines(
  ctx: Ctx,
  of: Shape,
  lines: readonly (Line & { readonly parent: string })[],
): Promise<void> {
  const rows = lines.map(line => ({
    system: { id: line.id, parent: line.parent, position: line.position },
    cells: cells(ctx, of, line.values),
  }))
  for (const part of parts(rows)) {
    const values: unknown[] = []
    await ctx.db.executeQuery(CompiledQuery.raw(insertion(ctx.tenant, of.name, part, placing(values)), values))
  }
}

export async function updateLine(ctx: Ctx, of: Shape, parent: string, line: Line): Promise<void> {
  const sets = [
    ...cells(ctx, of, line.values),
    { column: 'position', value: line.position, before: '', after: '::integer' },
  ]
  await sql`update ${sql.id(ctx.tenant, of.name)} set ${assignments(sets)}
    where id = ${line.id}::uuid and parent = ${parent}::uuid`.execute(ctx.db)
}

export async function deleteLines(ctx: Ctx, of: Shape, parent: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await sql`delete from ${sql.id(ctx.tenant, of.name)} where parent = ${parent}::uuid and id = any(${ids}::uuid[])`.execute(
      ctx.db,
    )
}

/** One statement that sets the same cells of locked records, one version further, with their change rows (see `noteChanges`). */
export function updateOf(
  ctx: Ctx,
  shape: Shape,
  sets: readonly Cell[],
  changes: readonly Change[],
): CompiledQuery<unknown> {
  const values: unknown[] = []
  const put = placing(values)
  const assigned = sets.map(({ column, value, before, after }) => `${quote(column)} = ${before}${put(value)}${after}`)
  const ids = changes.map(each => each.record)
  const which = ids.length === 1 ? `= ${put(ids[0])}::uuid` : `= any(${put(ids)}::uuid[])`
  const text = `with logged as (${changeRows(ctx, changes, put)})
    update ${quote(ctx.tenant)}.${quote(shape.name)} set version = version + 1, ${assigned.join(', ')} where id ${which}`
  return CompiledQuery.raw(text, values)
}

/** Many-to-many values, replaced as a whole and kept in their order. */
export async function writeJoins(
  ctx: Ctx,
  shape: Shape,
  drafts: readonly Draft[],
  before: ReadonlySet<string> | null,
): Promise<void> {
  for (const { name, def } of shape.fields.values()) {
    if (def.kind !== 'multi_ref' || (before && !before.has(name))) continue
    const table = sql.id(ctx.tenant, joinTable(shape.name, name))
    if (before)
      await sql`delete from ${table} where source = any(${drafts.map(draft => draft.id)}::uuid[])`.execute(ctx.db)
    const rows = drafts.flatMap(({ id, values }) => {
      const targets = values[name]
      return Array.isArray(targets)
        ? targets.map((target, position) => sql`(${id}::uuid, ${target}::uuid, ${position}::integer)`)
        : []
    })
    for (let at = 0; at < rows.length; at += 5000)
      await sql`insert into ${table} (source, target, position) values ${sql.join(rows.slice(at, at + 5000))}`.execute(
        ctx.db,
      )
  }
}

/** Runs a statement; a violated constraint becomes a refusal that names the field. */
export async function constrained<T>(shape: Shape, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const found = explain(shape, error)
    if (found) throw found
    throw error
  }
}

function explain(shape: Shape, error: unknown) {
  const code = errorCode(error)
  const name = constraintOf(error)
  // `yingzao.refuse` in the statement itself.
  if (code === 'YZ001' && error instanceof Error) return refuse(error.message, detailOf(error))
  if (code === '23505' && name !== null) {
    for (const { of, prefix } of [
      { of: shape, prefix: '' },
      ...shape.lines.map(({ field, of }) => ({ of, prefix: `${field}.` })),
    ]) {
      const unique = of.uniques.find(each => each.index === name)
      if (unique)
        return refuseInput(
          unique.fields.map((field): FieldError => ({ path: `${prefix}${field}`, code: 'field.unique' })),
        )
      if (name === `${of.name}_pkey`) return refuse('record.exists', {})
    }
  }
  // A reference that was deleted between the check and the write, or a file of system code with a wrong id.
  if (code === '23503') return refuse('record.invalid', { count: 1 }, [{ path: '', code: 'field.reference' }])
  return null
}
