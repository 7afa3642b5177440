// 应收应付账龄: what is due and not settled, by how long it is overdue, by contract or counterparty, down to the document.
import { useQuery } from '@tanstack/react-query'
import { compare, type Decimal, formatPercent, isZero, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Segmented } from 'antd'
import { useState } from 'react'
import type { AgedContract, Ageing } from '../ageing-shape.ts'
import './ageing.css'
import { text } from './text.ts'

/** A contract, or what all contracts with a company come to. */
interface Row {
  readonly key: string
  readonly name: string
  readonly note: string | null
  readonly open: Decimal
  readonly excess: Decimal
  readonly buckets: readonly Decimal[]
  readonly contracts: readonly AgedContract[]
}

export default function AgeingPage() {
  const t = useText(text)
  const client = useClient()
  const under = entityOf(useMeta(), 'contract')
  const [direction, setDirection] = useState<'income' | 'expense'>('income')
  const [grouping, setGrouping] = useState<'contract' | 'party'>('contract')
  const [asOf, setAsOf] = useState('')
  const found = useQuery({
    queryKey: ['payment.ageing', direction, asOf],
    queryFn: () => client.perform<Ageing>('payment.ageing', { direction, ...(asOf ? { as_of: asOf } : {}) }),
  })
  return (
    <>
      <PageHeader
        title={t('ageing')}
        {...(under ? { under } : {})}
        actions={
          <ReportButton
            action="payment.ageing"
            needs="contract"
            input={{ direction, ...(asOf ? { as_of: asOf } : {}) }}
          />
        }
      />
      <div className="yz-ageing yz-stack">
        <div className="yz-ageing-bar yz-no-print">
          <Segmented
            aria-label={t('ageing')}
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'income', label: t('income') },
              { value: 'expense', label: t('expense') },
            ]}
          />
          <Segmented
            value={grouping}
            onChange={setGrouping}
            options={[
              { value: 'contract', label: t('byContract') },
              { value: 'party', label: t('byParty') },
            ]}
          />
          <span className="yz-ageing-day">
            <span className="yz-soft">{t('asOf')}</span>
            <DayPicker
              label={t('asOf')}
              value={asOf === '' ? (found.data?.as_of ?? '') : asOf}
              time={false}
              onChange={day => setAsOf(typeof day === 'string' ? day : '')}
            />
          </span>
          <span className="yz-soft">{t('basis')}</span>
        </div>
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : found.data ? (
          <Table ageing={found.data} grouping={grouping} />
        ) : (
          <Waiting />
        )}
      </div>
    </>
  )
}

const plus = (rows: readonly (readonly Decimal[])[], at: number): Decimal => sum(rows.map(row => row[at] ?? '0'))

function rowsOf(
  contracts: readonly AgedContract[],
  grouping: 'contract' | 'party',
  noteOf: (of: AgedContract) => string | null,
): Row[] {
  if (grouping === 'contract')
    return contracts.map(each => ({
      ...{ key: each.contract, name: each.name, open: each.open, excess: each.excess, buckets: each.buckets },
      note: noteOf(each),
      contracts: [each],
    }))
  const parties = new Map<string, AgedContract[]>()
  for (const each of contracts) {
    const key = each.counterparty_id ?? ''
    parties.set(key, [...(parties.get(key) ?? []), each])
  }
  return [...parties].map(([key, of]) => ({
    ...{ key, name: of[0]?.counterparty ?? '—', note: null, contracts: of },
    open: sum(of.map(each => each.open)),
    excess: sum(of.map(each => each.excess)),
    buckets: (of[0]?.buckets ?? []).map((_, at) =>
      plus(
        of.map(each => each.buckets),
        at,
      ),
    ),
  }))
}

