// What is unusual about a bond, beside its fields.
import { useQuery } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { BondConcern } from '../report-shape.ts'
import { text } from './text.ts'

export default function BondChecks({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['bid_bond.concerns', record.id, record.version],
    queryFn: () => client.entity('bid_bond').read<{ concerns: readonly BondConcern[] }>(record.id, 'concerns'),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { concerns } = found.data
  if (concerns.length === 0) return <p className="yz-soft">{t('fine')}</p>
  return (
    <Alert
      type="warning"
      showIcon
      title={t('checks')}
      description={concerns.map(({ code, values }) => (
        <div key={code}>{t(`c_${code}`, { cap: '', day: '', amount: '', ...values })}</div>
      ))}
    />
  )
}
