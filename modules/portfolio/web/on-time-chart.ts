// The chart of on-time work: bars of what became of each month's promises, the rate as a line over them. Pure.
import type { Palette } from '@yingzao/ui/theme/token'
import { rateOf, type Sum } from './on-time.ts'

type Words = Readonly<Record<'onTime' | 'late' | 'open' | 'rate', string>>

export function rateChart(palette: Palette, months: readonly string[], sums: readonly Sum[], words: Words) {
  const bar = (name: string, color: string, data: readonly number[]) => ({
    ...{ name, type: 'bar', stack: 'due', data, color, barMaxWidth: 28, emphasis: { disabled: true } },
  })
  return {
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: {
      data: [words.onTime, words.late, words.open, words.rate],
      ...{ top: 0, left: 0, itemGap: 16, itemWidth: 16, itemHeight: 8, textStyle: { color: palette.textSoft } },
    },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.raised,
      borderColor: palette.line,
      textStyle: { color: palette.text },
    },
    xAxis: {
      type: 'category',
      data: months.map(month => month.slice(0, 7)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.textFaint, hideOverlap: true },
    },
    yAxis: [
      {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: palette.textFaint },
        splitLine: { lineStyle: { color: palette.line } },
      },
      {
        ...{ type: 'value', min: 0, max: 100, splitLine: { show: false } },
        axisLabel: { color: palette.textFaint, formatter: '{value}%' },
      },
    ],
    series: [
      bar(
        words.onTime,
        palette.good,
        sums.map(each => each.onTime),
      ),
      bar(
        words.late,
        palette.warn,
        sums.map(each => each.late),
      ),
      bar(
        words.open,
        palette.bad,
        sums.map(each => each.open),
      ),
      {
        ...{ name: words.rate, type: 'line', yAxisIndex: 1, color: palette.text, symbolSize: 5, connectNulls: false },
        lineStyle: { width: 2, color: palette.text },
        data: sums.map(each => {
          const rate = rateOf(each)
          return rate === null ? null : Math.round(100 * rate)
        }),
      },
    ],
  }
}
