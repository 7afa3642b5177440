// The shapes every entity's routes have in common, as JSON Schema.
import type { Schema } from './schema.ts'

const text = { type: 'string' } as const
const uuid = { type: 'string', format: 'uuid' } as const
const instant = { type: 'string', format: 'date-time' } as const
const texts = { type: 'array', items: text } as const
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length ? { required } : {}),
})
const list = (items: Schema): Schema => ({ type: 'array', items })
const nullable = (type: string): Schema => ({ type: [type, 'null'] })

const person = object({ id: uuid, name: text }, ['id', 'name'])
const condition: Schema = {
  ...object({
    eq: {},
    ne: {},
    in: list({}),
    lt: {},
    le: {},
    gt: {},
    ge: {},
    contains: text,
    empty: { type: 'boolean' },
  }),
  additionalProperties: false,
}
const selection = {
  where: {
    type: 'string',
    description: 'FEEL over the fields I may read, e.g. total_amount > 1000 and state = "draft"',
  },
  filter: {
    type: 'object',
    additionalProperties: condition,
    description: 'All must hold: { "state": { "in": ["draft"] } }',
  },
  search: text,
}

export const sharedSchemas: Readonly<Record<string, Schema>> = {
  Problem: {
    ...object(
      {
        type: text,
        title: text,
        status: { type: 'integer' },
        detail: { type: 'string', description: 'For people, in their language, with the next step' },
        code: { type: 'string', description: 'Stable, for programs' },
        values: { type: 'object' },
        errors: list(object({ path: text, code: text, message: text }, ['path', 'code', 'message'])),
        current: { type: 'object', description: '409 record.stale: the record as it is now' },
        changed: { type: 'object', description: '409 record.stale: who changed what' },
        request_id: text,
      },
      ['type', 'title', 'status', 'detail', 'code', 'request_id'],
    ),
    description: 'RFC 9457 problem details',
  },
  FileRef: object({ id: uuid, name: text, size: { type: 'integer' }, type: text }, ['id']),
  Query: {
    ...object({
      ...selection,
      sort: { ...texts, description: '"-worked_on" = descending' },
      fields: texts,
      limit: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
      after: { type: 'string', description: '`next` of the page before' },
      count: { type: 'boolean', description: 'Counts, exactly up to 1,000' },
      deleted: { type: 'boolean', description: 'The recycle bin instead' },
    }),
    additionalProperties: false,
  },
  ExportQuery: { ...object({ ...selection, sort: texts, fields: texts }), additionalProperties: false },
  AggregateQuery: {
    ...object(
      {
        ...selection,
        by: { ...texts, description: '"worked_on:month" truncates' },
        measures: list(
          object({ fn: { type: 'string', enum: ['count', 'sum', 'min', 'max', 'avg'] }, field: text }, ['fn']),
        ),
        seen: { type: 'boolean', description: 'Of what I see, where some rows hide a value from me' },
      },
      ['measures'],
    ),
    additionalProperties: false,
  },
  AggregateRow: object({ key: list({}), values: list({}) }, ['key', 'values']),
  HistoryEntry: object(
    {
      id: text,
      at: instant,
      by: { anyOf: [person, { type: 'null' }] },
      from: text,
      op: { type: 'string', enum: ['create', 'update', 'delete', 'restore', 'action'] },
      action: text,
      version: { type: 'integer' },
      warnings: texts,
      unmasked: text,
      diff: list(object({ field: text, kind: text, before: {}, after: {} }, ['field', 'kind'])),
    },
    ['id', 'at', 'op', 'version', 'diff'],
  ),
  Comment: object(
    {
      id: uuid,
      version: { type: 'integer' },
      body: text,
      at: instant,
      by: { anyOf: [person, { type: 'null' }] },
      edited: { type: 'boolean' },
      _can: texts,
    },
    ['id', 'version', 'body', 'at'],
  ),
  Attachment: object(
    {
      id: uuid,
      file: uuid,
      name: text,
      size: { type: 'integer' },
      type: text,
      at: instant,
      by: { anyOf: [person, { type: 'null' }] },
      thumbnail: { type: 'boolean' },
    },
    ['id', 'file', 'name', 'size', 'type'],
  ),
  Job: object(
    {
      id: text,
      name: text,
      state: { type: 'string', enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] },
      progress: { type: 'number', minimum: 0, maximum: 1 },
      result: {},
    },
    ['id', 'state', 'progress'],
  ),
  Session: object(
    {
      me: { type: 'object' },
      must_change_password: { type: 'boolean' },
      idle_minutes: { type: 'integer' },
      live_from: text,
      expires_at: instant,
    },
    ['me', 'must_change_password'],
  ),
  Token: object(
    {
      id: uuid,
      name: text,
      scopes: nullable('array'),
      created_at: instant,
      expires_on: { type: 'string', format: 'date' },
      used_at: nullable('string'),
      token: text,
    },
    ['id', 'name'],
  ),
  ImportPreview: object(
    {
      id: uuid,
      columns: list(object({ header: text, field: nullable('string'), sure: { type: 'boolean' }, samples: texts })),
      missing: texts,
      rows: object({ total: { type: 'integer' }, good: { type: 'integer' }, bad: { type: 'integer' } }),
      first: list({ type: 'object' }),
      bad: list({ type: 'object' }),
    },
    ['id', 'columns', 'rows'],
  ),
}
