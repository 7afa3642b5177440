// The OpenAPI 3.1 document, computed from the registry: every entity, verb and action that is installed, no more.
import type { Entity, Json, Verb } from '@yingzao/kernel/entity'
import type { Registry } from '@yingzao/kernel/registry'
import { inputSchema, recordSchema, ref, type Schema } from './schema.ts'
import { sharedSchemas } from './shared.ts'

type Operation = { readonly [key: string]: Json }
type Paths = Record<string, Record<string, Json>>

const json = (schema: Schema): Json => ({ 'application/json': { schema } })
const body = (schema: Schema): Json => ({ required: true, content: json(schema) })
const answers = (status: string, description: string, schema?: Schema): Json => ({
  [status]: { description, ...(schema ? { content: json(schema) } : {}) },
  default: { $ref: '#/components/responses/Problem' },
})
const parameter = (name: string): Json => ({ $ref: `#/components/parameters/${name}` })
const list = (items: Schema): Schema => ({ type: 'array', items })
const upload: Json = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        required: ['file'],
      },
    },
  },
}
const binary: Json = {
  '200': { description: 'The file', content: { 'application/octet-stream': {} } },
  default: { $ref: '#/components/responses/Problem' },
}

export function openApi(registry: Registry, product: { readonly name: string; readonly version: string }): Json {
  const entities = [...registry.entities.values()]
  const routed = entities.filter(
    entity => entity.def.kind !== 'line' && !(entity.def.internal && entity.def.access.length === 0),
  )
  const paths: Paths = {}
  for (const entity of routed) entityPaths(paths, entity)
  for (const module of registry.modules.values())
    for (const action of module.actions) {
      paths[`/actions/${action.name}`] = { post: verbOperation(action.name, action, module.name, [], action.name) }
    }
  Object.assign(paths, platformPaths())
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: product.name,
      version: product.version,
      description:
        'One generic set of routes over every entity. Money and numbers are decimal strings, dates are strings, moments are ISO 8601 in UTC. ' +
        'Send `Authorization: Bearer <API token>`, or the session cookie with the header `X-Yingzao-Client`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...registry.modules.values()].map(({ name, label }) => ({ name, description: `${label.zh} ${label.en}` })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'yingzao' },
      },
      parameters: {
        id: { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        part: { name: 'part', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        version: {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: 'The version that was read, quoted: "3"',
          schema: { type: 'string' },
        },
        idempotency: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'The same key again answers the first result and does nothing',
          schema: { type: 'string', maxLength: 200 },
        },
        format: { name: 'format', in: 'query', required: true, schema: { type: 'string', enum: ['xlsx', 'csv'] } },
      },
      responses: {
        Problem: { description: 'Refused', content: { 'application/problem+json': { schema: ref('Problem') } } },
      },
      schemas: {
        ...sharedSchemas,
        ...Object.fromEntries(
          entities.flatMap(entity => [
            [entity.name, recordSchema(entity)],
            [`${entity.name}_input`, inputSchema(entity.def.fields, false)],
            ...(entity.def.kind === 'line' ? [] : [[`${entity.name}_patch`, inputSchema(entity.def.fields, true)]]),
          ]),
        ),
      },
    },
  }
}

