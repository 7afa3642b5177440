// Cost against finish: direct cost, overhead with contract terms, and their sum, against the plan as it is.
import { add } from '@yingzao/engines/money'
import type { CrashChoice } from '@yingzao/engines/time-cost'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { useCallback } from 'react'
import { dayText } from './analysis.tsx'
import { text } from './crash-text.ts'
import { ScrollBox } from './scroll-box.tsx'

const DAY = 1440
const instant = (minute: number) => Math.floor(minute / DAY) * DAY * 60_000

interface Props {
  /** From the latest finish to the shortest. */
  readonly choices: readonly CrashChoice[]
  readonly chosen: number
  readonly best: number
  /** Alternatives are taken whole: between two finishes the earlier one's cost holds. */
  readonly stepped: boolean
  /** Days since 1970-01-01. */
  readonly contract: number | null
  readonly choose: (at: number) => void
}

export function CrashChart({ choices, chosen, best, stepped, contract, choose }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const option = useCallback(
    (palette: Palette) => {
      const line = (name: string, color: string, amount: (of: CrashChoice) => number, width = 2) => ({
        ...(stepped ? { step: 'start' } : {}),
        ...{ name, type: 'line', color, symbol: 'circle', symbolSize: 5, showSymbol: choices.length <= 80, z: 3 },
        data: choices.map(each => [instant(each.finish), amount(each)]),
        lineStyle: { width, color },
      })
      const mark = (at: number, name: string, color: string, position: string) => ({
        ...{ xAxis: at, lineStyle: { color, type: 'dashed' } },
        label: { formatter: name, color: palette.textSoft, position, rotate: 0 },
      })
      const point = (at: number, name: string, color: string) => ({
        ...{ type: 'scatter', symbolSize: 11, z: 5, silent: true, tooltip: { show: false } },
        data: [[instant(choices[at]?.finish ?? 0), Number(choices[at]?.total ?? 0)]],
        itemStyle: { color, borderColor: palette.surface, borderWidth: 2 },
        label: {
          ...{ show: name !== '', formatter: name, color: palette.text, fontWeight: 600 },
          ...{ position: 'bottom', distance: 8 },
        },
      })
      return {
        useUTC: true,
        grid: { left: 8, right: 32, top: 48, bottom: 8, containLabel: true },
        legend: {
          ...{ top: 0, left: 0, itemGap: 20, icon: 'roundRect', itemWidth: 16, itemHeight: 8 },
          data: [t('direct'), t('overhead'), t('total')],
          textStyle: { color: palette.textSoft },
        },
        tooltip: {
          trigger: 'axis',
          backgroundColor: palette.raised,
          borderColor: palette.line,
          textStyle: { color: palette.text },
          valueFormatter: (of: unknown) => (typeof of === 'number' ? formats.moneyShort(of) : '—'),
        },
        xAxis: {
          type: 'time',
          axisLine: { lineStyle: { color: palette.line }, onZero: false },
          axisLabel: { color: palette.textFaint, formatter: '{MM}-{dd}', hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          axisLabel: { color: palette.textFaint, formatter: formats.moneyTick },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          line(t('direct'), palette.warn, ({ direct }) => Number(direct)),
          line(t('overhead'), palette.textFaint, ({ indirect, contract: owed }) => Number(indirect) + Number(owed)),
          {
            ...line(t('total'), palette.accent, ({ total }) => Number(total), 3),
            markLine: {
              ...{ symbol: 'none', silent: true, animation: false },
              data:
                contract !== null && within(choices, contract)
                  ? [mark(contract * DAY * 60_000, t('contractLine'), palette.bad, 'insideEndTop')]
                  : [],
            },
          },
          point(best, t('best'), palette.good),
          ...(chosen === best ? [] : [point(chosen, '', palette.accent)]),
        ],
      }
    },
    [choices, chosen, best, stepped, contract, formats, t],
  )
  return (
    <>
      <Chart option={option} height={320} label={t('curveLabel')} onClick={choose} />
      <p className="yz-faint yz-analysis-note">{t('curveNote')}</p>
      <details>
        <summary className="yz-link">{t('asTable')}</summary>
        <ScrollBox label={t('asTable')}>
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('finish')}</th>
                {(['direct', 'overhead', 'total', stepped ? 'changedTasks' : 'countedTasks'] as const).map(key => (
                  <th key={key} scope="col" className="yz-right">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {choices.map(each => (
                <tr key={each.length} className="yz-figure">
                  <td>{dayText(each.finish)}</td>
                  <td className="yz-right">{formats.money(each.direct)}</td>
                  <td className="yz-right">{formats.money(overheadOf(each))}</td>
                  <td className="yz-right">{formats.money(each.total)}</td>
                  <td className="yz-right">{each.cuts.length + each.switches.length}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </>
  )
}

const overheadOf = ({ indirect, contract }: CrashChoice) => add(indirect, contract)

/** Is the day in the picture, or near? */
function within(choices: readonly CrashChoice[], day: number): boolean {
  const [last, first] = [choices[0]?.finish ?? 0, choices.at(-1)?.finish ?? 0]
  const margin = Math.max(7, (last - first) / DAY / 2)
  return day > first / DAY - margin && day < last / DAY + margin
}
