// The sheet on which a signature is drawn: with a finger, pen or mouse, in ink on white paper.
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { useText } from '../text/language.tsx'
import { text } from './text.ts'
import './drawn.css'

type Stroke = { readonly x: number; readonly y: number }[]
const ink = '#14181f'
const paper = '#ffffff'

interface Props {
  /** Read what was drawn from it. An empty sheet is another `key`. */
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly label: string
  /** Something stands on it. */
  readonly onSome: () => void
}

export function DrawnPad({ canvas, label, onSome }: Props) {
  const t = useText(text)
  const strokes = useRef<Stroke[]>([])
  useEffect(() => {
    const found = canvas.current
    if (!found) return
    // Turned or resized, the paper is drawn anew: nothing that was signed is lost.
    const watch = new ResizeObserver(() => draw(found, strokes.current))
    watch.observe(found)
    return () => watch.disconnect()
  }, [canvas])
  const at = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    strokes.current.push([at(event)])
    draw(event.currentTarget, strokes.current)
    onSome()
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    strokes.current.at(-1)?.push(at(event))
    draw(event.currentTarget, strokes.current)
  }
  return (
    <canvas
      ref={canvas}
      className="yz-drawn-pad"
      role="img"
      aria-label={`${label} · ${t('signHere')}`}
      onPointerDown={begin}
      onPointerMove={go}
    />
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