function entityPaths(paths: Paths, entity: Entity & { readonly module: string }): void {
  const { name, def, module } = entity
  const record = ref(name)
  const page: Schema = {
    type: 'object',
    properties: {
      items: list(record),
      next: { type: ['string', 'null'] },
      count: { type: 'object', properties: { value: { type: 'integer' }, more: { type: 'boolean' } } },
      refs: { type: 'object', description: 'Titles of referred records: refs.project[id]' },
    },
    required: ['items', 'next', 'refs'],
  }
  const operation = (id: string, summary: string, rest: Operation): Operation => ({
    operationId: `${name}.${id}`,
    summary: `${def.label.zh} · ${def.label.en}: ${summary}`,
    tags: [module],
    ...rest,
  })
  const id = parameter('id')
  paths[`/${name}`] = {
    get: operation('list_get', 'list by address', {
      parameters: ['where', 'filter', 'sort', 'search', 'fields', 'limit', 'after', 'count', 'deleted'].map(each => ({
        name: each,
        in: 'query',
        schema: { type: 'string' },
      })),
      responses: answers('200', 'A page', page),
    }),
    post: operation('create', 'create', {
      requestBody: body(ref(`${name}_input`)),
      responses: answers('201', 'Created', record),
    }),
  }
  paths[`/${name}/query`] = {
    post: operation('list', 'list', { requestBody: body(ref('Query')), responses: answers('200', 'A page', page) }),
  }
  paths[`/${name}/aggregate`] = {
    post: operation('aggregate', 'count and sum', {
      requestBody: body(ref('AggregateQuery')),
      responses: answers('200', 'Rows', list(ref('AggregateRow'))),
    }),
  }
  paths[`/${name}/{id}`] = {
    parameters: [id],
    get: operation('get', 'read', { responses: answers('200', 'The record', record) }),
    patch: operation('patch', 'change', {
      parameters: [parameter('version')],
      requestBody: body(ref(`${name}_patch`)),
      responses: answers('200', 'Changed', record),
    }),
    delete: operation('remove', 'move to the recycle bin', {
      parameters: [parameter('version')],
      responses: answers('204', 'Removed'),
    }),
  }
  paths[`/${name}/{id}/restore`] = {
    parameters: [id],
    post: operation('restore', 'restore', {
      parameters: [parameter('version')],
      responses: answers('200', 'Restored', record),
    }),
  }
  paths[`/${name}/{id}/history`] = {
    parameters: [id],
    get: operation('history', 'history', { responses: answers('200', 'Newest first', list(ref('HistoryEntry'))) }),
  }
  paths[`/${name}/{id}/unmask`] = {
    parameters: [id],
    post: operation('unmask', 'a masked value, whole; written into the history', {
      requestBody: body({
        type: 'object',
        properties: { field: { type: 'string' }, line: { type: 'string', format: 'uuid' } },
        required: ['field'],
        additionalProperties: false,
      }),
      responses: answers('200', 'The value', {}),
    }),
  }
  if (def.discussion !== false) discussionPaths(paths, name, operation)
  paths[`/${name}/export`] = {
    parameters: [parameter('format')],
    post: operation('export', 'export', { requestBody: body(ref('ExportQuery')), responses: binary }),
  }
  paths[`/${name}/print`] = {
    post: operation('print_list', 'list as PDF, at most 10,000 rows', {
      requestBody: body(ref('ExportQuery')),
      responses: binary,
    }),
  }
  paths[`/${name}/{id}/print`] = {
    parameters: [id],
    post: operation('print', 'form as PDF, counted', { responses: binary }),
  }
  paths[`/${name}/import/template`] = {
    parameters: [parameter('format')],
    get: operation('import_template', 'template for import', { responses: binary }),
  }
  paths[`/${name}/import`] = {
    post: operation('import_preview', 'preview of an import', {
      requestBody: upload,
      responses: answers('200', 'Preview', ref('ImportPreview')),
    }),
  }
  paths[`/${name}/import/{id}/confirm`] = {
    parameters: [id],
    post: operation('import_confirm', 'start the import', { responses: answers('202', 'Started', { type: 'object' }) }),
  }
  paths[`/${name}/import/{id}/errors`] = {
    parameters: [id],
    get: operation('import_errors', 'rows to correct', { responses: binary }),
  }
  for (const [verb, declared] of Object.entries(verbsOf(entity))) {
    const made = verbOperation(`${name}.${verb}`, declared, module, [parameter('idempotency')], name)
    paths[`/${name}/{id}/${verb}`] = { parameters: [id], [declared.reads ? 'get' : 'post']: made }
  }
}

/** Declared verbs, stage transitions, and what every document can do. */
function verbsOf({ def }: Entity): Record<string, Verb> {
  const document: Record<string, Verb> =
    def.kind === 'document'
      ? Object.fromEntries(
          [
            ['submit', '提交', 'Submit'],
            ['withdraw', '撤回', 'Withdraw'],
            ['approve', '通过', 'Approve'],
            ['reject', '驳回', 'Reject'],
            ['reverse', '红冲', 'Reverse'],
            ['void', '作废', 'Void'],
            ['close', '关闭', 'Close'],
          ].map(([verb = '', zh = '', en = '']) => [verb, { label: { zh, en } }]),
        )
      : {}
  return {
    ...document,
    ...Object.fromEntries((def.transitions ?? []).map(({ action, label }) => [action, { label }])),
    ...def.verbs,
  }
}

