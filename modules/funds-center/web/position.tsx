// The tables of the position: accounts, ageing, money of projects, wage accounts, sources of the forecast.
import { Link } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import type { AccountLine, Age, Funds, ProjectCash, WageAccount } from '../shape.ts'
import { bad } from './forecast.tsx'
import { text } from './text.ts'

export function Accounts({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const entity = entityOf(useMeta(), 'bank_account')
  const until = funds.today
  const columns: readonly FigureColumn<AccountLine>[] = [
    {
      key: 'account',
      label: t('account'),
      cell: row =>
        entity ? (
          <RecordLink entity={entity} id={row.account}>
            {row.name}
          </RecordLink>
        ) : (
          row.name
        ),
    },
    { key: 'in', label: t('inToday'), figure: true, cell: row => formatAmount(row.receivedToday) },
    { key: 'out', label: t('outToday'), figure: true, cell: row => formatAmount(row.paidToday) },
    {
      key: 'balance',
      label: t('balance'),
      figure: true,
      cell: row => (
        <span className={bad(row.balance)}>
          <MetricValue name="cash.balance" title={row.name} where={{ account: row.account }} {...untilOf(until)}>
            {formatAmount(row.balance)}
          </MetricValue>
        </span>
      ),
    },
  ]
  return (
    <FigureTable
      label={t('accounts')}
      columns={columns}
      rows={funds.accounts}
      keyOf={row => row.account}
      total={{
        account: t('total'),
        in: formatAmount(funds.receivedToday),
        out: formatAmount(funds.paidToday),
        balance: formatAmount(funds.balance),
      }}
    />
  )
}

const untilOf = (day: string) => (isDay(day) ? { until: day } : {})
const isDay = (day: string): day is `${number}-${number}-${number}` => /^\d{4}-\d{2}-\d{2}$/.test(day)

export function Ageing({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const say = (bucket: string) => (bucket === 'not_due' ? t('not_due') : t('overdueDays', { days: bucket }))
  const columns: readonly FigureColumn<Age>[] = [
    { key: 'bucket', label: t('overdue'), cell: row => say(row.bucket) },
    ...(['receivable', 'payable'] as const).map(key => ({
      ...{ key, label: t(key), figure: true },
      cell: (row: Age) => formatAmount(row[key]),
    })),
  ]
  const metric = (name: string, value: Funds['payable'], title: string) => (
    <MetricValue name={name} title={title} {...untilOf(funds.today)}>
      {formatAmount(value)}
    </MetricValue>
  )
  return (
    <div className="yz-stack">
      <FigureTable
        label={t('ageing')}
        columns={columns}
        rows={funds.ageing}
        keyOf={row => row.bucket}
        total={{
          bucket: t('total'),
          receivable: metric('receivable.open', funds.receivable, t('receivable')),
          payable: metric('payable.open', funds.payable, t('payable')),
        }}
      />
      <p>
        <Link to="/$module/$name" params={{ module: 'payment', name: 'ageing' }} className="yz-link">
          {t('ageingAll')}
        </Link>
      </p>
    </div>
  )
}

export function Projects({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const formats = useFormats()
  const entity = entityOf(useMeta(), 'project')
  const metric = (name: string, row: ProjectCash, value: ProjectCash['paid']) => (
    <MetricValue name={name} title={row.name} where={{ project: row.project }} {...untilOf(funds.today)}>
      {formatAmount(value)}
    </MetricValue>
  )
  const columns: readonly FigureColumn<ProjectCash>[] = [
    {
      key: 'project',
      label: t('project'),
      cell: row =>
        entity ? (
          <RecordLink entity={entity} id={row.project}>
            {row.name}
          </RecordLink>
        ) : (
          row.name
        ),
    },
    { key: 'received', label: t('received'), figure: true, cell: row => metric('income.received', row, row.received) },
    { key: 'paid', label: t('paid'), figure: true, cell: row => metric('expense.paid', row, row.paid) },
    {
      key: 'net',
      label: t('net'),
      figure: true,
      cell: row => <span className={bad(row.occupied)}>{formatAmount(row.occupied)}</span>,
    },
  ]
  return (
    <div className="yz-stack">
      {funds.projects.length > 0 && (
        <Chart
          height={200}
          label={t('occupiedSays')}
          option={palette => ({
            legend: { top: 0, left: 'center', textStyle: { color: palette.textSoft } },
            grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
            tooltip: { trigger: 'axis' },
            xAxis: { type: 'category', data: [...funds.months] },
            yAxis: {
              type: 'value',
              splitLine: { lineStyle: { color: palette.line } },
              axisLabel: { formatter: formats.moneyTick },
            },
            series: funds.projects.slice(0, 5).map(each => ({
              ...{ name: each.name, type: 'line', symbol: 'none' },
              data: each.past.map(Number),
            })),
          })}
        />
      )}
      <FigureTable label={t('occupied')} columns={columns} rows={funds.projects} keyOf={row => row.project} />
    </div>
  )
}

export function Wages({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const formats = useFormats()
  const entity = entityOf(useMeta(), 'bank_account')
  const columns: readonly FigureColumn<WageAccount>[] = [
    {
      key: 'account',
      label: t('account'),
      cell: row => (
        <>
          {entity ? (
            <RecordLink entity={entity} id={row.account}>
              {row.name}
            </RecordLink>
          ) : (
            row.name
          )}{' '}
          <Tag color={row.alert === 'short' ? 'error' : row.alert ? 'warning' : 'success'}>
            {t(row.alert ?? 'covered')}
          </Tag>
        </>
      ),
    },
    { key: 'balance', label: t('balance'), figure: true, cell: row => formatAmount(row.balance) },
    { key: 'due', label: t('wagesDue'), figure: true, cell: row => formatAmount(row.due) },
    { key: 'lastIn', label: t('lastIn'), cell: row => formats.date(row.lastIn) },
  ]
  if (funds.wages.length === 0) return <p className="yz-soft">{t('noWages')}</p>
  return (
    <div className="yz-stack">
      <p className="yz-soft">{t('wagesSays')}</p>
      <FigureTable label={t('wages')} columns={columns} rows={funds.wages} keyOf={row => row.account} />
    </div>
  )
}

export function Sources({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const columns: readonly FigureColumn<Funds['sources'][number]>[] = [
    { key: 'why', label: t('why'), cell: row => t(row.why) },
    { key: 'in', label: t('in'), figure: true, cell: row => formatAmount(row.in) },
    { key: 'out', label: t('out'), figure: true, cell: row => formatAmount(row.out) },
  ]
  return <FigureTable label={t('sources')} columns={columns} rows={funds.sources} keyOf={row => row.why} />
}
