// A signature drawn with a finger, pen or mouse; who cannot draw gives a picture of it. Kept as a PNG on white paper.
import { EditOutlined, PictureOutlined } from '@ant-design/icons'
import type { FileRef, Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import { DrawnPad } from './drawn-pad.tsx'
import type { EditorProps } from './editor-props.ts'
import { text } from './text.ts'
import { isFile, listOf } from './value.tsx'

export default function DrawnInput({ field, value, onChange, id, disabled, label, describedBy }: EditorProps) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const picture = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(field.required === true)
  const [busy, setBusy] = useState(false)
  const [kept] = listOf(value).filter(isFile)
  const keep = async (file: Blob, name: string) => {
    setBusy(true)
    try {
      const { id, name: stored, size, type }: FileRef = await client.upload(file, name)
      const made: Json = [{ id, name: stored, size, type }]
      onChange(made)
      setOpen(false)
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  if (kept)
    return (
      <div className="yz-drawn-kept">
        <img className="yz-drawn-image" src={client.fileUrl(kept.id)} alt={t('signed')} />
        <Button
          {...(id ? { id } : {})}
          disabled={disabled ?? false}
          onClick={() => {
            onChange(null)
            setOpen(true)
          }}
        >
          {t('signAgain')}
        </Button>
      </div>
    )
  return (
    <div className="yz-drawn">
      {open ? (
        <Pad label={label ?? t('sign')} busy={busy} onDone={blob => void keep(blob, 'signature.png')}>
          <Button icon={<PictureOutlined aria-hidden="true" />} onClick={() => picture.current?.click()}>
            {t('signPicture')}
          </Button>
        </Pad>
      ) : (
        <div>
          <Button
            {...(id ? { id } : {})}
            aria-describedby={describedBy}
            icon={<EditOutlined aria-hidden="true" />}
            disabled={disabled ?? false}
            onClick={() => setOpen(true)}
          >
            {t('sign')}
          </Button>
        </div>
      )}
      <input
        ref={picture}
        type="file"
        hidden
        accept="image/*"
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void keep(file, file.name)
        }}
      />
    </div>
  )
}

interface PadProps {
  readonly label: string
  readonly busy: boolean
  readonly onDone: (picture: Blob) => void
  readonly children: React.ReactNode
}
function Pad({ label, busy, onDone, children }: PadProps) {
  const t = useText(text)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [some, setSome] = useState(false)
  const [sheet, setSheet] = useState(0)
  const clear = () => {
    setSome(false)
    setSheet(sheet + 1)
  }
  return (
    <>
      <DrawnPad key={sheet} canvas={canvas} label={label} onSome={() => setSome(true)} />
      <div className="yz-flex yz-drawn-tools">
        {children}
        <span className="yz-grow" />
        <Button disabled={!some} onClick={clear}>
          {t('clear')}
        </Button>
        <Button
          type="primary"
          disabled={!some}
          loading={busy}
          onClick={() => canvas.current?.toBlob(blob => blob && onDone(blob), 'image/png')}
        >
          {t('signDone')}
        </Button>
      </div>
    </>
  )
}
