// 往来与借款: who owes us and whom we owe outside contracts, what staff was lent, and what own companies lent each other.
import { useQuery } from '@tanstack/react-query'
import { compare, type Decimal, formatPercent, isZero, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Advanced, Debt, Debts, Internal } from '../debts-shape.ts'
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
      <PageHeader
        title={t('debts')}
        {...(under ? { under } : {})}
        actions={<ReportButton action="payment.debts" needs="bank_account" />}
      />
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

function Owing({ found: { debts, advances, internal, bonds, loans } }: { readonly found: Debts }) {
  const t = useText(text)
  const format = useFormats()
  const counterparty = entityOf(useMeta(), 'counterparty')
  if (debts.length + advances.length + internal.length + bonds.length + loans.length === 0)
    return (
      <p role="status">
        <strong>{t('noDebts')}</strong> <span className="yz-soft">{t('noDebtsNext')}</span>
      </p>
    )
  const of = (...some: readonly Debt['kind'][]) => debts.filter(each => some.includes(each.kind))
  const late = bonds.filter(each => each.overdue).map(each => each.open)
  const overdue = sum([...[...debts, ...advances].map(each => each.overdue), ...late])
  const meta = useMeta()
  const [bond, loan] = [entityOf(meta, 'bid_bond'), entityOf(meta, 'loan')]
  return (
    <>
      <Figures
        items={[
          { label: t('owedToUs'), value: format.money(openOf(of('receivable', 'lent'))) },
          { label: t('owedByUs'), value: format.money(openOf(of('payable', 'borrowed'))) },
          { label: t('advances'), value: format.money(openOf(advances)) },
          ...(bonds.length === 0 ? [] : [{ label: t('bonds'), value: format.money(openOf(bonds)) }]),
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
      {loans.length > 0 && (
        <section className="yz-stack" aria-label={t('loans')}>
          <h2>{t('loans')}</h2>
          <p className="yz-soft">{t('loansSays')}</p>
          <FigureTable
            label={t('loans')}
            rows={loans}
            keyOf={row => row.loan}
            columns={[
              {
                ...{ key: 'loan', label: t('loan_') },
                cell: row =>
                  loan ? (
                    <RecordLink entity={loan} id={row.loan}>
                      {row.name}
                    </RecordLink>
                  ) : (
                    row.name
                  ),
              },
              { key: 'kind', label: t('kind'), wide: true, cell: row => t(row.kind) },
              { key: 'principal', label: t('principal'), figure: true, cell: row => format.money(row.principal) },
              { key: 'rate', label: t('rate'), figure: true, cell: row => formatPercent(row.rate) },
              { key: 'accrued', label: t('accrued'), figure: true, cell: row => format.money(row.accrued) },
              {
                ...{ key: 'paid', label: t('interestPaid'), figure: true },
                cell: row => (
                  <MetricValue name="debt.interest" title={row.name} where={{ loan: row.loan }}>
                    {format.money(row.paid)}
                  </MetricValue>
                ),
              },
              {
                ...{ key: 'open', label: t('interestOpen'), figure: true },
                cell: row => <strong>{format.money(row.open)}</strong>,
              },
              {
                ...{ key: 'next', label: t('nextInterest') },
                cell: row =>
                  row.next_on ? `${format.date(row.next_on)} · ${format.money(row.next_amount ?? '0')}` : '—',
              },
            ]}
          />
        </section>
      )}
      {bonds.length > 0 && (
        <section className="yz-stack" aria-label={t('bonds')}>
          <h2>{t('bonds')}</h2>
          <FigureTable
            label={t('bonds')}
            rows={bonds}
            keyOf={row => row.bond}
            columns={[
              {
                ...{ key: 'bond', label: t('bond') },
                cell: row =>
                  bond ? (
                    <RecordLink entity={bond} id={row.bond}>
                      {row.name ?? '—'}
                    </RecordLink>
                  ) : (
                    (row.name ?? '—')
                  ),
              },
              {
                ...{ key: 'open', label: t('open'), figure: true },
                cell: row => (
                  <MetricValue name="bond.outstanding" title={row.name ?? '—'} where={{ bond: row.bond }}>
                    {format.money(row.open)}
                  </MetricValue>
                ),
              },
              {
                ...{ key: 'due', label: t('nextDue') },
                cell: row => (
                  <span className={row.overdue ? 'yz-bad' : undefined}>
                    {row.due_on ? format.date(row.due_on) : '—'}
                  </span>
                ),
              },
            ]}
            total={{ bond: t('sum'), open: format.money(openOf(bonds)) }}
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
              ...(internal.every(row => isZero(row.interest))
                ? []
                : [
                    {
                      ...{ key: 'interest', label: t('accrued'), figure: true },
                      cell: (row: Internal) => format.money(row.interest),
                    },
                  ]),
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
