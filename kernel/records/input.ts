// Input from outside → typed values, or every mistake with its path. Unknown names are mistakes, never ignored.
import { isId, type Json } from '@yingzao/kernel/entity'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import type { FieldError } from '../refuse.ts'
import { isReadOnly, type Shape } from '../registry/shape.ts'
import type { Line } from './draft.ts'
import { parseValue } from './value.ts'

export interface Given {
  readonly values: Record<string, Json>
  readonly lines: Record<string, LinesGiven>
}
export interface LinesGiven {
  /** Each with its id (new ones get one) and only the values given. */
  readonly upsert: readonly {
    readonly id: string
    readonly position: number | null
    readonly values: Record<string, Json>
    readonly path: string
  }[]
  readonly remove: readonly string[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads an input. `create`: lines come as a list. `patch`: as `{ upsert, remove }`, absent lines stay. System code may also
 * write `system` and `projected` fields; nobody writes formulas and numbers.
 */
export function parseInput(
  ctx: Ctx,
  shape: Shape,
  input: unknown,
  mode: 'create' | 'patch',
  path: string,
  errors: FieldError[],
): Given {
  const given: Given = { values: {}, lines: {} }
  if (!isObject(input)) {
    errors.push({ path, code: 'field.type', values: { expected: '{ … }' } })
    return given
  }
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || (name === 'id' && mode === 'create')) continue
    const at = path === '' ? name : `${path}.${name}`
    const field = shape.fields.get(name)
    if (field?.def.kind === 'lines') {
      const of = shape.lines.find(each => each.field === name)?.of
      if (of) given.lines[name] = parseLines(ctx, of, value, mode, at, errors)
    } else parseField(ctx, shape, name, value, at, errors, given.values)
  }
  return given
}

function parseField(
  ctx: Ctx,
  shape: Shape,
  name: string,
  value: unknown,
  path: string,
  errors: FieldError[],
  into: Record<string, Json>,
): void {
  const field = shape.fields.get(name)
  if (!field || field.system) {
    errors.push({ path, code: field ? 'field.read_only' : 'field.unknown' })
    return
  }
  const { def } = field
  const bySystem = ctx.principal.kind === 'system' && def.formula === undefined && def.kind !== 'serial'
  if (isReadOnly(def) && !bySystem) {
    errors.push({ path, code: 'field.read_only' })
    return
  }
  const parsed = parseValue(def, value)
  if (parsed.ok) into[name] = parsed.value
  else errors.push({ path, code: parsed.code, ...(parsed.values ? { values: parsed.values } : {}) })
}

function parseLines(
  ctx: Ctx,
  of: Shape,
  value: unknown,
  mode: 'create' | 'patch',
  path: string,
  errors: FieldError[],
): LinesGiven {
  const wrong = (): LinesGiven => {
    errors.push({
      path,
      code: 'field.type',
      values: { expected: mode === 'create' ? '[{ … }]' : '{ upsert, remove }' },
    })
    return { upsert: [], remove: [] }
  }
  if (mode === 'create') {
    if (value === null) return { upsert: [], remove: [] }
    return Array.isArray(value) ? { upsert: parseList(ctx, of, value, path, errors), remove: [] } : wrong()
  }
  if (!isObject(value)) return wrong()
  const { upsert = [], remove = [], ...rest } = value
  if (Object.keys(rest).length > 0 || !Array.isArray(upsert) || !Array.isArray(remove) || !remove.every(isId))
    return wrong()
  return { upsert: parseList(ctx, of, upsert, `${path}.upsert`, errors), remove }
}

function parseList(
  ctx: Ctx,
  of: Shape,
  list: readonly unknown[],
  path: string,
  errors: FieldError[],
): LinesGiven['upsert'] {
  return list.map((each, index) => {
    const at = `${path}.${index}`
    const values: Record<string, Json> = {}
    if (!isObject(each)) {
      errors.push({ path: at, code: 'field.type', values: { expected: '{ … }' } })
      return { id: newId(), position: null, values, path: at }
    }
    const { id, position, ...fields } = each
    if (id !== undefined && !isId(id)) errors.push({ path: `${at}.id`, code: 'field.type', values: { expected: 'id' } })
    if (position !== undefined && !Number.isSafeInteger(position))
      errors.push({ path: `${at}.position`, code: 'field.type', values: { expected: '1' } })
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) parseField(ctx, of, name, value, `${at}.${name}`, errors, values)
    return { id: isId(id) ? id : newId(), position: typeof position === 'number' ? position : null, values, path: at }
  })
}

/** Lines after the patch: changed in place, new ones last, moved ones where they asked to be; positions are 1, 2, 3 … */
export function mergeLines(
  of: Shape,
  before: readonly Line[],
  given: LinesGiven,
  fill: (values: Record<string, Json>) => Record<string, unknown>,
  errors: FieldError[],
): { readonly lines: Line[]; readonly paths: ReadonlyMap<string, string> } {
  const removed = new Set(given.remove)
  for (const id of removed)
    if (!before.some(line => line.id === id))
      errors.push({ path: `${of.parent?.field}.remove`, code: 'field.reference' })
  const paths = new Map<string, string>()
  const lines = before.filter(line => !removed.has(line.id)).map(line => ({ ...line, values: { ...line.values } }))
  for (const { id, position, values, path } of given.upsert) {
    paths.set(id, path)
    const at = lines.findIndex(line => line.id === id)
    const known = lines[at]
    const line: Line = known ?? { id, position: 0, values: fill(values) }
    if (known) Object.assign(known.values, values)
    if (position === null) {
      if (!known) lines.push(line)
      continue
    }
    if (known) lines.splice(at, 1)
    lines.splice(Math.max(0, position - 1), 0, line)
  }
  lines.forEach((line, index) => {
    line.position = index + 1
  })
  return { lines, paths }
}

/** Every field that was given, lines' fields as `lines.amount`: each needs its right. */
export const namesOf = (given: Given): string[] => [
  ...Object.keys(given.values),
  ...Object.entries(given.lines).flatMap(([field, { upsert }]) => [
    field,
    ...new Set(upsert.flatMap(line => Object.keys(line.values).map(name => `${field}.${name}`))),
  ]),
]
