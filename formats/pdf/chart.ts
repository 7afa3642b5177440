// A chart on paper, drawn by marks and so sharp at every size: bars beside each other, lines, a limit across, a legend and an axis of
// round numbers.
import type { Frame } from './frame.ts'
import type { ChartData } from './sheet.ts'

const height = 150
const legend = 18
const small = 7

/** Round numbers from below the least to above the most, zero among them: at most seven. */
export function ticksOf(least: number, most: number): readonly number[] {
  const [low, high] = [Math.min(0, least), Math.max(0, most)]
  if (low === high) return [0, 1]
  const rough = (high - low) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find(each => each * power >= rough) ?? 10) * power
  const [from, to] = [Math.floor(low / step), Math.ceil(high / step)]
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step)
}

export function drawChart(frame: Frame, { title, periods, series, limit, unit }: ChartData): void {
  if (periods.length === 0) return
  // A chart is never parted, and its title stands with it.
  frame.need(height + legend + 56)
  frame.down(6)
  frame.text(title, frame.left, frame.y(), 10.5, { bold: true })
  frame.down(18)
  drawLegend(frame, series, limit)
  frame.down(legend)

  const all = [...series.flatMap(each => each.values), ...(limit ? [limit.value] : [])]
  const ticks = ticksOf(Math.min(...all), Math.max(...all))
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const written = (value: number) => {
    const shown = unit === 'wan' ? value / 10_000 : value
    return shown.toLocaleString('en-US', { maximumFractionDigits: 2 }).replace('-', '−')
  }
  const labels = ticks.map(written)
  const aside = Math.max(...labels.map(label => frame.measure(label, small))) + 6
  const [left, top, width] = [frame.left + aside, frame.y(), frame.width - aside]
  const y = (value: number) => top + height - ((value - low) / (high - low)) * height
  ticks.forEach((value, at) => {
    frame.add({
      is: 'line',
      x1: left,
      y1: y(value),
      x2: left + width,
      y2: y(value),
      ...(value === 0 ? { strong: true } : {}),
    })
    frame.text(labels[at] ?? '', frame.left, y(value) - small * 0.75, small, {
      ...{ width: aside - 6, align: 'right' },
      tone: value < 0 ? 'bad' : 'soft',
    })
  })

  const slot = width / periods.length
  const bars = series.filter(each => each.as === 'bar')
  const bar = Math.min(14, (slot * 0.72) / Math.max(1, bars.length))
  bars.forEach(({ values, tone }, turn) => {
    values.forEach((value, at) => {
      if (value === 0) return
      const x = left + slot * (at + 0.5) + (turn - bars.length / 2) * bar
      const [above, below] = [y(Math.max(0, value)), y(Math.min(0, value))]
      frame.add({ is: 'box', x, y: above, w: bar * 0.92, h: below - above, hue: tone })
    })
  })
  for (const { as, values, tone, dashed } of series)
    if (as === 'line')
      frame.add({
        ...{ is: 'path', hue: tone, points: values.map((value, at) => [left + slot * (at + 0.5), y(value)] as const) },
        ...(dashed ? { dashed } : {}),
      })
  if (limit)
    frame.add({
      ...{ is: 'path', hue: 'bad', dashed: true },
      points: [
        [left, y(limit.value)],
        [left + width, y(limit.value)],
      ],
    })

  // As many labels as stand beside each other.
  const widest = Math.max(...periods.map(each => frame.measure(each, small))) + 4
  const every = Math.max(1, Math.ceil(widest / slot))
  periods.forEach((label, at) => {
    if (at % every === 0)
      frame.text(label, left + slot * at - 20, top + height + 3, small, {
        width: slot + 40,
        align: 'center',
        tone: 'soft',
      })
  })
  frame.down(height + 20)
}

function drawLegend(frame: Frame, series: ChartData['series'], limit: ChartData['limit']): void {
  let x = frame.left + 4
  const y = frame.y()
  const middle = y + 5.5
  const entries = [
    ...series,
    ...(limit ? [{ label: limit.label, as: 'line' as const, tone: 'bad' as const, dashed: true }] : []),
  ]
  for (const { label, as, tone, dashed } of entries) {
    if (as === 'bar') frame.add({ is: 'box', x, y: y + 2, w: 9, h: 7, hue: tone })
    else
      frame.add({
        ...{ is: 'path', hue: tone, ...(dashed ? { dashed } : {}) },
        points: [
          [x, middle],
          [x + 14, middle],
        ],
      })
    const at = x + (as === 'bar' ? 13 : 18)
    frame.text(label, at, y, 8)
    x = at + frame.measure(label, 8) + 16
  }
}
