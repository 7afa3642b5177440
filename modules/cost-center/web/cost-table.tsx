// 动态成本表: a tree of cost items that folds; every booked figure opens its entries. On a phone one card an item.
import { formatAmount, formatPercent, isZero } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CostFigures, CostRow, ProjectCost } from '../shape.ts'
import { type Column, columns } from './columns.ts'
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
  const figure = ({ name, metric }: Column, figures: CostFigures, title: string, items: string[] | null): ReactNode => {
    const value = figures[name]
    // Of nothing a phone says nothing.
    if (isZero(value)) return <span className="yz-nought">—</span>
    const words = formatAmount(value)
    const shown =
      metric === null ? (
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
      )
    const look = [value.startsWith('-') && 'yz-bad', name === 'expected' && 'yz-strong'].filter(Boolean).join(' ')
    return look === '' ? shown : <span className={look}>{shown}</span>
  }
  const turn = (item: string) =>
    setFolded(before => {
      const next = new Set(before)
      if (!next.delete(item)) next.add(item)
      return next
    })
  const name = (row: CostRow) => (
    <span className="yz-cost-name" style={{ paddingLeft: row.depth * 16 }}>
      {row.leaf ? (
        <span className="yz-cost-fold" />
      ) : (
        <button
          type="button"
          className="yz-cost-fold"
          aria-expanded={!folded.has(row.item)}
          aria-label={`${t(folded.has(row.item) ? 'unfold' : 'fold')} ${row.title}`}
          onClick={() => turn(row.item)}
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
    </span>
  )
  return (
    <FigureTable<CostRow>
      label={t('title')}
      rows={rows.filter(row => !isHidden(row))}
      keyOf={row => row.item}
      rowProps={row => (row.leaf ? {} : { className: 'yz-group-row' })}
      columns={[
        { key: 'item', label: t('item'), tight: true, cell: name },
        ...columns.map(
          (column): FigureColumn<CostRow> => ({
            ...{ key: column.name, label: t(column.name), figure: true },
            cell: row => figure(column, row, row.title, leavesOf(row)),
          }),
        ),
        {
          ...{ key: 'deviationRatio', label: t('deviationRatio'), figure: true },
          cell: row => formatPercent(row.deviationRatio),
        },
      ]}
      total={{
        item: t('total'),
        ...Object.fromEntries(columns.map(each => [each.name, figure(each, total, t('total'), null)])),
        deviationRatio: formatPercent(total.deviationRatio),
      }}
    />
  )
}
