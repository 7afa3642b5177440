// createClient(): the typed client of /api/v1 for the browser, the CLI, tests and the demo loader.
import type {
  FileRef,
  Json,
  Me,
  Meta,
  MetricAnswer,
  MetricEntries,
  MetricMeta,
  MetricQuery,
} from '@yingzao/kernel/entity'
import { createEntityClient, type EntityClient, formWith, newId, type RunOptions, type Target } from './entity.ts'
import { createLive, type Live } from './live.ts'
import type {
  BatchAnswer,
  BatchStep,
  FeedRow,
  Inbox,
  JobState,
  MessageSettings,
  PushDevice,
  PushTest,
  SavedView,
  SearchHit,
  SessionInfo,
  SessionRow,
  SetupInput,
  SetupState,
  TokenRow,
} from './shapes.ts'
import { type ClientOptions, createTransport, type Transport } from './transport.ts'

export interface Client {
  /** `client.entity(project).list({ … })`; also by name: `client.entity('project')`. */
  entity<const E extends Target>(target: E): EntityClient<E>
  /** A verb of a module: `client.perform('organisation.hand_over', { … })`. */
  perform<T = Json>(action: string, input?: object, options?: Pick<RunOptions, 'idempotencyKey'>): Promise<T>
  batch(steps: readonly BatchStep[]): Promise<BatchAnswer>
  search(text: string, options?: { entities?: readonly string[]; limit?: number }): Promise<readonly SearchHit[]>
  /** What generic screens know; null when it still is what `etag` names. */
  meta(etag?: string): Promise<{ readonly meta: Meta; readonly etag: string } | null>
  readonly session: {
    get(): Promise<SessionInfo>
    signIn(login: string, password: string): Promise<SessionInfo>
    signOut(): Promise<void>
    list(): Promise<readonly SessionRow[]>
    revoke(id: string): Promise<void>
    /** All but this one. */
    revokeOthers(): Promise<void>
    changePassword(current: string, next: string): Promise<void>
    /** My language, theme, name to show: fields of my own profile. */
    update(patch: Partial<Pick<Me, 'lang' | 'theme'>>): Promise<Me>
  }
  readonly tokens: {
    list(): Promise<readonly TokenRow[]>
    /** `token` is shown this once. */
    create(input: {
      name: string
      expires_on: string
      scopes?: readonly string[]
    }): Promise<TokenRow & { readonly token: string }>
    revoke(id: string): Promise<void>
  }
  readonly feeds: {
    list(): Promise<readonly FeedRow[]>
    /** `path` is the address of the calendar on this server, shown this once. */
    create(name: string): Promise<FeedRow & { readonly path: string }>
    revoke(id: string): Promise<void>
  }
  readonly setup: {
    state(): Promise<SetupState>
    run(input: SetupInput): Promise<SessionInfo>
  }
  readonly views: {
    list(entity: string): Promise<readonly SavedView[]>
    save(view: Omit<SavedView, 'id'> & { readonly id?: string }): Promise<SavedView>
    remove(id: string): Promise<void>
  }
  /** Declared numbers over ledgers, as far as the caller may see them. */
  readonly metrics: {
    read(names: readonly string[], query?: MetricQuery): Promise<MetricAnswer>
    entries(name: string, query?: Omit<MetricQuery, 'by'>, after?: string): Promise<MetricEntries>
    meta(name: string): Promise<MetricMeta>
  }
  readonly inbox: {
    read(query: { readonly unread?: boolean; readonly after?: string }): Promise<Inbox>
    /** What I read: these, all about a record, or everything. Answers how many are unread still. */
    mark(
      which:
        | { readonly ids: readonly string[] }
        | { readonly entity: string; readonly record: string }
        | { readonly all: true },
    ): Promise<Inbox['unread']>
    settings(): Promise<MessageSettings>
    wish(
      wishes: Partial<Pick<MessageSettings, 'mail' | 'push' | 'quiet_from' | 'quiet_to'>> & {
        readonly muted?: readonly string[]
        readonly push_muted?: readonly string[]
      },
    ): Promise<MessageSettings>
  }
  readonly push: {
    /** The key that browsers subscribe to, and my devices. Refuses `push.off`. */
    read(): Promise<{ readonly key: string; readonly devices: readonly PushDevice[] }>
    /** This browser is told from now on; again: it is in use still. */
    keep(subscription: {
      readonly endpoint: string
      readonly keys: { readonly p256dh: string; readonly auth: string }
    }): Promise<{ readonly id: string }>
    remove(id: string): Promise<void>
    test(id: string): Promise<PushTest>
  }
  readonly jobs: {
    get(id: string): Promise<JobState>
    cancel(id: string): Promise<void>
    /** Waits for the end, telling each step. */
    wait(id: string, told?: (state: JobState) => void): Promise<JobState>
  }
  /**
   * Address of a file's content for `<img src>` and links (the session cookie opens it). `of`: the record whose file field
   * names it; attachments need none.
   */
  fileUrl(id: string, thumbnail?: boolean, of?: { readonly entity: string; readonly id: string }): string
  /** Stores a file for a file field; put the answer into the record. */
  upload(file: Blob, name: string): Promise<FileRef>
  readonly live: Live
  /** What an action answers as paper or as a workbook; kept in the history as an export. */
  report(action: string, format: 'pdf' | 'xlsx', input?: object, signal?: AbortSignal): Promise<Response>
  /** For routes with a shape of their own. */
  readonly transport: Transport
}

