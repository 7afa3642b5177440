// Addresses: / · /inbox · /account · /{module}/{entity or page} · /{module}/{entity}/{id}. The list's state is in the query string.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { type ListSearch, readListSearch } from '../table/list-search.ts'
import { Frame } from './frame.tsx'
import { NotFound } from './notice.tsx'

interface RecordSearch {
  /** Values a new record starts with: `?given={"parent":"…"}`. */
  readonly given?: Readonly<Record<string, string>>
  /** The tab of its page. */
  readonly tab?: string
  /** The task that a plan opens at. */
  readonly task?: string
}
const readRecordSearch = ({ given, tab, task }: Record<string, unknown>): RecordSearch => ({
  ...(typeof given === 'object' && given !== null
    ? {
        given: Object.fromEntries(
          Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
        ),
      }
    : {}),
  ...(typeof tab === 'string' ? { tab } : {}),
  ...(typeof task === 'string' ? { task } : {}),
})

/** A list's state; on a page of a module also which of its tabs is open. */
interface PlaceSearch extends ListSearch {
  readonly tab?: string
}
const readPlaceSearch = (search: Record<string, unknown>): PlaceSearch => ({
  ...readListSearch(search),
  ...(typeof search.tab === 'string' ? { tab: search.tab } : {}),
})

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NotFound })
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
})
const inboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox',
  component: lazyRouteComponent(() => import('../inbox/inbox-page.tsx'), 'InboxPage'),
})
const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./account.tsx'), 'Account'),
})
const moduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$module',
  component: lazyRouteComponent(() => import('./place.tsx'), 'ModulePlace'),
})
const placeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$module/$name',
  validateSearch: readPlaceSearch,
  component: lazyRouteComponent(() => import('./place.tsx'), 'Place'),
})
const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$module/$name/$id',
  validateSearch: readRecordSearch,
  component: lazyRouteComponent(() => import('./place.tsx'), 'RecordPlace'),
})

export const makeRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([homeRoute, inboxRoute, accountRoute, moduleRoute, placeRoute, recordRoute]),
    defaultPreload: 'intent',
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
