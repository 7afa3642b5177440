// The bill of a contract on its page: item by item with what variations made of it.
import { Link } from '@tanstack/react-router'
import { formatAmount, formatQuantity, isDecimal } from '@yingzao/engines/money'
import type { EntityMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { ListLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import './contract.css'
import { text } from './text.ts'

const shown = 200
const figure = (value: Json | undefined, write: (value: `${number}`) => string) =>
  typeof value === 'string' && isDecimal(value) ? write(value) : '—'

export default function BillTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const meta = useMeta()
  const entity = entityOf(meta, 'bill_item')
  const rows = useList('bill_item', { filter: { contract: { eq: record.id } }, sort: ['code'], limit: shown })
  if (rows.error && rows.items.length === 0) return <Failed error={rows.error} retry={rows.refetch} />
  if (rows.isPending || !entity) return <Waiting />
  const open = record.state === 'draft' || record.state === 'rejected'
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        {open && entity.can.includes('import') && (
          <Link to="/$module/$name" params={{ module: 'contract', name: 'bill-import' }} className="yz-button">
            {t('importBill')}
          </Link>
        )}
        <ListLink entity={entity}>{t('openList')}</ListLink>
        {rows.items.length === shown && <span className="yz-soft">{t('first', { shown })}</span>}
      </div>
      {rows.items.length === 0 ? (
        <p className="yz-soft">{t('noBill')}</p>
      ) : (
        <div className="yz-contracts-scroll">
          <table className="yz-contracts">
            <thead>
              <tr>
                <th scope="col" className="yz-left">
                  {t('billName')}
                </th>
                <th scope="col" className="yz-left">
                  {t('code')}
                </th>
                <th scope="col" className="yz-left">
                  {t('unit')}
                </th>
                <th scope="col">{t('qty')}</th>
                <th scope="col">{t('changes')}</th>
                <th scope="col">{t('price')}</th>
                <th scope="col">{t('amount')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.items.map(row => (
                <tr key={row.id}>
                  <th scope="row" className="yz-left">
                    {String(row.name)}
                  </th>
                  <td data-label={t('code')} className="yz-left">
                    {String(row.code)}
                  </td>
                  <td data-label={t('unit')} className="yz-left">
                    {String(row.unit)}
                  </td>
                  <td data-label={t('qty')}>{figure(row.qty, formatQuantity)}</td>
                  <td data-label={t('changes')}>{figure(row.changed_qty, formatQuantity)}</td>
                  <td data-label={t('price')}>{figure(row.price, formatQuantity)}</td>
                  <td data-label={t('amount')}>{figure(row.gross_amount, formatAmount)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
