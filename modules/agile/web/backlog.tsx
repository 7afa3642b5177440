// 待办列表: what is to be done, in order — open sprints above, the backlog below; ranked by drag and keyboard, estimated in place.
import { PlusOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { RecordOf } from '@yingzao/kernel/entity'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown } from 'antd'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { sprint as sprintEntity } from '../sprint.entity.ts'
import type { workItem } from '../work-item.entity.ts'
import { arranged, behindSection, type Moving, stepped } from './backlog-order.ts'
import { BacklogSection } from './backlog-section.tsx'
import type { BoardPartProps } from './board-page.tsx'
import { text } from './text.ts'

const CreateDialog = lazy(() => import('@yingzao/ui/form/create-dialog.tsx'))

export type BacklogItem = RecordOf<typeof workItem> & { readonly _can: readonly string[] }
export type BacklogSprint = RecordOf<typeof sprintEntity>

const fields = ['code', 'title', 'kind', 'estimate', 'assignee', 'sprint', 'parent', 'blocked', 'stage', 'rank']

export default function Backlog({ project }: BoardPartProps) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const changes = useChanges('work_item')
  /** On their way to the server, one after the other; shown at once. */
  const [moves, setMoves] = useState<readonly Moving[]>([])
  const queue = useRef<Promise<void>>(Promise.resolve())
  const [dragged, setDragged] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [creating, setCreating] = useState(false)
  const list = useList('work_item', {
    filter: {
      project: { eq: project },
      kind: { ne: 'epic' },
      stage: { in: ['backlog', 'ready', 'doing', 'review'] },
    },
    fields,
    sort: ['rank'],
    limit: 500,
  })
  const open = useList('sprint', {
    filter: { project: { eq: project }, stage: { in: ['running', 'planned'] } },
    sort: ['start_on'],
    limit: 50,
  })
  const entity = entityOf(meta, 'work_item')
  const sprintMeta = entityOf(meta, 'sprint')
  const items = useMemo(() => moves.reduce<readonly BacklogItem[]>(arranged, list.items), [list.items, moves])
  if (list.error && list.items.length === 0) return <Failed error={list.error} retry={list.refetch} />
  if (list.isPending || open.isPending || !entity || !sprintMeta) return <Waiting />

  const picked = items.filter(each => chosen.has(each.id))
  const sections: readonly (BacklogSprint | null)[] = [...open.items, null]
  const nameOf = (id: string | null) => open.items.find(each => each.id === id)?.name ?? t('backlog')

  const place = (to: Moving) => {
    setMoves(before => [...before, to])
    setChosen(before => new Set([...before].filter(id => !to.ids.includes(id))))
    queue.current = queue.current.then(() => send(to))
  }
  const send = async (to: Moving) => {
    try {
      const query = { filter: { id: { in: [...to.ids] } }, fields: ['sprint'], limit: 500 }
      const now = (await client.entity('work_item').list(query)).items
      const elsewhere = now.filter(each => each.sprint !== to.sprint)
      for (const each of elsewhere) await changes.patch(each.id, each.version, { sprint: to.sprint })
      await client.perform('agile.rank', { items: to.ids, ...(to.before === null ? {} : { before: to.before }) })
      if (elsewhere.length > 0) {
        const from = new Map(elsewhere.map(each => [each.id, each.sprint]))
        say.undoable(t('movedTo', { count: elsewhere.length, name: nameOf(to.sprint) }), async () => {
          for (const each of (await client.entity('work_item').list(query)).items)
            if (from.has(each.id)) await changes.patch(each.id, each.version, { sprint: from.get(each.id) ?? null })
        })
      }
    } catch (error) {
      say.bad(error)
    }
    await cache.invalidateQueries({ queryKey: keys.lists('work_item') })
    setMoves(before => before.filter(each => each !== to))
  }
  const toEnd = (ids: readonly string[], sprint: string | null) =>
    place({ ids, sprint, before: behindSection(items, sprint, ids) })
  const toTop = (ids: readonly string[], sprint: string | null) =>
    place({
      ids,
      sprint,
      before: items.find(each => each.sprint === sprint && !ids.includes(each.id))?.id ?? null,
    })
  const step = (id: string, direction: -1 | 1) => {
    const to = stepped(items, id, direction)
    if (to) place({ ids: [id], sprint: items.find(each => each.id === id)?.sprint ?? null, before: to.before })
  }
  const estimate = async (item: BacklogItem, points: string | null) => {
    try {
      const after = await changes.patch(item.id, item.version, { estimate: points })
      say.undoable(t('estimated', { name: item.title }), () =>
        changes.patch(item.id, after.version, { estimate: item.estimate }),
      )
    } catch (error) {
      say.bad(error)
      list.refetch()
    }
  }
  const create = async (title: string, sprint: string | null) => {
    try {
      // What was moved before stands before it.
      await queue.current
      await changes.create({ title, project, sprint })
    } catch (error) {
      say.bad(error)
      throw error
    }
  }
  const targets = sections.map(each => ({ key: each?.id ?? '', label: each?.name ?? t('backlog') }))
  const points = picked.reduce((sum, each) => sum + Number(each.estimate ?? 0), 0)
  return (
    <div className="yz-backlog">
      <div className="yz-backlog-bar">
        {picked.length > 0 ? (
          <>
            <strong role="status" className="yz-figure">
              {t('picked', { count: picked.length, points: formats.number(String(points), 1) })}
            </strong>
            <Dropdown
              trigger={['click']}
              menu={{
                items: targets,
                onClick: ({ key }) =>
                  toEnd(
                    picked.map(each => each.id),
                    key || null,
                  ),
              }}
            >
              <Button>{t('moveTo')}</Button>
            </Dropdown>
            <Button type="text" onClick={() => setChosen(new Set())}>
              {t('clear')}
            </Button>
          </>
        ) : (
          <span className="yz-faint yz-backlog-hint">{t('backlogKeys')}</span>
        )}
        <span className="yz-grow" />
        {sprintMeta.can.includes('create') && (
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setCreating(true)}>
            {t('newSprint')}
          </Button>
        )}
      </div>
      {sections.map(each => (
        <BacklogSection
          key={each?.id ?? ''}
          sprint={each}
          items={items.filter(item => item.sprint === (each?.id ?? null))}
          refs={list.refs}
          entity={entity}
          sprintMeta={sprintMeta}
          targets={targets}
          busy={moves.flatMap(each => each.ids)}
          chosen={chosen}
          dragged={dragged}
          onDrag={setDragged}
          onChoose={(id, on) => {
            const next = new Set(chosen)
            if (on) next.add(id)
            else next.delete(id)
            setChosen(next)
          }}
          onPlace={(ids, before) => {
            const sprint = each?.id ?? null
            if (before === null) toEnd(ids, sprint)
            else place({ ids, sprint, before })
          }}
          onStep={step}
          onTop={id => toTop([id], each?.id ?? null)}
          onMove={(id, sprint) => toEnd([id], sprint)}
          onEstimate={estimate}
          onCreate={entity.can.includes('create') ? title => create(title, each?.id ?? null) : undefined}
        />
      ))}
      {list.hasMore && (
        <Button onClick={list.loadMore} loading={list.isLoadingMore}>
          {t('more')}
        </Button>
      )}
      {creating && (
        <Suspense fallback={null}>
          <CreateDialog entity="sprint" start={{ project }} onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </div>
  )
}
