// Beside the fields: discussion, attachments, history, related records, and what modules add.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { lazy, Suspense, useMemo } from 'react'
import type { RecordTab } from '../pages.ts'
import { useModulePages } from '../shell/module-pages.tsx'
import { Waiting } from '../shell/notice.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { Attachments } from './attachments.tsx'
import { Discussion } from './discussion.tsx'
import { History } from './history.tsx'
import { Related } from './related.tsx'
import { Tabs } from './tabs.tsx'
import { text } from './text.ts'

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
}

function ModuleTab({ tab, entity, record }: Props & { tab: RecordTab }) {
  const Body = useMemo(() => lazy(tab.load), [tab])
  return (
    <Suspense fallback={<Waiting />}>
      <Body entity={entity} record={record} />
    </Suspense>
  )
}

export function SidePanel({ entity, record }: Props) {
  const t = useText(text)
  const label = useLabel()
  const pages = useModulePages(entity.module)
  const talks = entity.discussion ?? (entity.kind === 'record' || entity.kind === 'document')
  const items = [
    ...(pages?.tabs[entity.name] ?? []).map((tab, at) => ({
      key: `module-${at}`,
      label: label(tab.label),
      content: () => <ModuleTab tab={tab} entity={entity} record={record} />,
    })),
    ...(talks
      ? [
          { key: 'talk', label: t('discussion'), content: () => <Discussion entity={entity} record={record} /> },
          { key: 'files', label: t('attachments'), content: () => <Attachments entity={entity} record={record} /> },
        ]
      : []),
    { key: 'history', label: t('history'), content: () => <History entity={entity} record={record} /> },
    { key: 'related', label: t('related'), content: () => <Related entity={entity} record={record} /> },
  ]
  return (
    <aside className="yz-record-side">
      <Tabs items={items} label={t('details')} />
    </aside>
  )
}
