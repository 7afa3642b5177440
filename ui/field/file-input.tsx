// A file field: uploads at once, keeps the references; the record that is saved then owns them.
import { CloseOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import type { FileRef, Json } from '@yingzao/kernel/entity'
import { formWith } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useFormats, useText } from '../text/language.tsx'
import type { EditorProps } from './editor-props.ts'
import { text } from './text.ts'
import { isFile, listOf } from './value.tsx'

export default function FileInput({ field, value, onChange, id, disabled, describedBy }: EditorProps) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const files = listOf(value).filter(isFile)
  const max = field.kind === 'file' ? (field.max ?? 50) : 50

  const upload = async (given: readonly File[]) => {
    setBusy(true)
    const made: Json[] = [...files]
    for (const file of given.slice(0, max - files.length)) {
      try {
        const stored = await client.transport.call<FileRef>('POST', '/files', { raw: formWith(file, file.name) })
        made.push({ id: stored.id, name: stored.name, size: stored.size, type: stored.type })
      } catch (error) {
        say.bad(error)
      }
    }
    setBusy(false)
    onChange(made)
  }
  return (
    <div className="yz-stack">
      {files.length > 0 && (
        <ul>
          {files.map(file => (
            <li key={file.id} className="yz-flex">
              <PaperClipOutlined aria-hidden="true" />
              <span className="yz-clip">{file.name}</span>
              <span className="yz-faint">{formats.bytes(file.size)}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden="true" />}
                disabled={disabled ?? false}
                aria-label={t('removeFile', { name: file.name })}
                onClick={() => onChange(listOf(value).filter(each => !isFile(each) || each.id !== file.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          {...(id ? { id } : {})}
          aria-describedby={describedBy}
          icon={<UploadOutlined aria-hidden="true" />}
          loading={busy}
          disabled={(disabled ?? false) || files.length >= max}
          onClick={() => input.current?.click()}
        >
          {t('addFile')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          multiple={max > 1}
          {...(field.kind === 'file' && field.accept === 'image' ? { accept: 'image/*' } : {})}
          onChange={event => {
            const given = [...(event.target.files ?? [])]
            event.target.value = ''
            void upload(given)
          }}
        />
      </div>
    </div>
  )
}
