// Cost by month: a curve against the target, and a table of top-level items by month.
import { add, compare, type Decimal, formatAmount, isZero } from '@yingzao/engines/money'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { CostRow, ProjectCost } from '../shape.ts'
import { text } from './text.ts'

export function MonthTable({ cost }: { readonly cost: ProjectCost }) {
  const t = useText(text)
  const formats = useFormats()
  const months = [...new Set(cost.months.map(each => each.month))].sort()
  if (months.length === 0) return <p className="yz-soft">{t('empty')}</p>
  const sums = (name: 'incurred' | 'committed' | 'target') => {
    let sum: Decimal = '0.00'
    return months.map(month => {
      for (const each of cost.months) if (each.month === month) sum = add(sum, each[name])
      return sum
    })
  }
  const cumulative = { incurred: sums('incurred'), committed: sums('committed'), target: sums('target') }
  const tops = cost.rows.filter(row => row.depth === 0)
  const of = (item: string | null, month: string): Decimal =>
    cost.months.reduce<Decimal>(
      (sum, each) => (each.month === month && (item === null || each.item === item) ? add(sum, each.incurred) : sum),
      '0.00',
    )
  const cell = (value: Decimal) => (isZero(value) ? '—' : formatAmount(value))
  return (
    <div className="yz-stack">
      <Chart
        height={260}
        label={t('trendSays')}
        option={palette => ({
          legend: { top: 0, left: 'center' },
          grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
          tooltip: { trigger: 'axis' },
          xAxis: { type: 'category', data: months },
          yAxis: { type: 'value', axisLabel: { formatter: formats.moneyTick } },
          series: [
            series(t('target'), cumulative.target, palette.textSoft, 'dashed'),
            series(t('committed'), cumulative.committed, palette.good, 'solid'),
            series(t('incurred'), cumulative.incurred, palette.accent, 'solid'),
          ],
        })}
      />
      <FigureTable
        label={t('months')}
        rows={tops.filter(row => compare(row.incurred, '0') !== 0)}
        keyOf={row => row.item}
        columns={[
          { key: 'item', label: t('item'), tight: true, cell: row => row.title },
          ...months.map(month => ({
            ...{ key: month, label: month, figure: true },
            cell: (row: CostRow) => cell(of(row.item, month)),
          })),
          { key: 'incurred', label: t('incurred'), figure: true, cell: row => cell(row.incurred) },
        ]}
        total={{
          item: t('total'),
          ...Object.fromEntries(months.map(month => [month, cell(of(null, month))])),
          incurred: cell(cost.total.incurred),
        }}
      />
    </div>
  )
}

const series = (name: string, data: readonly Decimal[], color: string, type: 'solid' | 'dashed') => ({
  ...{ name, type: 'line', symbol: 'none', color, lineStyle: { type } },
  data: data.map(Number),
})
