// What stands at an address: a module's page, an entity's list or tree, a record, a new record, or nothing.
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { EntityMeta } from '@yingzao/kernel/entity'
import { lazy, Suspense, useMemo } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import { RecordForm } from '../form/record-form.tsx'
import { text as formText } from '../form/text.ts'
import type { ModulePage, Pages } from '../pages.ts'
import { RecordPage } from '../record/record-page.tsx'
import { ListPage } from '../table/list-page.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { menuOf } from './menu-items.ts'
import { ModuleLink, useAllModulePages, useModulePages } from './module-pages.tsx'
import { NotFound, Waiting } from './notice.tsx'
import { PageHeader } from './page-header.tsx'

const TreePage = lazy(() => import('../tree/tree-page.tsx'))

/** /{module}: its first menu entry. */
export function ModulePlace() {
  const meta = useMeta()
  const { module } = useParams({ from: '/$module' })
  const first = menuOf(meta)
    .flatMap(section => section.items)
    .find(item => item.module === module)
  return first ? <Navigate to="/$module/$name" params={{ module, name: first.name }} replace /> : <NotFound />
}

function OwnPage({ page }: { page: ModulePage }) {
  const Body = useMemo(() => lazy(page.load), [page])
  return (
    <Suspense fallback={<Waiting />}>
      <Body />
    </Suspense>
  )
}

const entityAt = (entity: EntityMeta | undefined, module: string) =>
  entity && entity.module === module && entity.kind !== 'line' ? entity : null

/** /{module}/{page or entity}. */
export function Place() {
  const meta = useMeta()
  const label = useLabel()
  const { module, name } = useParams({ from: '/$module/$name' })
  const pages = useModulePages(module)
  const all = useAllModulePages()
  if (!pages) return <Waiting />
  const page = pages.pages[name]
  if (page) return <OwnPage key={name} page={page} />
  const entity = entityAt(entityOf(meta, name), module)
  if (!entity) return <NotFound />
  const extra = all.pages.flatMap(each =>
    (each.listActions[name] ?? []).map(action => (
      <ModuleLink key={action.page} module={action.module ?? module} page={action.page}>
        {label(action.label)}
      </ModuleLink>
    )),
  )
  if (entity.tree)
    return (
      <Suspense fallback={<Waiting />}>
        <TreePage key={name} entity={entity} parent={entity.tree} extra={extra} />
      </Suspense>
    )
  return <ListPage key={name} entity={entity} extra={extra} />
}

/** /{module}/{entity}/{id}, where `new` is a form for a new one. */
export function RecordPlace() {
  const meta = useMeta()
  const { module, name, id } = useParams({ from: '/$module/$name/$id' })
  const { ready, pages } = useAllModulePages()
  if (!ready) return <Waiting />
  const entity = entityAt(entityOf(meta, name), module)
  if (!entity) return <NotFound />
  if (id === 'new') return <NewRecord key={name} entity={entity} pages={pages} />
  return <OneRecord key={id} entity={entity} id={id} pages={pages} />
}

function OneRecord({ entity, id, pages }: { entity: EntityMeta; id: string; pages: readonly Pages[] }) {
  // The page may be another module's: the kernel's nouns have theirs in the module organisation.
  const load = pages.map(each => each.records[entity.name]).find(each => each !== undefined)
  const Own = useMemo(() => (load ? lazy(load) : null), [load])
  if (!Own) return <RecordPage entity={entity} id={id} />
  return (
    <Suspense fallback={<Waiting />}>
      <Own entity={entity} id={id} />
    </Suspense>
  )
}

const nothing = {}

function NewRecord({ entity, pages }: { entity: EntityMeta; pages: readonly Pages[] }) {
  const t = useText(formText)
  const label = useLabel()
  const navigate = useNavigate()
  const params = { module: entity.module, name: entity.name }
  const { given } = useSearch({ from: '/$module/$name/$id' })
  const load = pages.map(each => each.beginnings[entity.name]).find(each => each !== undefined)
  const Own = useMemo(() => (load ? lazy(load) : null), [load])
  if (Own)
    return (
      <Suspense fallback={<Waiting />}>
        <Own entity={entity} given={given ?? nothing} />
      </Suspense>
    )
  return (
    <>
      <PageHeader title={t('create', { name: label(entity.label) })} under={entity} />
      <RecordForm
        entity={entity}
        record={null}
        {...(given ? { given } : {})}
        onSaved={(record, again) => {
          if (!again) void navigate({ to: '/$module/$name/$id', params: { ...params, id: record.id }, replace: true })
        }}
        onCancel={() => void navigate({ to: '/$module/$name', params })}
      />
    </>
  )
}
