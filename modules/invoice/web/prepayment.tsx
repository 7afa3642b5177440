// 预缴 of a project, month by month, with the way to register what was paid.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { formatAmount } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { RefPicker } from '@yingzao/ui/field/ref-picker.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Prepayments } from '../report-shape.ts'
import { text } from './text.ts'

const columns = ['received', 'subcontracted', 'base', 'tax', 'carried', 'prepaid'] as const

export function PrepaymentLook() {
  const t = useText(text)
  const meta = useMeta()
  const { filter } = useSearch({ from: '/$module/$name' })
  const navigate = useNavigate()
  const field = entityOf(meta, 'vat_prepayment')?.fields.find(({ name }) => name === 'project')
  const chosen = filter?.project?.eq
  const project = typeof chosen === 'string' ? chosen : null
  if (!field) return null
  return (
    <div className="yz-stack">
      <div className="yz-inv-choice">
        <RefPicker
          field={field}
          value={project}
          label={t('project')}
          onChange={value =>
            void navigate({
              to: '/$module/$name',
              params: { module: 'invoice', name: 'vat' },
              search: {
                tab: 'prepayment',
                ...(typeof value === 'string' ? { filter: { project: { eq: value } } } : {}),
              },
              replace: true,
            })
          }
        />
      </div>
      {project === null ? <p className="yz-soft">{t('chooseProject')}</p> : <Months key={project} project={project} />}
    </div>
  )
}

function Months({ project }: { readonly project: string }) {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'vat_prepayment')
  const found = useQuery({
    queryKey: ['invoice.prepayments', project],
    queryFn: () => client.perform<Prepayments>('invoice.prepayments', { project }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data || !entity) return <Waiting />
  const { method, rows, tax, paid, open } = found.data
  if (rows.length === 0) return <p className="yz-soft">{t('noPrepayment')}</p>
  return (
    <>
      <p>
        {t(method)} <span className="yz-soft">{t('scope')}</span>
      </p>
      <Figures
        items={[
          { label: t('tax'), value: formatAmount(tax) },
          { label: t('prepaid'), value: formatAmount(paid) },
          { label: t('open'), value: formatAmount(open), tone: open === '0.00' ? undefined : 'warn' },
        ]}
      />
      <table className="yz-inv-table">
        <thead>
          <tr>
            <th scope="col">{t('month')}</th>
            {columns.map(name => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map(row => (
            <tr key={row.month}>
              <th scope="row">{row.month}</th>
              {columns.map(name => {
                const value = row[name === 'prepaid' ? 'paid' : name]
                return (
                  <td key={name} data-label={t(name)} className={value.startsWith('-') ? 'yz-negative' : undefined}>
                    {formatAmount(value)}
                  </td>
                )
              })}
              <td>
                {entity.can.includes('create') && row.tax !== '0.00' && row.paid === '0.00' && (
                  <Link
                    to="/$module/$name/$id"
                    params={{ module: entity.module, name: entity.name, id: 'new' }}
                    search={{ given: { project, month: row.month, paid_amount: row.tax } }}
                    className="yz-link"
                  >
                    {t('register')}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
