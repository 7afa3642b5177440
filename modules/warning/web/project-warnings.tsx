// The warnings of a project, those that hit it and those it causes, with its settings.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { text } from './text.ts'
import { lineFields, openHandlings, WarningLines } from './warning-line.tsx'

export default function ProjectWarnings({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const list = useList('warning', {
    filter: { handling: { in: [...openHandlings] } },
    where: `project = "${record.id}" or cause_project = "${record.id}"`,
    fields: lineFields,
    sort: ['-days', 'needed_on'],
    limit: 200,
  })
  if (list.error && list.items.length === 0) return <Failed error={list.error} retry={list.refetch} />
  if (list.isPending) return <Waiting />
  if (list.items.length === 0)
    return (
      <p>
        <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>
      </p>
    )
  return <WarningLines list={list} me={meta.me.id} />
}
