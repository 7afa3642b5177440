// Values from outside → values as stored: each kind accepts exactly its wire form and gives it one spelling.
import { type FieldDef, isDecimal, isId, isInstant, isPlainDate, type Json } from '@yingzao/kernel/entity'
import { emptyOf } from '../registry/shape.ts'
import { scaleOf } from '../schema/column.ts'

export type Parsed =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: string; readonly values?: Readonly<Record<string, Json>> }

const good = (value: Json): Parsed => ({ ok: true, value })
const bad = (code: string, values?: Readonly<Record<string, Json>>): Parsed =>
  values ? { ok: false, code, values } : { ok: false, code }
const wrong = (expected: string): Parsed => bad('field.type', { expected })

const longest = { text: 1000, long_text: 100_000, file: 50, choices: 200, refs: 1000 }
/** NUL and half surrogate pairs cannot be stored by PostgreSQL. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text)

/** Parses one value of a field; lines are not values. Null and empty text mean "no value". */
export function parseValue(field: FieldDef, value: unknown): Parsed {
  if (value === null || value === undefined || value === '') return good(emptyOf(field))
  switch (field.kind) {
    case 'text':
    case 'long_text':
    case 'serial':
    case 'secret':
      return parseText(field, value)
    case 'integer':
    case 'duration':
      return parseInteger(field, value)
    case 'number':
    case 'money':
    case 'percent':
      return parseDecimalValue(field, value)
    case 'date':
      if (!isPlainDate(value)) return wrong('2026-11-21')
      return within(field, value, value, (a, b) => (a < b ? -1 : a > b ? 1 : 0))
    case 'instant':
      return isInstant(value) ? good(new Date(value).toISOString()) : wrong('2026-11-21T14:05:00Z')
    case 'flag':
      return typeof value === 'boolean' ? good(value) : wrong('true / false')
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(field.options, value) ? good(value) : bad('field.option')
    case 'multi_choice':
      if (!Array.isArray(value) || value.length > longest.choices) return wrong('[…]')
      return value.every(each => typeof each === 'string' && Object.hasOwn(field.options, each))
        ? good([...new Set(value)])
        : bad('field.option')
    case 'ref':
    case 'user':
    case 'org_unit':
      return isId(value) ? good(value) : wrong('id')
    case 'multi_ref':
      return Array.isArray(value) && value.length <= longest.refs && value.every(isId)
        ? good([...new Set(value)])
        : wrong('[id, …]')
    case 'file':
      return parseFiles(value, field.max ?? longest.file)
    case 'json': {
      const text = JSON.stringify(value)
      return text === undefined || /\\u(0000|d[89a-f])/i.test(text) ? wrong('JSON') : good(JSON.parse(text))
    }
    case 'lines':
      return wrong('lines')
  }
}

function parseText(
  field: Extract<FieldDef, { kind: 'text' | 'long_text' | 'serial' | 'secret' }>,
  value: unknown,
): Parsed {
  if (typeof value !== 'string' || !isStorable(value)) return wrong('text')
  const max = ('max' in field ? field.max : undefined) ?? longest[field.kind === 'long_text' ? 'long_text' : 'text']
  if (value.length > max) return bad('field.too_long', { max })
  if (field.kind === 'text' && field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value))
    return bad('field.pattern')
  if (value.trim() === '') return good(null)
  return good(value)
}

function parseInteger(field: Extract<FieldDef, { kind: 'integer' | 'duration' }>, value: unknown): Parsed {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong('123')
  return within(field, value, value, (a, b) => Number(a) - Number(b))
}

function parseDecimalValue(field: Extract<FieldDef, { kind: 'number' | 'money' | 'percent' }>, value: unknown): Parsed {
  const scale = scaleOf(field) ?? 0
  if (!isDecimal(value)) return wrong('"123.45"')
  const negative = value.startsWith('-')
  const [whole = '0', places = ''] = (negative ? value.slice(1) : value).split('.')
  const kept = places.replace(/0+$/, '')
  if (kept.length > scale) return bad('field.scale', { scale })
  const digits = field.kind === 'percent' ? 3 : 18 - scale
  if (whole.length > digits) return bad('field.max', { max: '9'.repeat(digits) })
  const zero = /^0*$/.test(whole + kept)
  const spelled = `${negative && !zero ? '-' : ''}${whole}${scale > 0 ? `.${kept.padEnd(scale, '0')}` : ''}`
  return within(field, spelled, spelled, compareDecimals)
}

/** Order of two plain decimals without leaving text. */
export function compareDecimals(a: string | number, b: string | number): number {
  const split = (text: string) => {
    const [whole = '', places = ''] = text.replace('-', '').split('.')
    return { whole: whole.replace(/^0+/, ''), places: places.replace(/0+$/, '') }
  }
  const [left, right] = [String(a), String(b)]
  const [x, y] = [split(left), split(right)]
  const zero = (part: typeof x) => part.whole === '' && part.places === ''
  const sign = (text: string, part: typeof x) => (zero(part) ? 0 : text.startsWith('-') ? -1 : 1)
  const [signX, signY] = [sign(left, x), sign(right, y)]
  if (signX !== signY) return signX - signY
  const size =
    x.whole.length - y.whole.length ||
    (x.whole < y.whole ? -1 : x.whole > y.whole ? 1 : x.places < y.places ? -1 : x.places > y.places ? 1 : 0)
  return size * (signX || 1)
}

function within(
  field: { readonly min?: string | number; readonly max?: string | number },
  value: string | number,
  stored: Json,
  compare: (a: string | number, b: string | number) => number,
): Parsed {
  if (field.min !== undefined && compare(value, field.min) < 0) return bad('field.min', { min: field.min })
  if (field.max !== undefined && compare(value, field.max) > 0) return bad('field.max', { max: field.max })
  return good(stored)
}

function parseFiles(value: unknown, max: number): Parsed {
  if (!Array.isArray(value)) return wrong('[file, …]')
  if (value.length > max) return bad('field.max', { max })
  const files: Json[] = []
  for (const each of value) {
    if (typeof each !== 'object' || each === null) return wrong('{ id, name, size, type }')
    const { id, name, size, type } = each as Readonly<Record<string, unknown>>
    if (!isId(id) || typeof name !== 'string' || typeof size !== 'number' || typeof type !== 'string')
      return wrong('{ id, name, size, type }')
    if (name.length > 300 || type.length > 200 || !isStorable(name + type)) return wrong('{ id, name, size, type }')
    files.push({ id, name, size, type })
  }
  return good(files)
}
