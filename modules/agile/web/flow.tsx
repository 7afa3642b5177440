// 流动: when it will be done, and how work flows — every figure from the log of what happened.
import { useClient, useList } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { Segmented } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { FlowReport } from '../report.ts'
import { workStages } from '../work-item.entity.ts'
import { Ageing } from './ageing.tsx'
import type { BoardPartProps } from './board-page.tsx'
import { burnUp, cumulativeFlow, cycleTimes, round, velocities, weekly } from './chart-option.ts'
import { ForecastCard } from './forecast.tsx'
import { text } from './text.ts'
import { useReport } from './use-report.ts'

const units = ['items', 'points'] as const
type Unit = (typeof units)[number]
const stageName: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>> =
  Object.fromEntries(Object.entries(workStages).map(([id, stage]) => [id, stage.label]))

export default function Flow({ project }: BoardPartProps) {
  const t = useText(text)
  const client = useClient()
  const [unit, setUnit] = useState<Unit>('items')
  const report = useReport('flow', { project, unit }, () => client.perform<FlowReport>('agile.flow', { project, unit }))
  if (report.error && !report.data) return <Failed error={report.error} retry={() => void report.refetch()} />
  if (!report.data) return <Waiting />
  if (report.data.events === 0)
    return (
      <div className="yz-notice">
        <h2>{t('noHistory')}</h2>
        <p className="yz-soft">{t('noHistoryNext')}</p>
      </div>
    )
  return <Shown report={report.data} project={project} unit={unit} onUnit={setUnit} />
}

interface ShownProps {
  readonly report: FlowReport
  readonly project: string
  readonly unit: Unit
  readonly onUnit: (unit: Unit) => void
}

function Shown({ report, project, unit, onUnit }: ShownProps) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const nameOf = useCallback((stage: string) => (stageName[stage] ? label(stageName[stage]) : stage), [label])
  const up = useCallback((palette: Palette) => burnUp(palette, report.series, t), [report, t])
  const cumulative = useCallback((palette: Palette) => cumulativeFlow(palette, report, nameOf), [report, nameOf])
  const cycles = useCallback(
    (palette: Palette) => cycleTimes(palette, report, (title, days) => t('cycleDot', { title, days })),
    [report, t],
  )
  const weeks = useCallback((palette: Palette) => weekly(palette, report, t), [report, t])
  const { cycle, little, ageing, throughput, takenOver } = report
  const lately = throughput.slice(-6)
  const mean = lately.length > 0 ? lately.reduce((sum, each) => sum + each.items, 0) / lately.length : null
  const figure = (value: number | null | undefined) => (value == null ? '—' : formats.number(String(round(value)), 1))
  return (
    <div className="yz-agile-report">
      <section className="yz-section">
        <h2>{t('whenDone')}</h2>
        <ForecastCard forecast={report.forecast} />
      </section>
      <section className="yz-section">
        <h2>{t('figures')}</h2>
        <Figures
          items={[
            ...(['p50', 'p85', 'p95'] as const).map(key => ({
              label: t('cycleShare', { share: key.slice(1) }),
              value: cycle ? t('days', { days: figure(cycle[key]) }) : '—',
            })),
            { label: t('weeklyMean', { weeks: lately.length }), value: figure(mean) },
            { label: t('inProgress'), value: formats.integer(ageing.length) },
            ...(little
              ? [
                  {
                    label: t('little'),
                    value: formats.number(little.ratio.toFixed(2), 2),
                    tone: little.steady ? undefined : ('warn' as const),
                    note: t(little.steady ? 'littleSteady' : little.ratio > 1 ? 'littlePiling' : 'littleDraining'),
                  },
                ]
              : []),
          ]}
        />
      </section>
      <section className="yz-section">
        <div className="yz-agile-head">
          <h2>{t('burnUp')}</h2>
          <Segmented<Unit>
            aria-label={t('unit')}
            value={unit}
            options={units.map(each => ({ value: each, label: t(each) }))}
            onChange={onUnit}
          />
        </div>
        <Chart
          option={up}
          height={260}
          label={t('burnUpLabel', { done: last(report.series.done), scope: last(report.series.scope) })}
        />
      </section>
      <section className="yz-section">
        <h2>{t('cumulative')}</h2>
        <Chart option={cumulative} height={300} label={t('cumulativeLabel')} />
        <p className="yz-faint yz-agile-note">{t('cumulativeNote')}</p>
      </section>
      <section className="yz-section">
        <h2>{t('cycleTimes')}</h2>
        {report.finished.length === 0 ? (
          <p className="yz-soft">{t('nothingFinished')}</p>
        ) : (
          <Chart
            option={cycles}
            height={280}
            label={t('cycleLabel', { count: report.finished.length, p50: figure(cycle?.p50), p85: figure(cycle?.p85) })}
          />
        )}
      </section>
      <section className="yz-section">
        <h2>{t('ageing')}</h2>
        <Ageing rows={ageing} cycle={cycle} nameOf={nameOf} />
      </section>
      <section className="yz-section">
        <h2>{t('throughput')}</h2>
        <Chart
          option={weeks}
          height={200}
          label={t('throughputLabel', { weeks: throughput.length, mean: figure(mean) })}
        />
      </section>
      <Velocities project={project} />
      <p className="yz-faint yz-agile-note">
        {t('source', { events: formats.integer(report.events), on: formats.date(report.on) })}
        {takenOver > 0 && ` ${t('takenOver', { count: formats.integer(takenOver) })}`}
      </p>
    </div>
  )
}

const last = (values: readonly number[]) => round(values.at(-1) ?? 0)

function Velocities({ project }: { project: string }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const closed = useList('sprint', {
    filter: { project: { eq: project }, stage: { eq: 'closed' } },
    sort: ['-start_on'],
    limit: 26,
  })
  const sprints = useMemo(
    () =>
      closed.items
        .map(each => ({
          id: each.id,
          name: each.name,
          committed: Number(each.committed ?? 0),
          completed: Number(each.completed ?? 0),
        }))
        .reverse(),
    [closed.items],
  )
  const option = useCallback((palette: Palette) => velocities(palette, sprints, t), [sprints, t])
  const entity = entityOf(meta, 'sprint')
  if (sprints.length === 0 || !entity) return null
  return (
    <section className="yz-section">
      <h2>{t('velocity')}</h2>
      <Chart option={option} height={220} label={t('velocityLabel', { count: sprints.length })} />
      <details>
        <summary className="yz-link">{t('asTable')}</summary>
        <div className="yz-scroll-x">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('sprint')}</th>
                <th scope="col" className="yz-right">
                  {t('committed')}
                </th>
                <th scope="col" className="yz-right">
                  {t('completed')}
                </th>
              </tr>
            </thead>
            <tbody>
              {sprints.map(each => (
                <tr key={each.id}>
                  <td>
                    <RecordLink entity={entity} id={each.id}>
                      {each.name}
                    </RecordLink>
                  </td>
                  <td className="yz-figure yz-right">{formats.number(String(each.committed), 1)}</td>
                  <td className="yz-figure yz-right">{formats.number(String(each.completed), 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
