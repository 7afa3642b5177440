// The list of a tree entity: branches open in place, children are asked when a branch is opened.
import { PlusOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { Button, Segmented } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { RecordLink } from '../data/link.tsx'
import { anyField } from '../field/system.ts'
import { FieldValue, isFigure } from '../field/value.tsx'
import { Failed, Waiting } from '../shell/notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { EmptyList } from '../table/empty-list.tsx'
import { Grid, type GridColumn, type GridRow } from '../table/grid.tsx'
import { ListPage } from '../table/list-page.tsx'
import { useListState } from '../table/list-state.ts'
import { text as listText } from '../table/text.ts'
import { useLabel, useText } from '../text/language.tsx'
import { words } from '../text/words.ts'

const text = words({
  tree: { zh: '树', en: 'Tree' },
  list: { zh: '列表', en: 'List' },
  addBelow: { zh: '在“{name}”下新建', en: 'New below “{name}”' },
  open: { zh: '展开 {name}', en: 'Open {name}' },
  close: { zh: '收起 {name}', en: 'Close {name}' },
})

interface Props {
  readonly entity: EntityMeta
  /** Field that names the parent. */
  readonly parent: string
  readonly extra?: ReactNode
}

const kept = (entity: string) => `yingzao.tree.${entity}`

export default function TreePage({ entity, parent, extra }: Props) {
  const t = useText(text)
  // An address that asks for a board or a calendar means the list.
  const { look } = useSearch({ from: '/$module/$name' })
  const [as, setAs] = useState<'tree' | 'list'>(() =>
    look || localStorage.getItem(kept(entity.name)) === 'list' ? 'list' : 'tree',
  )
  const toggle = (
    <Segmented
      value={as}
      options={[
        { value: 'tree' as const, label: t('tree') },
        { value: 'list' as const, label: t('list') },
      ]}
      onChange={next => {
        localStorage.setItem(kept(entity.name), next)
        setAs(next)
      }}
    />
  )
  const more = (
    <>
      {toggle}
      {extra}
    </>
  )
  return as === 'list' ? (
    <ListPage entity={entity} extra={more} />
  ) : (
    <Tree entity={entity} parent={parent} extra={more} />
  )
}

const pageSize = 500

function Tree({ entity, parent, extra }: Props) {
  const t = useText(text)
  const l = useText(listText)
  const label = useLabel()
  const client = useClient()
  const navigate = useNavigate()
  const { state } = useListState(entity)
  const fields = useMemo(
    () =>
      [entity.title, ...state.columns.map(column => column.name)]
        .filter((name, at, all) => name !== parent && all.indexOf(name) === at)
        .flatMap(name => anyField(entity, name) ?? []),
    [entity, state.columns, parent],
  )
  const query = useMemo(
    () => ({
      fields: [...fields.map(field => field.name), parent],
      sort: entity.fields.some(field => field.name === 'order') ? ['order'] : [entity.title],
      limit: pageSize,
    }),
    [fields, parent, entity],
  )
  // Roots; then the children of every branch that was opened.
  const roots = useList(entity.name, { ...query, filter: { [parent]: { empty: true } }, count: true })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [firstOpened, setFirstOpened] = useState(false)
  // Few roots: a company's chart opens itself one level.
  if (!firstOpened && !roots.isPending) {
    setFirstOpened(true)
    if (roots.items.length <= 3) setOpen(new Set(roots.items.map(item => item.id)))
  }
  const branches = useQueries({
    queries: [...open].map(id => ({
      queryKey: [...keys.lists(entity.name), 'children', parent, id, query],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.entity(entity.name).list({ ...query, filter: { [parent]: { eq: id } } }, signal),
    })),
  })
  const children = new Map<string, readonly RecordJson[]>()
  const refs: Record<string, Record<string, string>> = {}
  for (const [target, titles] of Object.entries(roots.refs)) refs[target] = { ...titles }
  ;[...open].forEach((id, at) => {
    const page = branches[at]?.data
    if (!page) return
    children.set(id, page.items)
    for (const [target, titles] of Object.entries(page.refs)) refs[target] = { ...refs[target], ...titles }
  })
  const rows: GridRow<RecordJson>[] = []
  const depths = new Map<string, number>()
  const visit = (items: readonly RecordJson[], depth: number) => {
    for (const item of items) {
      // A cycle in bad data must not hang the page.
      if (depths.has(item.id)) continue
      depths.set(item.id, depth)
      rows.push({ kind: 'row', key: item.id, row: item, depth })
      if (open.has(item.id)) visit(children.get(item.id) ?? [], depth + 1)
    }
  }
  visit(roots.items, 0)
  const toggle = (id: string) =>
    setOpen(before => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const nameOf = (record: RecordJson) => String(record[entity.title] ?? '—')
  const mayCreate = entity.can.includes('create') && !entity.internal
  // Where something else says what a record belongs to (its code), it is not begun below another.
  const mayPlace = mayCreate && entity.fields.find(field => field.name === parent)?.system !== true
  const columns: GridColumn<RecordJson>[] = [
    ...fields.map(
      (field, at): GridColumn<RecordJson> => ({
        key: field.name,
        title: label(field.label),
        width: at === 0 ? 320 : field.kind === 'money' ? 128 : 144,
        figure: isFigure(field),
        render: record => {
          const value = <FieldValue field={field} value={record[field.name]} refs={refs} rich={at > 0} />
          if (at > 0) return value
          const isOpen = open.has(record.id)
          const leaf = isOpen && children.get(record.id)?.length === 0
          return (
            <span className="yz-flex">
              <button
                type="button"
                tabIndex={-1}
                className="yz-opener"
                disabled={leaf}
                aria-label={isOpen ? t('close', { name: nameOf(record) }) : t('open', { name: nameOf(record) })}
                onClick={() => toggle(record.id)}
              >
                <span aria-hidden="true">{leaf ? '·' : isOpen ? '▾' : '▸'}</span>
              </button>
              <RecordLink entity={entity} id={record.id} className="yz-title-link">
                {value}
              </RecordLink>
            </span>
          )
        },
      }),
    ),
    ...(mayPlace
      ? [
          {
            key: 'add',
            title: l('create'),
            head: '',
            width: 48,
            render: (record: RecordJson) => (
              <Link
                to="/$module/$name/$id"
                params={{ module: entity.module, name: entity.name, id: 'new' }}
                search={{ given: { [parent]: record.id } }}
                tabIndex={-1}
                className="yz-icon-link"
                aria-label={t('addBelow', { name: nameOf(record) })}
                title={t('addBelow', { name: nameOf(record) })}
              >
                <PlusOutlined aria-hidden="true" />
              </Link>
            ),
          },
        ]
      : []),
  ]
  if (roots.error && roots.items.length === 0) return <Failed error={roots.error} retry={roots.refetch} />
  if (roots.isPending) return <Waiting />
  const create = () =>
    void navigate({ to: '/$module/$name/$id', params: { module: entity.module, name: entity.name, id: 'new' } })
  return (
    <div className="yz-list">
      <PageHeader
        title={label(entity.label)}
        actions={
          <>
            {extra}
            {mayCreate && (
              <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={create}>
                {l('create')}
              </Button>
            )}
          </>
        }
      />
      <Grid<RecordJson>
        label={label(entity.label)}
        columns={columns}
        rows={rows}
        tree={{ isOpen: row => open.has(row.id), toggle: row => toggle(row.id) }}
        onOpen={record =>
          void navigate({
            to: '/$module/$name/$id',
            params: { module: entity.module, name: entity.name, id: record.id },
          })
        }
        {...(roots.hasMore ? { onNearEnd: roots.loadMore } : {})}
        empty={
          <EmptyList
            entity={entity}
            pending={false}
            narrowed={false}
            bin={false}
            onClear={() => {}}
            onCreate={mayCreate ? create : undefined}
            onImport={undefined}
          />
        }
      />
    </div>
  )
}
