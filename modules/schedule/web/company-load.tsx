// 资源负荷 of the whole company: what all current plans together ask of crews, people, departments; the bottleneck on top.
import { PrinterOutlined } from '@ant-design/icons'
import { ListLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Progress, Segmented, Select } from 'antd'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import type { CoarseUnit } from '../load-shape.ts'
import { text as levelText } from './company-level-text.ts'
import { CompanyShares } from './company-shares.tsx'
import { companyText } from './company-text.ts'
import { type LoadBy, pooledLoads } from './pool.ts'
import { ResourceHeat } from './resource-heat.tsx'
import { ResourceHistogram } from './resource-histogram.tsx'
import { printLoads } from './resource-paper.tsx'
import type { LoadChoice } from './resource-period.ts'
import { text } from './resource-text.ts'
import './resources.css'
import { useCompanyLoads } from './use-company-loads.ts'

const CompanyLevel = lazy(() => import('./company-level.tsx'))

export default function CompanyLoad() {
  const t = useText(companyText)
  const l = useText(levelText)
  const [view, setView] = useState<'load' | 'level'>('load')
  const of = useText(text)
  const meta = useMeta()
  const [by, setBy] = useState<LoadBy>('resource')
  const [unit, setUnit] = useState<CoarseUnit>('week')
  const [company, setCompany] = useState('')
  const [picked, setPicked] = useState<string | null>(null)
  const [chosen, setChosen] = useState<LoadChoice | null>(null)
  const { found, error, isPending, retry } = useCompanyLoads(unit)
  const { names } = found
  const [now] = useState(() => minuteOfWallClock(new Date()))
  const companies = useMemo(() => [...new Set(found.plans.map(each => each.company))], [found])
  const loads = useMemo(
    () =>
      pooledLoads(
        found.plans.filter(each => company === '' || each.company === company),
        by,
        now,
      ),
    [found, by, company, now],
  )
  const choose = useCallback((choice: LoadChoice) => {
    setPicked(choice.resource)
    setChosen(choice)
  }, [])
  const afresh = <V,>(set: (value: V) => void) => {
    return (value: V) => {
      set(value)
      setPicked(null)
      setChosen(null)
    }
  }
  if (error && found.plans.length === 0) return <Failed error={error} retry={retry} />
  if (isPending) return <Waiting />
  const reading = found.done < found.all
  const scarce = loads.filter(each => each.overloads > 0).length
  const shown = loads.find(each => each.resource === picked) ?? loads[0]
  const resource = shown?.resource ?? ''
  const name = names.get(resource) ?? resource
  const own = chosen?.resource === resource ? chosen : null
  const sum = { plans: found.plans.length, rows: loads.length, scarce }
  const [plans, resources] = [entityOf(meta, 'plan'), entityOf(meta, 'plan_resource')]
  const perDay = found.plans[0]?.loads.perDay ?? 480
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <Button
            icon={<PrinterOutlined aria-hidden="true" />}
            disabled={loads.length === 0}
            onClick={() => printLoads({ title: `${t('title')} · ${t(by)}`, loads, names, now, t: of })}
          >
            {of('print')}
          </Button>
        }
      />
      <section className="yz-res">
        <div className="yz-res-head">
          <Segmented<'load' | 'level'>
            aria-label={l('view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'load', label: l('load') },
              { value: 'level', label: l('level') },
            ]}
          />
          {view === 'load' && (
            <>
              <Segmented<LoadBy>
                aria-label={t('by')}
                value={by}
                onChange={afresh(setBy)}
                options={(['resource', 'person', 'department', 'project'] as const).map(value => ({
                  value,
                  label: t(value),
                }))}
              />
              <Segmented<CoarseUnit>
                aria-label={of('unit')}
                value={unit}
                onChange={afresh(setUnit)}
                options={[
                  { value: 'week', label: of('week') },
                  { value: 'month', label: of('month') },
                ]}
              />
            </>
          )}
          {companies.length > 1 && (
            <Select
              aria-label={t('company')}
              className="yz-res-pick"
              value={company}
              onChange={afresh(setCompany)}
              options={[
                { value: '', label: t('allCompanies') },
                ...companies.map(id => ({ value: id, label: names.get(id) ?? id })),
              ]}
            />
          )}
          {reading ? (
            <span className="yz-flex yz-soft" role="status">
              <Progress type="circle" size={20} percent={(100 * found.done) / found.all} showInfo={false} />
              {t('reading', { done: found.done, all: found.all })}
            </span>
          ) : (
            loads.length > 0 && (
              <span className={scarce > 0 ? 'yz-bad' : 'yz-soft'}>{t(scarce > 0 ? 'sum' : 'sumGood', sum)}</span>
            )
          )}
        </div>
        {found.failed.length > 0 && (
          <p className="yz-warn">{t('failed', { count: found.failed.length, names: found.failed.join(', ') })}</p>
        )}
        {view === 'level' && (
          <Suspense fallback={<Waiting />}>
            <CompanyLevel company={company} />
          </Suspense>
        )}
        {view === 'load' && !reading && loads.length === 0 && (
          <div className="yz-notice">
            <h2>{t(by === 'person' ? 'nobody' : 'none')}</h2>
            <p className="yz-soft">{t(by === 'person' ? 'nobodyNext' : 'noneNext')}</p>
            {by === 'person'
              ? resources && (
                  <ListLink entity={resources} className="yz-button">
                    {t('toResources')}
                  </ListLink>
                )
              : plans && (
                  <ListLink entity={plans} className="yz-button">
                    {t('toPlans')}
                  </ListLink>
                )}
          </div>
        )}
        {view === 'load' && shown && (
          <>
            <ResourceHeat
              key={`${by} ${unit}`}
              loads={loads}
              names={names}
              title={t(by)}
              chosen={chosen}
              onChoose={choose}
              now={now}
            />
            <div className="yz-res-below">
              <section className="yz-res-card yz-grow" aria-label={of('histogram', { resource: name })}>
                <h3>{name}</h3>
                <ResourceHistogram
                  resource={resource}
                  periods={shown.periods}
                  unit={unit}
                  perDay={perDay}
                  chosen={own}
                  onChoose={choose}
                  now={now}
                />
                <p className="yz-faint">{t('pooled')}</p>
              </section>
              <section className="yz-res-card yz-res-side" aria-live="polite">
                <CompanyShares pooled={shown} chosen={own} names={names} perDay={perDay} />
              </section>
            </div>
          </>
        )}
      </section>
    </>
  )
}
