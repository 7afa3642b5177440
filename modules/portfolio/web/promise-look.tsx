// Forecast against promise: what the contract, the last publication and the oldest baseline say, how far the forecast is from
// each in working days, and which way it has moved week by week.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDay, parseDay } from '@yingzao/engines/schedule/civil'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useText } from '@yingzao/ui/text/language.tsx'
import { HealthTag } from '../../home/web/public.tsx'
import type { Line } from '../shape.ts'
import { projectLine } from './choice.ts'
import { useGap } from './gantt-look.tsx'
import type { LookProps } from './overview.tsx'
import { median, slips, trendPath, type Week } from './promise.ts'
import { text } from './text.ts'

/** Weeks of a trend. */
const WEEKS = 26

export default function PromiseLook({ portfolio, lines }: LookProps) {
  const t = useText(text)
  const gap = useGap()
  const meta = useMeta()
  const planned = lines.filter(line => line.plan !== null)
  const trends = useTrends(planned, portfolio.today, entityOf(meta, 'progress_week')?.can.includes('read') ?? false)
  const late = planned.filter(line => (line.gaps.contract ?? 0) > 0)
  const worst = [...late].sort((a, b) => (b.gaps.contract ?? 0) - (a.gaps.contract ?? 0))[0]
  const promised = planned.flatMap(line => line.gaps.promised ?? [])
  const slipping = planned.filter(line => slips(trends(line.plan ?? '')))
  return (
    <div className="yz-pf-report">
      <section className="yz-section">
        <Figures
          items={[
            {
              label: t('lateOnes'),
              value: String(late.length),
              tone: late.length > 0 ? 'bad' : 'good',
              note: t('ofProjects', { count: late.length, all: lines.length }),
            },
            { label: t('worstGap'), value: worst ? gap(worst.gaps.contract) : '—', note: worst?.name },
            { label: t('medianGap'), value: gap(median(promised)) },
            {
              label: t('slipping'),
              value: String(slipping.length),
              tone: slipping.length > 0 ? 'warn' : undefined,
              note: slipping.map(line => line.short ?? line.name).join(', '),
            },
          ]}
        />
        <p className="yz-soft">{t('gapsNote')}</p>
      </section>
      <section className="yz-section">
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-pf-table">
            <thead>
              <tr>
                <th scope="col">{t('project')}</th>
                <th scope="col">{t('forecast')}</th>
                <th scope="col">{t('contract')}</th>
                <th scope="col">{t('published')}</th>
                <th scope="col">{t('promised')}</th>
                <th scope="col">{t('trend')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <tr key={line.id}>
                  <th scope="row">
                    <span className="yz-flex">
                      <HealthTag health={projectLine(line, {}, '').health} />
                      <RecordLink entity={{ module: 'project', name: 'project' }} id={line.id}>
                        {line.name}
                      </RecordLink>
                    </span>
                  </th>
                  <td className="yz-figure">
                    {line.plan ? (
                      <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={line.plan}>
                        {line.forecast ?? '—'}
                      </RecordLink>
                    ) : (
                      <span className="yz-faint">{t('noPlan')}</span>
                    )}
                  </td>
                  <Promised on={line.contract} days={line.gaps.contract} none={t('noContract')} />
                  <Promised
                    on={line.published?.finish ?? null}
                    days={line.gaps.published}
                    none={t('notPublished')}
                    name={line.published?.name}
                    plan={line.plan}
                  />
                  <Promised
                    on={line.promised?.finish ?? null}
                    days={line.gaps.promised}
                    none={t('noBaseline')}
                    plan={line.plan}
                  />
                  <td>
                    <Trend line={line} weeks={trends(line.plan ?? '')} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  )
}

interface PromisedProps {
  readonly on: string | null
  readonly days: number | null
  /** Said where there is no such promise. */
  readonly none: string
  readonly name?: string | undefined
  /** Its page compares the plan with what it was. */
  readonly plan?: string | null
}

function Promised({ on, days, none, name, plan }: PromisedProps) {
  const gap = useGap()
  if (on === null) return <td className="yz-faint">{none}</td>
  return (
    <td>
      <div className="yz-figure">
        {on}
        {name && <span className="yz-faint"> {name}</span>}
      </div>
      {days !== null && (
        <div className={`yz-figure${days > 0 ? ' yz-bad' : days < 0 ? ' yz-good' : ' yz-faint'}`}>
          {plan ? (
            <Link
              to="/$module/$name/$id"
              params={{ module: 'schedule', name: 'plan', id: plan }}
              search={{ tab: 'compare' }}
              className={days > 0 ? 'yz-bad' : 'yz-link'}
            >
              {gap(days)}
            </Link>
          ) : (
            gap(days)
          )}
        </div>
      )}
    </td>
  )
}

/** Standing of each reported week, as progress keeps it: all pages, so that no trend is cut. */
function useTrends(lines: readonly Line[], today: string, enabled: boolean) {
  const client = useClient()
  const plans = lines.flatMap(line => line.plan ?? [])
  const from = formatDay((parseDay(today) ?? 0) - 7 * WEEKS)
  const { data } = useQuery({
    queryKey: [...keys.lists('progress_week'), 'trends', from, plans],
    enabled: enabled && plans.length > 0,
    placeholderData: before => before,
    async queryFn() {
      const by = new Map<string, Week[]>()
      for (let at = 0; at < plans.length; at += 200) {
        const asked = { plan: { in: plans.slice(at, at + 200) }, week_on: { ge: from } }
        const fields = ['plan', 'week_on', 'forecast_on']
        for await (const row of client.entity('progress_week').all({ filter: asked, fields, sort: ['week_on'] })) {
          if (!row.forecast_on) continue
          const own = by.get(row.plan) ?? []
          own.push({ on: row.week_on, forecast: row.forecast_on })
          by.set(row.plan, own)
        }
      }
      return by
    },
  })
  return (plan: string): readonly Week[] => data?.get(plan) ?? []
}

function Trend({ line, weeks }: { line: Line; weeks: readonly Week[] }) {
  const t = useText(text)
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (!first || !last || !line.plan) return <span className="yz-faint">{t('noTrend')}</span>
  const words = t('trendOf', { from: first.forecast, to: last.forecast, count: weeks.length })
  const { path, contract } = trendPath(weeks, line.contract, 120, 28)
  return (
    <Link
      to="/$module/$name"
      params={{ module: 'progress', name: 'progress_week' }}
      search={{ filter: { plan: { eq: line.plan } }, sort: ['-week_on'] }}
      className="yz-pf-trend"
      title={words}
      aria-label={words}
    >
      <svg width={120} height={28} aria-hidden="true">
        {contract !== null && <line className="yz-pf-trend-contract" x1={0} x2={120} y1={contract} y2={contract} />}
        <path className={last.forecast > first.forecast ? 'yz-pf-trend-worse' : 'yz-pf-trend-line'} d={path} />
      </svg>
    </Link>
  )
}
