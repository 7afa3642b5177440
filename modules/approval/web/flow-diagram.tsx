// The flow as a BPMN diagram, drawn by bpmn-js from our own export; of a running approval the way so far and where it stands.
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import type { Flow, Progress } from '@yingzao/engines/approval'
import { writeBpmn } from '@yingzao/formats/bpmn'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { useTheme } from '@yingzao/ui/theme/mode.tsx'
import { Button } from 'antd'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { useEffect, useRef, useState } from 'react'
import { marksOf } from './diagram-mark.ts'
import { text } from './text.ts'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './diagram.css'

interface Props {
  readonly flow: Flow
  readonly progress?: Progress | null
}

export default function FlowDiagram({ flow, progress = null }: Props) {
  const t = useText(text)
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    const container = box.current
    if (!container) return
    let gone = false
    const made = viewerIn(container)
    made
      .importXML(writeBpmn(flow, lang))
      .then(() => {
        if (gone) return
        if (progress) paint(made, flow, progress)
        fit(made)
        container.dataset.drawn = 'yes'
        setViewer(made)
      })
      .catch((error: unknown) => {
        if (!gone) setFault(error instanceof Error ? error.message : String(error))
      })
    return () => {
      gone = true
      delete container.dataset.drawn
      setViewer(null)
      made.destroy()
    }
  }, [flow, progress, lang, mode])
  const zoom = (by: number) => {
    const canvas = viewer?.get('canvas')
    canvas?.zoom(canvas.zoom() * by)
  }
  return (
    <section className="yz-diagram" aria-label={t('diagram')}>
      <div className="yz-flex yz-diagram-tools">
        {progress && (
          <span className="yz-flex yz-diagram-key">
            <span className="yz-diagram-done">{t('diagramDone')}</span>
            <span className="yz-diagram-now">{t('now')}</span>
          </span>
        )}
        <span className="yz-grow" />
        <Button icon={<MinusOutlined aria-hidden="true" />} aria-label={t('zoomOut')} onClick={() => zoom(0.8)} />
        <Button icon={<PlusOutlined aria-hidden="true" />} aria-label={t('zoomIn')} onClick={() => zoom(1.25)} />
        <Button onClick={() => viewer && fit(viewer)}>{t('zoomFit')}</Button>
      </div>
      {fault !== null && <p className="yz-bad">{fault}</p>}
      <div ref={box} className="yz-diagram-board" />
    </section>
  )
}

interface Element {
  readonly id: string
  readonly outgoing?: readonly Element[]
  readonly target?: Element
}
interface Canvas {
  zoom(): number
  zoom(to: number | 'fit-viewport', centre?: 'auto'): number
  addMarker(element: Element, marker: string): void
}
interface Viewer {
  importXML(xml: string): Promise<unknown>
  get(name: 'canvas'): Canvas
  get(name: 'elementRegistry'): {
    get(id: string): Element | undefined
    getGraphics(element: Element): SVGElement
  }
  destroy(): void
}

/** In the colours of the page, which bpmn-js takes as options. */
function viewerIn(container: HTMLElement): Viewer {
  const style = getComputedStyle(container)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const font = { fontFamily: style.fontFamily, fontSize: 12, lineHeight: 1.25 }
  return new NavigatedViewer({
    container,
    bpmnRenderer: {
      defaultFillColor: colour('--surface'),
      defaultStrokeColor: colour('--text-soft'),
      defaultLabelColor: colour('--text'),
    },
    textRenderer: { defaultStyle: font, externalStyle: font },
  })
}

/** All of it with a margin, but not larger than life. */
function fit(viewer: Viewer): void {
  const canvas = viewer.get('canvas')
  canvas.zoom('fit-viewport', 'auto')
  canvas.zoom(Math.min(1, canvas.zoom() * 0.94), 'auto')
}

/** bpmn-js writes its colours into each shape, so that ours must stand there too. */
const looks = {
  'yz-done': { stroke: 'var(--good)', fill: 'var(--good-soft)', strokeWidth: '2.5px' },
  'yz-now': { stroke: 'var(--accent)', fill: 'var(--accent-soft)', strokeWidth: '3px' },
} as const

function paint(viewer: Viewer, flow: Flow, progress: Progress): void {
  const canvas = viewer.get('canvas')
  const registry = viewer.get('elementRegistry')
  const { done, current, taken } = marksOf(flow, progress)
  const mark = (element: Element | undefined, marker: keyof typeof looks) => {
    if (!element) return
    canvas.addMarker(element, marker)
    const graphics = registry.getGraphics(element)
    const drawn = graphics.querySelector('.djs-visual > :not(defs)')
    const { fill, ...line } = looks[marker]
    if (drawn instanceof SVGElement) Object.assign(drawn.style, line, element.target ? {} : { fill })
    const head = graphics.querySelector('marker path')
    if (element.target && head instanceof SVGElement)
      Object.assign(head.style, { stroke: line.stroke, fill: line.stroke })
  }
  for (const id of done) mark(registry.get(id), 'yz-done')
  for (const id of current) mark(registry.get(id), 'yz-now')
  for (const id of done)
    for (const [index, way] of (registry.get(id)?.outgoing ?? []).entries()) {
      const reached = way.target && (done.has(way.target.id) || current.has(way.target.id))
      if (reached && (taken.get(id) ?? index) === index) mark(way, 'yz-done')
    }
}
