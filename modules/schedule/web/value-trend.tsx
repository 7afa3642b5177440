// How the plan stood on each status date: SPI, CPI and SPI(t) over time, and the amounts behind them.
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback } from 'react'
import type { PastStanding } from '../standing-shape.ts'
import { dayText } from './analysis.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { text } from './value-text.ts'

interface Props {
  readonly standings: readonly PastStanding[]
  readonly amount: (of: string | null) => string
}

export function ValueTrend({ standings, amount }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const spent = standings.some(({ cpi }) => cpi !== null)
  const index = (of: string | number | null) => (of === null ? '—' : formats.number(of, 2))
  const option = useCallback(
    (palette: Palette) => {
      const line = (
        name: string,
        color: string,
        dashed: boolean,
        of: (each: PastStanding) => string | number | null,
      ) => ({
        ...{ name, type: 'line', color, symbol: 'circle', symbolSize: 6 },
        lineStyle: { width: 2, color, type: dashed ? 'dashed' : 'solid' },
        data: standings.map(each => [each.at * 60_000, of(each) === null ? null : Number(of(each))]),
      })
      return {
        useUTC: true,
        grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
        legend: {
          ...{ top: 0, left: 0, itemGap: 20, icon: 'roundRect', itemWidth: 16, itemHeight: 8 },
          textStyle: { color: palette.textSoft },
        },
        tooltip: {
          trigger: 'axis',
          backgroundColor: palette.raised,
          borderColor: palette.line,
          textStyle: { color: palette.text },
          valueFormatter: (of: unknown) => (typeof of === 'number' ? of.toFixed(2) : '—'),
        },
        xAxis: {
          type: 'time',
          axisLine: { lineStyle: { color: palette.line }, onZero: false },
          axisLabel: { color: palette.textFaint, formatter: '{MM}-{dd}', hideOverlap: true },
        },
        yAxis: {
          ...{ type: 'value', scale: true },
          axisLabel: { color: palette.textFaint, formatter: (of: number) => of.toFixed(2) },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          {
            ...line('SPI', palette.accent, false, ({ spi }) => spi),
            // At 1 all goes as planned.
            markLine: {
              ...{ symbol: 'none', silent: true, animation: false, label: { show: false } },
              lineStyle: { color: palette.textFaint, type: 'dotted' },
              data: [{ yAxis: 1 }],
            },
          },
          line('SPI(t)', palette.good, true, ({ spit }) => spit),
          ...(spent ? [line('CPI', palette.warn, false, ({ cpi }) => cpi)] : []),
        ],
      }
    },
    [standings, spent],
  )
  return (
    <section className="yz-section yz-stack">
      <h2>{t('trend')}</h2>
      {standings.length < 2 ? (
        <p className="yz-soft">{t('trendNone')}</p>
      ) : (
        <>
          <p className="yz-soft">{t('trendNote')}</p>
          <Chart option={option} height={240} label={t('trendLabel')} />
          <ScrollBox label={t('trendLabel')}>
            <table className="yz-plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('status')}</th>
                  {(['bac', 'pv', 'ev', 'ac', 'spi', 'cpi', 'spit'] as const).map(key => (
                    <th key={key} scope="col" className="yz-right">
                      {t(key)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {standings.toReversed().map(each => (
                  <tr key={each.at} className="yz-figure">
                    <td>{dayText(each.at)}</td>
                    {([each.bac, each.pv, each.ev, each.ac] as const).map((of, at) => (
                      <td key={`${each.at}${['bac', 'pv', 'ev', 'ac'][at]}`} className="yz-right">
                        {amount(of)}
                      </td>
                    ))}
                    <td className="yz-right">{index(each.spi)}</td>
                    <td className="yz-right">{index(each.cpi)}</td>
                    <td className="yz-right">{index(each.spit)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </>
      )}
    </section>
  )
}
