// Of a cost alert: the figures that made it, each opening its entries and documents, and where to act.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import type { EntityMeta, Label, MetricQuery, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { text } from './text.ts'

type Part = readonly [metric: string, label: Label]
const costs: readonly Part[] = [
  ['cost.target', text.target],
  ['cost.contracted', text.contracted],
  ['cost.changes', text.changes],
  ['cost.direct', text.direct],
  ['cost.pending', text.pending],
  ['cost.incurred', text.incurred],
]
const incomes: readonly Part[] = [['income.sum_net', text.incomeNet], ...costs]
const contracts: readonly Part[] = [
  ['expense.sum', text.contractSum],
  ['expense.measured', text.measured],
  ['expense.paid', text.paid],
]
const partsOf: Readonly<Record<string, readonly Part[]>> = { margin_low: incomes, contract_used: contracts }

export default function AlertTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const label = useLabel()
  const client = useClient()
  const parts = partsOf[String(record.kind)] ?? costs
  const id = (name: string) => (typeof record[name] === 'string' ? { [name]: String(record[name]) } : {})
  const where: NonNullable<MetricQuery['where']> =
    record.kind === 'contract_used'
      ? id('contract')
      : { ...id('project'), ...(record.kind === 'item_over' ? id('item') : {}) }
  const ofIncome = (metric: string) => metric.startsWith('income.')
  const names = parts.map(([metric]) => metric)
  const found = useQuery({
    queryKey: ['cost-alert', record.id, record.version],
    queryFn: () => client.metrics.read(names, { where }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { total } = found.data
  return (
    <div className="yz-stack">
      <p className="yz-soft">{t('chainSays')}</p>
      <FigureTable<Part>
        label={t('chain')}
        rows={parts}
        keyOf={([metric]) => metric}
        columns={[
          { key: 'name', label: t('partOf'), cell: ([, words]) => label(words) },
          {
            ...{ key: 'amount', label: t('amount'), figure: true },
            cell: ([metric, words]) => {
              const value = total[metric] ?? null
              return value === null ? (
                '—'
              ) : (
                <MetricValue name={metric} title={label(words)} where={ofIncome(metric) ? id('project') : where}>
                  {formatAmount(value)}
                </MetricValue>
              )
            },
          },
        ]}
      />
      {typeof record.project === 'string' && (
        <div>
          <Link
            to="/$module/$name/$id"
            params={{ module: 'project', name: 'project', id: record.project }}
            search={{ tab: 'cost' }}
            className="yz-button"
          >
            {t('toCenter')}
          </Link>
        </div>
      )}
    </div>
  )
}
