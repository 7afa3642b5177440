// A signature drawn with a finger, pen or mouse; who cannot draw gives a picture of it. Kept as a PNG on white paper.
import { EditOutlined, PictureOutlined } from '@ant-design/icons'
import type { FileRef, Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Button } from 'antd'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import type { EditorProps } from './editor-props.ts'
import { text } from './text.ts'
import { isFile, listOf } from './value.tsx'
import './drawn.css'

type Stroke = { readonly x: number; readonly y: number }[]
const ink = '#14181f'
const paper = '#ffffff'

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
  const strokes = useRef<Stroke[]>([])
  const [some, setSome] = useState(false)
  useEffect(() => {
    const found = canvas.current
    if (!found) return
    // Turned or resized, the paper is drawn anew: nothing that was signed is lost.
    const watch = new ResizeObserver(() => draw(found, strokes.current))
    watch.observe(found)
    return () => watch.disconnect()
  }, [])
  const at = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    strokes.current.push([at(event)])
    draw(event.currentTarget, strokes.current)
    setSome(true)
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    strokes.current.at(-1)?.push(at(event))
    draw(event.currentTarget, strokes.current)
  }
  const clear = () => {
    strokes.current = []
    setSome(false)
    if (canvas.current) draw(canvas.current, [])
  }
  return (
    <>
      <canvas
        ref={canvas}
        className="yz-drawn-pad"
        role="img"
        aria-label={`${label} · ${t('signHere')}`}
        onPointerDown={begin}
        onPointerMove={go}
      />
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

/** Smooth from the middle of one stretch to the middle of the next; a tap is a dot. */
function draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
  const scale = Math.max(2, window.devicePixelRatio)
  const { clientWidth, clientHeight } = canvas
  canvas.width = clientWidth * scale
  canvas.height = clientHeight * scale
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(scale, scale)
  pen.fillStyle = paper
  pen.fillRect(0, 0, clientWidth, clientHeight)
  pen.strokeStyle = ink
  pen.lineWidth = 2.5
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const points of strokes) {
    const [first, ...rest] = points
    if (!first) continue
    pen.beginPath()
    pen.moveTo(first.x, first.y)
    if (rest.length === 0) pen.lineTo(first.x, first.y)
    for (const [index, point] of rest.entries()) {
      const next = rest[index + 1] ?? point
      pen.quadraticCurveTo(point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2)
    }
    pen.stroke()
  }
}
