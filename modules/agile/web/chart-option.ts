// What the charts of this module have in common, and the option of each. Pure: data and words in, ECharts options out.
import type { Palette } from '@yingzao/ui/theme/token'
import type { Burn, FlowReport } from '../report.ts'

type Words = (
  key: 'scope' | 'doneLine' | 'leftLine' | 'idealLine' | 'committed' | 'completed' | 'finishedItems',
) => string

/** `line`: the legend draws the line as it is, dashed or not. */
const frame = (palette: Palette, legend: readonly string[], like: 'area' | 'line' = 'area') => ({
  grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
  legend: {
    data: legend,
    ...{ top: 0, left: 0, itemGap: 16, itemWidth: like === 'line' ? 24 : 16, itemHeight: 8 },
    ...(like === 'line' ? {} : { icon: 'roundRect' }),
    textStyle: { color: palette.textSoft },
  },
  tooltip: {
    trigger: 'axis',
    backgroundColor: palette.raised,
    borderColor: palette.line,
    textStyle: { color: palette.text },
  },
})
const days = (palette: Palette, data: readonly string[]) => ({
  type: 'category',
  data,
  boundaryGap: false,
  axisTick: { show: false },
  axisLine: { lineStyle: { color: palette.line } },
  axisLabel: { color: palette.textFaint, hideOverlap: true, formatter: (day: string) => day.slice(5) },
})
const amounts = (palette: Palette) => ({
  type: 'value',
  minInterval: 1,
  axisLabel: { color: palette.textFaint },
  splitLine: { lineStyle: { color: palette.line } },
})
const line = (name: string, color: string, data: readonly unknown[], more: object = {}) => ({
  ...{ name, type: 'line', showSymbol: false, data, color, z: 3, emphasis: { disabled: true } },
  lineStyle: { width: 2, color },
  ...more,
})
const steps = { step: 'end' }

/** Left against the ideal line that rests on days off; the scope is a line of its own. */
export const burnDown = (palette: Palette, burn: Burn, say: Words) => ({
  ...frame(palette, [say('leftLine'), say('idealLine'), say('scope')], 'line'),
  xAxis: days(palette, burn.days),
  yAxis: amounts(palette),
  series: [
    line(say('scope'), palette.textFaint, burn.scope, { ...steps, lineStyle: { width: 1, color: palette.textFaint } }),
    line(say('idealLine'), palette.textFaint, burn.ideal.map(round), {
      lineStyle: { width: 1, type: 'dashed', color: palette.textFaint },
    }),
    line(say('leftLine'), palette.accent, burn.left, steps),
  ],
})

/** What is done grows towards the scope, which moves by itself. */
export const burnUp = (
  palette: Palette,
  {
    days: at,
    scope,
    done,
  }: { days: readonly string[]; scope: readonly (number | null)[]; done: readonly (number | null)[] },
  say: Words,
) => ({
  ...frame(palette, [say('scope'), say('doneLine')]),
  xAxis: days(palette, at),
  yAxis: amounts(palette),
  series: [
    line(say('scope'), palette.textFaint, scope),
    line(say('doneLine'), palette.good, done, { areaStyle: { color: palette.good, opacity: 0.12 } }),
  ],
})

/** Done lies lowest, so that its upper edge rises to the left of what is still under way. */
export function cumulativeFlow(palette: Palette, { series }: FlowReport, nameOf: (stage: string) => string) {
  const tones: Readonly<Record<string, string>> = {
    ...{ backlog: palette.border, ready: palette.textFaint, doing: palette.accent },
    ...{ review: palette.warn, done: palette.good },
  }
  const stages = series.stages.toReversed()
  return {
    ...frame(
      palette,
      series.stages.map(({ id }) => nameOf(id)),
    ),
    xAxis: days(palette, series.days),
    yAxis: amounts(palette),
    series: stages.map(({ id, items }) => ({
      ...{ name: nameOf(id), type: 'line', stack: 'all', showSymbol: false, data: items },
      ...{ color: tones[id], lineStyle: { width: 1, color: tones[id] }, emphasis: { disabled: true } },
      areaStyle: { color: tones[id], opacity: id === 'backlog' ? 0.6 : 0.45 },
    })),
  }
}

/** Every finished item by the day it was finished and how long it took, with the lines that so many stay under. */
export const cycleTimes = (
  palette: Palette,
  { finished, cycle }: FlowReport,
  about: (title: string, days: string) => string,
) => ({
  grid: { left: 8, right: 56, top: 16, bottom: 8, containLabel: true },
  tooltip: {
    trigger: 'item',
    backgroundColor: palette.raised,
    borderColor: palette.line,
    textStyle: { color: palette.text },
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const item = finished[dataIndex]
      return item ? escaped(about(item.title ?? '—', String(round(item.cycleDays)))) : ''
    },
  },
  useUTC: true,
  xAxis: {
    type: 'time',
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.textFaint, formatter: '{MM}-{dd}', hideOverlap: true },
    splitLine: { show: false },
  },
  yAxis: { ...amounts(palette), minInterval: 0 },
  series: [
    {
      ...{ type: 'scatter', symbolSize: 7, color: palette.accent, itemStyle: { opacity: 0.6 } },
      data: finished.map(each => [Date.parse(`${each.on}T12:00:00Z`), round(each.cycleDays)]),
      markLine: {
        ...{ symbol: 'none', silent: true, animation: false },
        data: cycle
          ? (['p50', 'p85', 'p95'] as const).map(key => ({
              yAxis: cycle[key],
              lineStyle: { color: key === 'p50' ? palette.textFaint : palette.warn, type: 'dashed' },
              label: { formatter: `P${key.slice(1)} ${round(cycle[key])}`, color: palette.textSoft, position: 'end' },
            }))
          : [],
      },
    },
  ],
})

/** Whole weeks back from today. */
export const weekly = (palette: Palette, { throughput }: FlowReport, say: Words) => ({
  ...frame(palette, []),
  grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
  xAxis: {
    ...days(
      palette,
      throughput.map(each => each.from),
    ),
    boundaryGap: true,
  },
  yAxis: amounts(palette),
  series: [
    {
      ...{ name: say('finishedItems'), type: 'bar', color: palette.accent, barMaxWidth: 24 },
      data: throughput.map(each => each.items),
    },
  ],
})

export interface Velocity {
  readonly name: string
  readonly committed: number
  readonly completed: number
}
export const velocities = (palette: Palette, sprints: readonly Velocity[], say: Words) => ({
  ...frame(palette, [say('committed'), say('completed')]),
  xAxis: {
    type: 'category',
    data: sprints.map(each => each.name),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.textFaint },
  },
  yAxis: amounts(palette),
  series: (['committed', 'completed'] as const).map(key => ({
    ...{ name: say(key), type: 'bar', barMaxWidth: 24, color: key === 'committed' ? palette.textFaint : palette.good },
    data: sprints.map(each => each[key]),
  })),
})

export const round = (value: number) => Math.round(value * 10) / 10
/** Titles are people's words; a tooltip is HTML. */
const escaped = (words: string) => words.replace(/[&<>"']/g, each => `&#${each.charCodeAt(0)};`)
