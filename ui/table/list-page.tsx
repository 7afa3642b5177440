// The list of any entity: toolbar, grid or cards, what is selected, and what can be done with it.
import {
  CalendarOutlined,
  DeleteOutlined,
  DownloadOutlined,
  GroupOutlined,
  MoreOutlined,
  PlusOutlined,
  PrinterOutlined,
  ProjectOutlined,
  RollbackOutlined,
  SearchOutlined,
  TableOutlined,
  UploadOutlined,
} from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient, useList } from '@yingzao/platform/client/react'
import { Button, Dropdown, Input, Segmented } from 'antd'
import { lazy, Suspense, useCallback, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { saveAnswer } from '../data/download.ts'
import { usePaper } from '../data/paper.ts'
import { useSay } from '../data/say.ts'
import { allFields, anyField } from '../field/system.ts'
import { Failed, Waiting } from '../shell/notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import { type Look, laneFields, looksOf, spans } from '../view/look.ts'
import { text as viewText } from '../view/text.ts'
import { localDay } from '../view/weeks.ts'
import { BulkBar } from './bulk-bar.tsx'
import { Cards } from './cards.tsx'
import { ColumnsButton } from './columns.tsx'
import { EmptyList } from './empty-list.tsx'
import { FilterButton } from './filters.tsx'
import { queryOf, useListState } from './list-state.ts'
import { RecordGrid } from './record-grid.tsx'
import { text } from './text.ts'
import { ViewMenu } from './view-menu.tsx'
import './list.css'

const ImportDialog = lazy(() => import('../exchange/import-dialog.tsx'))
const Board = lazy(() => import('../view/board.tsx'))
const Month = lazy(() => import('../view/month.tsx'))

const lookIcons: Readonly<Record<Look, React.ReactNode>> = {
  table: <TableOutlined aria-hidden="true" />,
  board: <ProjectOutlined aria-hidden="true" />,
  calendar: <CalendarOutlined aria-hidden="true" />,
}

const groupable = new Set(['choice', 'ref', 'user', 'org_unit', 'flag', 'date'])

export function ListPage({ entity, extra }: { entity: EntityMeta; extra?: React.ReactNode }) {
  const t = useText(text)
  const tv = useText(viewText)
  const label = useLabel()
  const formats = useFormats()
  const phone = usePhone()
  const client = useClient()
  const navigate = useNavigate()
  const say = useSay()
  const paper = usePaper()
  const list = useListState(entity)
  const { state } = list
  const query = useDeferredValue(useMemo(() => queryOf(entity, state), [entity, state]))
  const look = state.bin ? 'table' : state.look
  const rows = useList(entity.name, query, { enabled: look === 'table' })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [importing, setImporting] = useState(false)
  const search = useRef<HTMLInputElement>(null)

  const may = (name: string) => entity.can.includes(name)
  const narrowed = Object.keys(state.filter).length > 0 || state.q.trim() !== ''
  const name = label(entity.label)
  const chosen = useMemo(() => rows.items.filter(item => selected.has(item.id)), [rows.items, selected])

  // "/" goes to the search of the list, as in most tools kept open all day.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input,textarea,[contenteditable],.yz-table')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      search.current?.focus()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])

  const open = useCallback(
    (record: RecordJson) =>
      void navigate({ to: '/$module/$name/$id', params: { module: entity.module, name: entity.name, id: record.id } }),
    [navigate, entity],
  )
  const create = (given?: Readonly<Record<string, string>>) =>
    void navigate({
      to: '/$module/$name/$id',
      params: { module: entity.module, name: entity.name, id: 'new' },
      ...(given ? { search: { given } } : {}),
    })
  /** What the screen shows: its columns, conditions and order. */
  const shownRows = () => {
    const { filter, search: words, where, sort } = query
    return {
      fields: state.columns.map(column => column.name),
      ...(filter ? { filter } : {}),
      ...(words ? { search: words } : {}),
      ...(where ? { where } : {}),
      ...(sort ? { sort } : {}),
    }
  }
  const exportAs = async (format: 'xlsx' | 'csv') => {
    say.info(t('exporting'))
    try {
      const answer = await client.entity(entity.name).exportFile(format, shownRows())
      await saveAnswer(answer, `${name}.${format}`)
    } catch (error) {
      say.bad(error)
    }
  }

  const print = () => {
    const more = {
      ...(list.view ? { title: `${name} · ${list.view.name}` } : {}),
      ...(look === 'table' && state.group ? { group: state.group } : {}),
    }
    paper.open(signal => client.entity(entity.name).printList({ ...shownRows(), ...more }, signal))
  }

  if (rows.error && rows.items.length === 0) return <Failed error={rows.error} retry={rows.refetch} />

  const looks = looksOf(entity)
  const lanes = laneFields(entity)
  const lane = lanes.find(field => field.name === state.group) ?? lanes[0]
  const calendars = spans(entity)
  const calendar = calendars.find(span => span.from.name === state.dates) ?? calendars[0]
  const started = may('create') && !entity.internal ? create : undefined
  const countText =
    look === 'table' && rows.count
      ? rows.count.more
        ? t('countMore', { count: formats.integer(rows.count.value) })
        : t('count', { count: rows.count.value })
      : ''
  const mayCreate = started !== undefined
  const empty = (
    <EmptyList
      entity={entity}
      pending={look === 'table' && rows.isPending}
      narrowed={narrowed}
      bin={state.bin}
      onClear={() => list.set({ filter: {}, q: '' })}
      onCreate={mayCreate ? () => create() : undefined}
      onImport={mayCreate && may('import') ? () => setImporting(true) : undefined}
    />
  )
  const more = [
    ...(may('export')
      ? [
          { key: 'xlsx', icon: <DownloadOutlined aria-hidden="true" />, label: t('exportXlsx') },
          { key: 'csv', icon: <DownloadOutlined aria-hidden="true" />, label: t('exportCsv') },
          { key: 'print', icon: <PrinterOutlined aria-hidden="true" />, label: t('print') },
        ]
      : []),
    ...(may('import') && !entity.internal
      ? [{ key: 'import', icon: <UploadOutlined aria-hidden="true" />, label: t('import') }]
      : []),
    ...(may('delete') && !entity.internal
      ? [{ key: 'bin', icon: <DeleteOutlined aria-hidden="true" />, label: t('bin') }]
      : []),
  ]
  const groupFields = allFields(entity).filter(field => groupable.has(field.kind) && field.right !== 'masked')

  return (
    <div className="yz-list">
      <PageHeader
        title={state.bin ? t('binOf', { name }) : name}
        badges={<span className="yz-faint yz-figure">{countText}</span>}
        actions={
          <>
            {extra}
            {more.length > 0 && !state.bin && (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: more,
                  onClick: ({ key }) => {
                    if (key === 'xlsx' || key === 'csv') void exportAs(key)
                    else if (key === 'print') print()
                    else if (key === 'import') setImporting(true)
                    else list.set({ bin: true })
                  },
                }}
              >
                <Button icon={<MoreOutlined aria-hidden="true" />} aria-label={t('more')} title={t('more')} />
              </Dropdown>
            )}
            {state.bin ? (
              <Button icon={<RollbackOutlined aria-hidden="true" />} onClick={() => list.set({ bin: false })}>
                {t('leaveBin')}
              </Button>
            ) : (
              mayCreate && (
                <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => create()}>
                  {t('create')}
                </Button>
              )
            )}
          </>
        }
      />
      <div className="yz-toolbar" role="toolbar" aria-label={name}>
        <Input
          ref={input => {
            search.current = input?.input ?? null
          }}
          className="yz-search"
          type="search"
          prefix={<SearchOutlined className="yz-faint" aria-hidden="true" />}
          placeholder={t('searchIn', { name })}
          aria-label={t('searchIn', { name })}
          value={state.q}
          onChange={event => list.set({ q: event.target.value })}
        />
        <FilterButton entity={entity} filter={state.filter} onChange={filter => list.set({ filter })} />
        {look === 'board' && lane && (
          <Dropdown
            trigger={['click']}
            menu={{
              selectable: true,
              selectedKeys: [lane.name],
              items: lanes.map(field => ({ key: field.name, label: label(field.label) })),
              onClick: ({ key }) => list.set({ group: key }),
            }}
          >
            <Button icon={<GroupOutlined aria-hidden="true" />}>
              {phone ? label(lane.label) : tv('lanes', { name: label(lane.label) })}
            </Button>
          </Dropdown>
        )}
        {!phone && look === 'table' && (
          <Dropdown
            trigger={['click']}
            menu={{
              selectable: true,
              selectedKeys: [state.group ?? ''],
              items: [
                { key: '', label: t('noGroup') },
                ...groupFields.map(field => ({ key: field.name, label: label(field.label) })),
              ],
              onClick: ({ key }) => list.set({ group: key || null }),
            }}
          >
            <Button
              icon={<GroupOutlined aria-hidden="true" />}
              type={state.group ? 'primary' : 'default'}
              ghost={state.group !== null}
            >
              {state.group
                ? t('groupBy', { name: label(anyField(entity, state.group)?.label ?? entity.label) })
                : t('group')}
            </Button>
          </Dropdown>
        )}
        {!phone && (
          <>
            <span className="yz-grow" />
            {look !== 'calendar' && (
              <ColumnsButton entity={entity} columns={state.columns} onChange={list.setColumns} />
            )}
          </>
        )}
        {looks.length > 1 && !state.bin && (
          <Segmented<Look>
            aria-label={tv('look')}
            value={look}
            options={looks.map(each => ({
              value: each,
              icon: lookIcons[each],
              title: tv(each),
              label: <span className="yz-said">{tv(each)}</span>,
            }))}
            onChange={next => list.set({ look: next })}
          />
        )}
        <ViewMenu entity={entity} list={list} />
      </div>
      {chosen.length > 0 && (
        <BulkBar entity={entity} records={chosen} bin={state.bin} onClear={() => setSelected(new Set())} />
      )}
      {look === 'board' && lane ? (
        <Suspense fallback={<Waiting />}>
          <Board
            key={lane.name}
            entity={entity}
            columns={state.columns}
            query={query}
            by={lane}
            onCreate={started}
            empty={empty}
          />
        </Suspense>
      ) : look === 'calendar' && calendar ? (
        <Suspense fallback={<Waiting />}>
          <Month
            entity={entity}
            query={query}
            spans={calendars}
            span={calendar}
            month={state.month ?? localDay(new Date()).slice(0, 7)}
            onMonth={month => list.set({ month })}
            onSpan={dates => list.set({ dates })}
            onCreate={started}
          />
        </Suspense>
      ) : phone ? (
        <Cards
          entity={entity}
          rows={rows}
          query={query}
          columns={state.columns}
          onOpen={state.bin ? undefined : open}
          empty={empty}
          selected={selected}
          setSelected={setSelected}
          bin={state.bin}
        />
      ) : (
        <RecordGrid
          entity={entity}
          rows={rows}
          list={list}
          query={query}
          selected={selected}
          setSelected={setSelected}
          onOpen={state.bin ? undefined : open}
          empty={empty}
        />
      )}
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog entity={entity} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </div>
  )
}
