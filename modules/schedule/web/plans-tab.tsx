// The plans of a project on its page: where each ends against the contract, how far it is, and the way into it.
import { Link } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import './plans-tab.css'
import { text } from './text.ts'

export default function PlansTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const plans = useList('plan', { filter: { project: { eq: record.id } }, sort: ['-created_at'], limit: 200 })
  const entity = entityOf(meta, 'plan')
  if (plans.error && plans.items.length === 0) return <Failed error={plans.error} retry={plans.refetch} />
  if (plans.isPending || !entity) return <Waiting />
  // What-if branches stand behind the plan they try out.
  const rows = withBranches([...plans.items].sort((a, b) => Number(b.current) - Number(a.current)))
  const mayCreate = entity.can.includes('create')
  return (
    <div className="yz-stack">
      {mayCreate && (
        <div className="yz-flex yz-plans-actions">
          <Link to="/$module/$name" params={{ module: entity.module, name: 'import' }} className="yz-button">
            {t('importPlan')}
          </Link>
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name: entity.name, id: 'new' }}
            search={{ given: { project: record.id } }}
            className="yz-button"
          >
            {t('newPlan')}
          </Link>
        </div>
      )}
      {rows.length === 0 ? (
        <p>
          <strong>{t('noPlans')}</strong> {mayCreate && <span className="yz-soft">{t('noPlansNext')}</span>}
        </p>
      ) : (
        <ul className="yz-plans">
          {rows.map(plan => {
            const late = plan.late_days
            return (
              <li key={plan.id} data-branch={plan.branch_of !== null}>
                <div className="yz-flex">
                  <RecordLink entity={entity} id={plan.id}>
                    <strong>{plan.name}</strong>
                  </RecordLink>
                  {plan.branch_of !== null && <span className="yz-tag yz-tag-warn">{t('branch')}</span>}
                  {plan.current && <span className="yz-tag yz-tag-info">{t('current')}</span>}
                  {late !== null && plan.finish_on && (
                    <span className={`yz-tag yz-figure yz-tag-${late > 0 ? 'bad' : 'good'}`}>
                      {late > 0 ? t('late', { days: late }) : t('onTime')}
                    </span>
                  )}
                </div>
                <dl>
                  <div>
                    <dt>{t('computedFinish')}</dt>
                    <dd className="yz-figure">{plan.finish_on ? formats.date(plan.finish_on) : '—'}</dd>
                  </div>
                  <div>
                    <dt>{t('planProgress')}</dt>
                    <dd className="yz-figure">{Math.round(Number(plan.progress_pct ?? 0) * 100)}%</dd>
                  </div>
                  <div>
                    <dt>{t('planTasks')}</dt>
                    <dd className="yz-figure">
                      {t('tasksOf', { count: plan.task_count ?? 0, critical: plan.critical_count ?? 0 })}
                    </dd>
                  </div>
                  <div>
                    <dt>{t('planStatus')}</dt>
                    <dd className="yz-figure">{plan.status_on ? formats.date(plan.status_on) : '—'}</dd>
                  </div>
                </dl>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

interface Row {
  readonly id: string
  readonly branch_of: string | null
}

/** Each plan with its branches behind it, branches of branches behind those. */
function withBranches<T extends Row>(plans: readonly T[]): readonly T[] {
  const known = new Set<string>(plans.map(({ id }) => id))
  const below = (id: string | null): T[] =>
    plans
      .filter(({ branch_of }) => (branch_of !== null && known.has(branch_of) ? branch_of : null) === id)
      .flatMap(plan => [plan, ...below(plan.id)])
  return below(null)
}
