// A database row → the record as this reader may see it. No record leaves the store any other way.
import type { Json, RecordJson } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { keeper } from '../access/kept.ts'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import { type Can, canOf } from './can.ts'
import { columns, secretText } from './column.ts'
import { type Asked, type DatabaseRow, flags, no } from './flag.ts'
import { masked } from './mask.ts'

export interface Presenter {
  /** For the select list; the table's alias is `t`. */
  readonly columns: RawBuilder<unknown>
  present(ctx: Ctx, row: DatabaseRow, lines?: Readonly<Record<string, readonly DatabaseRow[]>>): RecordJson
  /** Fields of this row the reader sees plainly. */
  sees(row: DatabaseRow, field: string): boolean
  masks(row: DatabaseRow, field: string): boolean
  /** Fields of this row, and of its lines, that the reader sees masked. */
  masked(row: DatabaseRow): readonly string[]
  /** Fields that are columns, in the order in which they are shown. */
  readonly fields: readonly Shown[]
  readonly can: Can
}
/** One field and on which rows it is shown. */
export interface Shown extends FieldShape {
  readonly of: Shape
  readonly sees: Asked
  readonly masks: Asked
}

const presenters = keeper<Presenter>()

/** Every row it is given must be readable: its select has the read predicate in its condition. */
export const presenter = (ctx: Ctx, shape: Shape, only?: readonly string[]): Presenter =>
  presenters(ctx.principal, shape, `${ctx.tenant} ${only?.join() ?? '*'}`, () => presenterOf(ctx, shape, only))

function presenterOf(ctx: Ctx, shape: Shape, only?: readonly string[]): Presenter {
  const rights = rightsOf(ctx, shape.name)
  const asked = flags({ tenant: ctx.tenant, entity: shape.name, alias: 't' }, rights.rows('read'))
  const wanted = only === undefined ? null : new Set(only)
  const shown = (of: Shape, field: FieldShape, path: string): Shown => ({
    ...field,
    of,
    sees: asked.ask(rights.field(path, 'read')),
    masks: asked.ask(rights.field(path, 'masked')),
  })
  const all = [...shape.fields.values()]
    .filter(({ system, name }) => wanted === null || system || wanted.has(name))
    .map(field => shown(shape, field, field.name))
  const byName = new Map(all.map(field => [field.name, field]))
  const fields = all.filter(field => field.def.kind !== 'lines')
  const lined = shape.lines.flatMap(({ field, of }) => {
    const whole = byName.get(field)
    if (!whole) return []
    const inner = [...of.fields.values()].map(each => {
      const made = shown(of, each, `${field}.${each.name}`)
      byName.set(`${field}.${each.name}`, made)
      return made
    })
    return [{ field, sees: whole.sees, inner }]
  })
  const can = canOf(ctx, shape, asked.ask)
  return {
    columns: sql.join([columns(ctx.tenant, shape), ...asked.columns()]),
    fields,
    can,
    sees: (row, field) => (byName.get(field)?.sees ?? no)(row),
    masks: (row, field) => (byName.get(field)?.masks ?? no)(row),
    masked: row => [...byName].flatMap(([name, { sees, masks }]) => (masks(row) && !sees(row) ? [name] : [])),
    present(ctx, row, lines) {
      const record: Record<string, Json> = {}
      showAll(ctx, fields, row, row, record)
      for (const { field, sees, inner } of lined) {
        const rows = lines?.[field]
        if (!rows || !sees(row)) continue
        record[field] = rows.map(line => {
          const into: Record<string, Json> = { id: String(line.id), position: Number(line.position) }
          showAll(ctx, inner, row, line, into)
          return into
        })
      }
      if (row.deleted_at !== null && row.deleted_at !== undefined) {
        record.deleted_at = asJson(row.deleted_at)
        record.deleted_by = asJson(row.deleted_by)
      }
      return Object.assign(record, {
        id: String(row.id),
        version: Number(row.version),
        _can: can.of(ctx, row, lines === undefined ? row : { ...row, ...lines }, lines !== undefined),
      })
    },
  }
}

function showAll(
  ctx: Ctx,
  fields: readonly Shown[],
  row: DatabaseRow,
  from: DatabaseRow,
  into: Record<string, Json>,
): void {
  for (const { name, def, of, sees, masks } of fields) {
    const plain = sees(row)
    if (!plain && !masks(row)) continue
    const cell = def.kind === 'secret' ? secretText(ctx, of, name, from[name]) : from[name]
    into[name] = plain ? asJson(cell) : masked(cell, def)
  }
}

/** Values come out of the pool in their wire form; a secret's bytes never do. */
export function asJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value === null || value === undefined || Buffer.isBuffer(value)) return null
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asJson(each)]))
  throw new Error(`a column holds a ${typeof value}`)
}
