// 资金日报: what each account held, got and paid over some days, and the cash book under it, down to the document.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { isNegative } from '@yingzao/ui/text/format'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import type { AccountDay, BookRow, CashBook, CashDay } from '../cash-shape.ts'
import './cash.css'
import { purposes, purposeWord, text } from './text.ts'

export default function CashPage() {
  const t = useText(text)
  const format = useFormats()
  const client = useClient()
  const entity = entityOf(useMeta(), 'bank_account')
  // Nothing chosen: this month until today, as the server counts days.
  const [chosen, setChosen] = useState<{ readonly from?: string; readonly to?: string }>({})
  const [account, setAccount] = useState<string | null>(null)
  const days = useQuery({
    queryKey: ['bank_account.day', chosen],
    queryFn: () => client.perform<CashDay>('bank_account.day', chosen),
  })
  const { from = '', to = '' } = days.data ?? chosen
  if (days.error) return <Failed error={days.error} retry={() => void days.refetch()} />
  const amount = (value: string) => (
    <span className={isNegative(value) ? 'yz-bad' : undefined}>{format.money(value)}</span>
  )
  const columns: readonly FigureColumn<AccountDay>[] = [
    {
      key: 'account',
      label: t('account'),
      cell: row => (
        <>
          <button
            type="button"
            className="yz-link yz-cash-pick"
            aria-pressed={account === row.account}
            onClick={() => setAccount(account === row.account ? null : row.account)}
          >
            {row.name}
          </button>
          {row.ending && <span className="yz-soft"> *{row.ending}</span>} {!row.active && <Tag>{t('out')}</Tag>}
        </>
      ),
    },
    ...(['opening', 'received', 'paid', 'closing', 'reserved'] as const).map(key => ({
      ...{ key, label: t(key), figure: true },
      cell: (row: AccountDay) => amount(row[key]),
    })),
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(entity ? { under: entity } : {})}
        actions={<ReportButton action="bank_account.day" needs="bank_account" input={chosen} />}
      />
      <div className="yz-cash yz-stack">
        <div className="yz-cash-bar yz-no-print">
          <Day label={t('from')} value={from} onChange={day => setChosen(pick({ ...chosen, from: day }))} />
          <Day label={t('to')} value={to} onChange={day => setChosen(pick({ ...chosen, to: day }))} />
          <Select
            aria-label={t('account')}
            className="yz-cash-account"
            value={account ?? ''}
            onChange={value => setAccount(value === '' ? null : value)}
            options={[
              { value: '', label: t('all') },
              ...(days.data?.accounts ?? []).map(each => ({ value: each.account, label: each.name })),
            ]}
          />
        </div>
        {!days.data ? (
          <Waiting />
        ) : days.data.accounts.length === 0 ? (
          <p role="status" className="yz-soft">
            {t('noAccounts')}
          </p>
        ) : (
          <>
            <Figures
              items={(['opening', 'received', 'paid', 'closing'] as const).map(name => ({
                label: t(name),
                value: format.money(days.data.total[name]),
                tone: isNegative(days.data.total[name]) ? 'bad' : undefined,
              }))}
            />
            <FigureTable
              label={t('accounts')}
              columns={columns}
              rows={days.data.accounts}
              keyOf={row => row.account}
              rowProps={row => ({ 'aria-selected': account === row.account })}
              total={{
                account: t('total'),
                ...Object.fromEntries(
                  (['opening', 'received', 'paid', 'closing', 'reserved'] as const).map(name => [
                    name,
                    amount(days.data.total[name]),
                  ]),
                ),
              }}
            />
            <Book {...{ from, to, account }} />
          </>
        )}
      </div>
    </>
  )
}

/** A day taken away counts as not chosen. */
const pick = (days: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(days).filter(([, day]) => day !== ''))

interface DayProps {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}
const Day = ({ label, value, onChange }: DayProps) => (
  <span className="yz-cash-day">
    <span className="yz-soft">{label}</span>
    <DayPicker
      label={label}
      value={value}
      time={false}
      onChange={day => onChange(typeof day === 'string' ? day : '')}
    />
  </span>
)

interface BookProps {
  readonly from: string
  readonly to: string
  readonly account: string | null
}

function Book({ from, to, account }: BookProps) {
  const t = useText(text)
  const format = useFormats()
  const client = useClient()
  const meta = useMeta()
  const [purpose, setPurpose] = useState('')
  const asked = { from, to, ...(account ? { account } : {}), ...(purpose ? { purpose } : {}) }
  const read = (after: string | null) =>
    client.perform<CashBook>('bank_account.book', { ...asked, ...(after ? { after } : {}) })
  const book = useInfiniteQuery({
    queryKey: ['bank_account.book', asked],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  if (book.error) return <Failed error={book.error} retry={() => void book.refetch()} />
  const [first] = book.data?.pages ?? []
  const rows = book.data?.pages.flatMap(page => page.rows) ?? []
  const link = (row: BookRow) => {
    const entity = entityOf(meta, row.entity)
    const number = row.number ?? '—'
    return entity ? (
      <RecordLink entity={entity} id={row.document}>
        {number}
      </RecordLink>
    ) : (
      number
    )
  }
  const figure = (value: string) => (/^-?0(\.0+)?$/.test(value) ? '' : format.money(value))
  return (
    <section className="yz-stack" aria-label={t('book')}>
      <div className="yz-cash-bar">
        <h2>{t('book')}</h2>
        <Select
          aria-label={t('purpose')}
          className="yz-cash-purpose"
          value={purpose}
          onChange={setPurpose}
          options={[
            { value: '', label: t('anyPurpose') },
            { value: 'opening', label: t('opening_') },
            ...purposes.map(value => ({ value, label: t(value) })),
          ]}
        />
        <span className="yz-grow" />
        <ReportButton action="bank_account.book" needs="bank_account" input={asked} />
      </div>
      {!first ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <p role="status" className="yz-soft">
          {t('none')}
        </p>
      ) : (
        <FigureTable
          label={t('book')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            { key: 'on', label: t('on'), cell: row => format.date(row.on) },
            ...(account ? [] : [{ key: 'account', label: t('account'), cell: (row: BookRow) => row.account_name }]),
            { key: 'purpose', label: t('purpose'), cell: row => purposeWord(t, row.purpose) },
            { key: 'party', label: t('party'), cell: row => row.counterparty ?? '' },
            { key: 'document', label: t('document'), cell: link },
            { key: 'received', label: t('received'), figure: true, cell: row => figure(row.received) },
            { key: 'paid', label: t('paid'), figure: true, cell: row => figure(row.paid) },
            {
              key: 'balance',
              label: t('balance'),
              figure: true,
              cell: row => (
                <span className={isNegative(row.balance) ? 'yz-bad' : undefined}>{format.money(row.balance)}</span>
              ),
            },
          ]}
          total={{ on: t('total'), received: format.money(first.received), paid: format.money(first.paid) }}
        />
      )}
      {book.hasNextPage && (
        <Button loading={book.isFetchingNextPage} onClick={() => void book.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </section>
  )
}
