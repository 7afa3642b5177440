// A project's cost center: figures, dynamic cost, months, revenue against target and actual, and what if.
import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatPercent } from '@yingzao/engines/money'
import type { EntityMeta, PlainDate, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { useState } from 'react'
import type { ProjectCost } from '../shape.ts'
import { AsOf } from './as-of.tsx'
import { ContingencyTab } from './contingency-tab.tsx'
import { CostTable } from './cost-table.tsx'
import './cost.css'
import { MonthTable } from './month-table.tsx'
import { text } from './text.ts'
import { ThreeWays } from './three-ways.tsx'
import { WbsTab } from './wbs-tab.tsx'
import { WhatIf } from './what-if.tsx'

export default function ProjectTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const [until, setUntil] = useState<PlainDate>()
  const found = useQuery({
    queryKey: ['cost_center.project', record.id, until],
    queryFn: () =>
      client.perform<ProjectCost>('cost_center.project', { project: record.id, ...(until ? { until } : {}) }),
    placeholderData: before => before,
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const cost = found.data
  const { total, margin, income } = cost
  const bad = (value: string | null) => (value?.startsWith('-') ? 'bad' : undefined)
  return (
    <div className="yz-stack">
      <div className="yz-flex yz-cost-bar">
        <AsOf until={until} choose={setUntil} />
        <ReportButton
          action="cost_center.project"
          needs="budget"
          input={{ project: record.id, ...(until ? { until } : {}) }}
        />
      </div>
      {cost.rows.length === 0 ? (
        <p>
          <strong>{t('empty')}</strong> <span className="yz-soft">{t('emptyNext')}</span>
        </p>
      ) : (
        <>
          <Figures
            items={[
              { label: t('target'), value: formatAmount(total.target) },
              { label: t('expected'), value: formatAmount(total.expected) },
              {
                label: t('deviation'),
                value: formatAmount(total.deviation),
                note: formatPercent(total.deviationRatio),
                tone: bad(total.deviation),
              },
              { label: t('incurred'), value: formatAmount(total.incurred) },
              {
                label: t('margin'),
                value: margin === null ? '—' : formatAmount(margin),
                tone: bad(margin),
                note:
                  income.claimed && income.claimed !== '0.00'
                    ? `${t('claimed')} ${formatAmount(income.claimed)}`
                    : undefined,
              },
            ]}
          />
          <Tabs
            label={t('looks')}
            items={[
              {
                key: 'dynamic',
                label: t('dynamic'),
                content: () => <CostTable project={record.id} cost={cost} until={until} />,
              },
              { key: 'wbs', label: t('wbs'), content: () => <WbsTab project={record.id} /> },
              {
                key: 'contingency',
                label: t('contingency'),
                content: () => <ContingencyTab project={record.id} />,
              },
              { key: 'months', label: t('months'), content: () => <MonthTable cost={cost} /> },
              { key: 'three', label: t('three'), content: () => <ThreeWays project={record.id} cost={cost} /> },
              { key: 'if', label: t('whatIf'), content: () => <WhatIf cost={cost} /> },
            ]}
          />
        </>
      )}
    </div>
  )
}