function Table({ ageing, grouping }: { readonly ageing: Ageing; readonly grouping: 'contract' | 'party' }) {
  const t = useText(text)
  const format = useFormats()
  const [shown, setShown] = useState<string | null>(null)
  const rows = rowsOf(ageing.contracts, grouping, ({ refund, counterparty }) =>
    refund ? t('refundOf', { party: counterparty ?? '—' }) : counterparty,
  )
  if (rows.length === 0)
    return (
      <p role="status" className="yz-soft">
        {t('nothing')}
      </p>
    )
  const figure = (value: Decimal) => (compare(value, '0') === 0 ? '' : format.money(value))
  const title = ({ from, to }: Ageing['edges'][number]) =>
    from === null ? t('notDue') : to === null ? t('over', { from }) : t('days', { from, to })
  const buckets = rows.map(row => row.buckets)
  const overdue = sum(ageing.edges.map((_, at) => (at === 0 ? '0' : plus(buckets, at))))
  const chosen = rows.find(row => row.key === shown)
  return (
    <>
      <Figures
        items={[
          { label: t('open'), value: format.money(sum(rows.map(row => row.open))) },
          {
            label: t('overdueSum'),
            value: format.money(overdue),
            tone: compare(overdue, '0') > 0 ? 'bad' : undefined,
          },
          { label: t('excessIn'), value: format.money(sum(rows.map(row => row.excess))) },
        ]}
      />
      <FigureTable
        label={t('ageing')}
        rows={rows}
        keyOf={row => row.key}
        rowProps={row => ({ 'aria-selected': row.key === shown })}
        columns={[
          {
            key: 'name',
            label: grouping === 'contract' ? t('contract') : t('party'),
            cell: row => (
              <span className="yz-ageing-name">
                <button
                  type="button"
                  className="yz-link yz-ageing-open"
                  aria-expanded={row.key === shown}
                  onClick={() => setShown(row.key === shown ? null : row.key)}
                >
                  {row.name}
                </button>
                {row.note && <span className="yz-soft">{row.note}</span>}
              </span>
            ),
          },
          ...ageing.edges.map((edge, at) => ({
            ...{ key: String(at), label: title(edge), figure: true },
            cell: (row: Row) => <span className={at > 1 ? 'yz-bad' : undefined}>{figure(row.buckets[at] ?? '0')}</span>,
          })),
          { key: 'open', label: t('open'), figure: true, cell: row => <strong>{format.money(row.open)}</strong> },
          { key: 'excess', label: t('excessIn'), figure: true, cell: row => figure(row.excess) },
        ]}
        total={{
          name: t('sum'),
          ...Object.fromEntries(ageing.edges.map((_, at) => [String(at), figure(plus(buckets, at))])),
          open: format.money(sum(rows.map(row => row.open))),
          excess: figure(sum(rows.map(row => row.excess))),
        }}
      />
      {chosen && <Items row={chosen} rate={ageing.late_rate} />}
    </>
  )
}

function Items({ row, rate }: { readonly row: Row; readonly rate: Decimal }) {
  const t = useText(text)
  const format = useFormats()
  const meta = useMeta()
  const contract = entityOf(meta, 'contract')
  const late = !isZero(rate)
  const items = row.contracts.flatMap(of => of.items.map((item, at) => ({ ...item, of, key: `${of.contract} ${at}` })))
  return (
    <section className="yz-stack" aria-label={t('items')}>
      <h2>
        {row.name} · {t('items')}
      </h2>
      <FigureTable
        label={t('items')}
        rows={items}
        keyOf={item => item.key}
        columns={[
          { key: 'due', label: t('dueOn'), cell: item => format.date(item.due_on) },
          {
            key: 'contract',
            label: t('contract'),
            cell: ({ of }) =>
              contract ? (
                <RecordLink entity={contract} id={of.contract}>
                  {of.name}
                </RecordLink>
              ) : (
                of.name
              ),
          },
          {
            key: 'document',
            label: t('document'),
            cell: ({ entity, document }) => {
              const of = entity === null ? undefined : entityOf(meta, entity)
              return of && document ? (
                <RecordLink entity={of} id={document}>
                  {of.label[meta.me.lang]}
                </RecordLink>
              ) : (
                ''
              )
            },
          },
          { key: 'late', label: t('late_'), figure: true, cell: item => (item.days > 0 ? String(item.days) : '') },
          { key: 'open', label: t('open'), figure: true, cell: item => format.money(item.open) },
          ...(late
            ? [
                {
                  ...{ key: 'interest', label: t('lateInterest'), figure: true },
                  cell: (item: (typeof items)[number]) => (isZero(item.interest) ? '' : format.money(item.interest)),
                },
              ]
            : []),
        ]}
        {...(late ? { total: { due: t('sum'), interest: format.money(sum(items.map(item => item.interest))) } } : {})}
      />
      {late && <p className="yz-soft">{t('lateRule', { rate: formatPercent(rate) })}</p>}
    </section>
  )
}
