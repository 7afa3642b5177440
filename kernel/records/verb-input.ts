// The input of a verb, a document action or a job, by its declared fields.
import type { Fields, Json } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { type FieldError, refuseInput } from '../refuse.ts'
import { startOf } from './settle.ts'
import { parseValue } from './value.ts'

/** Unknown names and wrong values are refused, absent ones start from their default or empty. */
export function parseVerbInput(ctx: Ctx, fields: Fields, input: unknown): Record<string, Json> {
  const errors: FieldError[] = []
  const values: Record<string, Json> = {}
  const given = typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input) : []
  for (const [name, value] of given) {
    const field = fields[name]
    if (!field || value === undefined) {
      if (!field) errors.push({ path: name, code: 'field.unknown' })
      continue
    }
    const parsed = parseValue(field, value)
    if (parsed.ok) values[name] = parsed.value
    else errors.push({ path: name, code: parsed.code, ...(parsed.values ? { values: parsed.values } : {}) })
  }
  for (const [name, field] of Object.entries(fields)) {
    if (values[name] === undefined) values[name] = startOf(ctx, field)
    const value = values[name]
    if (
      field.required &&
      (value === null || value === '' || (Array.isArray(value) && value.length === 0)) &&
      !errors.some(each => each.path === name)
    )
      errors.push({ path: name, code: 'field.required' })
  }
  if (errors.length > 0) throw refuseInput(errors)
  return values
}
