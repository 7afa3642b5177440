// The plan as a file of another program. What the format cannot say is shown before anything is saved.
import { useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { blobOf, saveBlob } from '@yingzao/ui/data/download'
import { useSay } from '@yingzao/ui/data/say'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { type LossRow, LossTable } from './loss-table.tsx'
import { text } from './text.ts'

interface Written {
  readonly name: string
  readonly type: string
  readonly text?: string
  /** Of a file that is no text. */
  readonly base64?: string
  readonly loss: readonly LossRow[]
}

const programs = [
  { value: 'mspdi', label: 'Microsoft Project (XML)' },
  { value: 'xer', label: 'Primavera P6 (XER)' },
  { value: 'xlsx', label: 'Excel (.xlsx)' },
  { value: 'ics', label: 'iCalendar (.ics)' },
]

export default function PlanExport({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text)
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const [format, setFormat] = useState('mspdi')
  const written = useQuery({
    queryKey: ['plan-file', id, format],
    queryFn: () => client.entity('plan').read<Written>(id, 'file', { format }),
    staleTime: 0,
    gcTime: 0,
  })
  const file = written.data
  const content = file ? blobOf(file) : null
  return (
    <Modal
      open
      width={640}
      title={t('exportFile')}
      okText={t('saveFile')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !content || written.isFetching }}
      onCancel={onClose}
      onOk={() => {
        if (file && content) saveBlob(content, file.name)
        onClose()
      }}
    >
      <div className="yz-stack">
        <Radio.Group
          aria-label={t('format')}
          options={programs}
          value={format}
          onChange={event => setFormat(String(event.target.value))}
        />
        <p className="yz-soft">{t(format === 'ics' ? 'calendarNote' : 'exportNote')}</p>
        {written.error && (
          <Alert
            type="error"
            role="alert"
            title={say.reason(written.error)}
            action={<Button onClick={() => void written.refetch()}>{t('retry')}</Button>}
          />
        )}
        {written.isFetching && <p role="status">{t('preparing')}</p>}
        {file && content && !written.isFetching && (
          <>
            <p className="yz-figure">{t('fileSize', { name: file.name, size: formats.bytes(content.size) })}</p>
            {format === 'ics' ? null : file.loss.length === 0 ? (
              <Alert type="success" title={t('noLoss')} />
            ) : (
              <>
                <Alert type="warning" title={t('lossTitle', { count: file.loss.length })} />
                <LossTable rows={file.loss} />
              </>
            )}
          </>
        )}
      </div>
    </Modal>
  )
}