export function createClient(options: ClientOptions = {}): Client {
  const transport = createTransport(options)
  const { call } = transport
  const part = encodeURIComponent
  const live = createLive(transport)
  /** Everything is read after this answer. */
  const begun = (session: SessionInfo) => {
    live.from(session.live_from)
    return session
  }
  const jobState = (id: string) => call<JobState>('GET', `/jobs/${part(id)}`)

  return {
    transport,
    live,
    entity: target => createEntityClient(transport, target),
    report: (action, format, input = {}, signal) =>
      transport.fetch('POST', `/actions/${part(action)}/report/${format}`, {
        body: input,
        headers: { accept: '*/*' },
        ...(signal ? { signal } : {}),
      }),
    perform: (action, input = {}, { idempotencyKey = newId() } = {}) =>
      call('POST', `/actions/${part(action)}`, { body: input, idempotencyKey }),
    batch: steps => call('POST', '/batch', { body: { steps } }),
    search: (text, { entities, limit } = {}) =>
      call('GET', '/search', { query: { q: text, entities: entities?.join(','), limit } }),
    async meta(etag) {
      const answer = await transport.fetch('GET', '/meta', { headers: etag ? { 'if-none-match': etag } : {} })
      if (answer.status === 304) return null
      return { meta: (await answer.json()) as Meta, etag: answer.headers.get('etag') ?? '' }
    },
    session: {
      get: async () => begun(await call('GET', '/session')),
      signIn: async (login, password) => begun(await call('POST', '/session', { body: { login, password } })),
      signOut: () => call('DELETE', '/session'),
      list: () => call('GET', '/sessions'),
      revoke: id => call('DELETE', `/sessions/${part(id)}`),
      revokeOthers: () => call('DELETE', '/sessions'),
      changePassword: (current, next) => call('POST', '/password', { body: { current, next } }),
      update: patch => call('PATCH', '/session', { body: patch }),
    },
    tokens: {
      list: () => call('GET', '/tokens'),
      create: input => call('POST', '/tokens', { body: input }),
      revoke: id => call('DELETE', `/tokens/${part(id)}`),
    },
    feeds: {
      list: () => call('GET', '/feeds'),
      create: name => call('POST', '/feeds', { body: { name } }),
      revoke: id => call('DELETE', `/feeds/${part(id)}`),
    },
    setup: {
      state: () => call('GET', '/setup'),
      run: async input => begun(await call('POST', '/setup', { body: input })),
    },
    views: {
      list: entity => call('GET', '/views', { query: { entity } }),
      save: ({ id = newId(), ...view }) => call('PUT', `/views/${part(id)}`, { body: view }),
      remove: id => call('DELETE', `/views/${part(id)}`),
    },
    metrics: {
      read: (names, query = {}) => call('POST', '/metrics', { body: { names, ...query } }),
      entries: (name, query = {}, after) =>
        call('POST', `/metrics/${encodeURIComponent(name)}/entries`, {
          body: { ...query, ...(after === undefined ? {} : { after }) },
        }),
      meta: name => call('GET', `/metrics/${encodeURIComponent(name)}`),
    },
    inbox: {
      read: ({ unread, after }) => call('GET', '/inbox', { query: { unread: unread ? '1' : undefined, after } }),
      mark: which => call('POST', '/inbox/read', { body: which }),
      settings: () => call('GET', '/inbox/settings'),
      wish: wishes => call('PUT', '/inbox/settings', { body: wishes }),
    },
    push: {
      read: () => call('GET', '/push'),
      keep: subscription => call('POST', '/push/devices', { body: subscription }),
      remove: id => call('DELETE', `/push/devices/${part(id)}`),
      test: id => call('POST', `/push/devices/${part(id)}/test`),
    },
    jobs: {
      get: jobState,
      cancel: id => call('DELETE', `/jobs/${part(id)}`),
      async wait(id, told) {
        for (let pause = 50; ; pause = Math.min(1000, pause * 1.5)) {
          const state = await jobState(id)
          told?.(state)
          if (state.state !== 'waiting' && state.state !== 'running') return state
          await new Promise(resolve => setTimeout(resolve, pause))
        }
      },
    },
    fileUrl: (id, thumbnail = false, of) =>
      transport.address(
        `/files/${part(id)}${thumbnail ? '/thumbnail' : ''}${of ? `?of=${part(`${of.entity}/${of.id}`)}` : ''}`,
      ),
    upload: (file, name) => call('POST', '/files', { raw: formWith(file, name) }),
  }
}
