// 进销项 by month of a year; each figure leads to its invoices.
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import type { Filter } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import type { Vat } from '../report-shape.ts'
import { text } from './text.ts'

type Filters = Readonly<Record<string, Filter>>
const counted: Filters = { state: { in: ['effective', 'reversed', 'closed'] } }
const issuedIn = (month: string): Filters => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
  return { issued_on: { ge: `${month}-01`, le: last } }
}
/** What each figure is made of. */
const columns = {
  out_tax: { word: 'outTax', of: (month: string) => ({ direction: { in: ['out'] }, ...issuedIn(month) }) },
  in_tax: { word: 'inTax', of: (month: string) => ({ direction: { in: ['in'] }, ...issuedIn(month) }) },
  deducted_tax: { word: 'deducted', of: (month: string) => ({ deducted_in: { eq: month } }) },
  waiting_tax: {
    word: 'waiting',
    of: (month: string) => ({
      ...{ direction: { in: ['in'] }, deductible: { eq: true }, deducted_in: { empty: true } },
      ...issuedIn(month),
    }),
  },
} as const satisfies Record<string, { word: keyof typeof text; of: (month: string) => Filters }>
const names = ['out_tax', 'in_tax', 'deducted_tax', 'waiting_tax'] as const

export function VatMonths() {
  const t = useText(text)
  const client = useClient()
  const [year, setYear] = useState(() => new Date().getFullYear())
  const found = useQuery({
    queryKey: ['invoice.vat', year],
    queryFn: () => client.perform<Vat>('invoice.vat', { year }),
  })
  const turn = (
    <div className="yz-flex">
      <Button icon={<LeftOutlined aria-hidden="true" />} aria-label={t('earlier')} onClick={() => setYear(year - 1)} />
      <strong className="yz-figure">{year}</strong>
      <Button icon={<RightOutlined aria-hidden="true" />} aria-label={t('later')} onClick={() => setYear(year + 1)} />
      <ReportButton action="invoice.vat" needs="invoice" input={{ year }} />
    </div>
  )
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { months, total } = found.data
  if (months.length === 0)
    return (
      <div className="yz-stack">
        {turn}
        <p className="yz-soft">{t('noVat', { year })}</p>
      </div>
    )
  const tone = (value: string) => (value.startsWith('-') ? 'yz-negative' : undefined)
  return (
    <div className="yz-stack">
      {turn}
      <Figures
        items={[
          ...names.map(name => ({ label: t(columns[name].word), value: formatAmount(total[name]) })),
          { label: t('payable'), value: formatAmount(total.payable), note: t('payableHow') },
          { label: t('credit'), value: formatAmount(total.credit) },
        ]}
      />
      <table className="yz-inv-table">
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            {names.map(name => (
              <th key={name} scope="col">
                {t(columns[name].word)}
              </th>
            ))}
            <th scope="col">{t('payable')}</th>
            <th scope="col">{t('credit')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(row => (
            <tr key={row.month}>
              <th scope="row">{row.month}</th>
              {names.map(name => (
                <td key={name} data-label={t(columns[name].word)} className={tone(row[name])}>
                  {row[name] === '0.00' ? (
                    formatAmount(row[name])
                  ) : (
                    <Link
                      to="/$module/$name"
                      params={{ module: 'invoice', name: 'invoice' }}
                      search={{ filter: { ...counted, ...columns[name].of(row.month) } }}
                      className="yz-link"
                    >
                      {formatAmount(row[name])}
                    </Link>
                  )}
                </td>
              ))}
              <td data-label={t('payable')}>{formatAmount(row.payable)}</td>
              <td data-label={t('credit')}>{formatAmount(row.credit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
