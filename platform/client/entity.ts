// The typed door to one entity's routes. Types come from the entity const, or from its name by declaration merging.
import type {
  AggregateQuery,
  AggregateRow,
  Entities,
  Entity,
  HistoryEntry,
  Id,
  InputOf,
  Json,
  Page,
  PatchOf,
  Query,
  RecordJson,
  RecordOf,
} from '@yingzao/kernel/entity'
import { v7 } from 'uuid'
import type { Attachment, Comment, ExportQuery, ImportChoice, ImportPreview } from './shapes.ts'
import type { Transport } from './transport.ts'

/** An entity const, or a name for callers that learn it at run time. */
export type Target = Entity | string
type Declared<E extends Target> = E extends Entity ? E : E extends keyof Entities ? Entities[E] : never
type Known<E extends Target> = [Declared<E>] extends [never] ? false : true
/** A record as answered: its fields as far as I may read them (hidden ones are absent), and what I may do with it. */
export type Answer<E extends Target> =
  Known<E> extends true ? RecordOf<Declared<E>> & { readonly _can: readonly string[] } : RecordJson
export type Input<E extends Target> =
  Known<E> extends true ? InputOf<Declared<E>> : Readonly<Record<string, Json | undefined>>
export type Patch<E extends Target> =
  Known<E> extends true ? PatchOf<Declared<E>> : Readonly<Record<string, Json | undefined>>

export interface RunOptions {
  /** Refuses with `record.stale` when the record has changed since. */
  readonly version?: number
  /** The same key again answers the first result and does nothing; made up when absent, so that retries are safe. */
  readonly idempotencyKey?: string
}

export interface EntityClient<E extends Target> {
  readonly name: string
  list(query?: Query, signal?: AbortSignal): Promise<Page<Answer<E>>>
  /** Every page, one after the other. */
  all(query?: Query): AsyncGenerator<Answer<E>, void, undefined>
  get(id: string, signal?: AbortSignal): Promise<Answer<E>>
  /** Makes the id here, so that sending it twice creates once. */
  create(input: Input<E>): Promise<Answer<E>>
  patch(id: string, version: number, patch: Patch<E>): Promise<Answer<E>>
  remove(id: string, version: number): Promise<void>
  restore(id: string, version: number): Promise<Answer<E>>
  /** A verb, transition or document action (submit, approve, …). */
  run(id: string, verb: string, input?: object, options?: RunOptions): Promise<Json>
  /** A verb that only reads. */
  read<T = Json>(id: string, verb: string, input?: Readonly<Record<string, string | number | boolean>>): Promise<T>
  aggregate(query: AggregateQuery, signal?: AbortSignal): Promise<readonly AggregateRow[]>
  history(id: string): Promise<readonly HistoryEntry[]>
  /** The whole of a value that I see masked; the history says that I asked. */
  unmask(id: string, field: string, line?: string): Promise<Json>
  readonly comments: {
    list(id: string): Promise<readonly Comment[]>
    add(id: string, body: string): Promise<Comment>
    edit(id: string, comment: string, version: number, body: string): Promise<Comment>
    remove(id: string, comment: string, version: number): Promise<void>
  }
  readonly attachments: {
    list(id: string): Promise<readonly Attachment[]>
    add(id: string, file: Blob, name: string): Promise<Attachment>
    remove(id: string, attachment: string): Promise<void>
  }
  /** The rows of the query as a file, streamed; formulas in cells are defused. */
  exportFile(format: 'xlsx' | 'csv', query?: ExportQuery): Promise<Response>
  /** The record as PDF; counted as a print of it. */
  printRecord(id: string, signal?: AbortSignal): Promise<Response>
  /** The rows of the query as PDF; of a `group` with their sums. */
  printList(
    query?: ExportQuery & { readonly title?: string; readonly group?: string },
    signal?: AbortSignal,
  ): Promise<Response>
  importTemplate(format: 'xlsx' | 'csv'): Promise<Response>
  importPreview(file: Blob, name: string, choice?: ImportChoice): Promise<ImportPreview>
  /** Starts the import and answers the job's id. */
  importConfirm(id: string, choice?: ImportChoice): Promise<{ readonly job: string }>
  /** The rows that were refused, with a column that says why. */
  importErrors(id: string): Promise<Response>
}