function verbOperation(id: string, verb: Verb, tag: string, parameters: readonly Json[], of: string): Operation {
  const input = inputSchema(verb.input ?? {}, false)
  const fields = Object.entries(verb.input ?? {})
  return {
    operationId: id,
    summary: `${of}: ${verb.label.zh} · ${verb.label.en}`,
    tags: [tag],
    ...(verb.reads
      ? {
          parameters: fields.map(([name, field]) => ({
            name,
            in: 'query',
            required: field.required ?? false,
            schema: { type: 'string' },
          })),
        }
      : { parameters: [...parameters], requestBody: { content: json(withoutId(input)) } }),
    responses: answers('200', 'Done', {}),
  }
}

function withoutId(schema: Schema): Schema {
  const { properties } = schema
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema
  const { id: _, ...rest } = properties as Readonly<Record<string, Json>>
  return { ...schema, properties: rest }
}

function discussionPaths(
  paths: Paths,
  name: string,
  operation: (id: string, summary: string, rest: Operation) => Operation,
): void {
  const at = `/${name}/{id}`
  const [id, part, version] = [parameter('id'), parameter('part'), parameter('version')]
  const words: Schema = {
    type: 'object',
    properties: { body: { type: 'string', maxLength: 10_000 } },
    required: ['body'],
  }
  paths[`${at}/comments`] = {
    parameters: [id],
    get: operation('comments', 'comments', { responses: answers('200', 'Oldest first', list(ref('Comment'))) }),
    post: operation('comment', 'comment', {
      requestBody: body(words),
      responses: answers('201', 'Written', ref('Comment')),
    }),
  }
  paths[`${at}/comments/{part}`] = {
    parameters: [id, part],
    patch: operation('comment_edit', 'edit my comment', {
      parameters: [version],
      requestBody: body(words),
      responses: answers('200', 'Edited', ref('Comment')),
    }),
    delete: operation('comment_remove', 'remove my comment', {
      parameters: [version],
      responses: answers('204', 'Removed'),
    }),
  }
  paths[`${at}/attachments`] = {
    parameters: [id],
    get: operation('attachments', 'attachments', { responses: answers('200', 'Attachments', list(ref('Attachment'))) }),
    post: operation('attach', 'attach a file', {
      requestBody: upload,
      responses: answers('201', 'Attached', ref('Attachment')),
    }),
  }
  paths[`${at}/attachments/{part}`] = {
    parameters: [id, part],
    delete: operation('detach', 'remove an attachment', { responses: answers('204', 'Removed') }),
  }
}

