// Entities and fields as JSON Schema 2020-12, the dialect of OpenAPI 3.1.
import type { Entity, FieldDef, Fields, Json } from '@yingzao/kernel/entity'

export type Schema = { readonly [key: string]: Json }

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const uuid = { type: 'string', format: 'uuid' } as const
const decimal = { type: 'string', pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$' } as const

/** A field's value without null. */
export function valueSchema(field: FieldDef): Schema {
  switch (field.kind) {
    case 'text':
    case 'long_text':
      return {
        type: 'string',
        ...(field.max === undefined ? {} : { maxLength: field.max }),
        ...(field.kind === 'text' && field.pattern !== undefined ? { pattern: field.pattern } : {}),
      }
    case 'integer':
    case 'duration':
      return {
        type: 'integer',
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      }
    case 'number':
    case 'money':
    case 'percent':
      return { ...decimal }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'instant':
      return { type: 'string', format: 'date-time' }
    case 'flag':
      return { type: 'boolean' }
    case 'choice':
      return { type: 'string', enum: Object.keys(field.options) }
    case 'multi_choice':
      return { type: 'array', items: { type: 'string', enum: Object.keys(field.options) }, uniqueItems: true }
    case 'ref':
      return { ...uuid, 'x-entity': field.to }
    case 'user':
    case 'org_unit':
      return { ...uuid, 'x-entity': field.kind }
    case 'multi_ref':
      return { type: 'array', items: { ...uuid, 'x-entity': field.to }, uniqueItems: true }
    case 'lines':
      return { type: 'array', items: ref(field.of) }
    case 'file':
      return { type: 'array', items: ref('FileRef') }
    case 'json':
      return {}
    case 'serial':
    case 'secret':
      return { type: 'string' }
  }
}

/** An empty list, not null, is the absence of many. */
const neverNull = new Set<FieldDef['kind']>(['multi_choice', 'multi_ref', 'lines', 'file', 'flag', 'json'])

function fieldSchema(field: FieldDef, value: Schema): Schema {
  const { type } = value
  const nullable = !field.required && !neverNull.has(field.kind) && typeof type === 'string'
  const { enum: options } = value
  return {
    ...value,
    ...(nullable ? { type: [type, 'null'] } : {}),
    ...(nullable && Array.isArray(options) ? { enum: [...options, null] } : {}),
    title: field.label.zh,
    description: [field.label.en, field.hint?.en, field.unit?.en].filter(Boolean).join(' · '),
  }
}

const written = (field: FieldDef) => field.formula === undefined && !field.system && field.kind !== 'serial'

/** What a client may send: `InputOf` and, with nothing required and lines as upsert and remove, `PatchOf`. */
export function inputSchema(fields: Fields, patch: boolean): Schema {
  const entries = Object.entries(fields).filter(([, field]) => written(field))
  const required = patch
    ? []
    : entries.filter(([, field]) => field.required && field.default === undefined).map(([name]) => name)
  return {
    type: 'object',
    properties: {
      ...(patch ? {} : { id: { ...uuid, description: 'uuid v7 made by the caller: sent twice, it is created once' } }),
      ...Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field, writtenValue(field, patch))])),
    },
    ...(required.length ? { required } : {}),
    additionalProperties: false,
  }
}

function writtenValue(field: FieldDef, patch: boolean): Schema {
  if (field.kind !== 'lines') return valueSchema(field)
  const rows = { type: 'array', items: ref(`${field.of}_input`) }
  return patch
    ? {
        type: 'object',
        properties: { upsert: rows, remove: { type: 'array', items: uuid } },
        additionalProperties: false,
      }
    : rows
}

/** A record or line as answered. Fields the reader may not see are absent, so none but the system's are required. */
export function recordSchema({ def }: Entity): Schema {
  const system: Record<string, Schema> =
    def.kind === 'line'
      ? { id: uuid, position: { type: 'integer' } }
      : {
          id: uuid,
          version: { type: 'integer' },
          created_at: { type: 'string', format: 'date-time' },
          created_by: { type: ['string', 'null'], format: 'uuid' },
          updated_at: { type: 'string', format: 'date-time' },
          updated_by: { type: ['string', 'null'], format: 'uuid' },
          _can: { type: 'array', items: { type: 'string' }, description: 'What I may do with this record' },
          _masked: { type: 'array', items: { type: 'string' }, description: 'Fields that I see masked' },
          ...(def.kind === 'document'
            ? {
                number: { type: ['string', 'null'] },
                state: {
                  type: 'string',
                  enum: ['draft', 'pending', 'effective', 'rejected', 'reversed', 'void', 'closed'],
                },
              }
            : {}),
          ...(def.stages ? { stage: { type: ['string', 'null'], enum: [...Object.keys(def.stages), null] } } : {}),
        }
  return {
    type: 'object',
    title: def.label.zh,
    description: def.label.en,
    properties: {
      ...system,
      ...Object.fromEntries(
        Object.entries(def.fields).map(([name, field]) => [name, fieldSchema(field, valueSchema(field))]),
      ),
    },
    required: def.kind === 'line' ? ['id'] : ['id', 'version', '_can'],
  }
}
