// 资金数据中心: what is at hand, what is due, and how the coming months close.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Decimal, formatAmount, isZero } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Select } from 'antd'
import { useId, useState } from 'react'
import type { Funds } from '../shape.ts'
import './funds.css'
import { text } from './text.ts'

const chances = ['1', '0.9', '0.8', '0.7', '0.5'] as const

export default function Overview() {
  const t = useText(text)
  const client = useClient()
  const id = useId()
  const [chance, setChance] = useState<(typeof chances)[number]>('1')
  const found = useQuery({
    queryKey: ['funds_center.overview', chance],
    queryFn: () => client.perform<Funds>('funds_center.overview', { months: 12, chance }),
    placeholderData: before => before,
  })
  const funds = found.data
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="yz-page-body yz-stack">
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !funds ? (
          <Waiting />
        ) : funds.accounts.length === 0 && funds.flows.length === 0 ? (
          <p>
            <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>
          </p>
        ) : (
          <>
            <Head funds={funds} />
            <div className="yz-flex yz-funds-bar">
              <h2>{t('forecast')}</h2>
              <label htmlFor={id}>{t('chance')}</label>
              <Select
                id={id}
                value={chance}
                onChange={setChance}
                options={chances.map(value => ({ value, label: `${Number(value) * 100}%` }))}
              />
              <Link to="/$module/$name" params={{ module: 'bank-account', name: 'cash' }} className="yz-link">
                {t('cashDay')}
              </Link>
              <Link to="/$module/$name" params={{ module: 'payment', name: 'ageing' }} className="yz-link">
                {t('ageing')}
              </Link>
            </div>
            <p className="yz-soft">{t('basis')}</p>
            <Forecast funds={funds} />
            <Tabs
              label={t('looks')}
              items={[
                { key: 'flows', label: t('flows'), content: () => <Flows funds={funds} /> },
                { key: 'accounts', label: t('accounts'), content: () => <Accounts funds={funds} /> },
                { key: 'projects', label: t('occupied'), content: () => <Projects funds={funds} /> },
              ]}
            />
          </>
        )}
      </div>
    </>
  )
}

const bad = (value: string) => (value.startsWith('-') ? 'yz-bad' : undefined)

