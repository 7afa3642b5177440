// 应开未开 and 未到票, by contract; of one project on its page.
import { useQuery } from '@tanstack/react-query'
import { formatAmount } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Tag } from 'antd'
import type { Gaps } from '../report-shape.ts'
import './invoice.css'
import { text } from './text.ts'

const columns = ['sum', 'due', 'paid', 'invoiced', 'missing'] as const

export function GapsView({ project }: { readonly project: string | null }) {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const [contract, counterparty] = [entityOf(meta, 'contract'), entityOf(meta, 'counterparty')]
  const found = useQuery({
    queryKey: ['invoice.gaps', project],
    queryFn: () => client.perform<Gaps>('invoice.gaps', project === null ? {} : { project }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { rows, to_issue, to_receive } = found.data
  if (rows.length === 0) return <p className="yz-soft">{t('noGaps')}</p>
  return (
    <div className="yz-stack">
      <Figures
        items={[
          { label: t('toIssue'), value: formatAmount(to_issue), note: t('issueNote') },
          { label: t('toReceive'), value: formatAmount(to_receive), note: t('receiveNote') },
        ]}
      />
      <p className="yz-soft">{t('grossNote')}</p>
      <table className="yz-inv-table">
        <thead>
          <tr>
            <th scope="col">{t('contract')}</th>
            <th scope="col" className="yz-inv-words">
              {t('party')}
            </th>
            {columns.map(name => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.contract}>
              <th scope="row">
                {contract ? (
                  <RecordLink entity={contract} id={row.contract}>
                    {row.name}
                  </RecordLink>
                ) : (
                  row.name
                )}{' '}
                <Tag color={row.direction === 'income' ? 'success' : 'processing'}>
                  {t(row.direction === 'income' ? 'toIssue' : 'toReceive')}
                </Tag>
              </th>
              <td className="yz-inv-words" data-label={t('party')}>
                {counterparty ? (
                  <RecordLink entity={counterparty} id={row.counterparty.id}>
                    {row.counterparty.name}
                  </RecordLink>
                ) : (
                  row.counterparty.name
                )}
              </td>
              {columns.map(name => (
                <td key={name} data-label={t(name)}>
                  {formatAmount(row[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
