// 公司资金计划: all projects of a month: who asked for what, what was approved, what was used, and what no plan has.
import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatPercent, isZero } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { saveBlob } from '@yingzao/ui/data/download'
import { ListLink, RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { CompanyPlans, PlanFigures, PlanOfProject, Unplanned } from '../shape.ts'
import './funds-plan.css'
import { lineWord, stateWord } from './say.ts'
import { tableFile } from './table-file.ts'
import { text } from './text.ts'

const amounts = [
  ['asked_in', null],
  ['approved_in', 'plan.in'],
  ['received', 'plan.received'],
  ['asked_out', null],
  ['approved_out', 'plan.out'],
  ['used', 'plan.used'],
  ['paid', 'plan.paid'],
  ['unplanned', null],
] as const

const moved = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

export default function Company() {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'funds_plan')
  const [month, setMonth] = useState<string>()
  const found = useQuery({
    queryKey: ['funds_plan.company', month],
    queryFn: () => client.perform<CompanyPlans>('funds_plan.company', month ? { month } : {}),
    placeholderData: before => before,
  })
  const plans = found.data
  const save = () => {
    if (!plans) return
    const head = [t('project'), ...amounts.map(([name]) => t(name)), t('rate')]
    const rows = plans.rows.map(row => [row.name, ...amounts.map(([name]) => row[name]), row.rate_out ?? ''])
    saveBlob(tableFile([head, ...rows]), `${t('title')} ${plans.month}.csv`)
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(entity ? { under: entity } : {})}
        actions={
          <>
            <Button onClick={save} disabled={!plans || plans.rows.length === 0}>
              {t('save')}
            </Button>
            <Button onClick={() => window.print()}>{t('print')}</Button>
          </>
        }
      />
      <div className="yz-page-body yz-stack yz-plan-page">
        {plans && (
          <div className="yz-flex yz-plan-bar">
            <Button onClick={() => setMonth(moved(plans.month, -1))} aria-label={t('before')}>
              ‹
            </Button>
            <strong aria-live="polite">{plans.month}</strong>
            <Button onClick={() => setMonth(moved(plans.month, 1))} aria-label={t('after')}>
              ›
            </Button>
            <span className="yz-soft">{t('basis')}</span>
          </div>
        )}
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !plans ? (
          <Waiting />
        ) : plans.rows.length === 0 ? (
          <p>
            <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>{' '}
            {entity && <ListLink entity={entity}>{t('make')}</ListLink>}
          </p>
        ) : (
          <Month plans={plans} />
        )}
        {plans && plans.missing.length > 0 && (
          <p className="yz-soft">
            {t('missing')}
            {plans.missing.map(each => each.name).join(t('comma'))}
          </p>
        )}
      </div>
    </>
  )
}

function Month({ plans: { month, rows, total, unplanned } }: { readonly plans: CompanyPlans }) {
  const t = useText(text)
  const entity = entityOf(useMeta(), 'funds_plan')
  const cell = (row: PlanFigures, name: (typeof amounts)[number][0], metric: string | null, of?: PlanOfProject) => {
    const value = formatAmount(row[name])
    const tone = name === 'unplanned' && !isZero(row[name]) ? 'yz-warn' : undefined
    if (!metric) return <span className={tone}>{value}</span>
    return (
      <MetricValue name={metric} title={of?.name ?? month} where={{ month, ...(of ? { project: of.project } : {}) }}>
        {value}
      </MetricValue>
    )
  }
  const columns: readonly FigureColumn<PlanOfProject>[] = [
    { key: 'project', label: t('project'), cell: row => row.name },
    {
      key: 'plans',
      label: t('plans'),
      cell: row =>
        row.plans.map(plan => (
          <span key={plan.id} className="yz-plan-one">
            {entity && (
              <RecordLink entity={entity} id={plan.id}>
                {plan.kind === 'supplement' ? t('supplement') : t('monthly')}
              </RecordLink>
            )}
            {plan.state !== 'effective' && <Tag>{stateWord(t, plan.state)}</Tag>}
          </span>
        )),
    },
    ...amounts.map(([key, metric]) => ({
      ...{ key, label: t(key), figure: true },
      cell: (row: PlanOfProject) => cell(row, key, metric, row),
    })),
    { key: 'rate', label: t('rate'), figure: true, cell: row => formatPercent(row.rate_out) },
  ]
  const beyond: readonly FigureColumn<Unplanned>[] = [
    { key: 'line', label: t('line'), cell: row => row.title ?? lineWord(t, row.line) },
    { key: 'project', label: t('project'), cell: row => row.projectName },
    { key: 'planned', label: t('planned'), figure: true, cell: row => formatAmount(row.planned) },
    {
      key: 'used',
      label: t('used'),
      figure: true,
      cell: row => (
        <MetricValue
          name="plan.used"
          title={row.title ?? lineWord(t, row.line)}
          where={{ month, project: row.project, plan_line: row.line }}
        >
          {formatAmount(row.used)}
        </MetricValue>
      ),
    },
    {
      key: 'beyond',
      label: t('beyond'),
      figure: true,
      cell: row => <span className="yz-warn">{formatAmount(row.beyond)}</span>,
    },
  ]
  return (
    <>
      <Figures
        items={[
          {
            label: t('approved_out'),
            value: formatAmount(total.approved_out),
            note: `${t('asked_out')} ${formatAmount(total.asked_out)}`,
          },
          { label: t('used'), value: formatAmount(total.used), note: `${t('paid')} ${formatAmount(total.paid)}` },
          { label: t('rate'), value: formatPercent(total.rate_out) },
          {
            label: t('approved_in'),
            value: formatAmount(total.approved_in),
            note: `${t('received')} ${formatAmount(total.received)}`,
          },
          { label: t('rateIn'), value: formatPercent(total.rate_in) },
          {
            label: t('unplanned'),
            value: formatAmount(total.unplanned),
            tone: isZero(total.unplanned) ? undefined : 'warn',
          },
        ]}
      />
      <FigureTable
        label={t('table')}
        columns={columns}
        rows={rows}
        keyOf={row => row.project}
        total={{
          project: t('total'),
          ...Object.fromEntries(amounts.map(([name, metric]) => [name, cell(total, name, metric)])),
          rate: formatPercent(total.rate_out),
        }}
      />
      <h2>{t('beyondTable')}</h2>
      {unplanned.length === 0 ? (
        <p className="yz-soft">{t('beyondNone')}</p>
      ) : (
        <FigureTable
          label={t('beyondTable')}
          columns={beyond}
          rows={unplanned}
          keyOf={row => `${row.project} ${row.line}`}
        />
      )}
    </>
  )
}
