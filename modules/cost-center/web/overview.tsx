// 项目成本中心: every project whose money I see, the worst deviation first; each leads to its own.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount, formatPercent } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import { useState } from 'react'
import type { CompanyCost, ProjectLine } from '../shape.ts'
import { AsOf } from './as-of.tsx'
import { ContingencyLines } from './contingency-lines.tsx'
import './cost.css'
import { text } from './text.ts'

export default function Overview() {
  const t = useText(text)
  const client = useClient()
  const [until, setUntil] = useState<PlainDate>()
  const found = useQuery({
    queryKey: ['cost_center.company', until],
    queryFn: () => client.perform<CompanyCost>('cost_center.company', until ? { until } : {}),
    placeholderData: before => before,
  })
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={<ReportButton action="cost_center.company" needs="budget" input={until ? { until } : {}} />}
      />
      <div className="yz-page-body yz-stack yz-cost-page">
        <AsOf until={until} choose={setUntil} />
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !found.data ? (
          <Waiting />
        ) : found.data.lines.length === 0 ? (
          <p>
            <strong>{t('empty')}</strong> <span className="yz-soft">{t('emptyNext')}</span>
          </p>
        ) : (
          <>
            <Lines cost={found.data} until={until} />
            <ContingencyLines />
          </>
        )}
      </div>
    </>
  )
}

const columns = [
  ['incomeSum', 'income.sum', (line: ProjectLine) => line.income.sum],
  ['received', 'income.received', (line: ProjectLine) => line.income.received],
  ['target', 'cost.target', (line: ProjectLine) => line.target],
  ['expected', null, (line: ProjectLine) => line.expected],
  ['incurred', 'cost.incurred', (line: ProjectLine) => line.incurred],
  ['paid', 'expense.paid', (line: ProjectLine) => line.paid],
  ['deviation', null, (line: ProjectLine) => line.deviation],
  ['margin', null, (line: ProjectLine) => line.margin],
] as const

function Lines({
  cost: { lines, total },
  until,
}: {
  readonly cost: CompanyCost
  readonly until: PlainDate | undefined
}) {
  const t = useText(text)
  return (
    <>
      <Figures
        items={[
          { label: t('target'), value: formatAmount(total.target) },
          { label: t('expected'), value: formatAmount(total.expected) },
          {
            label: t('deviation'),
            value: formatAmount(total.deviation),
            note: formatPercent(total.deviationRatio),
            tone: total.deviation.startsWith('-') ? 'bad' : undefined,
          },
          { label: t('incurred'), value: formatAmount(total.incurred) },
        ]}
      />
      <FigureTable<ProjectLine>
        label={t('title')}
        rows={lines}
        keyOf={line => line.project}
        columns={[
          {
            ...{ key: 'project', label: t('project'), tight: true },
            cell: line => (
              <>
                <Link
                  to="/$module/$name/$id"
                  params={{ module: 'project', name: 'project', id: line.project }}
                  search={{ tab: 'cost' }}
                  className="yz-link"
                >
                  {line.name}
                </Link>
                {line.over > 0 && (
                  <Tag color="error" className="yz-cost-tag">
                    {t('over')} {line.over}
                  </Tag>
                )}
              </>
            ),
          },
          ...columns.map(([name, metric, of]) => ({
            ...{ key: name, label: t(name), figure: true },
            cell: (line: ProjectLine) => {
              const value = of(line)
              if (value === null) return '—'
              if (metric === null)
                return <span className={value.startsWith('-') ? 'yz-bad' : undefined}>{formatAmount(value)}</span>
              return (
                <MetricValue
                  name={metric}
                  title={line.name}
                  where={{ project: line.project }}
                  {...(until ? { until } : {})}
                >
                  {formatAmount(value)}
                </MetricValue>
              )
            },
          })),
          {
            ...{ key: 'marginRatio', label: t('marginRatio'), figure: true },
            cell: line => formatPercent(line.marginRatio),
          },
        ]}
      />
    </>
  )
}
