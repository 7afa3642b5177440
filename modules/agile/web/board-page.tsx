// 敏捷看板: the page a team keeps open — its board, its backlog, how work flows, and what the master plan hears of it.
import { SettingOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useTitles } from '@yingzao/ui/data/titles'
import { RecordForm } from '@yingzao/ui/form/record-form.tsx'
import type { RecordPageProps } from '@yingzao/ui/pages'
import { OpenRecord } from '@yingzao/ui/record/open-record.tsx'
import { panelOf, TabList } from '@yingzao/ui/record/tabs.tsx'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Drawer } from 'antd'
import { type ComponentType, lazy, Suspense, useId, useState } from 'react'
import './agile.css'
import { text } from './text.ts'

export interface BoardPartProps {
  readonly board: RecordJson
  readonly project: string
}
const parts: readonly {
  readonly key: 'board' | 'backlog' | 'flow' | 'plan'
  readonly page: ComponentType<BoardPartProps>
}[] = [
  { key: 'board', page: lazy(() => import('./team-board.tsx')) },
  { key: 'backlog', page: lazy(() => import('./backlog.tsx')) },
  { key: 'flow', page: lazy(() => import('./flow.tsx')) },
  { key: 'plan', page: lazy(() => import('./master-plan.tsx')) },
]

export default function BoardPage({ entity, id }: RecordPageProps) {
  return (
    <OpenRecord entity={entity} id={id}>
      {board => <Shown entity={entity} board={board} />}
    </OpenRecord>
  )
}

function Shown({ entity, board }: { entity: EntityMeta; board: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const navigate = useNavigate()
  const tabs = useId()
  const { tab } = useSearch({ strict: false })
  const [settings, setSettings] = useState(false)
  const project = String(board.project)
  const owner = entityOf(meta, 'project')
  const names = useTitles('project', [project])
  // Proposals are of no use to somebody who may not look at plans.
  const offered = parts.filter(each => each.key !== 'plan' || entityOf(meta, 'plan')?.can.includes('read'))
  const chosen = offered.find(each => each.key === tab) ?? offered[0]
  const choose = (key: string) =>
    void navigate({
      to: '/$module/$name/$id',
      params: { module: entity.module, name: entity.name, id: board.id },
      search: key === 'board' ? {} : { tab: key },
      replace: true,
    })
  if (!chosen) return null
  return (
    <div className="yz-agile">
      <PageHeader
        title={String(board.name)}
        under={entity}
        badges={
          owner && (
            <RecordLink entity={owner} id={project} className="yz-link yz-clip yz-agile-owner">
              {names[project] ?? ''}
            </RecordLink>
          )
        }
        actions={
          board._can.includes('update') && (
            <Button icon={<SettingOutlined aria-hidden="true" />} onClick={() => setSettings(true)}>
              {t('settings')}
            </Button>
          )
        }
      />
      <TabList
        id={tabs}
        label={t('parts')}
        items={offered.map(({ key }) => ({ key, label: t(key) }))}
        chosen={chosen.key}
        choose={choose}
      />
      <div className="yz-agile-part" {...panelOf(tabs, chosen.key)}>
        <Suspense fallback={<Waiting />}>
          <chosen.page board={board} project={project} />
        </Suspense>
      </div>
      <Drawer open={settings} size={520} title={t('settings')} onClose={() => setSettings(false)} destroyOnHidden>
        <RecordForm
          entity={entity}
          record={board}
          guarded={false}
          onSaved={() => setSettings(false)}
          onCancel={() => setSettings(false)}
        />
      </Drawer>
    </div>
  )
}
