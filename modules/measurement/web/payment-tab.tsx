// 计量与支付 on a contract's page: agreed, measured, due and paid; each measurement and each due amount, and what is late.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { divide, formatAmount, formatPercent } from '@yingzao/engines/money'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { StateTag } from '@yingzao/ui/field/value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { ContractPayment } from '../payment-shape.ts'
import './sheet.css'
import { text } from './text.ts'

export default function PaymentTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['measurement.payment', record.id],
    queryFn: () => client.perform<ContractPayment>('measurement.payment', { contract: record.id }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { standing, contract, open, refund, overdue, interest, daily_rate, notes } = found.data
  const income = contract.direction === 'income'
  const share = divide(standing.measured, standing.sum, 4)
  const late = overdue !== '0.00'
  return (
    <div className="yz-stack">
      {notes.map(note => (
        <Alert key={note} type="warning" showIcon title={t(note)} />
      ))}
      <Figures
        items={[
          { label: t('sum'), value: formatAmount(standing.sum) },
          {
            label: t('measured'),
            value: formatAmount(standing.measured),
            note: share === undefined ? undefined : formatPercent(share),
          },
          { label: income ? t('dueIncome') : t('due'), value: formatAmount(standing.due) },
          { label: income ? t('received') : t('paid'), value: formatAmount(standing.paid) },
          { label: income ? t('openIncome') : t('open'), value: formatAmount(open) },
          { label: t('overdue'), value: formatAmount(overdue), tone: late ? 'bad' : undefined },
          { label: t('retention'), value: formatAmount(standing.retained) },
          ...(refund
            ? [
                {
                  label: t(income ? 'refundToClient' : 'refundToUs'),
                  value: formatAmount(refund.amount),
                  note:
                    refund.days > 0 ? t('refundLate', { days: refund.days }) : t('refundBy', { day: refund.due_on }),
                  tone: 'bad' as const,
                },
              ]
            : []),
        ]}
      />
      <NextSteps contract={contract} refund={refund !== null} />
      <h2>{t('measuredList')}</h2>
      <Measured rows={found.data.measured} />
      <h2>{income ? t('duesListIncome') : t('duesList')}</h2>
      <Dues rows={found.data.dues} />
      {late && (
        <p className="yz-soft">
          {t('interest')} <strong className="yz-figure">{formatAmount(interest)}</strong>{' '}
          {t('interestNote', { rate: formatPercent(daily_rate) })}
        </p>
      )}
    </div>
  )
}

/** What comes next for this contract, for who may do it. */
function NextSteps({ contract, refund }: { readonly contract: ContractPayment['contract']; readonly refund: boolean }) {
  const t = useText(text)
  const meta = useMeta()
  const stage = contract.stage ?? ''
  const steps = [
    { entity: 'measurement', word: 'makeMeasured', at: ['signed'] },
    { entity: 'progress_claim', word: 'makeClaim', at: ['signed', 'completed', 'settling'] },
    { entity: 'settlement', word: 'makeSettlement', at: ['completed', 'settling'] },
    { entity: 'retention_release', word: 'makeRelease', at: ['settled', 'warranty', 'terminated'] },
  ] as const
  const shown = steps.flatMap(step => {
    const entity = entityOf(meta, step.entity)
    return entity?.can.includes('create') && step.at.some(each => each === stage) ? [{ ...step, entity }] : []
  })
  // What was overpaid comes back as a receipt; to a client it is asked for like any payment.
  const back = entityOf(meta, contract.direction === 'income' ? 'payment_request' : 'receipt')
  const gives = refund && back?.can.includes('create') ? back : null
  if (shown.length === 0 && !gives) return null
  return (
    <div className="yz-flex yz-sheet-bar">
      {shown.map(({ entity, word }) => (
        <Link
          key={entity.name}
          className="yz-button"
          to="/$module/$name/$id"
          params={{ module: entity.module, name: entity.name, id: 'new' }}
          search={{ given: { contract: contract.id } }}
        >
          {t(word)}
        </Link>
      ))}
      {gives && (
        <Link
          className="yz-button"
          to="/$module/$name/$id"
          params={{ module: gives.module, name: gives.name, id: 'new' }}
          search={{ given: { contract: contract.id, kind: 'overpaid' } }}
        >
          {t(gives.name === 'receipt' ? 'takeRefund' : 'askRefund')}
        </Link>
      )}
    </div>
  )
}

function Measured({ rows }: { readonly rows: ContractPayment['measured'] }) {
  const t = useText(text)
  const meta = useMeta()
  const entity = entityOf(meta, 'measurement')
  if (rows.length === 0 || !entity) return <p className="yz-soft">{t('noMeasured')}</p>
  return (
    <section className="yz-statement" aria-label={t('measuredList')}>
      <table>
        <thead>
          <tr>
            {(['period', 'kind', 'state', 'dueAmount'] as const).map(name => (
              <th key={name} scope="col" className={name === 'dueAmount' ? undefined : 'yz-left'}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              <th scope="row">
                <RecordLink entity={entity} id={row.id}>
                  {[row.period, row.number].filter(Boolean).join(' ')}
                </RecordLink>
              </th>
              <td className="yz-left" data-label={t('kind')}>
                {t(row.kind)}
              </td>
              <td className="yz-left" data-label={t('state')}>
                <StateTag state={row.state} />
              </td>
              <td data-label={t('dueAmount')}>{formatAmount(row.gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Dues({ rows }: { readonly rows: ContractPayment['dues'] }) {
  const t = useText(text)
  const meta = useMeta()
  if (rows.length === 0) return <p className="yz-soft">{t('noDues')}</p>
  return (
    <section className="yz-statement" aria-label={t('duesList')}>
      <table>
        <thead>
          <tr>
            {(['number', 'kind', 'dueOn', 'dueAmount', 'left', 'days', 'interest'] as const).map(name => (
              <th key={name} scope="col" className={name === 'kind' || name === 'dueOn' ? 'yz-left' : undefined}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const entity = entityOf(meta, row.entity)
            const late = row.days > 0 && row.open !== '0.00'
            return (
              <tr key={row.id}>
                <th scope="row">
                  {entity ? (
                    <RecordLink entity={entity} id={row.id}>
                      {row.number ?? row.on}
                    </RecordLink>
                  ) : (
                    row.number
                  )}
                </th>
                <td className="yz-left" data-label={t('kind')}>
                  {t(row.kind)}
                </td>
                <td className="yz-left" data-label={t('dueOn')}>
                  {row.due_on}
                </td>
                <td data-label={t('dueAmount')}>{formatAmount(row.amount)}</td>
                <td data-label={t('left')}>{formatAmount(row.open)}</td>
                <td className={late ? 'yz-bad' : undefined} data-label={t('days')}>
                  {late ? row.days : ''}
                </td>
                <td data-label={t('interest')}>{late ? formatAmount(row.interest) : ''}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
