// Files of a record: dropped, pasted, chosen or photographed; pictures show themselves.
import { CameraOutlined, CloseOutlined, FileOutlined, UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import type { Attachment } from '@yingzao/platform/client'
import { keys, useAttachments, useClient } from '@yingzao/platform/client/react'
import { App, Button } from 'antd'
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useFormats, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import { text } from './text.ts'

export function Attachments({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const phone = usePhone()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const files = useAttachments(entity.name, record.id)
  const [uploading, setUploading] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const choose = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const door = client.entity(entity.name).attachments
  // Papers of a submitted document are added to, never taken away.
  const kept = record._can.includes('attach')
  const may = kept || record._can.includes('update')
  const again = () => cache.invalidateQueries({ queryKey: [...keys.record(entity.name, record.id), 'attachments'] })

  const upload = async (given: readonly File[]) => {
    for (const file of given) {
      setUploading(file.name)
      try {
        await door.add(record.id, file, file.name)
        say.good(t('uploaded', { name: file.name }))
      } catch (error) {
        say.bad(error)
      }
    }
    setUploading(null)
    await again()
  }
  const remove = (file: Attachment) =>
    void modal.confirm({
      title: t('removeFileTitle', { name: file.name }),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await door.remove(record.id, file.id)
          await again()
        } catch (error) {
          say.bad(error)
        }
      },
    })
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (may) void upload([...event.dataTransfer.files])
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (!may || pasted.length === 0) return
    event.preventDefault()
    void upload(pasted)
  }
  return (
    // Dropping and pasting are shortcuts; the buttons below do the same for the keyboard.
    <section
      className={over ? 'yz-attachments yz-over' : 'yz-attachments'}
      aria-label={t('attachments')}
      onDragOver={event => {
        event.preventDefault()
        setOver(may)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      {may && (
        <div className="yz-flex">
          <Button
            icon={<UploadOutlined aria-hidden="true" />}
            loading={uploading !== null}
            onClick={() => choose.current?.click()}
          >
            {t('addFile')}
          </Button>
          {phone && (
            <Button icon={<CameraOutlined aria-hidden="true" />} onClick={() => camera.current?.click()}>
              {t('takePhoto')}
            </Button>
          )}
          <span role="status" className="yz-faint yz-clip">
            {over ? t('dropHere') : uploading ? t('uploading', { name: uploading }) : ''}
          </span>
          {[
            { ref: choose, key: 'choose', more: { multiple: true } },
            { ref: camera, key: 'camera', more: { accept: 'image/*', capture: 'environment' as const } },
          ].map(({ ref, key, more }) => (
            <input
              key={key}
              ref={ref}
              type="file"
              hidden
              {...more}
              onChange={event => {
                const given = [...(event.target.files ?? [])]
                event.target.value = ''
                void upload(given)
              }}
            />
          ))}
        </div>
      )}
      <ul className="yz-files">
        {(files.data ?? []).map(file => (
          <li key={file.id}>
            <a href={client.fileUrl(file.file)} target="_blank" rel="noreferrer" className="yz-file">
              {file.thumbnail ? (
                <img src={client.fileUrl(file.file, true)} alt="" loading="lazy" />
              ) : (
                <FileOutlined className="yz-file-icon" aria-hidden="true" />
              )}
              <span className="yz-grow">
                <span className="yz-clip yz-block">{file.name}</span>
                <span className="yz-faint">
                  {formats.bytes(file.size)} · {file.by?.name ?? t('system')} · {formats.ago(file.at)}
                </span>
              </span>
            </a>
            {may && !kept && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden="true" />}
                aria-label={`${t('remove')} ${file.name}`}
                onClick={() => remove(file)}
              />
            )}
          </li>
        ))}
      </ul>
      {files.data?.length === 0 && may && <p className="yz-faint">{t('noAttachments')}</p>}
    </section>
  )
}
