// Simple filters: `{ state: { in: ['draft'] }, total: { ge: '100' } }`. Values are parsed as the field's kind.
import { type FieldDef, type Filter, isDecimal, type Json } from '@yingzao/kernel/entity'
import { type RawBuilder, sql } from 'kysely'
import { parameter } from '../records/column.ts'
import { blindIndex } from '../records/secret.ts'
import { parseValue } from '../records/value.ts'
import { refuse } from '../refuse.ts'
import { blindIndexColumn, joinTable } from '../schema/column.ts'
import type { Question, Readable } from './readable.ts'

type Condition = RawBuilder<unknown>
const signs = { eq: '=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const
const ordered: ReadonlySet<string> = new Set([
  'integer',
  'duration',
  'number',
  'money',
  'percent',
  'date',
  'instant',
  'text',
  'serial',
])
const textual: ReadonlySet<string> = new Set(['text', 'long_text', 'serial'])
const most = 1000

export function filterConditions(question: Question, filter: Readonly<Record<string, Filter>>): Condition[] {
  return Object.entries(filter).flatMap(([name, asked]) => {
    const readable = question.field(name)
    if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
      throw refuse('query.filter', { field: name })
    return Object.entries(asked).map(([operator, operand]) => condition(question, readable, operator, operand))
  })
}

function condition(question: Question, readable: Readable, operator: string, operand: unknown): Condition {
  const { field, value } = readable
  const bad = () => refuse('query.filter', { field: field.name })
  const { kind } = field.def
  if (operator === 'empty' && typeof operand === 'boolean') return empty(question, readable, operand)
  if (kind === 'multi_ref' || kind === 'multi_choice') return membership(question, readable, operator, operand)
  if (kind === 'secret') {
    if (operator !== 'eq' || typeof operand !== 'string') throw bad()
    const { shape, ctx } = question
    return sql`${readable.guarded(sql`t.${sql.id(blindIndexColumn(field.name))}`)} = ${blindIndex(operand, `${shape.name}.${field.name}`, ctx.keys)}`
  }
  if (kind === 'json' || kind === 'file') throw bad()
  switch (operator) {
    case 'eq':
      return operand === null ? empty(question, readable, true) : sql`${value} = ${typed(field.def, operand, bad)}`
    case 'ne':
      return operand === null
        ? empty(question, readable, false)
        : sql`${value} is distinct from ${typed(field.def, operand, bad)}`
    case 'in': {
      if (!Array.isArray(operand) || operand.length > most) throw bad()
      const some = operand.filter(each => each !== null)
      const any =
        some.length === 0 ? sql`false` : sql`${value} in (${sql.join(some.map(each => typed(field.def, each, bad)))})`
      return some.length < operand.length ? sql`(${any} or ${value} is null)` : any
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      if (!ordered.has(kind)) throw bad()
      return sql`${value} ${sql.raw(signs[operator])} ${typed(field.def, operand, bad)}`
    case 'contains':
      if (!textual.has(kind) || typeof operand !== 'string' || operand.length > 200 || operand.includes('\0'))
        throw bad()
      return sql`position(yingzao.search_text(${operand}) in yingzao.search_text(${value})) > 0`
    default:
      throw bad()
  }
}

function empty({ shape, ctx }: Question, { field, value }: Readable, wanted: boolean): Condition {
  const not = sql.raw(wanted ? '' : 'not ')
  if (field.def.kind === 'multi_ref')
    return sql`${sql.raw(wanted ? 'not ' : '')}exists (select 1 from ${sql.id(ctx.tenant, joinTable(shape.name, field.name))} j where j.source = t.id)`
  if (field.def.kind === 'multi_choice') return sql`${not}coalesce(cardinality(${value}), 0) = 0`
  if (field.def.kind === 'file') return sql`${not}coalesce(jsonb_array_length(${value}), 0) = 0`
  return wanted ? sql`${value} is null` : sql`${value} is not null`
}

/** A list field contains one of the values. */
function membership(
  { shape, ctx }: Question,
  { field, value, uniform }: Readable,
  operator: string,
  operand: unknown,
): Condition {
  const bad = () => refuse('query.filter', { field: field.name })
  const list = operator === 'in' ? operand : operator === 'contains' || operator === 'eq' ? [operand] : null
  if (!Array.isArray(list) || list.length > most) throw bad()
  const parsed = parseValue(field.def, list)
  if (!parsed.ok) throw bad()
  if (field.def.kind === 'multi_choice') return sql`${value} && ${parsed.value}::text[]`
  if (!uniform) throw refuse('query.field', { field: field.name })
  return sql`exists (select 1 from ${sql.id(ctx.tenant, joinTable(shape.name, field.name))} j where j.source = t.id and j.target = any(${parsed.value}::uuid[]))`
}

/** The operand as the field's own type; limits of the field (min, max, length, places) do not narrow what may be asked. */
function typed(def: FieldDef, operand: unknown, bad: () => Error): Condition {
  if (def.kind === 'number' || def.kind === 'money' || def.kind === 'percent') {
    if (!isDecimal(operand) || operand.length > 60) throw bad()
    return sql`${operand}::numeric`
  }
  const parsed = parseValue(unlimited(def), operand)
  if (!parsed.ok || parsed.value === null) throw bad()
  return parameter(def, parsed.value satisfies Json)
}
function unlimited(def: FieldDef): FieldDef {
  switch (def.kind) {
    case 'text':
    case 'integer':
    case 'duration':
    case 'date':
      return { kind: def.kind, label: def.label }
    default:
      return def
  }
}
