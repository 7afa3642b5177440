// The branches and the named baselines of a plan, and what can be done with them.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useSay } from '@yingzao/ui/data/say'
import { useTitles } from '@yingzao/ui/data/titles'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button } from 'antd'
import { text } from './compare-text.ts'

const MOST = 200

export function BranchList({ record }: { record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const branches = useList('plan', {
    filter: { branch_of: { eq: record.id } },
    fields: ['name', 'finish_on', 'branch_revision', 'taken_over_revision', 'created_at', 'created_by'],
    sort: ['-created_at'],
    limit: MOST,
  })
  const people = useTitles(
    'user',
    branches.items.flatMap(each => each.created_by ?? []),
  )
  // A branch without branches of its own does not need the section.
  if (branches.isPending || (branches.items.length === 0 && record.branch_of !== null)) return null
  return (
    <section className="yz-section yz-no-print">
      <h2>{t('branches')}</h2>
      {branches.items.length === 0 ? (
        <p className="yz-soft">{t('noBranches')}</p>
      ) : (
        <ul className="yz-versions">
          {branches.items.map(each => (
            <li key={each.id}>
              <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={each.id}>
                {each.name}
              </RecordLink>
              <span className="yz-figure">{formats.date(each.finish_on)}</span>
              {each.taken_over_revision !== null && (
                <span className="yz-tag yz-tag-good">{t('takenOver', { revision: each.taken_over_revision })}</span>
              )}
              <span className="yz-faint yz-small">
                {t('atRevision', { revision: each.branch_revision ?? 0 })} ·{' '}
                {(each.created_by && people[each.created_by]) ?? ''} · {formats.ago(each.created_at)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function BaselineList({ record }: { record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const say = useSay()
  const { modal } = App.useApp()
  const changes = useChanges('plan_baseline')
  const baselines = useList('plan_baseline', {
    filter: { plan: { eq: record.id } },
    fields: ['name', 'note', 'published', 'revision', 'finish_on', 'created_at', 'created_by'],
    sort: ['-created_at'],
    limit: MOST,
  })
  const people = useTitles(
    'user',
    baselines.items.flatMap(each => each.created_by ?? []),
  )
  if (baselines.isPending) return null
  const remove = (each: (typeof baselines.items)[number]) =>
    void modal.confirm({
      title: t('removeBaseline'),
      content: t('removeBaselineNote', { name: each.name }),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => changes.remove(each.id, each.version).catch(say.bad),
    })
  return (
    <section className="yz-section yz-no-print">
      <h2>{t('baselines')}</h2>
      {baselines.items.length === 0 ? (
        <p className="yz-soft">{t('noBaselines')}</p>
      ) : (
        <ul className="yz-versions">
          {baselines.items.map(each => (
            <li key={each.id}>
              <strong>{each.name}</strong>
              {each.published && <span className="yz-tag yz-tag-info">{t('published')}</span>}
              <span className="yz-figure">{formats.date(each.finish_on)}</span>
              <span className="yz-faint yz-small yz-grow">
                {t('atRevision', { revision: each.revision })} · {(each.created_by && people[each.created_by]) ?? ''} ·{' '}
                {formats.instant(each.created_at)}
                {each.note && <> · {each.note}</>}
              </span>
              {!each.published && each._can.includes('delete') && (
                <Button size="small" type="text" danger onClick={() => remove(each)}>
                  {t('remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
