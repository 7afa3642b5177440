// The variations of a contract on its page, with what was claimed and what was approved.
import { Link } from '@tanstack/react-router'
import { formatAmount, isDecimal } from '@yingzao/engines/money'
import type { EntityMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { StateTag } from '@yingzao/ui/field/value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import './contract.css'
import { text } from './text.ts'

const amount = (value: Json | undefined) => (typeof value === 'string' && isDecimal(value) ? formatAmount(value) : '—')

export default function VariationsTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const entity = entityOf(meta, 'variation')
  const rows = useList('variation', { filter: { contract: { eq: record.id } }, sort: ['-created_at'], limit: 200 })
  if (rows.error && rows.items.length === 0) return <Failed error={rows.error} retry={rows.refetch} />
  if (rows.isPending || !entity) return <Waiting />
  return (
    <div className="yz-stack">
      {entity.can.includes('create') && record.state === 'effective' && (
        <div className="yz-flex">
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name: entity.name, id: 'new' }}
            search={{ given: { contract: record.id } }}
            className="yz-button"
          >
            {t('newVariation')}
          </Link>
          {entityOf(meta, 'bill_item')?.can.includes('import') && (
            <Link
              to="/$module/$name"
              params={{ module: 'contract', name: 'bill-import' }}
              search={{ tab: 'variation', filter: { contract: { eq: record.id } } }}
              className="yz-button"
            >
              {t('importBill')}
            </Link>
          )}
        </div>
      )}
      {rows.items.length === 0 ? (
        <p className="yz-soft">{t('noVariations')}</p>
      ) : (
        <table className="yz-contracts">
          <thead>
            <tr>
              <th scope="col" className="yz-left">
                {t('changes')}
              </th>
              <th scope="col" className="yz-left">
                {t('state')}
              </th>
              <th scope="col">{t('amount')}</th>
              <th scope="col">{t('approved')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.items.map(row => (
              <tr key={row.id}>
                <th scope="row" className="yz-left">
                  <RecordLink entity={entity} id={row.id}>
                    {String(row.name)}
                  </RecordLink>{' '}
                  <span className="yz-faint">{typeof row.number === 'string' ? row.number : ''}</span>
                </th>
                <td data-label={t('state')} className="yz-left">
                  {typeof row.state === 'string' && <StateTag state={row.state} />}
                </td>
                <td data-label={t('amount')}>{amount(row.gross_amount)}</td>
                <td data-label={t('approved')}>{record.direction === 'income' ? amount(row.approved_amount) : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
