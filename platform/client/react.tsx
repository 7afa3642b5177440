// React hooks over the typed client: server state in TanStack Query, kept fresh by the live connection.

import {
  type InfiniteData,
  QueryClient,
  QueryClientProvider,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  AggregateQuery,
  AggregateRow,
  EntityMeta,
  HistoryEntry,
  Json,
  LiveChange,
  Meta,
  Page,
  Query,
  RecordJson,
} from '@yingzao/kernel/entity'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Client } from './client.ts'
import type { Answer, Input, Patch, RunOptions, Target } from './entity.ts'
import { type Failure, isFailure } from './failure.ts'
import type { LiveState, LiveTarget } from './live.ts'
import type { Attachment, Comment, Inbox, InboxItem, JobState, SavedView, SearchHit, SessionInfo } from './shapes.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Failure
  }
}

const ClientContext = createContext<Client | null>(null)

/** A no is an answer: retried are only missing answers and an overloaded server, never a refusal. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 300_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 2 && (!isFailure(error) || error.status === 0 || error.status >= 502),
      },
    },
  })

export function ClientProvider({
  client,
  queries,
  children,
}: {
  readonly client: Client
  readonly queries?: QueryClient
  readonly children: ReactNode
}) {
  const queryClient = useMemo(() => queries ?? createQueryClient(), [queries])
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ClientContext>
  )
}

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient() needs a <ClientProvider> above it')
  return client
}

const nameOf = (target: Target) => (typeof target === 'string' ? target : target.name)

/** Query keys, for pages that read or invalidate on their own: everything of an entity is below `keys.entity(name)`. */
export const keys = {
  session: ['yz', 'session'],
  meta: ['yz', 'meta'],
  entity: (name: string) => ['yz', 'entity', name],
  lists: (name: string) => ['yz', 'entity', name, 'list'],
  list: (name: string, query: Query) => ['yz', 'entity', name, 'list', query],
  record: (name: string, id: string) => ['yz', 'entity', name, 'record', id],
  aggregates: (name: string) => ['yz', 'entity', name, 'aggregate'],
  read: (name: string, id: string, verb: string, input: object) => ['yz', 'entity', name, 'record', id, verb, input],
} as const

/** null when nobody is signed in. */
export function useSession(): UseQueryResult<SessionInfo | null, Failure> {
  const client = useClient()
  return useQuery({
    queryKey: keys.session,
    staleTime: 60_000,
    queryFn: async () => {
      try {
        return await client.session.get()
      } catch (error) {
        if (isFailure(error) && error.status === 401) return null
        throw error
      }
    },
  })
}

/** What generic screens know: entities after overlay and my rights. Asked again with its ETag, so unchanged costs nothing. */
export function useMeta(): UseQueryResult<Meta, Failure> {
  const client = useClient()
  const queries = useQueryClient()
  const etag = useRef<string | undefined>(undefined)
  return useQuery({
    queryKey: keys.meta,
    staleTime: 300_000,
    queryFn: async () => {
      const known = queries.getQueryData<Meta>(keys.meta)
      const answer = await client.meta(known ? etag.current : undefined)
      if (!answer && known) return known
      const fresh = answer ?? (await client.meta())
      if (!fresh) throw new Error('the server answered 304 to an unconditional request')
      etag.current = fresh.etag
      return fresh.meta
    },
  })
}

export function useEntityMeta(target: Target): EntityMeta | undefined {
  const { data } = useMeta()
  const name = nameOf(target)
  return useMemo(() => data?.entities.find(each => each.name === name), [data, name])
}

export interface ListResult<E extends Target> {
  /** The pages so far as one array. */
  readonly items: readonly Answer<E>[]
  /** Titles of referred records: `refs.project[id]`. */
  readonly refs: Page['refs']
  readonly count: Page['count']
  readonly isPending: boolean
  /** Reading again in the background. */
  readonly isFetching: boolean
  readonly error: Failure | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  loadMore(): void
  refetch(): void
}

