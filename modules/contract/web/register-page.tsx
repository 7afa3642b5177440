// 合同台账: every contract one may see, with its figures; as a workbook too.
import { useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Register } from '../figures-shape.ts'
import { RegisterTable } from './register-table.tsx'
import './contract.css'
import { text } from './text.ts'

export default function RegisterPage() {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'contract')
  const found = useQuery({
    queryKey: ['contract.register'],
    queryFn: () => client.perform<Register>('contract.register', {}),
  })
  return (
    <>
      <PageHeader
        title={t('register')}
        {...(entity ? { under: entity } : {})}
        actions={<ReportButton action="contract.register" needs="contract" />}
      />
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Waiting />
      ) : (
        <div className="yz-contracts-page yz-stack">
          <p className="yz-soft">{t('gross')}</p>
          {found.data.rows.length === 0 ? <p>{t('none')}</p> : <RegisterTable of={found.data} projects />}
        </div>
      )}
    </>
  )
}
