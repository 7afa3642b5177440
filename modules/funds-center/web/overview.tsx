// 资金数据中心: what is at hand, what is due, and how the coming months close.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount, formatPercent, isZero } from '@yingzao/engines/money'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Segmented } from 'antd'
import { lazy, Suspense, useId, useState } from 'react'
import type { Funds } from '../shape.ts'
import { FlowTable, PeriodFlows } from './flow-table.tsx'
import { Forecast, type Horizon } from './forecast.tsx'
import './funds.css'
import { Accounts, Ageing, Projects, Sources, Wages } from './position.tsx'
import { asInput, nothing, Suppose, type Supposed } from './suppose.tsx'
import { text } from './text.ts'

const DayPicker = lazy(() => import('@yingzao/ui/field/day-picker.tsx'))

export default function Overview() {
  const t = useText(text)
  const client = useClient()
  const id = useId()
  const [supposed, setSupposed] = useState<Supposed>(nothing)
  const [until, setUntil] = useState<PlainDate>()
  const [horizon, setHorizon] = useState<Horizon>('months')
  const [period, setPeriod] = useState<string | null>(null)
  const asked = { ...asInput(supposed), ...(until ? { until } : {}) }
  const found = useQuery({
    queryKey: ['funds_center.overview', asked],
    queryFn: () => client.perform<Funds>('funds_center.overview', { months: 12, ...asked }),
    placeholderData: before => before,
  })
  const funds = found.data
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ReportButton action="funds_center.overview" needs="bank_account" input={{ months: 24, ...asked }} />
          </>
        }
      />
      <div className="yz-page-body yz-stack yz-funds-page">
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !funds ? (
          <Waiting />
        ) : funds.accounts.length === 0 && funds.flows.length === 0 && !until ? (
          <p>
            <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>
          </p>
        ) : (
          <>
            <Head funds={funds} />
            <div className="yz-flex yz-funds-bar">
              <h2>{t('forecast')}</h2>
              <Segmented<Horizon>
                aria-label={t('horizon')}
                value={horizon}
                onChange={next => {
                  setHorizon(next)
                  setPeriod(null)
                }}
                options={[
                  { value: 'months', label: t('byMonth') },
                  { value: 'weeks', label: t('byWeek') },
                ]}
              />
              <span className="yz-flex">
                <label htmlFor={id}>{t('asOf')}</label>
                <Suspense fallback={null}>
                  <DayPicker
                    id={id}
                    time={false}
                    value={until ?? ''}
                    onChange={value => setUntil(isPlainDate(value) ? value : undefined)}
                  />
                </Suspense>
              </span>
              <Link to="/$module/$name" params={{ module: 'bank-account', name: 'cash' }} className="yz-link">
                {t('cashDay')}
              </Link>
              <Link to="/$module/$name" params={{ module: 'funds-plan', name: 'company' }} className="yz-link">
                {t('plans')}
              </Link>
            </div>
            <Suppose of={supposed} choose={setSupposed} projects={funds.projects} />
            {until && <p className="yz-soft">{t('pastNote')}</p>}
            <Forecast funds={funds} horizon={horizon} period={period} open={setPeriod} />
            <p className="yz-soft">{t('basis')}</p>
            {period && (
              <section className="yz-stack">
                <div className="yz-flex yz-funds-bar">
                  <h2>{t('flowsOf', { period })}</h2>
                  <Button onClick={() => setPeriod(null)}>{t('close')}</Button>
                </div>
                <PeriodFlows {...boundsOf(period, horizon, funds)} asked={asked} label={t('flowsOf', { period })} />
              </section>
            )}
            <Tabs
              label={t('looks')}
              items={[
                {
                  key: 'flows',
                  label: t('flows'),
                  content: () => <FlowTable rows={funds.flows} label={t('flows')} />,
                },
                { key: 'accounts', label: t('accounts'), content: () => <Accounts funds={funds} /> },
                { key: 'ageing', label: t('ageing'), content: () => <Ageing funds={funds} /> },
                { key: 'projects', label: t('occupied'), content: () => <Projects funds={funds} /> },
                { key: 'wages', label: t('wages'), content: () => <Wages funds={funds} /> },
                { key: 'sources', label: t('sources'), content: () => <Sources funds={funds} /> },
              ]}
            />
          </>
        )}
      </div>
    </>
  )
}

/** First and last day of a month, or of the week that begins on a day. */
function boundsOf(period: string, horizon: Horizon, funds: Funds): { from: string; to: string } {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  if (horizon === 'months') {
    const [year = 0, month = 0] = period.split('-').map(Number)
    return { from: `${period}-01`, to: day(Date.UTC(year, month, 0)) }
  }
  const weeks = funds.base.weeks
  const next = weeks[weeks.findIndex(week => week.period === period) + 1]
  return { from: period, to: day(Date.parse(next?.period ?? period) + (next ? -1 : 6) * 86_400_000) }
}

function Head({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const { peak, lowest } = funds.base
  return (
    <Figures
      items={[
        {
          label: t('balance'),
          value: formatAmount(funds.balance),
          note: `${t('today')} ${formatAmount(funds.receivedToday)} / ${formatAmount(funds.paidToday)}`,
        },
        {
          label: t('peak'),
          value: isZero(peak) ? t('noGap') : formatAmount(peak),
          note: lowest && !isZero(peak) ? t('lowest', { month: lowest }) : undefined,
          tone: isZero(peak) ? undefined : 'bad',
        },
        { label: t('receivable'), value: formatAmount(funds.receivable) },
        { label: t('payable'), value: formatAmount(funds.payable) },
        ...funds.due.map(({ days, in: into, out }) => ({
          label: t('dueIn', { days }),
          value: formatAmount(into),
          note: `− ${formatAmount(out)}`,
        })),
        {
          label: t('toIssue'),
          value: formatAmount(funds.invoices.toIssue),
          note: t('toReceive', { amount: formatAmount(funds.invoices.toReceive) }),
        },
        ...(funds.bonds.count === 0
          ? []
          : [
              {
                label: t('bondsOut'),
                value: formatAmount(funds.bonds.outstanding),
                note: isZero(funds.bonds.overdue)
                  ? funds.bonds.due
                      .map(({ days, amount }) => t('bondsDue', { days, amount: formatAmount(amount) }))
                      .join(' · ')
                  : t('bondsOverdue', { amount: formatAmount(funds.bonds.overdue) }),
                tone: isZero(funds.bonds.overdue) ? undefined : ('bad' as const),
              },
            ]),
        {
          label: t('planRate'),
          value: formatPercent(funds.plan.rate),
          note: isZero(funds.plan.out)
            ? t('noPlan')
            : t('planNote', { out: formatAmount(funds.plan.out), paid: formatAmount(funds.plan.paid) }),
        },
      ]}
    />
  )
}
