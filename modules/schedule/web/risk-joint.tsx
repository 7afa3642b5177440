// Finish and cost of every run as a point, and the line of pairs that are kept together with 80 %.
import { type Findings, jointConfidence, jointFrontier } from '@yingzao/engines/risk'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback, useMemo } from 'react'
import { dayText } from './analysis.tsx'
import { text } from './risk-text.ts'

/** More points would only lie on each other. */
const MOST_POINTS = 1500
const SURE = 0.8
const instant = (minute: number) => minute * 60_000

export function JointChart({ findings }: { findings: Findings }) {
  const t = useText(text)
  const formats = useFormats()
  const { points, line } = useMemo(() => {
    const { finish, cost } = findings.samples
    const step = Math.max(1, Math.ceil(finish.length / MOST_POINTS))
    return {
      points: Array.from({ length: Math.floor(finish.length / step) }, (_, i) => [
        instant(finish[i * step] ?? 0),
        cost[i * step] ?? 0,
      ]),
      line: jointFrontier(findings, SURE).map(each => [instant(each.finish), Number(each.cost)]),
    }
  }, [findings])
  const at = findings.finish.find(({ p }) => p === SURE)?.at ?? findings.planned
  const amount = findings.cost?.percentiles.find(({ p }) => p === SURE)?.amount ?? '0'
  const option = useCallback(
    (palette: Palette) => ({
      useUTC: true,
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
      legend: {
        ...{ top: 0, left: 0, itemGap: 20, itemWidth: 16, itemHeight: 8 },
        textStyle: { color: palette.textSoft },
      },
      xAxis: {
        ...{ type: 'time', scale: true, axisLine: { lineStyle: { color: palette.line } } },
        axisLabel: { color: palette.textFaint, formatter: '{yyyy}-{MM}-{dd}', hideOverlap: true },
        splitLine: { show: false },
      },
      yAxis: {
        ...{ type: 'value', scale: true, splitLine: { lineStyle: { color: palette.line } } },
        axisLabel: { color: palette.textFaint, formatter: formats.moneyTick },
      },
      series: [
        {
          ...{ name: t('jointRuns'), type: 'scatter', symbolSize: 4, silent: true, animation: false, data: points },
          itemStyle: { color: palette.accent, opacity: 0.25 },
          color: palette.accent,
        },
        {
          ...{ name: t('jointLine'), type: 'line', showSymbol: false, z: 3, color: palette.bad, data: line },
          lineStyle: { width: 2, color: palette.bad },
          markLine: {
            ...{ symbol: 'none', silent: true, animation: false },
            lineStyle: { color: palette.textSoft, type: 'dashed' },
            label: { color: palette.textSoft },
            data: [
              { xAxis: instant(at), label: { formatter: 'P80' } },
              { yAxis: Number(amount), label: { formatter: 'P80', position: 'insideEndTop' } },
            ],
          },
        },
      ],
    }),
    [points, line, at, amount, formats, t],
  )
  const joint = `${Math.round(1000 * jointConfidence(findings, at, Number(amount))) / 10}%`
  return (
    <>
      <Chart
        option={option}
        height={320}
        label={t('jointLabel', { date: dayText(at), cost: formats.moneyShort(amount), joint })}
      />
      <p className="yz-soft yz-analysis-note">{t('jointNote')}</p>
    </>
  )
}