/** A live list by keyset pages. `live: false` for pickers and snapshots. */
export function useList<E extends Target>(
  target: E,
  query: Query = {},
  options: { readonly enabled?: boolean; readonly live?: boolean } = {},
): ListResult<E> {
  const client = useClient()
  const name = nameOf(target)
  const enabled = options.enabled ?? true
  useEntityLive(enabled && options.live !== false ? name : null)
  const result = useInfiniteQuery({
    queryKey: keys.list(name, query),
    enabled,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      client.entity(target).list(pageParam ? { ...query, after: pageParam } : query, signal),
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: before => before,
  })
  const pages = result.data?.pages
  const flat = useMemo(() => {
    const refs: Record<string, Record<string, string>> = {}
    for (const page of pages ?? []) {
      for (const [entity, titles] of Object.entries(page.refs)) refs[entity] = { ...refs[entity], ...titles }
    }
    return { items: (pages ?? []).flatMap(page => page.items), refs, count: pages?.[0]?.count }
  }, [pages])
  return {
    ...flat,
    isPending: result.isPending,
    isFetching: result.isFetching,
    error: result.error,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void (result.hasNextPage && !result.isFetchingNextPage && result.fetchNextPage()),
    refetch: () => void result.refetch(),
  }
}

/** My messages, newest first, live: one that arrives shows at once. */
export function useInbox({ unread }: { readonly unread: boolean }): {
  readonly items: readonly InboxItem[]
  /** Unknown until the first answer. */
  readonly unread: Inbox['unread'] | undefined
  readonly isPending: boolean
  readonly error: Failure | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  loadMore(): void
  refetch(): void
} {
  const client = useClient()
  useEntityLive('message')
  const result = useInfiniteQuery({
    queryKey: [...keys.lists('message'), 'inbox', unread],
    initialPageParam: '',
    queryFn: ({ pageParam }) => client.inbox.read({ unread, ...(pageParam ? { after: pageParam } : {}) }),
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: before => before,
  })
  const pages = result.data?.pages
  return {
    items: useMemo(() => (pages ?? []).flatMap(page => page.items), [pages]),
    unread: pages?.[0]?.unread,
    isPending: result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void (result.hasNextPage && !result.isFetchingNextPage && result.fetchNextPage()),
    refetch: () => void result.refetch(),
  }
}

/** One live record; `error.code` is `record.not_found` also when it just became invisible to me. */
export function useRecord<E extends Target>(
  target: E,
  id: string | null | undefined,
  options: { readonly live?: boolean } = {},
): UseQueryResult<Answer<E>, Failure> {
  const client = useClient()
  const name = nameOf(target)
  useEntityLive(id && options.live !== false ? name : null, id ?? undefined)
  return useQuery({
    queryKey: keys.record(name, id ?? ''),
    enabled: Boolean(id),
    queryFn: ({ signal }) => client.entity(target).get(id ?? '', signal),
  })
}

export function useHistory(target: Target, id: string): UseQueryResult<readonly HistoryEntry[], Failure> {
  const client = useClient()
  return useQuery({
    queryKey: [...keys.record(nameOf(target), id), 'history'],
    queryFn: () => client.entity(target).history(id),
  })
}

/** The same figures of the same groups, of other rows. */
const alike = (before: unknown, { by, measures }: AggregateQuery) =>
  typeof before === 'object' &&
  before !== null &&
  'measures' in before &&
  JSON.stringify([by, measures]) === JSON.stringify(['by' in before ? before.by : undefined, before.measures])

