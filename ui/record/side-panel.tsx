// Beside the fields: discussion, attachments, history, related records, and what modules add.
import { type EntityMeta, inviting, type RecordJson } from '@yingzao/kernel/entity'
import { lazy, Suspense, useMemo } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import type { RecordTab } from '../pages.ts'
import { useAllModulePages } from '../shell/module-pages.tsx'
import { Waiting } from '../shell/notice.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { Attachments } from './attachments.tsx'
import { Discussion } from './discussion.tsx'
import { History } from './history.tsx'
import { Related } from './related.tsx'
import { Tabs } from './tabs.tsx'
import { text } from './text.ts'

const GuestPanel = lazy(() => import('../guest/guest-panel.tsx').then(({ GuestPanel }) => ({ default: GuestPanel })))
const Guests = (props: Props) => (
  <Suspense fallback={<Waiting />}>
    <GuestPanel {...props} />
  </Suspense>
)

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
}

export function ModuleTab({ tab, entity, record }: Props & { tab: RecordTab }) {
  const Body = useMemo(() => lazy(tab.load), [tab])
  return (
    <Suspense fallback={<Waiting />}>
      <Body entity={entity} record={record} />
    </Suspense>
  )
}

/** What modules add to records of the entity, as far as I may see it. */
export function useRecordTabs(entity: EntityMeta): { readonly ready: boolean; readonly tabs: readonly RecordTab[] } {
  const meta = useMeta()
  const { ready, pages } = useAllModulePages()
  const tabs = pages
    .flatMap(each => [...(entity.kind === 'document' ? each.documentTabs : []), ...(each.tabs[entity.name] ?? [])])
    .filter(tab => tab.needs === undefined || entityOf(meta, tab.needs)?.can.includes('read'))
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
  return { ready, tabs }
}

export function SidePanel({ entity, record, history }: Props & { readonly history: boolean }) {
  const t = useText(text)
  const label = useLabel()
  const { ready, tabs } = useRecordTabs(entity)
  const talks = entity.discussion ?? (entity.kind === 'record' || entity.kind === 'document')
  // The first tab is chosen when they are known.
  if (!ready) return <aside className="yz-record-side" />
  const items = [
    ...tabs
      .filter(tab => tab.page === undefined)
      .map((tab, at) => ({
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
    ...(entity.guests && record._can.includes(inviting)
      ? [{ key: 'guests', label: t('guests'), content: () => <Guests entity={entity} record={record} /> }]
      : []),
    ...(history
      ? [{ key: 'history', label: t('history'), content: () => <History entity={entity} record={record} /> }]
      : []),
    { key: 'related', label: t('related'), content: () => <Related entity={entity} record={record} /> },
  ]
  return (
    <aside className="yz-record-side">
      <Tabs items={items} label={t('details')} />
    </aside>
  )
}
