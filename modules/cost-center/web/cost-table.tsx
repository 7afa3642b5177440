// 动态成本表: a tree of cost items that folds; every booked figure opens its entries. On a phone one card an item.
import { formatAmount, formatPercent, isZero } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import { useState } from 'react'
import type { CostFigures, CostRow, ProjectCost } from '../shape.ts'
import { columns } from './columns.ts'
import { text } from './text.ts'

interface Props {
  readonly project: string
  readonly cost: ProjectCost
  readonly until: PlainDate | undefined
}
const tones = { warn: 'warning', escalate: 'error', block: 'error' } as const

export function CostTable({ project, cost: { rows, total }, until }: Props) {
  const t = useText(text)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const meta = useMeta()
  const forecast = entityOf(meta, 'cost_forecast')
  const leavesOf = (row: CostRow): string[] =>
    row.leaf ? [row.item] : rows.filter(each => each.parent === row.item).flatMap(leavesOf)
  const parents = new Map(rows.map(row => [row.item, row.parent]))
  const isHidden = (row: CostRow): boolean => {
    for (let at = row.parent; at !== null; at = parents.get(at) ?? null) if (folded.has(at)) return true
    return false
  }
  const cells = (figures: CostFigures, title: string, items: string[] | null) => (
    <>
      {columns.map(({ name, metric }) => {
        const value = figures[name]
        const words = isZero(value) ? '—' : formatAmount(value)
        return (
          <td
            key={name}
            data-label={t(name)}
            data-figure={name}
            className={value.startsWith('-') ? 'yz-bad' : undefined}
          >
            {metric === null || isZero(value) ? (
              words
            ) : (
              <MetricValue
                name={metric}
                title={title}
                where={{ project, ...(items ? { item: items } : {}) }}
                {...(until ? { until } : {})}
              >
                {words}
              </MetricValue>
            )}
          </td>
        )
      })}
      <td data-label={t('deviationRatio')} data-figure="deviationRatio">
        {formatPercent(figures.deviationRatio)}
      </td>
    </>
  )
  return (
    <div className="yz-cost-scroll">
      <table className="yz-cost">
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
            <th scope="col">{t('deviationRatio')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(row => !isHidden(row))
            .map(row => (
              <tr key={row.item} data-leaf={row.leaf} data-depth={row.depth}>
                <th scope="row" style={{ paddingLeft: 12 + row.depth * 16 }}>
                  {row.leaf ? (
                    <span className="yz-cost-fold" />
                  ) : (
                    <button
                      type="button"
                      className="yz-cost-fold"
                      aria-expanded={!folded.has(row.item)}
                      aria-label={`${t(folded.has(row.item) ? 'unfold' : 'fold')} ${row.title}`}
                      onClick={() =>
                        setFolded(before => {
                          const next = new Set(before)
                          if (!next.delete(row.item)) next.add(row.item)
                          return next
                        })
                      }
                    >
                      {folded.has(row.item) ? '▸' : '▾'}
                    </button>
                  )}
                  <span>{row.title}</span>
                  {row.level !== 'pass' && row.leaf && <Tag color={tones[row.level]}>{t(row.level)}</Tag>}
                  {row.forecast !== null && forecast && (
                    <RecordLink entity={forecast} id={row.forecast}>
                      {t('forecast')}
                    </RecordLink>
                  )}
                </th>
                {cells(row, row.title, leavesOf(row))}
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            {cells(total, t('total'), null)}
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
