// 往来与借款: who owes us and whom we owe outside contracts, what staff was lent, and what own companies lent each other.
import { useQuery } from '@tanstack/react-query'
import { compare, type Decimal, isZero, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Advanced, Debt, Debts } from '../debts-shape.ts'
import './ageing.css'
import { text } from './text.ts'

const kinds = ['receivable', 'lent', 'payable', 'borrowed'] as const satisfies readonly Debt['kind'][]

export default function DebtsPage() {
  const t = useText(text)
  const client = useClient()
  const under = entityOf(useMeta(), 'receipt')
  const found = useQuery({ queryKey: ['payment.debts'], queryFn: () => client.perform<Debts>('payment.debts', {}) })
  return (
    <>
      <PageHeader title={t('debts')} {...(under ? { under } : {})} />
      <div className="yz-ageing yz-stack">
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : found.data ? (
          <Owing found={found.data} />
        ) : (
          <Waiting />
        )}
      </div>
    </>
  )
}

const openOf = (rows: readonly { readonly open: Decimal }[]): Decimal => sum(rows.map(row => row.open))

function Owing({ found: { debts, advances, internal } }: { readonly found: Debts }) {
  const t = useText(text)
  const format = useFormats()
  const counterparty = entityOf(useMeta(), 'counterparty')
  if (debts.length + advances.length + internal.length === 0)
    return (
      <p role="status">
        <strong>{t('noDebts')}</strong> <span className="yz-soft">{t('noDebtsNext')}</span>
      </p>
    )
  const of = (...some: readonly Debt['kind'][]) => debts.filter(each => some.includes(each.kind))
  const overdue = sum([...debts, ...advances].map(each => each.overdue))
  return (
    <>
      <Figures
        items={[
          { label: t('owedToUs'), value: format.money(openOf(of('receivable', 'lent'))) },
          { label: t('owedByUs'), value: format.money(openOf(of('payable', 'borrowed'))) },
          { label: t('advances'), value: format.money(openOf(advances)) },
          {
            label: t('overdueSum'),
            value: format.money(overdue),
            tone: isZero(overdue) ? undefined : 'bad',
          },
        ]}
      />
      {kinds.map(kind => {
        const rows = of(kind)
        return rows.length === 0 ? null : (
          <section key={kind} className="yz-stack" aria-label={t(kind)}>
            <h2>{t(kind)}</h2>
            <Table
              label={t(kind)}
              rows={rows}
              keyOf={row => `${row.counterparty} ${row.company}`}
              metric={row => ({ name: 'debt.arisen', where: { kind, counterparty: row.counterparty } })}
              who={{
                label: t('party'),
                cell: row =>
                  counterparty && row.name ? (
                    <RecordLink entity={counterparty} id={row.counterparty}>
                      {row.name}
                    </RecordLink>
                  ) : (
                    (row.name ?? '—')
                  ),
              }}
            />
          </section>
        )
      })}
      {advances.length > 0 && (
        <section className="yz-stack" aria-label={t('advances')}>
          <h2>{t('advances')}</h2>
          <Table
            label={t('advances')}
            rows={advances}
            keyOf={row => `${row.person} ${row.company}`}
            metric={row => ({ name: 'advance.lent', where: { person: row.person } })}
            who={{ label: t('person'), cell: row => row.name ?? '—' }}
          />
        </section>
      )}
      {internal.length > 0 && (
        <section className="yz-stack" aria-label={t('internal')}>
          <h2>{t('internal')}</h2>
          <p className="yz-soft">{t('internalSays')}</p>
          <FigureTable
            label={t('internal')}
            rows={internal}
            keyOf={row => row.key}
            columns={[
              { key: 'company', label: t('company'), cell: row => row.company ?? '—' },
              { key: 'project', label: t('project'), cell: row => row.project ?? t('ofCompany') },
              {
                ...{ key: 'open', label: t('open'), figure: true },
                cell: row => (
                  <span className={compare(row.open, '0') < 0 ? 'yz-bad' : undefined}>{format.money(row.open)}</span>
                ),
              },
            ]}
          />
        </section>
      )}
    </>
  )
}

interface TableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly who: Pick<FigureColumn<Row>, 'label' | 'cell'>
  /** What opens behind the amount that arose. */
  readonly metric: (row: Row) => { readonly name: string; readonly where: Readonly<Record<string, string>> }
}

function Table<Row extends Debt | Advanced>({ label, rows, keyOf, who, metric }: TableProps<Row>) {
  const t = useText(text)
  const format = useFormats()
  const figure = (value: Decimal) => (isZero(value) ? '' : format.money(value))
  return (
    <FigureTable
      label={label}
      rows={rows}
      keyOf={keyOf}
      columns={[
        { key: 'who', ...who },
        { key: 'company', label: t('company'), wide: true, cell: row => row.company ?? '—' },
        {
          ...{ key: 'arisen', label: t('arisen'), figure: true },
          cell: row => (
            <MetricValue {...metric(row)} title={row.name ?? '—'}>
              {format.money(row.arisen)}
            </MetricValue>
          ),
        },
        { key: 'settled', label: t('settled'), figure: true, cell: row => figure(row.settled) },
        { key: 'open', label: t('open'), figure: true, cell: row => <strong>{format.money(row.open)}</strong> },
        {
          ...{ key: 'overdue', label: t('overdueSum'), figure: true },
          cell: row => <span className="yz-bad">{figure(row.overdue)}</span>,
        },
        { key: 'next', label: t('nextDue'), cell: row => (row.next_due ? format.date(row.next_due) : '—') },
      ]}
      total={{
        who: t('sum'),
        ...Object.fromEntries(
          (['arisen', 'settled', 'open', 'overdue'] as const).map(name => [
            name,
            figure(sum(rows.map(row => row[name]))),
          ]),
        ),
      }}
    />
  )
}
