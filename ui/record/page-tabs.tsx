// The pages of a record that modules add to: overview, theirs, history. Which one is open stands in the address.
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import type { ReactNode } from 'react'
import type { RecordTab } from '../pages.ts'
import { useLabel, useText } from '../text/language.tsx'
import { History } from './history.tsx'
import { ModuleTab } from './side-panel.tsx'
import { Tabs } from './tabs.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
  readonly pages: readonly (RecordTab & { readonly page: string })[]
  readonly overview: ReactNode
}

export function PageTabs({ entity, record, pages, overview }: Props) {
  const t = useText(text)
  const label = useLabel()
  const navigate = useNavigate()
  const { tab } = useSearch({ strict: false })
  const items = [
    { key: 'overview', label: t('overview'), content: () => overview },
    ...pages.map(each => ({
      key: each.page,
      label: label(each.label),
      content: () => (
        <div className="yz-record-wide">
          <ModuleTab tab={each} entity={entity} record={record} />
        </div>
      ),
    })),
    {
      key: 'history',
      label: t('history'),
      content: () => (
        <div className="yz-record-wide">
          <History entity={entity} record={record} />
        </div>
      ),
    },
  ]
  const choose = (key: string) =>
    void navigate({
      to: '/$module/$name/$id',
      params: { module: entity.module, name: entity.name, id: record.id },
      search: key === 'overview' ? {} : { tab: key },
      replace: true,
    })
  return (
    <div className="yz-record-pages">
      <Tabs items={items} label={label(entity.label)} chosen={{ key: tab, choose }} />
    </div>
  )
}
