// A chart: ECharts, loaded when first drawn, in the theme and language of the page.
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef } from 'react'
import { useLanguage } from '../text/language.tsx'
import { useTheme } from '../theme/mode.tsx'
import { type Palette, palettes } from '../theme/token.ts'

export interface ChartProps {
  /** Built from the palette, so that light and dark both read well. */
  readonly option: (palette: Palette) => EChartsCoreOption
  readonly height: number
  /** What the picture says, for those who do not see it. */
  readonly label: string
  readonly onClick?: (dataIndex: number, seriesName: string) => void
}

export function Chart({ option, height, label, onClick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const { mode } = useTheme()
  const { lang } = useLanguage()
  const latest = useRef({ option, onClick })
  latest.current = { option, onClick }

  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    let watch: ResizeObserver | null = null
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return
      const made = init(element, null, { renderer: 'svg', locale: lang === 'zh' ? 'ZH' : 'EN' })
      chart.current = made
      made.setOption(dress(latest.current.option(palettes[mode]), palettes[mode], fontOf(element)))
      made.on('click', event => latest.current.onClick?.(event.dataIndex, event.seriesName ?? ''))
      watch = new ResizeObserver(() => made.resize())
      watch.observe(element)
    })
    return () => {
      gone = true
      watch?.disconnect()
      chart.current?.dispose()
      chart.current = null
    }
  }, [mode, lang])
  useEffect(() => {
    const element = box.current
    if (!element) return
    chart.current?.setOption(dress(option(palettes[mode]), palettes[mode], fontOf(element)), { notMerge: true })
  }, [option, mode])

  return <div ref={box} role="img" aria-label={label} className="yz-chart" style={{ height }} />
}

/** By name: words are measured on a canvas, which inherits nothing. */
const fontOf = (element: Element) => getComputedStyle(element).fontFamily

/** Our colours and type under what the caller says. */
function dress(option: EChartsCoreOption, palette: Palette, fontFamily: string): EChartsCoreOption {
  return {
    animationDuration: 120,
    animationDurationUpdate: 120,
    backgroundColor: 'transparent',
    color: [palette.accent, palette.textFaint, palette.good, palette.warn, palette.bad],
    textStyle: { color: palette.textSoft, fontFamily, fontSize: 12 },
    grid: { left: 8, right: 8, top: 24, bottom: 8, containLabel: true },
    ...option,
  }
}
