// The invoices of a project or of a contract, newest first, with what is not invoiced yet of the project.
import { Link } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { FieldValue, StateTag } from '@yingzao/ui/field/value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { GapsView } from './gaps.tsx'
import './invoice.css'
import { text } from './text.ts'

const shown = ['direction', 'type', 'findings'] as const

export default function InvoicesTab({
  entity: of,
  record,
}: {
  readonly entity: EntityMeta
  readonly record: RecordJson
}) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const entity = entityOf(meta, 'invoice')
  const filter = { [of.name]: { eq: record.id } }
  const found = useList('invoice', { filter, sort: ['-issued_on'], limit: 100 })
  if (found.error && found.items.length === 0) return <Failed error={found.error} retry={found.refetch} />
  if (found.isPending || !entity) return <Waiting />
  const given = of.name === 'contract' ? givenBy(record) : { project: record.id }
  return (
    <div className="yz-stack">
      <div className="yz-flex">
        {entity.can.includes('create') && (
          <Link
            to="/$module/$name/$id"
            params={{ module: entity.module, name: entity.name, id: 'new' }}
            search={{ given }}
            className="yz-button"
          >
            {t('add')}
          </Link>
        )}
        <Link
          to="/$module/$name"
          params={{ module: entity.module, name: entity.name }}
          search={{ filter: { [of.name]: { in: [record.id] } } }}
          className="yz-link"
        >
          {t('all')}
        </Link>
      </div>
      {of.name === 'project' && <GapsView project={record.id} />}
      {found.items.length === 0 ? (
        <p className="yz-soft">{t('noInvoices')}</p>
      ) : (
        <table className="yz-inv-table">
          <thead>
            <tr>
              <th scope="col">{t('invoiceNo')}</th>
              <th scope="col" className="yz-inv-words">
                {t('state')}
              </th>
              <th scope="col">{t('issuedOn')}</th>
              <th scope="col">{t('gross')}</th>
              <th scope="col">{t('tax_')}</th>
            </tr>
          </thead>
          <tbody>
            {found.items.map(row => (
              <tr key={row.id}>
                <th scope="row">
                  <RecordLink entity={entity} id={row.id}>
                    {row.invoice_no}
                  </RecordLink>
                </th>
                <td className="yz-inv-words">
                  <span className="yz-flex">
                    <StateTag state={row.state} />
                    {shown.map(name => {
                      const field = entity.fields.find(each => each.name === name)
                      return field && row[name].length > 0 && <FieldValue key={name} field={field} value={row[name]} />
                    })}
                  </span>
                </td>
                <td data-label={t('issuedOn')}>{formats.date(row.issued_on)}</td>
                <td data-label={t('gross')} className={row.gross_amount?.startsWith('-') ? 'yz-negative' : undefined}>
                  {formatAmount(row.gross_amount)}
                </td>
                <td data-label={t('tax_')}>{formatAmount(row.tax_amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function givenBy(contract: RecordJson): Readonly<Record<string, string>> {
  const { counterparty, direction } = contract
  return {
    contract: contract.id,
    direction: direction === 'income' ? 'out' : 'in',
    ...(typeof counterparty === 'string' ? { counterparty } : {}),
  }
}
