// What a reader has before him: a what-if branch and of which plan, or which published version and what came after it.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useList, useRecord } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { text } from './compare-text.ts'

export function PlanStanding({ record, revision }: { record: RecordJson; revision: number }) {
  return typeof record.branch_of === 'string' ? (
    <BranchTag record={record} original={record.branch_of} />
  ) : (
    <PublishedTag plan={record.id} revision={revision} />
  )
}

function BranchTag({ record, original }: { record: RecordJson; original: string }) {
  const t = useText(text)
  const owner = useRecord('plan', original)
  return (
    <>
      <span className="yz-tag yz-tag-warn" title={t('notCounted')}>
        {t('branch')}
      </span>
      {owner.data && (
        <span>
          <span className="yz-faint">{t('branchOf')}</span>{' '}
          <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={original}>
            {owner.data.name}
          </RecordLink>{' '}
          <span className="yz-faint">{t('atRevision', { revision: Number(record.branch_revision ?? 0) })}</span>
        </span>
      )}
      {typeof record.taken_over_revision === 'number' && (
        <span className="yz-tag yz-tag-good">{t('takenOver', { revision: record.taken_over_revision })}</span>
      )}
    </>
  )
}

function PublishedTag({ plan, revision }: { plan: string; revision: number }) {
  const t = useText(text)
  const formats = useFormats()
  const seen = entityOf(useMeta(), 'plan_baseline') !== undefined
  const last = useList(
    'plan_baseline',
    {
      filter: { plan: { eq: plan }, published: { eq: true } },
      fields: ['name', 'revision', 'created_at'],
      sort: ['-created_at'],
      limit: 1,
    },
    { enabled: seen },
  ).items[0]
  if (!last) return null
  const since = revision - last.revision
  return (
    <span className="yz-flex" title={formats.instant(last.created_at)}>
      <span className="yz-tag yz-tag-info">{t('lastPublished', { name: last.name })}</span>
      <span className="yz-faint">{since === 0 ? t('asPublished') : t('sincePublished', { count: since })}</span>
    </span>
  )
}
