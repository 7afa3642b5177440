// Finish dates of the runs as bars with their S-curve, and the tornado; each with the dates that matter marked.
import type { Findings } from '@yingzao/engines/risk'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback, useMemo } from 'react'
import { dayText, type TaskName } from './analysis.tsx'
import { text } from './risk-text.ts'

const DAY = 1440
/** Steps of bars, days: the smallest that leaves at most this many. Whole weeks, since nothing ends on days off. */
const STEPS = [1, 7, 14, 28, 56, 112, 364]
const MOST_BARS = 45
const instant = (minute: number) => minute * 60_000

/** Share of the runs that end in each span of days. */
export function bars(
  finish: Float64Array,
): readonly { readonly from: number; readonly to: number; readonly share: number }[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of finish) {
    least = Math.min(least, at)
    most = Math.max(most, at)
  }
  const first = Math.floor(least / DAY)
  const days = Math.floor(most / DAY) - first + 1
  const step = STEPS.find(each => days / each <= MOST_BARS) ?? 728
  const counts = new Array<number>(Math.ceil(days / step)).fill(0)
  for (const at of finish) {
    const bar = Math.floor((Math.floor(at / DAY) - first) / step)
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  return counts.map((count, at) => ({
    from: (first + at * step) * DAY,
    to: (first + (at + 1) * step) * DAY,
    share: count / finish.length,
  }))
}

interface Mark {
  readonly at: number
  readonly name: string
}

export function FinishChart({ findings, marks }: { findings: Findings; marks: readonly Mark[] }) {
  const t = useText(text)
  const formats = useFormats()
  const spans = useMemo(() => bars(findings.samples.finish), [findings])
  const option = useCallback(
    (palette: Palette) => {
      const percent = (of: number) => `${formats.number(100 * of, 1)}%`
      const tones = [palette.textSoft, palette.bad, palette.accent]
      const axis = { axisLabel: { color: palette.textFaint }, splitLine: { lineStyle: { color: palette.line } } }
      return {
        useUTC: true,
        grid: { left: 8, right: 8, top: 76, bottom: 8, containLabel: true },
        legend: {
          ...{ top: 0, left: 0, itemGap: 20, icon: 'roundRect', itemWidth: 16, itemHeight: 8 },
          textStyle: { color: palette.textSoft },
        },
        tooltip: {
          trigger: 'axis',
          backgroundColor: palette.raised,
          borderColor: palette.line,
          textStyle: { color: palette.text },
          valueFormatter: (of: unknown) => (typeof of === 'number' ? percent(of) : '—'),
        },
        xAxis: {
          type: 'time',
          axisLine: { lineStyle: { color: palette.line } },
          axisLabel: { color: palette.textFaint, formatter: '{yyyy}-{MM}-{dd}', hideOverlap: true },
        },
        yAxis: [
          { ...axis, type: 'value', axisLabel: { ...axis.axisLabel, formatter: percent } },
          {
            ...{ ...axis, type: 'value', min: 0, max: 1, splitLine: { show: false } },
            axisLabel: { ...axis.axisLabel, formatter: percent },
          },
        ],
        series: [
          {
            ...{ name: t('share'), type: 'bar', barWidth: '88%', color: palette.accent },
            itemStyle: { color: palette.accent, opacity: 0.25 },
            data: spans.map(({ from, to, share }) => [instant((from + to) / 2), share]),
          },
          {
            ...{ name: t('chance'), type: 'line', yAxisIndex: 1, showSymbol: false, color: palette.accent, z: 3 },
            lineStyle: { width: 2, color: palette.accent },
            data: findings.curve.map((at, share) => [instant(at), share / 100]),
            markLine: {
              ...{ symbol: 'none', silent: true, animation: false },
              data: marks.map(({ at, name }, index) => ({
                xAxis: instant(at),
                lineStyle: { color: tones[index % tones.length], type: 'dashed' },
                // Labels of near dates stand on lines of their own.
                label: { formatter: name, color: tones[index % tones.length], distance: 4 + 14 * index },
              })),
            },
          },
        ],
      }
    },
    [findings, spans, marks, formats, t],
  )
  const at = (p: number) => dayText(findings.finish.find(each => each.p === p)?.at ?? findings.planned)
  return <Chart option={option} height={320} label={t('distributionLabel', { p50: at(0.5), p80: at(0.8) })} />
}

export function Tornado({ findings, names }: { findings: Findings; names: ReadonlyMap<string, TaskName> }) {
  const t = useText(text)
  const rows = useMemo(() => [...findings.tornado].reverse(), [findings])
  const nameOf = useCallback((id: string) => names.get(id)?.name ?? '', [names])
  const option = useCallback(
    (palette: Palette) => ({
      grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'none' },
        backgroundColor: palette.raised,
        borderColor: palette.line,
        textStyle: { color: palette.text },
        formatter: (shown: unknown) => {
          const index = Array.isArray(shown) ? Number(Reflect.get(Object(shown[0]), 'dataIndex')) : -1
          const row = rows[index]
          return row ? `${dayText(row.low)} – ${dayText(row.high)}` : ''
        },
      },
      xAxis: {
        // Stacked bars need plain numbers.
        type: 'value',
        axisLine: { lineStyle: { color: palette.line } },
        axisLabel: { color: palette.textFaint, formatter: (of: number) => dayText(of), hideOverlap: true },
        splitLine: { show: true, lineStyle: { color: palette.line } },
        min: Math.min(...rows.map(({ low }) => low)) - DAY,
        max: Math.max(...rows.map(({ high }) => high)) + DAY,
      },
      yAxis: {
        type: 'category',
        data: rows.map(({ id }) => nameOf(id)),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: palette.textSoft, width: 150, overflow: 'truncate' },
      },
      series: [
        { type: 'bar', stack: 'range', silent: true, color: 'transparent', data: rows.map(({ low }) => low) },
        {
          ...{ type: 'bar', stack: 'range', barWidth: 12, color: palette.accent },
          itemStyle: { color: palette.accent, opacity: 0.75, borderRadius: 2 },
          data: rows.map(({ low, high }) => Math.max(0, high - low)),
        },
      ],
    }),
    [rows, nameOf],
  )
  return (
    <Chart
      option={option}
      height={40 + 26 * rows.length}
      label={t('tornadoLabel', { name: nameOf(rows.at(-1)?.id ?? '') })}
    />
  )
}
