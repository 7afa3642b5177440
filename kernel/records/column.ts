// What is selected of a table, and values as parameters: the only place that knows how each kind looks in a row.
import type { FieldDef } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'
import { blindIndexColumn, columnsOf, joinTable } from '../schema/column.ts'
import { quote } from '../schema/table.ts'
import type { DatabaseRow } from './flag.ts'
import { blindIndex, decryptSecret, encryptSecret } from './secret.ts'

/** Built once per shape: a select list is the same text every time. */
const lists = new WeakMap<Shape, Map<string, RawBuilder<unknown>>>()

/** Every column of the record as the store works with it, over alias `t`; many-to-many as an array in their order. */
export function columns(tenant: string, shape: Shape): RawBuilder<unknown> {
  const known = lists.get(shape) ?? new Map<string, RawBuilder<unknown>>()
  lists.set(shape, known)
  const made = known.get(tenant) ?? sql.raw(columnText(tenant, shape))
  known.set(tenant, made)
  return made
}

function columnText(tenant: string, shape: Shape): string {
  const system = shape.kind === 'line' ? ['id', 'parent', 'position'] : ['id', 'version', 'deleted_at', 'deleted_by']
  const fields = [...shape.fields.values()].flatMap(({ name, column, def }) => {
    if (column) return [`t.${quote(column)}`]
    if (def.kind !== 'multi_ref') return []
    const table = `${quote(tenant)}.${quote(joinTable(shape.name, name))}`
    return [`array(select j.target from ${table} j where j.source = t.id order by j.position) as ${quote(name)}`]
  })
  return [...system.map(name => `t.${quote(name)}`), ...fields].join(', ')
}

/** Secrets come out of the database encrypted; this opens one. */
export const secretText = (ctx: Ctx, shape: Shape, field: string, value: unknown): string | null =>
  Buffer.isBuffer(value) ? decryptSecret(value, `${shape.name}.${field}`, ctx.keys) : null

/** The values of a row as hooks, formulas and differences see them: secrets opened. */
export function openRow(ctx: Ctx, shape: Shape, row: DatabaseRow): Record<string, unknown> {
  const open: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    if (name.startsWith('_f')) continue
    open[name] = Buffer.isBuffer(value) ? secretText(ctx, shape, name, value) : value
  }
  return open
}

/** What is stored in a column: a parameter and what SQL does with it, `before` $1 `after`. */
export interface Cell {
  readonly column: string
  readonly value: unknown
  readonly before: string
  readonly after: string
}
const cell = (column: string, value: unknown, type: string): Cell => ({ column, value, before: '', after: `::${type}` })

/** The cells that store these field values. */
export function cells(ctx: Ctx, shape: Shape, values: Readonly<Record<string, unknown>>): Cell[] {
  const found: Cell[] = []
  for (const [name, value] of Object.entries(values)) {
    const field = shape.fields.get(name)
    if (!field?.column) continue
    if (field.def.kind === 'secret') {
      const context = `${shape.name}.${name}`
      const text = typeof value === 'string' ? value : null
      found.push(
        cell(name, text === null ? null : encryptSecret(text, context, ctx.keys), 'bytea'),
        cell(blindIndexColumn(name), text === null ? null : blindIndex(text, context, ctx.keys), 'bytea'),
      )
    } else found.push(cell(name, stored(field.def, value), typeOf(field.def)))
  }
  return found
}

/** What search looks through, as one text; its words are made by the database. */
export const searchCell = (shape: Shape, values: Readonly<Record<string, unknown>>): Cell => ({
  column: '_search',
  value: shape.searched
    .map(name => values[name])
    .filter(value => typeof value === 'string')
    .join('\n'),
  before: 'yingzao.search_words(',
  after: ')',
})

/** `a = $1::text, b = …` of an update. */
export const assignments = (list: readonly Cell[]): RawBuilder<unknown> =>
  sql.join(
    list.map(
      ({ column, value, before, after }) => sql`${sql.id(column)} = ${sql.raw(before)}${value}${sql.raw(after)}`,
    ),
  )

/** One value as a typed parameter, so that an empty result or a null never leaves its type to chance. */
export const parameter = (field: FieldDef, value: unknown): RawBuilder<unknown> =>
  sql`${stored(field, value)}::${sql.raw(typeOf(field))}`

const stored = (field: FieldDef, value: unknown): unknown =>
  typeOf(field) === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : (value ?? null)

const types = new WeakMap<FieldDef, string>()
function typeOf(field: FieldDef): string {
  const known = types.get(field)
  if (known !== undefined) return known
  const type = Object.values(columnsOf('value', field))[0]?.type ?? 'text'
  types.set(field, type)
  return type
}
