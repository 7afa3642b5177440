// A database row → the record as this reader may see it. No record leaves the store any other way.
import type { Json, RecordJson } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import { canOf } from './can.ts'
import { columns, secretText } from './column.ts'
import { type Asked, type DatabaseRow, flags } from './flag.ts'
import { masked } from './mask.ts'

export interface Presenter {
  /** For the select list; the table's alias is `t`. */
  readonly columns: RawBuilder<unknown>
  present(row: DatabaseRow, lines?: Readonly<Record<string, readonly DatabaseRow[]>>): RecordJson
  /** Fields of this row the reader sees plainly. */
  sees(row: DatabaseRow, field: string): boolean
  masks(row: DatabaseRow, field: string): boolean
}

/** Every row it is given must be readable: its select has the read predicate in its condition. */
export function presenter(ctx: Ctx, shape: Shape, only?: readonly string[]): Presenter {
  const rights = rightsOf(ctx, shape.name)
  const asked = flags({ tenant: ctx.tenant, entity: shape.name, alias: 't' }, rights.rows('read'))
  const wanted = only === undefined ? null : new Set(only)
  const fields = [...shape.fields.values()].filter(each => wanted === null || each.system || wanted.has(each.name))
  const sees = new Map<string, Asked>()
  const masks = new Map<string, Asked>()
  const consider = (name: string) => {
    sees.set(name, asked.ask(rights.field(name, 'read')))
    masks.set(name, asked.ask(rights.field(name, 'masked')))
  }
  for (const { name } of fields) consider(name)
  for (const { field, of } of shape.lines)
    if (sees.has(field)) for (const inner of of.fields.keys()) consider(`${field}.${inner}`)
  const can = canOf(ctx, shape, asked.ask)
  const has = (map: ReadonlyMap<string, Asked>, row: DatabaseRow, name: string) => map.get(name)?.(row) ?? false

  const value = (of: Shape, field: FieldShape, path: string, row: DatabaseRow, cell: unknown): Json | undefined => {
    if (has(sees, row, path)) return field.def.kind === 'secret' ? secretText(ctx, of, field.name, cell) : asJson(cell)
    if (!has(masks, row, path)) return undefined
    return masked(field.def.kind === 'secret' ? secretText(ctx, of, field.name, cell) : cell, field.def)
  }
  return {
    columns: sql.join([columns(ctx.tenant, shape), ...asked.columns()]),
    sees: (row, field) => has(sees, row, field),
    masks: (row, field) => has(masks, row, field),
    present(row, lines) {
      const record: Record<string, Json> = {}
      for (const field of fields) {
        if (field.def.kind === 'lines') continue
        const shown = value(shape, field, field.name, row, row[field.name])
        if (shown !== undefined) record[field.name] = shown
      }
      for (const { field, of } of shape.lines) {
        const rows = lines?.[field]
        if (!rows || !has(sees, row, field)) continue
        record[field] = rows.map(line => presentLine(row, line, field, of, value))
      }
      if (row.deleted_at !== null && row.deleted_at !== undefined) {
        record.deleted_at = asJson(row.deleted_at)
        record.deleted_by = asJson(row.deleted_by)
      }
      return {
        ...record,
        id: String(row.id),
        version: Number(row.version),
        _can: can(row, lines === undefined ? row : { ...row, ...lines }, lines !== undefined),
      }
    },
  }
}

function presentLine(
  row: DatabaseRow,
  line: DatabaseRow,
  lines: string,
  of: Shape,
  value: (of: Shape, field: FieldShape, path: string, row: DatabaseRow, cell: unknown) => Json | undefined,
): Json {
  const shown: Record<string, Json> = { id: String(line.id), position: Number(line.position) }
  for (const field of of.fields.values()) {
    const cell = value(of, field, `${lines}.${field.name}`, row, line[field.name])
    if (cell !== undefined) shown[field.name] = cell
  }
  return shown
}

/** Values come out of the pool in their wire form; a secret's bytes never do. */
function asJson(value: unknown): Json {
  if (value === null || value === undefined || Buffer.isBuffer(value)) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asJson(each)]))
  throw new Error(`a column holds a ${typeof value}`)
}
