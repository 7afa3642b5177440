// 资金预测: the curve of the months or weeks, what is supposed beside it, and what stands behind each period.
import { type Decimal, formatAmount, isZero } from '@yingzao/engines/money'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import type { Curve, Funds } from '../shape.ts'
import { FlowLink } from './flow-table.tsx'
import { text } from './text.ts'

export type Horizon = 'months' | 'weeks'
type Row = Curve['months'][number]
export const bad = (value: string) => (value.startsWith('-') ? 'yz-bad' : undefined)

interface Props {
  readonly funds: Funds
  readonly horizon: Horizon
  readonly period: string | null
  readonly open: (period: string | null) => void
}

export function Forecast({ funds, horizon, period, open }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { base, scenario, safety } = funds
  const rows = base[horizon]
  const other = scenario?.[horizon] ?? null
  const list = (of: readonly Row[], value: (row: Row) => Decimal) => of.map(row => Number(value(row)))
  const supposed = new Map(other?.map(row => [row.period, row]))
  const columns: readonly FigureColumn<Row>[] = [
    {
      key: 'period',
      label: t('month'),
      cell: row => (
        <>
          <button
            type="button"
            className="yz-link yz-funds-pick"
            aria-pressed={period === row.period}
            onClick={() => open(period === row.period ? null : row.period)}
          >
            {row.period}
          </button>{' '}
          {row.alert && <Tag color={row.alert === 'negative' ? 'error' : 'warning'}>{t(row.alert)}</Tag>}
        </>
      ),
    },
    ...(['opening', 'in', 'out', 'closing'] as const).map(key => ({
      ...{ key, label: t(key), figure: true },
      cell: (row: Row) => <span className={bad(row[key])}>{formatAmount(row[key])}</span>,
    })),
    ...(other
      ? [
          {
            ...{ key: 'supposed', label: t('withScenario'), figure: true },
            cell: (row: Row) => {
              const closing = supposed.get(row.period)?.closing ?? '0.00'
              return <span className={bad(closing)}>{formatAmount(closing)}</span>
            },
          },
        ]
      : []),
  ]
  return (
    <>
      <Chart
        height={280}
        label={t('forecastSays')}
        onClick={at => open(rows[at]?.period ?? null)}
        option={palette => ({
          legend: { top: 0, left: 'center', textStyle: { color: palette.textSoft } },
          grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
          tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => formatAmount(decimalOf(value)) },
          xAxis: {
            type: 'category',
            data: rows.map(row => (horizon === 'weeks' ? row.period.slice(5) : row.period)),
          },
          yAxis: {
            type: 'value',
            splitLine: { lineStyle: { color: palette.line } },
            axisLabel: { formatter: formats.moneyTick },
          },
          series: [
            { name: t('in'), type: 'bar', barMaxWidth: 18, data: list(rows, row => row.in), color: palette.good },
            { name: t('out'), type: 'bar', barMaxWidth: 18, data: list(rows, row => row.out), color: palette.warn },
            {
              ...{ name: t('closing'), type: 'line', symbolSize: 5, data: list(rows, row => row.closing) },
              color: palette.accent,
              ...(isZero(safety)
                ? {}
                : {
                    markLine: {
                      silent: true,
                      symbol: 'none',
                      lineStyle: { color: palette.bad, type: 'dashed' },
                      label: { formatter: t('safety'), position: 'insideEndTop', color: palette.bad },
                      data: [{ yAxis: Number(safety) }],
                    },
                  }),
            },
            ...(other
              ? [
                  {
                    ...{ name: t('withScenario'), type: 'line', symbol: 'none', lineStyle: { type: 'dashed' } },
                    data: list(other, row => row.closing),
                    color: palette.textSoft,
                  },
                ]
              : []),
          ],
        })}
      />
      {scenario && (
        <p role="status">
          {isZero(scenario.peak)
            ? t('scenarioNone')
            : t('scenarioPeak', { peak: formatAmount(scenario.peak), month: scenario.lowest ?? '' })}
        </p>
      )}
      {base.short.length > 0 && (
        <section>
          <h2>{t('shortOnes')}</h2>
          <ul className="yz-funds-short">
            {base.short.map(each => (
              <li key={each.period}>
                <span className={each.alert === 'negative' ? 'yz-bad' : 'yz-warn'}>
                  {t('shortWhy', { month: each.period, closing: formatAmount(each.closing) })}
                </span>
                {each.causes.map((flow, at) => (
                  <span key={`${flow.record} ${flow.on} ${flow.why}`}>
                    {at > 0 && t('and')}
                    <FlowLink flow={flow} /> {formatAmount(flow.amount)}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      <FigureTable
        label={t('forecast')}
        columns={columns}
        rows={rows}
        keyOf={row => row.period}
        rowProps={row => ({ 'aria-selected': period === row.period })}
        {...(horizon === 'months'
          ? {
              total: {
                period: t('later'),
                in: formatAmount(base.later.in),
                out: formatAmount(base.later.out),
              },
            }
          : {})}
      />
    </>
  )
}

const decimalOf = (value: unknown): Decimal => (typeof value === 'number' ? `${Math.round(value * 100) / 100}` : '0')
