// What is selected of a table, and values as parameters: the only place that knows how each kind looks in a row.
import type { FieldDef } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Shape } from '../registry/shape.ts'
import { blindIndexColumn, columnsOf, joinTable } from '../schema/column.ts'
import type { DatabaseRow } from './flag.ts'
import { blindIndex, decryptSecret, encryptSecret } from './secret.ts'

/** Every column of the record as the store works with it; many-to-many as an array in their order. */
export function columns(tenant: string, shape: Shape, alias: string): RawBuilder<unknown>[] {
  const system = shape.kind === 'line' ? ['id', 'parent', 'position'] : ['id', 'version', 'deleted_at', 'deleted_by']
  const list = system.map(name => sql`${sql.id(alias, name)}`)
  for (const { name, column, def } of shape.fields.values())
    if (column) list.push(sql`${sql.id(alias, column)}`)
    else if (def.kind === 'multi_ref')
      list.push(sql`array(select j.target from ${sql.id(tenant, joinTable(shape.name, name))} j
        where j.source = ${sql.id(alias, 'id')} order by j.position) as ${sql.id(name)}`)
  return list
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

/** Column names and parameters that store these field values. */
export function cells(
  ctx: Ctx,
  shape: Shape,
  values: Readonly<Record<string, unknown>>,
): { readonly column: string; readonly value: RawBuilder<unknown> }[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = shape.fields.get(name)
    if (!field?.column) return []
    if (field.def.kind === 'secret') {
      const context = `${shape.name}.${name}`
      const text = typeof value === 'string' ? value : null
      return [
        { column: name, value: sql`${text === null ? null : encryptSecret(text, context, ctx.keys)}::bytea` },
        {
          column: blindIndexColumn(name),
          value: sql`${text === null ? null : blindIndex(text, context, ctx.keys)}::bytea`,
        },
      ]
    }
    return [{ column: name, value: parameter(field.def, value) }]
  })
}

/** One value as a typed parameter, so that an empty result or a null never leaves its type to chance. */
export function parameter(field: FieldDef, value: unknown): RawBuilder<unknown> {
  const type = Object.values(columnsOf('value', field))[0]?.type ?? 'text'
  const given = type === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : (value ?? null)
  return sql`${given}::${sql.raw(type)}`
}

/** What search looks through, as one text; computed by the database from the row itself. */
export function searchColumn(shape: Shape, values: Readonly<Record<string, unknown>>): RawBuilder<unknown> {
  const text = shape.searched.map(name => values[name]).filter(value => typeof value === 'string')
  return sql`yingzao.search_words(${text.join('\n')})`
}