function Head({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const { peak, lowest } = funds.forecast
  return (
    <Figures
      items={[
        {
          label: t('balance'),
          value: formatAmount(funds.balance),
          note: `${t('today')} ${formatAmount(funds.receivedToday)} / ${formatAmount(funds.paidToday)}`,
        },
        { label: t('receivable'), value: formatAmount(funds.receivable) },
        { label: t('payable'), value: formatAmount(funds.payable) },
        ...funds.due.map(({ days, in: into, out }) => ({
          label: t('dueIn', { days }),
          value: formatAmount(into),
          note: `− ${formatAmount(out)}`,
        })),
        {
          label: t('peak'),
          value: isZero(peak) ? t('noGap') : formatAmount(peak),
          note: lowest && !isZero(peak) ? t('lowest', { month: lowest }) : undefined,
          tone: isZero(peak) ? undefined : 'bad',
        },
      ]}
    />
  )
}

function Forecast({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const formats = useFormats()
  const { months, later } = funds.forecast
  const list = (value: (month: (typeof months)[number]) => Decimal) => months.map(month => Number(value(month)))
  return (
    <>
      <Chart
        height={260}
        label={t('forecastSays')}
        option={palette => ({
          legend: { top: 0, left: 'center' },
          grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
          tooltip: { trigger: 'axis' },
          xAxis: { type: 'category', data: months.map(month => month.period) },
          yAxis: { type: 'value', axisLabel: { formatter: (value: number) => formats.moneyShort(String(value)) } },
          series: [
            { name: t('in'), type: 'bar', data: list(month => month.in), color: palette.good },
            { name: t('out'), type: 'bar', data: list(month => month.out), color: palette.warn },
            {
              name: t('closing'),
              type: 'line',
              symbol: 'none',
              data: list(month => month.closing),
              color: palette.accent,
            },
          ],
        })}
      />
      <div className="yz-funds-scroll">
        <table className="yz-funds">
          <thead>
            <tr>
              <th scope="col">{t('month')}</th>
              <th scope="col">{t('opening')}</th>
              <th scope="col">{t('in')}</th>
              <th scope="col">{t('out')}</th>
              <th scope="col">{t('closing')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(month => (
              <tr key={month.period}>
                <th scope="row">{month.period}</th>
                <td data-label={t('opening')}>{formatAmount(month.opening)}</td>
                <td data-label={t('in')}>{formatAmount(month.in)}</td>
                <td data-label={t('out')}>{formatAmount(month.out)}</td>
                <td data-label={t('closing')} className={bad(month.closing)}>
                  {formatAmount(month.closing)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('later')}</th>
              <td data-label={t('opening')} />
              <td data-label={t('in')}>{formatAmount(later.in)}</td>
              <td data-label={t('out')}>{formatAmount(later.out)}</td>
              <td data-label={t('closing')} />
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  )
}

function Flows({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const formats = useFormats()
  const entity = entityOf(useMeta(), 'contract')
  return (
    <div className="yz-funds-scroll">
      <table className="yz-funds">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col" className="yz-left">
              {t('contract')}
            </th>
            <th scope="col" className="yz-left">
              {t('project')}
            </th>
            <th scope="col" className="yz-left">
              {t('why')}
            </th>
            <th scope="col">{t('amount')}</th>
          </tr>
        </thead>
        <tbody>
          {funds.flows.map(flow => (
            <tr key={`${flow.contract} ${flow.on} ${flow.why} ${flow.amount}`}>
              <th scope="row">{formats.date(flow.on)}</th>
              <td className="yz-left" data-label={t('contract')}>
                {entity ? (
                  <RecordLink entity={entity} id={flow.contract}>
                    {flow.name}
                  </RecordLink>
                ) : (
                  flow.name
                )}
              </td>
              <td className="yz-left" data-label={t('project')}>
                {flow.project ?? '—'}
              </td>
              <td className="yz-left" data-label={t('why')}>
                {t(flow.why)}
              </td>
              <td data-label={t('amount')}>
                {flow.direction === 'income' ? '+' : '−'}
                {formatAmount(flow.amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Accounts({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  const entity = entityOf(useMeta(), 'bank_account')
  return (
    <div className="yz-funds-scroll">
      <table className="yz-funds">
        <thead>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('in')}</th>
            <th scope="col">{t('out')}</th>
            <th scope="col">{t('balance')}</th>
          </tr>
        </thead>
        <tbody>
          {funds.accounts.map(each => (
            <tr key={each.account}>
              <th scope="row">
                {entity ? (
                  <RecordLink entity={entity} id={each.account}>
                    {each.name}
                  </RecordLink>
                ) : (
                  each.name
                )}
              </th>
              <td data-label={t('in')}>{formatAmount(each.receivedToday)}</td>
              <td data-label={t('out')}>{formatAmount(each.paidToday)}</td>
              <td data-label={t('balance')} className={bad(each.balance)}>
                <MetricValue name="cash.balance" title={each.name} where={{ account: each.account }}>
                  {formatAmount(each.balance)}
                </MetricValue>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td data-label={t('in')}>{formatAmount(funds.receivedToday)}</td>
            <td data-label={t('out')}>{formatAmount(funds.paidToday)}</td>
            <td data-label={t('balance')}>{formatAmount(funds.balance)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Projects({ funds }: { readonly funds: Funds }) {
  const t = useText(text)
  return (
    <div className="yz-funds-scroll">
      <table className="yz-funds">
        <thead>
          <tr>
            <th scope="col">{t('project')}</th>
            <th scope="col">{t('received')}</th>
            <th scope="col">{t('paid')}</th>
            <th scope="col">{t('net')}</th>
          </tr>
        </thead>
        <tbody>
          {funds.projects.map(each => (
            <tr key={each.project}>
              <th scope="row">{each.name}</th>
              <td data-label={t('received')}>
                <MetricValue name="income.received" title={each.name} where={{ project: each.project }}>
                  {formatAmount(each.received)}
                </MetricValue>
              </td>
              <td data-label={t('paid')}>
                <MetricValue name="expense.paid" title={each.name} where={{ project: each.project }}>
                  {formatAmount(each.paid)}
                </MetricValue>
              </td>
              <td data-label={t('net')} className={bad(each.occupied)}>
                {formatAmount(each.occupied)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