/** What concerns no single entity. */
function platformPaths(): Paths {
  const operation = (id: string, summary: string, rest: Operation): Operation => ({
    operationId: `platform.${id}`,
    summary,
    tags: ['platform'],
    ...rest,
  })
  const id = parameter('id')
  const open = { security: [] }
  const object: Schema = { type: 'object' }
  const query = (name: string, required: boolean): Json => ({ name, in: 'query', required, schema: { type: 'string' } })
  return {
    '/meta': {
      get: operation('meta', 'Entities, fields and rights as I have them', {
        responses: answers('200', 'Meta', object),
      }),
    },
    '/session': {
      get: operation('session', 'Who am I', { responses: answers('200', 'Session', ref('Session')) }),
      post: operation('sign_in', 'Sign in', {
        ...open,
        requestBody: body({
          type: 'object',
          properties: { login: { type: 'string' }, password: { type: 'string' } },
          required: ['login', 'password'],
        }),
        responses: answers('200', 'Session', ref('Session')),
      }),
      patch: operation('preferences', 'My language and theme', {
        requestBody: body(object),
        responses: answers('200', 'Me', object),
      }),
      delete: operation('sign_out', 'Sign out', { responses: answers('204', 'Signed out') }),
    },
    '/sessions': {
      get: operation('sessions', 'My sessions', { responses: answers('200', 'Sessions', list(object)) }),
      delete: operation('sessions_revoke', 'End my other sessions', { responses: answers('204', 'Ended') }),
    },
    '/sessions/{id}': {
      parameters: [id],
      delete: operation('session_revoke', 'End a session', { responses: answers('204', 'Ended') }),
    },
    '/password': {
      post: operation('password', 'Change my password', {
        requestBody: body({
          type: 'object',
          properties: { current: { type: 'string' }, next: { type: 'string' } },
          required: ['current', 'next'],
        }),
        responses: answers('204', 'Changed'),
      }),
    },
    '/tokens': {
      get: operation('tokens', 'My API tokens', { responses: answers('200', 'Tokens', list(ref('Token'))) }),
      post: operation('token', 'Create an API token, shown once', {
        requestBody: body({
          type: 'object',
          properties: {
            name: { type: 'string' },
            expires_on: { type: 'string', format: 'date' },
            scopes: { type: 'array', items: { type: 'string' }, description: 'project:read, project:*, *:read' },
          },
          required: ['name', 'expires_on'],
        }),
        responses: answers('201', 'Token', ref('Token')),
      }),
    },
    '/tokens/{id}': {
      parameters: [id],
      delete: operation('token_revoke', 'Revoke an API token', { responses: answers('204', 'Revoked') }),
    },
    '/feeds': {
      get: operation('feeds', 'My calendar feeds', { responses: answers('200', 'Feeds', list(object)) }),
      post: operation('feed', 'Create a calendar feed; its address is shown once', {
        requestBody: body({ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }),
        responses: answers('201', 'Feed', object),
      }),
    },
    '/feeds/{id}': {
      parameters: [id],
      delete: operation('feed_revoke', 'End a calendar feed', { responses: answers('204', 'Ended') }),
    },
    '/setup': {
      get: operation('setup_state', 'Is the first-run set-up needed', {
        ...open,
        responses: answers('200', 'State', object),
      }),
      post: operation('setup', 'First-run set-up', {
        ...open,
        requestBody: body(object),
        responses: answers('201', 'Session', ref('Session')),
      }),
    },
    '/batch': {
      post: operation('batch', 'Several writes, all or nothing', {
        requestBody: body({
          type: 'object',
          properties: { steps: { type: 'array', maxItems: 500, items: object } },
          required: ['steps'],
        }),
        responses: answers('200', 'Records in the same order', object),
      }),
    },
    '/search': {
      get: operation('search', 'Search everything I may read', {
        parameters: [query('q', true), query('entities', false), query('limit', false)],
        responses: answers('200', 'Hits', list(object)),
      }),
    },
    '/metrics': {
      post: operation('metrics', 'Declared numbers over ledgers, by dimension, as of a day', {
        requestBody: body(object),
        responses: answers('200', 'Rows and totals', object),
      }),
    },
    '/metrics/{name}': {
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      get: operation('metric', 'What a number is and who sees it', { responses: answers('200', 'Metric', object) }),
    },
    '/metrics/{name}/entries': {
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      post: operation('metric_entries', 'The entries a number is made of, with their documents', {
        requestBody: body(object),
        responses: answers('200', 'Entries', object),
      }),
    },
    '/views': {
      get: operation('views', 'My saved views', {
        parameters: [query('entity', true)],
        responses: answers('200', 'Views', list(object)),
      }),
    },
    '/views/{id}': {
      parameters: [id],
      put: operation('view_save', 'Save a view', {
        requestBody: body(object),
        responses: answers('200', 'View', object),
      }),
      delete: operation('view_remove', 'Remove a view', { responses: answers('204', 'Removed') }),
    },
    '/files': {
      post: operation('upload', 'Upload a file for a file field', {
        requestBody: upload,
        responses: answers('201', 'File', ref('FileRef')),
      }),
    },
    '/files/{id}': {
      parameters: [id],
      get: operation('file', 'Download', { parameters: [query('of', false)], responses: binary }),
    },
    '/files/{id}/thumbnail': {
      parameters: [id],
      get: operation('thumbnail', 'Small WebP picture', { parameters: [query('of', false)], responses: binary }),
    },
    '/jobs/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: operation('job', 'Progress of a job', { responses: answers('200', 'Job', ref('Job')) }),
      delete: operation('job_cancel', 'Cancel a job', { responses: answers('204', 'Cancelled') }),
    },
    '/audit/export': {
      get: operation('audit_export', 'Sealed history as NDJSON, for administrators', { responses: binary }),
    },
    '/verify': {
      get: operation('verify', 'What a printed code stands for, without signing in too', {
        parameters: [query('c', true)],
        responses: answers('200', 'Genuine, superseded or unknown', object),
      }),
    },
    '/live': {
      get: operation('live', 'WebSocket of changes', {
        responses: { '101': { description: 'Switching to WebSocket' } },
      }),
    },
    '/openapi.json': {
      get: operation('openapi', 'This document', { responses: answers('200', 'OpenAPI 3.1', object) }),
    },
  }
}
