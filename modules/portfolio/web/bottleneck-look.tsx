// Bottlenecks: resources asked for beyond what there is over all projects, tasks and links that hold other projects up.
import { Link } from '@tanstack/react-router'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Progress, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { TaskLink, useCompanyLoads } from '../../schedule/web/public.tsx'
import { bottlenecks } from './bottleneck.ts'
import type { LookProps } from './overview.tsx'
import { text } from './text.ts'
import { useHeldUp } from './use-portfolio.ts'

const spans = [4, 8, 13, 26]

export default function BottleneckLook({ lines }: LookProps) {
  const meta = useMeta()
  return (
    <div className="yz-pf-report">
      {entityOf(meta, 'plan_resource')?.can.includes('read') && <Resources lines={lines} />}
      {entityOf(meta, 'warning')?.can.includes('read') && <Holders lines={lines} />}
    </div>
  )
}

function Resources({ lines }: Pick<LookProps, 'lines'>) {
  const t = useText(text)
  const [weeks, setWeeks] = useState(8)
  const [now] = useState(() => minuteOfWallClock(new Date()))
  const { found, error, isPending, retry } = useCompanyLoads('week')
  const ids = useMemo(() => new Set(lines.map(line => line.id)), [lines])
  const rows = useMemo(
    () =>
      bottlenecks(
        found.plans.filter(each => ids.has(each.project)),
        now,
        weeks,
      ),
    [found, ids, now, weeks],
  )
  if (error && found.plans.length === 0) return <Failed error={error} retry={retry} />
  const reading = found.done < found.all
  return (
    <section className="yz-section" aria-busy={isPending || reading}>
      <div className="yz-pf-bar">
        <h2>{t('resources')}</h2>
        <Segmented
          aria-label={t('weeks')}
          value={weeks}
          onChange={setWeeks}
          options={spans.map(count => ({ value: count, label: t('weeksN', { count }) }))}
        />
        <Link to="/$module/$name" params={{ module: 'schedule', name: 'load' }} className="yz-link">
          {t('toLoad')}
        </Link>
        {reading && (
          <span className="yz-flex yz-soft" role="status">
            <Progress type="circle" size={20} percent={(100 * found.done) / found.all} showInfo={false} />
            {t('reading', { done: found.done, all: found.all })}
          </span>
        )}
      </div>
      <p className="yz-soft">{t('resourcesNote')}</p>
      {found.failed.length > 0 && (
        <p className="yz-warn">{t('failed', { count: found.failed.length, names: found.failed.join(', ') })}</p>
      )}
      {isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        !reading && (
          <p>
            <strong>{t('noOverload', { count: weeks })}</strong> <span className="yz-soft">{t('noOverloadNext')}</span>
          </p>
        )
      ) : (
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-pf-table">
            <thead>
              <tr>
                <th scope="col">{t('resource')}</th>
                <th scope="col" className="yz-right">
                  {t('overWeeks')}
                </th>
                <th scope="col" className="yz-right">
                  {t('peak')}
                </th>
                <th scope="col">{t('firstOver')}</th>
                <th scope="col">{t('askedBy')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.key}>
                  <th scope="row">
                    {found.names.get(row.key) ?? row.key}{' '}
                    {row.person && <span className="yz-tag yz-tag-neutral">{t('person')}</span>}
                  </th>
                  <td className="yz-right yz-figure">
                    {row.weeks} / {weeks}
                  </td>
                  <td className="yz-right yz-figure yz-bad">
                    {row.peak === null ? '∞' : `${Math.round(100 * row.peak)}%`}
                  </td>
                  <td className="yz-figure">{row.first}</td>
                  <td>
                    <span className="yz-tags">
                      {row.plans.map(each => (
                        <Link
                          key={each.plan}
                          to="/$module/$name/$id"
                          params={{ module: 'schedule', name: 'plan', id: each.plan }}
                          search={{ tab: 'resources' }}
                          className="yz-link"
                        >
                          {found.names.get(each.project) ?? each.project}
                        </Link>
                      ))}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Holders({ lines }: Pick<LookProps, 'lines'>) {
  const t = useText(text)
  const { data, error, refetch } = useHeldUp()
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Waiting />
  const ids = new Set(lines.map(line => line.id))
  const touches = (projects: readonly string[]) => projects.some(id => ids.has(id))
  const holders = data.holders.filter(each => touches([each.project, ...each.projects]))
  const links = data.links.filter(each => touches([each.from.project, each.to.project]))
  const nameOf = (id: string) => data.names[id] ?? id
  const days = (count: number) => t('days', { days: count })
  return (
    <>
      <section className="yz-section">
        <h2>{t('holders')}</h2>
        <p className="yz-soft">{t('holdersNote')}</p>
        {holders.length === 0 ? (
          <p>
            <strong>{t('noHolder')}</strong> <span className="yz-soft">{t('noHolderNext')}</span>
          </p>
        ) : (
          <div className="yz-scroll-x">
            <table className="yz-plain-table yz-pf-table">
              <thead>
                <tr>
                  <th scope="col">{t('task')}</th>
                  <th scope="col">{t('hits')}</th>
                  <th scope="col" className="yz-right">
                    {t('worst')}
                  </th>
                  <th scope="col">{t('mustAct')}</th>
                  <th scope="col">{t('warnings')}</th>
                </tr>
              </thead>
              <tbody>
                {holders.map(each => (
                  <tr key={each.task}>
                    <th scope="row">
                      <TaskLink plan={each.plan} task={each.task}>
                        {each.name}
                      </TaskLink>
                      <div className="yz-faint">{nameOf(each.project)}</div>
                    </th>
                    <td>{each.projects.map(nameOf).join(', ')}</td>
                    <td className="yz-right yz-figure yz-bad">{days(each.worst)}</td>
                    <td>{each.responsible ? nameOf(each.responsible) : '—'}</td>
                    <td>
                      <Warnings of={each.warnings} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {data.hidden > 0 && <p className="yz-warn">{t('hiddenHolders', { count: data.hidden })}</p>}
      </section>
      {links.length > 0 && (
        <section className="yz-section">
          <h2>{t('holdingLinks')}</h2>
          <div className="yz-scroll-x">
            <table className="yz-plain-table yz-pf-table">
              <thead>
                <tr>
                  <th scope="col">{t('fromTo')}</th>
                  <th scope="col">{t('hits')}</th>
                  <th scope="col" className="yz-right">
                    {t('worst')}
                  </th>
                  <th scope="col">{t('warnings')}</th>
                </tr>
              </thead>
              <tbody>
                {links.map(each => (
                  <tr key={each.link}>
                    <th scope="row">
                      <TaskLink plan={each.from.plan} task={each.from.task}>
                        {each.from.name}
                      </TaskLink>
                      {' → '}
                      <TaskLink plan={each.to.plan} task={each.to.task}>
                        {each.to.name}
                      </TaskLink>
                      <div className="yz-faint">
                        {nameOf(each.from.project)} → {nameOf(each.to.project)}
                        {each.note ? ` · ${each.note}` : ''}
                      </div>
                    </th>
                    <td>{each.projects.map(nameOf).join(', ')}</td>
                    <td className="yz-right yz-figure yz-bad">{days(each.worst)}</td>
                    <td>
                      <Warnings of={each.warnings} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}

const Warnings = ({ of }: { of: readonly { readonly id: string; readonly code: string }[] }) => (
  <span className="yz-tags">
    {of.map(({ id, code }) => (
      <RecordLink key={id} entity={{ module: 'warning', name: 'warning' }} id={id} className="yz-link yz-figure">
        {code}
      </RecordLink>
    ))}
  </span>
)