export function useAggregate(
  target: Target,
  query: AggregateQuery,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<readonly AggregateRow[], Failure> {
  const client = useClient()
  const name = nameOf(target)
  const enabled = options.enabled ?? true
  useEntityLive(enabled ? name : null)
  return useQuery({
    queryKey: [...keys.aggregates(name), query],
    enabled,
    // Earlier figures stay until the new ones are here, unless they would stand under other heads.
    placeholderData: (before, asked) => (asked && alike(asked.queryKey.at(-1), query) ? before : undefined),
    queryFn: ({ signal }) => client.entity(target).aggregate(query, signal),
  })
}

/** A verb that only reads (`schedule_plan.rows`), read again whenever the record changes. */
export function useRead<T = Json>(
  target: Target,
  id: string | null | undefined,
  verb: string,
  input: Readonly<Record<string, string | number | boolean>> = {},
): UseQueryResult<T, Failure> {
  const client = useClient()
  const name = nameOf(target)
  useEntityLive(id ? name : null, id ?? undefined)
  return useQuery({
    queryKey: keys.read(name, id ?? '', verb, input),
    enabled: Boolean(id),
    queryFn: () => client.entity(target).read<T>(id ?? '', verb, input),
  })
}

/** After a write of ours: the record is known, everything listed or summed is read again. */
function useSettled(name: string) {
  const queries = useQueryClient()
  return (record?: { readonly id: string }) => {
    if (record) queries.setQueryData(keys.record(name, record.id), record)
    return Promise.all([
      queries.invalidateQueries({ queryKey: keys.lists(name) }),
      queries.invalidateQueries({ queryKey: keys.aggregates(name) }),
      ...(record ? [queries.invalidateQueries({ queryKey: keys.record(name, record.id), exact: false })] : []),
    ])
  }
}

export function useCreate<E extends Target>(target: E): UseMutationResult<Answer<E>, Failure, Input<E>> {
  const client = useClient()
  const settled = useSettled(nameOf(target))
  return useMutation({
    mutationFn: input => client.entity(target).create(input),
    onSuccess: record => settled(record),
  })
}

/** 409 `record.stale` carries `problem.current` and `problem.changed` for the conflict dialog. */
export function usePatch<E extends Target>(
  target: E,
): UseMutationResult<Answer<E>, Failure, { id: string; version: number; patch: Patch<E> }> {
  const client = useClient()
  const settled = useSettled(nameOf(target))
  return useMutation({
    mutationFn: ({ id, version, patch }) => client.entity(target).patch(id, version, patch),
    onSuccess: record => settled(record),
  })
}

export function useRemove(target: Target): UseMutationResult<void, Failure, { id: string; version: number }> {
  const client = useClient()
  const name = nameOf(target)
  const queries = useQueryClient()
  const settled = useSettled(name)
  return useMutation({
    mutationFn: ({ id, version }) => client.entity(target).remove(id, version),
    onSuccess: (_, { id }) => {
      queries.removeQueries({ queryKey: keys.record(name, id) })
      return settled()
    },
  })
}

export function useRestore<E extends Target>(
  target: E,
): UseMutationResult<Answer<E>, Failure, { id: string; version: number }> {
  const client = useClient()
  const settled = useSettled(nameOf(target))
  return useMutation({
    mutationFn: ({ id, version }) => client.entity(target).restore(id, version),
    onSuccess: record => settled(record),
  })
}

/** Verbs, transitions and document actions: `run.mutate({ id, verb: 'submit', version })`. */
export function useRun(
  target: Target,
): UseMutationResult<Json, Failure, { id: string; verb: string; input?: object } & RunOptions> {
  const client = useClient()
  const name = nameOf(target)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, verb, input, ...options }) => client.entity(target).run(id, verb, input, options),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.entity(name) }),
  })
}

/** A module's action may touch anything: everything shown is read again. */
export function usePerform(action: string): UseMutationResult<Json, Failure, object | undefined> {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: input => client.perform(action, input ?? {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['yz', 'entity'] }),
  })
}

export function useComments(target: Target, id: string): UseQueryResult<readonly Comment[], Failure> {
  const client = useClient()
  return useQuery({
    queryKey: [...keys.record(nameOf(target), id), 'comments'],
    queryFn: () => client.entity(target).comments.list(id),
  })
}

