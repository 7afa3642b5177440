// 回顾: where the plan stood each reported week, what was said and taken, and how the forecast moved.
import { Link } from '@tanstack/react-router'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useAggregate, useList } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { Button } from 'antd'
import { useCallback, useMemo } from 'react'
import { daysBetween, mondayFor, plusDays } from './day.ts'
import { Shift } from './shift.tsx'
import { text } from './text.ts'

export default function LookBack({ record }: { record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const weeks = useList('progress_week', {
    filter: { plan: { eq: record.id } },
    sort: ['-week_on'],
    limit: 52,
  })
  const days = useAggregate('progress_report', {
    filter: { plan: { eq: record.id } },
    by: ['reported_on', 'stage'],
    measures: [{ fn: 'count' }],
  })
  const counts = useMemo(() => countsOf(days.data ?? []), [days.data])
  const rows = weeks.items
  const option = useCallback(
    (palette: Palette) => {
      const line = (
        name: string,
        color: string,
        of: (row: (typeof rows)[number]) => string | null,
        dashed: boolean,
      ) => ({
        ...{ type: 'line', name, color, symbolSize: dashed ? 0 : 7, connectNulls: true },
        lineStyle: { width: 2, color, type: dashed ? 'dashed' : 'solid' },
        data: [...rows].reverse().map(row => of(row)),
      })
      return {
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        legend: {
          ...{ top: 0, left: 0, icon: 'roundRect', itemWidth: 16, itemHeight: 8, itemGap: 20 },
          textStyle: { color: palette.textSoft },
        },
        tooltip: {
          ...{ trigger: 'axis', backgroundColor: palette.raised, borderColor: palette.line },
          textStyle: { color: palette.text },
          valueFormatter: (value: unknown) => formats.date(dayOf(value)),
        },
        xAxis: {
          ...{ type: 'category', data: [...rows].reverse().map(row => row.week_on.slice(5)) },
          axisLine: { lineStyle: { color: palette.line } },
          axisLabel: { color: palette.textFaint },
        },
        yAxis: {
          ...{ type: 'time', scale: true },
          axisLabel: { color: palette.textFaint, formatter: '{yyyy}-{MM}-{dd}', hideOverlap: true },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          line(t('forecast'), palette.accent, row => row.forecast_on, false),
          line(t('baseline'), palette.textFaint, row => row.baseline_on, true),
          line(t('contract'), palette.bad, row => row.contract_on, true),
        ],
      }
    },
    [rows, t, formats],
  )
  if (weeks.error && rows.length === 0) return <Failed error={weeks.error} retry={weeks.refetch} />
  if (weeks.isPending) return <Waiting />
  if (rows.length === 0)
    return (
      <div className="yz-notice">
        <h2>{t('noWeek')}</h2>
        <div className="yz-soft">{t('noWeekNext')}</div>
      </div>
    )
  const against = (row: (typeof rows)[number], promised: string | null) =>
    row.forecast_on && promised ? <Shift days={daysBetween(promised, row.forecast_on)} /> : '—'
  return (
    <div className="yz-stack yz-waiting">
      <section>
        <h2>{t('trend')}</h2>
        <Chart option={option} height={260} label={t('trendChart')} />
      </section>
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-cards-table">
          <thead>
            <tr>
              <th scope="col">{t('weekCol')}</th>
              <th scope="col" className="yz-right">
                {t('reports')}
              </th>
              <th scope="col" className="yz-right">
                {t('confirmed')}
              </th>
              <th scope="col">{t('statusOn')}</th>
              <th scope="col" className="yz-right">
                {t('progress')}
              </th>
              <th scope="col">{t('forecast')}</th>
              <th scope="col">{t('againstBaseline')}</th>
              <th scope="col">{t('againstContract')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => {
              const { all, taken } = counts.get(row.week_on) ?? { all: 0, taken: 0 }
              const filter = {
                plan: { eq: record.id },
                reported_on: { ge: row.week_on, le: plusDays(row.week_on, 6) },
              }
              return (
                <tr key={row.id} className="yz-figure">
                  <td>
                    <Link
                      to="/$module/$name"
                      params={{ module: 'progress', name: 'progress_report' }}
                      search={{ filter }}
                      className="yz-link"
                    >
                      {row.week_on}
                    </Link>
                  </td>
                  <td data-label={t('reports')} className="yz-right">
                    {all}
                  </td>
                  <td data-label={t('confirmed')} className="yz-right">
                    {taken}
                  </td>
                  <td data-label={t('statusOn')}>{formats.date(row.status_on)}</td>
                  <td data-label={t('progress')} className="yz-right">
                    {formats.percent(row.progress_pct)}
                  </td>
                  <td data-label={t('forecast')}>{formats.date(row.forecast_on)}</td>
                  <td data-label={t('againstBaseline')}>{against(row, row.baseline_on)}</td>
                  <td data-label={t('againstContract')}>{against(row, row.contract_on)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {weeks.hasMore && (
        <div className="yz-no-print">
          <Button size="small" loading={weeks.isLoadingMore} onClick={weeks.loadMore}>
            {t('moreWeeks')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Of what a chart hands over: an ISO day or milliseconds. */
function dayOf(value: unknown): string | null {
  if (typeof value === 'string') return value.slice(0, 10)
  return typeof value === 'number' ? new Date(value).toISOString().slice(0, 10) : null
}

function countsOf(rows: readonly { readonly key: readonly unknown[]; readonly values: readonly unknown[] }[]) {
  const found = new Map<string, { all: number; taken: number }>()
  for (const { key, values } of rows) {
    const [day, stage] = key.map(String)
    if (day === undefined) continue
    const week = mondayFor(day)
    const known = found.get(week) ?? { all: 0, taken: 0 }
    const count = Number(values[0])
    found.set(week, { all: known.all + count, taken: known.taken + (stage === 'confirmed' ? count : 0) })
  }
  return found
}
