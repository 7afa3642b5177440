// 计划完成率: how many of the promises of each week were kept, and why the others were not; as charts and as tables.
import { Link } from '@tanstack/react-router'
import { useAggregate } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback, useMemo } from 'react'
import { reasons } from '../progress-report.entity.ts'
import { text } from './text.ts'

interface Week {
  readonly week: string
  readonly kept: number
  readonly missed: number
}
const SHOWN = 26

export function Kept({ plan }: { plan: string }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const measures = [{ fn: 'count' as const }]
  const filter = { plan: { eq: plan } }
  const stages = useAggregate('week_commitment', { filter, by: ['week_on', 'stage'], measures })
  const whys = useAggregate('week_commitment', { filter, where: 'stage = "missed"', by: ['reason'], measures })
  const weeks = useMemo(() => weeksOf(stages.data ?? []), [stages.data])
  const causes = useMemo(
    () =>
      (whys.data ?? [])
        .flatMap(({ key: [reason], values: [count] }) => {
          const found = Object.entries(reasons).find(([name]) => name === reason)
          return found ? [{ key: found[0], words: label(found[1]), count: Number(count) }] : []
        })
        .sort((a, b) => b.count - a.count),
    [whys.data, label],
  )
  const share = ({ kept, missed }: Week) => kept / (kept + missed)
  const byWeek = useCallback(
    (palette: Palette) => ({
      grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
      legend: {
        top: 0,
        left: 0,
        icon: 'roundRect',
        itemWidth: 16,
        itemHeight: 8,
        textStyle: { color: palette.textSoft },
      },
      tooltip: tooltip(palette),
      xAxis: { type: 'category', data: weeks.map(each => each.week.slice(5)), ...axis(palette) },
      yAxis: [
        { type: 'value', minInterval: 1, ...axis(palette) },
        {
          ...{ type: 'value', min: 0, max: 1, splitLine: { show: false } },
          axisLabel: { color: palette.textFaint, formatter: (value: number) => `${Math.round(value * 100)}%` },
        },
      ],
      series: [
        {
          type: 'bar',
          stack: 'all',
          name: t('kept_'),
          color: palette.accent,
          data: weeks.map(each => each.kept),
          barMaxWidth: 32,
        },
        {
          type: 'bar',
          stack: 'all',
          name: t('missed'),
          color: palette.textFaint,
          data: weeks.map(each => each.missed),
        },
        {
          ...{ type: 'line', name: t('share'), yAxisIndex: 1, color: palette.good, symbolSize: 6 },
          data: weeks.map(each => each.kept / (each.kept + each.missed)),
          tooltip: { valueFormatter: (value: unknown) => formats.percent(typeof value === 'number' ? value : null) },
        },
      ],
    }),
    [weeks, t, formats],
  )
  const byReason = useCallback(
    (palette: Palette) => ({
      grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
      tooltip: tooltip(palette),
      xAxis: { type: 'value', minInterval: 1, ...axis(palette) },
      yAxis: { type: 'category', inverse: true, data: causes.map(each => each.words), ...axis(palette) },
      series: [
        {
          ...{ type: 'bar', name: t('count'), color: palette.warn, barMaxWidth: 20 },
          label: { show: true, position: 'right', color: palette.textSoft },
          data: causes.map(each => each.count),
        },
      ],
    }),
    [causes, t],
  )
  if (weeks.length === 0) return <p className="yz-soft">{t('noneClosed')}</p>
  const all = weeks.reduce((sum, each) => sum + each.kept + each.missed, 0)
  const kept = weeks.reduce((sum, each) => sum + each.kept, 0)
  return (
    <>
      <dl className="yz-finish">
        <div>
          <dt>{t('ppc')}</dt>
          <dd className="yz-figure">
            <strong>{formats.percent(kept / all)}</strong>{' '}
            <span className="yz-soft">{t('ppcNote', { kept, all })}</span>
          </dd>
        </div>
      </dl>
      <div className="yz-week-charts">
        <section>
          <h2>{t('ppcWeeks')}</h2>
          <Chart option={byWeek} height={240} label={t('ppcChart')} />
        </section>
        <section>
          <h2>{t('ppcReasons')}</h2>
          <Chart option={byReason} height={240} label={t('reasonChart')} />
        </section>
      </div>
      <details>
        <summary className="yz-link">{t('asTable')}</summary>
        <div className="yz-week-charts">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('weekCol')}</th>
                <th scope="col" className="yz-right">
                  {t('kept_')}
                </th>
                <th scope="col" className="yz-right">
                  {t('missed')}
                </th>
                <th scope="col" className="yz-right">
                  {t('share')}
                </th>
              </tr>
            </thead>
            <tbody>
              {weeks.map(each => (
                <tr key={each.week} className="yz-figure">
                  <td>
                    <Rows filter={{ ...filter, week_on: { eq: each.week } }}>{each.week}</Rows>
                  </td>
                  <td className="yz-right">{each.kept}</td>
                  <td className="yz-right">{each.missed}</td>
                  <td className="yz-right">{formats.percent(share(each))}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('why')}</th>
                <th scope="col" className="yz-right">
                  {t('count')}
                </th>
              </tr>
            </thead>
            <tbody>
              {causes.map(each => (
                <tr key={each.key} className="yz-figure">
                  <td>
                    <Rows filter={{ ...filter, reason: { eq: each.key } }}>{each.words}</Rows>
                  </td>
                  <td className="yz-right">{each.count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}

/** The rows a number counts. */
const Rows = ({
  filter,
  children,
}: {
  filter: Readonly<Record<string, { readonly eq: string }>>
  children: React.ReactNode
}) => (
  <Link
    to="/$module/$name"
    params={{ module: 'progress', name: 'week_commitment' }}
    search={{ filter }}
    className="yz-link"
  >
    {children}
  </Link>
)

const tooltip = (palette: Palette) => ({
  trigger: 'axis',
  backgroundColor: palette.raised,
  borderColor: palette.line,
  textStyle: { color: palette.text },
})
const axis = (palette: Palette) => ({
  axisLine: { lineStyle: { color: palette.line } },
  axisLabel: { color: palette.textFaint },
  splitLine: { lineStyle: { color: palette.line } },
})

/** Weeks in which something was closed, the latest of them. */
function weeksOf(
  rows: readonly { readonly key: readonly unknown[]; readonly values: readonly unknown[] }[],
): readonly Week[] {
  const found = new Map<string, { kept: number; missed: number }>()
  for (const { key, values } of rows) {
    const [week, stage] = key.map(String)
    if (week === undefined || (stage !== 'kept' && stage !== 'missed')) continue
    const known = found.get(week) ?? { kept: 0, missed: 0 }
    found.set(week, { ...known, [stage]: Number(values[0]) })
  }
  return [...found]
    .map(([week, counts]) => ({ week, ...counts }))
    .sort((a, b) => a.week.localeCompare(b.week))
    .slice(-SHOWN)
}
