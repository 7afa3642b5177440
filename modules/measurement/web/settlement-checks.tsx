// What is begun of a contract and would be lost by settling it, beside the settlement.
import { useQuery } from '@tanstack/react-query'
import { formatAmount } from '@yingzao/engines/money'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { StateTag } from '@yingzao/ui/field/value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { SettlementConcerns } from '../settlement-shape.ts'
import { text } from './text.ts'

const home = { module: 'contract', name: 'variation' }

export default function SettlementChecks({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['settlement.concerns', record.id, record.version],
    queryFn: () => client.entity('settlement').read<SettlementConcerns>(record.id, 'concerns'),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { variations } = found.data
  if (variations.length === 0) return <p className="yz-soft">{t('nothingBegun')}</p>
  return (
    <Alert
      type="warning"
      showIcon
      title={t('begun', { count: variations.length })}
      description={
        <ul className="yz-sheet-begun">
          {variations.map(each => (
            <li key={each.id}>
              <RecordLink entity={home} id={each.id}>
                {each.name}
              </RecordLink>{' '}
              <StateTag state={each.state} /> <span className="yz-figure">{formatAmount(each.amount)}</span>
            </li>
          ))}
        </ul>
      }
    />
  )
}
