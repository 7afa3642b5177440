// Expected flows as a table: each leads to the record that says so.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { compare, formatAmount, formatPercent } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { ExpectedFlow, Flows } from '../shape.ts'
import { text } from './text.ts'

export function FlowLink({ flow }: { readonly flow: ExpectedFlow }) {
  const t = useText(text)
  const entity = entityOf(useMeta(), flow.entity)
  if (flow.why === 'tax') {
    const name = t(flow.entity === 'invoice' ? 'vatOf' : 'prepaymentOf', { month: flow.name })
    return (
      <Link to="/$module/$name" params={{ module: 'invoice', name: 'vat' }} className="yz-link">
        {name}
      </Link>
    )
  }
  if (flow.why === 'debt') {
    const kind =
      flow.name === 'borrowed' || flow.name === 'lent' ? flow.name : flow.direction === 'income' ? 'debtIn' : 'debtOut'
    return t('debtOf', { kind: t(kind) })
  }
  return entity && flow.record !== '' ? (
    <RecordLink entity={entity} id={flow.record}>
      {flow.name}
    </RecordLink>
  ) : (
    flow.name
  )
}

export function FlowTable({ rows, label }: { readonly rows: readonly ExpectedFlow[]; readonly label: string }) {
  const t = useText(text)
  const formats = useFormats()
  const columns: readonly FigureColumn<ExpectedFlow>[] = [
    { key: 'what', label: t('what'), cell: flow => <FlowLink flow={flow} /> },
    { key: 'day', label: t('day'), cell: flow => formats.date(flow.on) },
    { key: 'project', label: t('project'), cell: flow => flow.projectName ?? '—' },
    { key: 'why', label: t('why'), cell: flow => t(flow.why) },
    {
      key: 'probability',
      label: t('probability'),
      figure: true,
      cell: flow => (compare(flow.probability, '1') === 0 ? '' : formatPercent(flow.probability)),
    },
    {
      key: 'amount',
      label: t('amount'),
      figure: true,
      cell: flow => `${flow.direction === 'income' ? '+' : '−'}${formatAmount(flow.amount)}`,
    },
  ]
  if (rows.length === 0) return <p className="yz-soft">{t('nothing')}</p>
  return (
    <FigureTable
      label={label}
      columns={columns}
      rows={rows}
      keyOf={flow => `${flow.record} ${flow.on} ${flow.why} ${flow.amount} ${flow.name}`}
    />
  )
}

interface PeriodProps {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly asked: Readonly<Record<string, string | number>>
}

/** Everything behind one month or week. */
export function PeriodFlows({ from, to, label, asked }: PeriodProps) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['funds_center.flows', from, to, asked],
    queryFn: () => client.perform<Flows>('funds_center.flows', { ...asked, from, to }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  return (
    <>
      <p className="yz-soft">
        {t('in')} {formatAmount(found.data.in)} · {t('out')} {formatAmount(found.data.out)}
      </p>
      <FlowTable rows={found.data.rows} label={label} />
    </>
  )
}
