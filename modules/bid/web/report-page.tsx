// 投标统计: the rate of bids won by number and amount, and the bonds that are still out.
import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatPercent } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { BidReport } from '../report-shape.ts'
import './report.css'
import { text } from './text.ts'

const DayPicker = lazy(() => import('@yingzao/ui/field/day-picker.tsx'))
const home = { module: 'bid', name: 'bid_bond' }

export default function ReportPage() {
  const t = useText(text)
  const formats = useFormats()
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'bid')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const found = useQuery({
    queryKey: ['bid.report', from, to],
    queryFn: () =>
      client.perform<BidReport>('bid.report', { ...(from ? { from_on: from } : {}), ...(to ? { to_on: to } : {}) }),
    placeholderData: before => before,
  })
  const head = <PageHeader title={t('title')} {...(entity ? { under: entity } : {})} />
  if (found.error)
    return (
      <>
        {head}
        <Failed error={found.error} retry={() => void found.refetch()} />
      </>
    )
  if (!found.data)
    return (
      <>
        {head}
        <Waiting />
      </>
    )
  const { rate, bonds, outstanding, open, failed, dropped } = found.data
  return (
    <>
      {head}
      <div className="yz-bids-page yz-stack">
        <div className="yz-flex">
          <span>{t('from')}</span>
          <div className="yz-bids-day">
            <Suspense fallback={null}>
              <DayPicker
                time={false}
                label={t('from')}
                value={from}
                onChange={value => setFrom(typeof value === 'string' ? value : '')}
              />
            </Suspense>
          </div>
          <span>{t('to')}</span>
          <div className="yz-bids-day">
            <Suspense fallback={null}>
              <DayPicker
                time={false}
                label={t('to')}
                value={to}
                onChange={value => setTo(typeof value === 'string' ? value : '')}
              />
            </Suspense>
          </div>
        </div>
        <Figures
          items={[
            {
              label: t('byCount'),
              value: formatPercent(rate.by_count),
              note: t('countNote', { won: rate.won, decided: rate.decided }),
            },
            {
              label: t('byAmount'),
              value: formatPercent(rate.by_amount),
              note: t('amountNote', { won: formatAmount(rate.won_amount), decided: formatAmount(rate.decided_amount) }),
            },
            { label: t('open'), value: String(open) },
            { label: t('failed'), value: String(failed) },
            { label: t('dropped'), value: String(dropped) },
            { label: t('outstanding'), value: formatAmount(outstanding) },
          ]}
        />
        {bonds.length === 0 ? (
          <p className="yz-soft">{t('noBonds')}</p>
        ) : (
          <table className="yz-bonds">
            <thead>
              <tr>
                <th scope="col">{t('bond')}</th>
                <th scope="col">{t('amount')}</th>
                <th scope="col">{t('left')}</th>
                <th scope="col">{t('due')}</th>
              </tr>
            </thead>
            <tbody>
              {bonds.map(bond => (
                <tr key={bond.id}>
                  <th scope="row">
                    <RecordLink entity={home} id={bond.id}>
                      {bond.name}
                    </RecordLink>{' '}
                    {bond.alert === 'overdue' && <Tag color="error">{t('overdue')}</Tag>}
                    {bond.alert === 'due' && <Tag color="warning">{t('soon')}</Tag>}
                  </th>
                  <td data-label={t('amount')}>{formatAmount(bond.amount)}</td>
                  <td data-label={t('left')}>{formatAmount(bond.outstanding)}</td>
                  <td data-label={t('due')}>{bond.due_back_on ? formats.date(bond.due_back_on) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  )
}
