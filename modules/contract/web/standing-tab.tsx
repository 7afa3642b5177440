// How a contract stands: its figures, what is unusual about it, where its bill and its lines differ, what belongs to it.
import { useQuery } from '@tanstack/react-query'
import { divide, formatAmount, formatPercent, isDecimal, isZero } from '@yingzao/engines/money'
import type { EntityMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { useClient, useList } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Checked, Figures as Sums } from '../figures-shape.ts'
import { Concerns } from './concerns.tsx'
import './contract.css'
import { text } from './text.ts'

export default function StandingTab({ entity, record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const at = ['contract.standing', record.id, record.version]
  const figures = useQuery({
    queryKey: [...at, 'figures'],
    queryFn: () => client.entity('contract').read<Sums>(record.id, 'figures'),
  })
  const checked = useQuery({
    queryKey: [...at, 'checks'],
    queryFn: () => client.entity('contract').read<Checked>(record.id, 'concerns'),
  })
  const below = useList('contract', {
    filter: { parent: { eq: record.id }, state: { in: ['pending', 'effective', 'closed'] } },
    limit: 100,
  })
  const failed = figures.error ?? checked.error
  if (failed) return <Failed error={failed} retry={() => void figures.refetch().then(() => checked.refetch())} />
  if (!figures.data || !checked.data) return <Waiting />
  const of = figures.data
  const income = record.direction === 'income'
  const open = record.state === 'draft' || record.state === 'rejected' || record.state === 'pending'
  const { concerns, differences } = checked.data
  return (
    <div className="yz-stack">
      {open && <Concerns of={concerns} />}
      {open && concerns.length === 0 && <p className="yz-soft">{t('noConcerns')}</p>}
      {differences.length > 0 && (
        <section>
          <h3>{t('differences')}</h3>
          <table className="yz-contracts">
            <thead>
              <tr>
                <th scope="col" className="yz-left">
                  {t('item')}
                </th>
                <th scope="col">{t('bill')}</th>
                <th scope="col">{t('lines')}</th>
                <th scope="col">{t('difference')}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(each => (
                <tr key={each.item ?? ''}>
                  <th scope="row" className="yz-left">
                    {each.title}
                  </th>
                  <td data-label={t('bill')}>{formatAmount(each.bill)}</td>
                  <td data-label={t('lines')}>{formatAmount(each.lines)}</td>
                  <td className="yz-bad" data-label={t('difference')}>
                    {formatAmount(each.difference)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {!open && (
        <>
          <p className="yz-soft">{t('gross')}</p>
          <Figures
            items={[
              { label: t('original'), value: formatAmount(of.original) },
              {
                label: t('changes'),
                value: formatAmount(of.changes),
                note: !isZero(of.pending)
                  ? t('pending', { amount: formatAmount(of.pending) })
                  : !isZero(of.claimed)
                    ? t('claimedNote', { amount: formatAmount(of.claimed) })
                    : undefined,
              },
              { label: t('sum'), value: formatAmount(of.sum) },
            ]}
          />
          <Figures
            items={[
              {
                label: t('measured'),
                value: formatAmount(of.measured),
                note: <Share part={of.measured} of={of.sum} />,
              },
              {
                label: t(income ? 'dueIncome' : 'due'),
                value: formatAmount(of.due),
                note: <Share part={of.due} of={of.sum} />,
              },
              {
                label: t(income ? 'paidIncome' : 'paid'),
                value: formatAmount(of.paid),
                note: <Share part={of.paid} of={of.sum} />,
              },
              {
                label: t('invoiced'),
                value: formatAmount(of.invoiced),
                note: <Share part={of.invoiced} of={of.sum} />,
              },
              { label: t('retained'), value: formatAmount(of.retained) },
              { label: t(income ? 'unpaidIncome' : 'unpaid'), value: formatAmount(of.unpaid) },
              ...(isZero(of.refundable)
                ? []
                : [
                    {
                      ...{ label: t(income ? 'refundToClient' : 'refundToUs'), value: formatAmount(of.refundable) },
                      tone: 'bad' as const,
                    },
                  ]),
            ]}
          />
        </>
      )}
      {below.items.length > 0 && (
        <section>
          <h3>{t('orders')}</h3>
          <ul>
            {below.items.map(each => (
              <li key={each.id}>
                <RecordLink entity={entity} id={each.id}>
                  {String(each.name)}
                </RecordLink>{' '}
                <span className="yz-figure">{amountOf(each.gross_amount)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

const amountOf = (value: Json | undefined) =>
  typeof value === 'string' && isDecimal(value) ? formatAmount(value) : '—'

function Share({ part, of }: { readonly part: Sums['sum']; readonly of: Sums['sum'] }) {
  const t = useText(text)
  const share = divide(part, of, 6)
  if (share === undefined) return null
  const width = Math.max(0, Math.min(100, Number(share) * 100))
  return (
    <>
      {t('ofSum', { share: formatPercent(share) })}
      <div className="yz-share-bar" aria-hidden="true">
        <span style={{ width: `${width}%` }} />
      </div>
    </>
  )
}
