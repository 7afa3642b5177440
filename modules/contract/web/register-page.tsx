// 合同台账: every contract one may see, with its figures; as a workbook too.
import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { blobOf, saveBlob } from '@yingzao/ui/data/download'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import type { Register } from '../figures-shape.ts'
import { RegisterTable } from './register-table.tsx'
import './contract.css'
import { text } from './text.ts'

export default function RegisterPage() {
  const t = useText(text)
  const client = useClient()
  const say = useSay()
  const meta = useMeta()
  const entity = entityOf(meta, 'contract')
  const [busy, setBusy] = useState(false)
  const found = useQuery({
    queryKey: ['contract.register'],
    queryFn: () => client.perform<Register>('contract.register', {}),
  })
  const save = async () => {
    setBusy(true)
    try {
      const file = await client.perform<{ name: string; type: string; base64: string }>('contract.register_file', {})
      saveBlob(blobOf(file), file.name)
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader
        title={t('register')}
        {...(entity ? { under: entity } : {})}
        actions={
          entity?.can.includes('export') && (
            <Button icon={<DownloadOutlined aria-hidden="true" />} loading={busy} onClick={() => void save()}>
              {t('export')}
            </Button>
          )
        }
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