export function createEntityClient<E extends Target>(transport: Transport, target: E): EntityClient<E> {
  const { call } = transport
  const name = typeof target === 'string' ? target : target.name
  const base = `/${name}`
  const at = (id: string, more = '') => `${base}/${encodeURIComponent(id)}${more}`
  const list = (query: Query = {}, signal?: AbortSignal) =>
    call<Page<Answer<E>>>('POST', `${base}/query`, { body: query, ...(signal ? { signal } : {}) })

  return {
    name,
    list,
    async *all(query = {}) {
      let after: string | undefined
      do {
        const page: Page<Answer<E>> = await list({ limit: 500, ...query, ...(after ? { after } : {}) })
        yield* page.items
        after = page.next ?? undefined
      } while (after)
    },
    get: (id, signal) => call('GET', at(id), signal ? { signal } : {}),
    create: input => call('POST', base, { body: { id: newId(), ...input } }),
    patch: (id, version, patch) => call('PATCH', at(id), { version, body: patch }),
    remove: (id, version) => call('DELETE', at(id), { version }),
    restore: (id, version) => call('POST', at(id, '/restore'), { version }),
    run: (id, verb, input = {}, { version, idempotencyKey = newId() } = {}) =>
      call('POST', at(id, `/${verb}`), { body: input, idempotencyKey, ...(version === undefined ? {} : { version }) }),
    read: (id, verb, input = {}) => call('GET', at(id, `/${verb}`), { query: input }),
    aggregate: (query, signal) => call('POST', `${base}/aggregate`, { body: query, ...(signal ? { signal } : {}) }),
    history: id => call('GET', at(id, '/history')),
    unmask: (id, field, line) => call('POST', at(id, '/unmask'), { body: { field, ...(line ? { line } : {}) } }),
    comments: {
      list: id => call('GET', at(id, '/comments')),
      add: (id, body) => call('POST', at(id, '/comments'), { body: { id: newId(), body } }),
      edit: (id, comment, version, body) =>
        call('PATCH', at(id, `/comments/${encodeURIComponent(comment)}`), { version, body: { body } }),
      remove: (id, comment, version) => call('DELETE', at(id, `/comments/${encodeURIComponent(comment)}`), { version }),
    },
    attachments: {
      list: id => call('GET', at(id, '/attachments')),
      add: (id, file, fileName) => call('POST', at(id, '/attachments'), { raw: formWith(file, fileName) }),
      remove: (id, attachment) => call('DELETE', at(id, `/attachments/${encodeURIComponent(attachment)}`)),
    },
    exportFile: (format, query = {}) =>
      transport.fetch('POST', `${base}/export`, { query: { format }, body: query, headers: { accept: '*/*' } }),
    printRecord: (id, signal) =>
      transport.fetch('POST', at(id, '/print'), {
        body: {},
        headers: { accept: '*/*' },
        ...(signal ? { signal } : {}),
      }),
    printList: (query = {}, signal) =>
      transport.fetch('POST', `${base}/print`, {
        body: query,
        headers: { accept: '*/*' },
        ...(signal ? { signal } : {}),
      }),
    importTemplate: format =>
      transport.fetch('GET', `${base}/import/template`, { query: { format }, headers: { accept: '*/*' } }),
    importPreview: (file, fileName, choice) =>
      call('POST', `${base}/import`, { raw: formWith(file, fileName, choice && { choice: JSON.stringify(choice) }) }),
    importConfirm: (id, choice = {}) =>
      call('POST', `${base}/import/${encodeURIComponent(id)}/confirm`, { body: choice }),
    importErrors: id =>
      transport.fetch('GET', `${base}/import/${encodeURIComponent(id)}/errors`, { headers: { accept: '*/*' } }),
  }
}

/** A uuid v7: time-ordered, made by whoever creates the record. */
export const newId = <E extends string = string>(): Id<E> => v7() as Id<E>

/** Fields come before the file, so that the server knows them while the file still streams in. */
export function formWith(file: Blob, name: string, fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', file, name)
  return form
}
