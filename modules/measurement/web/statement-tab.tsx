// 进度款计算表: a claim read from top to bottom as on the paper form: before, this period, in all. Figures lead to their source.
import { Link } from '@tanstack/react-router'
import {
  add,
  type Decimal,
  divide,
  formatAmount,
  formatPercent,
  multiply,
  negate,
  r2,
  subtract,
} from '@yingzao/engines/money'
import { type EntityMeta, isDecimal, type RecordJson } from '@yingzao/kernel/entity'
import { useText } from '@yingzao/ui/text/language.tsx'
import './sheet.css'
import { text } from './text.ts'

export default function StatementTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const of = (name: string): Decimal => (isDecimal(record[name]) ? record[name] : '0.00')
  if (!isDecimal(record.payable_amount)) return <p className="yz-soft">{t('unpriced')}</p>
  const income = record.direction === 'income'
  const contract = typeof record.contract === 'string' ? record.contract : ''
  const share = of('progress_share')
  const advance = record.kind === 'advance'
  const earned = { total: of('earned_amount'), before: r2(multiply(of('measured_before'), share)) }
  const held = (total: string, change: string) => ({
    ...{ before: negate(subtract(of(total), of(change))), now: negate(of(change)), total: negate(of(total)) },
  })
  const rows: readonly Row[] = advance
    ? [
        {
          name: t('advance'),
          before: subtract(of('advanced_total'), of('advanced_change')),
          now: of('advanced_change'),
          total: of('advanced_total'),
        },
      ]
    : [
        {
          ...{
            name: t('measured'),
            before: of('measured_before'),
            now: of('measured_change'),
            total: of('measured_amount'),
          },
          link: true,
        },
        {
          name: t('earned', { share: formatPercent(share) }),
          ...{ before: earned.before, now: subtract(earned.total, earned.before), total: earned.total },
        },
        { name: t('recovered'), ...held('recovered_total', 'recovered_change') },
        { name: t('retained'), ...held('retained_total', 'retained_change') },
        { name: t('deducted'), ...held('deducted_total', 'deducted_change') },
        {
          ...{ name: income ? t('dueIncome') : t('due'), strong: true },
          ...{ before: of('paid_before'), now: subtract(of('due_total'), of('paid_before')), total: of('due_total') },
        },
      ]
  const all = add(of('paid_before'), add(of('payable_amount'), of('advanced_total')))
  const sumShare = divide(all, of('contract_amount'), 4)
  return (
    <div className="yz-stack">
      <p className="yz-soft">{t('asOf')}</p>
      <div className="yz-statement">
        <table>
          <caption className="yz-hidden">{t('statementTitle')}</caption>
          <thead>
            <tr>
              {(['column', 'cumBefore', 'cumNow', 'cum'] as const).map(name => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, before, now, total, strong, link }) => (
              <tr key={name} data-strong={strong === true}>
                <th scope="row">{name}</th>
                <td data-label={t('cumBefore')}>{formatAmount(before)}</td>
                <td data-label={t('cumNow')}>{formatAmount(now)}</td>
                <td data-label={t('cum')}>
                  {link ? (
                    <Link
                      className="yz-link"
                      to="/$module/$name/$id"
                      params={{ module: 'contract', name: 'contract', id: contract }}
                      search={{ tab: 'payment' }}
                      aria-label={`${formatAmount(total)} ${t('source')}`}
                    >
                      {formatAmount(total)}
                    </Link>
                  ) : (
                    formatAmount(total)
                  )}
                </td>
              </tr>
            ))}
            <tr data-strong="true">
              <th scope="row">{income ? t('receivable') : t('payable')}</th>
              <td />
              <td>{formatAmount(of('payable_amount'))}</td>
              <td />
            </tr>
            {of('carried_amount') !== '0.00' && (
              <tr>
                <th scope="row">{t('carried')}</th>
                <td />
                <td className="yz-bad">{formatAmount(of('carried_amount'))}</td>
                <td />
              </tr>
            )}
            {!advance && (
              <tr>
                <th scope="row">{t('withAdvance')}</th>
                <td />
                <td>{sumShare === undefined ? '' : t('ofSum', { share: formatPercent(sumShare) })}</td>
                <td>{formatAmount(all)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface Row {
  readonly name: string
  readonly before: Decimal
  readonly now: Decimal
  readonly total: Decimal
  readonly strong?: boolean
  readonly link?: boolean
}
