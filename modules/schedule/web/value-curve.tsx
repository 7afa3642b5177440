// The S-curves of earned value: planned, earned and spent over time, between early and late dates; and the same as a table.
import { type Decimal, exact } from '@yingzao/engines/money'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback } from 'react'
import type { PastStanding } from '../standing-shape.ts'
import { dayText } from './analysis.tsx'
import { ScrollBox } from './scroll-box.tsx'
import type { Value } from './value.worker.ts'
import { text } from './value-text.ts'

/** Naive minutes as the chart's instants, read back without a zone. */
const instant = (minute: number) => minute * 60_000
const points = (
  standings: readonly PastStanding[],
  name: string,
  color: string,
  of: (each: PastStanding) => Decimal | null,
) => {
  const data = standings.flatMap(each => {
    const value = of(each)
    return value === null ? [] : [[instant(each.at), number(value)]]
  })
  return [{ ...{ name, type: 'scatter', symbolSize: 7, color, z: 4, silent: true, tooltip: { show: false } }, data }]
}
const number = (amount: Decimal) => exact(amount).toNumber()

interface Props {
  readonly value: Value
  /** What was true on earlier status dates: points beside the line that is laid back. */
  readonly standings: readonly PastStanding[]
  readonly amount: (of: string | null) => string
}

export function ValueCurve({ value, standings, amount }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { standing, past } = value
  const inMoney = standing.unit === 'cost'
  const option = useCallback(
    (palette: Palette) => {
      const short = (of: number) => (inMoney ? formats.moneyShort(of) : formats.number(of, 0))
      // Ticks are round.
      const tick = (of: number) => short(of).replace('.00', '')
      const line = (name: string, color: string, data: readonly (readonly [number, number | null])[]) => ({
        ...{ name, type: 'line', showSymbol: false, data, color, z: 3 },
        lineStyle: { width: 2, color },
      })
      const flat = { type: 'line', showSymbol: false, lineStyle: { width: 0 }, silent: true, tooltip: { show: false } }
      return {
        useUTC: true,
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        legend: {
          data: [
            t('planned'),
            t('earnedLine'),
            ...(standing.amounts.ac === null ? [] : [t('actualLine')]),
            { name: t('band'), itemStyle: { opacity: 0.25 } },
          ],
          ...{ top: 0, left: 0, itemGap: 20 },
          icon: 'roundRect',
          textStyle: { color: palette.textSoft },
          itemWidth: 16,
          itemHeight: 8,
        },
        tooltip: {
          trigger: 'axis',
          backgroundColor: palette.raised,
          borderColor: palette.line,
          textStyle: { color: palette.text },
          valueFormatter: (of: unknown) => (typeof of === 'number' ? short(of) : '—'),
        },
        xAxis: {
          type: 'time',
          axisLine: { lineStyle: { color: palette.line } },
          axisLabel: { color: palette.textFaint, formatter: '{yyyy}-{MM}', hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          axisLabel: { color: palette.textFaint, formatter: tick },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          // The band: an unseen line below, and what lies between on top of it.
          {
            ...{ ...flat, name: 'ground', stack: 'band', color: 'transparent' },
            data: standing.weeks.map(({ at, early, late }) => [instant(at), Math.min(number(early), number(late))]),
          },
          {
            ...{ ...flat, name: t('band'), stack: 'band', color: palette.textFaint },
            areaStyle: { color: palette.textFaint, opacity: 0.18 },
            data: standing.weeks.map(({ at, early, late }) => [instant(at), Math.abs(number(early) - number(late))]),
          },
          {
            ...line(
              t('planned'),
              palette.textFaint,
              standing.weeks.map(({ at, planned }) => [instant(at), number(planned)]),
            ),
            markLine: {
              ...{ symbol: 'none', silent: true, animation: false },
              lineStyle: { color: palette.textFaint, type: 'dashed' },
              label: { formatter: t('status'), color: palette.textSoft, position: 'insideEndTop', rotate: 0 },
              data: [{ xAxis: instant(standing.statusDate) }],
            },
          },
          line(
            t('earnedLine'),
            palette.accent,
            past.map(({ at, ev }) => [instant(at), number(ev)]),
          ),
          ...points(standings, t('earnedLine'), palette.accent, ({ ev }) => ev),
          ...points(standings, t('actualLine'), palette.warn, ({ ac }) => ac),
          ...(standing.amounts.ac === null
            ? []
            : [
                line(
                  t('actualLine'),
                  palette.warn,
                  past.map(({ at, ac }) => [instant(at), ac === null ? null : number(ac)]),
                ),
              ]),
        ],
      }
    },
    [standing, standings, past, inMoney, formats, t],
  )
  // The last week that ends in each month.
  const months = new Map(standing.weeks.map(week => [dayText(week.at).slice(0, 7), week]))
  const pastAt = new Map(past.map(each => [each.at, each]))
  return (
    <>
      <Chart option={option} height={340} label={t('curvesLabel')} />
      <p className="yz-faint yz-analysis-note">{t('curvesNote')}</p>
      <details>
        <summary className="yz-link">{t('asTable')}</summary>
        <ScrollBox label={t('asTable')}>
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('until')}</th>
                {(['early', 'planned', 'late', 'earnedLine', 'actualLine'] as const).map(key => (
                  <th key={key} scope="col" className="yz-right">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...months.values()].map(week => (
                <tr key={week.at} className="yz-figure">
                  <td>{dayText(week.at)}</td>
                  <td className="yz-right">{amount(week.early)}</td>
                  <td className="yz-right">{amount(week.planned)}</td>
                  <td className="yz-right">{amount(week.late)}</td>
                  <td className="yz-right">{amount(pastAt.get(week.at)?.ev ?? null)}</td>
                  <td className="yz-right">{amount(pastAt.get(week.at)?.ac ?? null)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </>
  )
}