export function useAttachments(target: Target, id: string): UseQueryResult<readonly Attachment[], Failure> {
  const client = useClient()
  return useQuery({
    queryKey: [...keys.record(nameOf(target), id), 'attachments'],
    queryFn: () => client.entity(target).attachments.list(id),
  })
}

export function useSearch(text: string, entities?: readonly string[]): UseQueryResult<readonly SearchHit[], Failure> {
  const client = useClient()
  return useQuery({
    queryKey: ['yz', 'search', text, entities ?? null],
    enabled: text.trim().length > 0,
    placeholderData: before => before,
    queryFn: () => client.search(text, entities ? { entities } : {}),
  })
}

export function useViews(target: Target): UseQueryResult<readonly SavedView[], Failure> {
  const client = useClient()
  const name = nameOf(target)
  return useQuery({ queryKey: ['yz', 'views', name], queryFn: () => client.views.list(name) })
}

/** Follows a job until it ends. */
export function useJob(id: string | null): UseQueryResult<JobState, Failure> {
  const client = useClient()
  return useQuery({
    queryKey: ['yz', 'job', id],
    enabled: Boolean(id),
    queryFn: () => client.jobs.get(id ?? ''),
    refetchInterval: query => {
      const state = query.state.data?.state
      return state === undefined || state === 'waiting' || state === 'running' ? 400 : false
    },
  })
}

/** Hears of changes of the targets while mounted. */
export function useLive(targets: readonly LiveTarget[], changes: (changes: readonly LiveChange[]) => void): void {
  const { live } = useClient()
  const latest = useRef(changes)
  useEffect(() => {
    latest.current = changes
  })
  const text = JSON.stringify(targets)
  useEffect(() => {
    const wanted: LiveTarget[] = JSON.parse(text)
    return wanted.length ? live.subscribe(wanted, heard => latest.current(heard)) : undefined
  }, [live, text])
}

export function useLiveState(): LiveState {
  const { live } = useClient()
  return useSyncExternalStore(live.onState, live.state, live.state)
}

/** Keeps what is cached of an entity fresh: lists at most thrice a second, a record when its version is newer. */
function useEntityLive(name: string | null, id?: string): void {
  const { live } = useClient()
  const queries = useQueryClient()
  useEffect(() => {
    if (!name) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const readAgain = () => {
      timer = undefined
      void queries.invalidateQueries({ queryKey: keys.lists(name) })
      void queries.invalidateQueries({ queryKey: keys.aggregates(name) })
    }
    const stop = live.subscribe([id ? { entity: name, id } : { entity: name }], {
      changes: changes => {
        for (const change of changes) {
          const key = keys.record(name, change.id)
          const known = queries.getQueryData<RecordJson>(key)
          if (!known || change.op === 'gone' || known.version < change.version || change.op === 'action') {
            void queries.invalidateQueries({ queryKey: key })
          }
        }
        if (!id && !alreadyListed(queries, name, changes)) timer ??= setTimeout(readAgain, 330)
      },
      reload: () => void queries.invalidateQueries({ queryKey: keys.entity(name) }),
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [live, queries, name, id])
}

/** The echo of our own write: every list already shows that version. */
function alreadyListed(queries: QueryClient, name: string, changes: readonly LiveChange[]): boolean {
  const lists = queries.getQueriesData<InfiniteData<Page>>({ queryKey: keys.lists(name) })
  return (
    lists.length > 0 &&
    changes.every(
      change =>
        change.op === 'update' &&
        // Names and sums are kept below the lists, too: what has no pages is asked again.
        lists.every(
          ([, data]) =>
            Array.isArray(data?.pages) &&
            data.pages.some(page => page.items.some(item => item.id === change.id && item.version >= change.version)),
        ),
    )
  )
}
