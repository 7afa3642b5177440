// The time-scaled arrow network of a plan (双代号时标网络图): zoomed, walked along its links, with front line, on paper and as a picture.
import { ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import type { Arrow, Diagram, FrontPoint } from '@yingzao/engines/arrow-network'
import type { Minute } from '@yingzao/engines/schedule/plan'
import { Button, Checkbox } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { MAX_PPM, MIN_PPM, type TimeScale, tiersFor, toX } from '../gantt/time-scale.ts'
import { PaperMenu } from '../paper/paper-menu.tsx'
import { useLanguage, useText } from '../text/language.tsx'
import { ROW } from './geometry.ts'
import { type Paper, printSheet, savePicture, saveSheet } from './paper.tsx'
import { Axis, Front, Ground, type Label, MARGIN, Network, TIER } from './sheet.tsx'
import { text } from './text.ts'
import './arrow-network.css'

export interface ArrowNetworkProps {
  readonly title: string
  readonly diagram: Diagram
  readonly label: (task: string) => Label
  /** Empty without a status date. */
  readonly front: readonly FrontPoint[]
  readonly status: Minute | null
  /** Links that the dates contradict. */
  readonly broken: number
  readonly onOpen?: (task: string) => void
}

const LANE = 96

export function ArrowNetwork({ title, diagram, label, front, status, broken, onOpen }: ArrowNetworkProps) {
  const t = useText(text)
  const { lang } = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [selected, setSelected] = useState<string | null>(null)
  const [showFront, setShowFront] = useState(true)
  const [first, last] = [diagram.nodes[0]?.time ?? 0, diagram.nodes.at(-1)?.time ?? 0]
  const [ppm, setPpm] = useState(() => readable(first, last))
  const lanes = diagram.lanes.length > 1 ? LANE : 0
  const scale = useMemo<TimeScale>(() => ({ origin: first - MARGIN / ppm, ppm }), [first, ppm])
  const width = toX(scale, last) + MARGIN
  const height = diagram.rows * ROW
  const axis = TIER * tiersFor(ppm).length

  /** Zooms and keeps the moment under the pointer, or in the middle, where it is. */
  const zoom = (factor: number, at?: number) => {
    const view = box.current
    const next = Math.min(MAX_PPM, Math.max(MIN_PPM, ppm * factor))
    if (!view || next === ppm) return
    const x = at ?? view.clientWidth / 2
    const moment = (view.scrollLeft + x - lanes - MARGIN) / ppm
    setPpm(next)
    requestAnimationFrame(() => {
      view.scrollLeft = moment * next + lanes + MARGIN - x
    })
  }
  const fit = () => {
    const view = box.current
    if (view) setPpm(Math.max(MIN_PPM, (view.clientWidth - lanes - 2 * MARGIN - 8) / Math.max(1, last - first)))
  }
  const zooming = useRef(zoom)
  zooming.current = zoom
  // React listens to wheels passively: the page would zoom instead.
  useEffect(() => {
    const view = box.current
    if (!view) return
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zooming.current(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - view.getBoundingClientRect().left)
    }
    view.addEventListener('wheel', turn, { passive: false })
    return () => view.removeEventListener('wheel', turn)
  }, [])

  const neighbours = useMemo(() => walk(diagram), [diagram])
  const press = (event: KeyboardEvent, arrow: Arrow) => {
    if (event.key === 'Enter' && onOpen) return onOpen(arrow.task)
    const way = { ArrowRight: 'next', ArrowLeft: 'before', ArrowUp: 'above', ArrowDown: 'below' }[event.key]
    if (way !== 'next' && way !== 'before' && way !== 'above' && way !== 'below') return
    event.preventDefault()
    const to = neighbours(arrow, way)
    if (!to) return
    setSelected(to.task)
    const found = box.current?.querySelector(`[data-task="${CSS.escape(to.task)}"]`)
    if (found instanceof SVGElement) {
      found.focus({ preventScroll: true })
      found.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
  }
  const reachable = selected ?? diagram.arrows[0]?.task
  const wrap = (arrow: Arrow, drawn: ReactNode) =>
    arrow.part > 0 ? (
      drawn
    ) : (
      // biome-ignore lint/a11y/useSemanticElements: there is no button inside an SVG.
      <g
        role="button"
        tabIndex={arrow.task === reachable ? 0 : -1}
        data-task={arrow.task}
        aria-pressed={arrow.task === selected}
        onClick={() => setSelected(arrow.task)}
        onDoubleClick={() => onOpen?.(arrow.task)}
        onKeyDown={event => press(event, arrow)}
      >
        <title>{label(arrow.task).about}</title>
        {drawn}
      </g>
    )

  if (diagram.arrows.length === 0)
    return (
      <div className="yz-notice">
        <h2>{t('empty')}</h2>
        <p className="yz-soft">{t('emptyHint')}</p>
      </div>
    )
  const paper: Paper = {
    title,
    diagram,
    label,
    lang,
    front: showFront ? front : [],
    words: ({ number, count, down, across, bands }) =>
      bands > 1
        ? t('sheetAt', { page: number, pages: count, down, across })
        : t('sheet', { page: number, pages: count }),
  }
  const chosen = front.find(point => point.task !== undefined && point.task === selected)
  return (
    <section className="yz-net" aria-label={t('network')} aria-description={t('keys')}>
      <div className="yz-net-bar" role="toolbar" aria-label={t('network')}>
        <Button icon={<ZoomOutOutlined aria-hidden="true" />} aria-label={t('zoomOut')} onClick={() => zoom(1 / 1.4)} />
        <Button icon={<ZoomInOutlined aria-hidden="true" />} aria-label={t('zoomIn')} onClick={() => zoom(1.4)} />
        <Button onClick={fit}>{t('fit')}</Button>
        {front.length > 0 && (
          <Checkbox checked={showFront} onChange={event => setShowFront(event.target.checked)}>
            {t('front')}
          </Checkbox>
        )}
        <span className="yz-net-about yz-soft" aria-live="polite">
          {selected ? label(selected).about : ''}
          {chosen && ` · ${standing(chosen, t)}`}
        </span>
        <PaperMenu
          picture={() => savePicture(paper)}
          drawing={() => saveSheet(paper)}
          print={size => printSheet(paper, size)}
        />
      </div>
      {broken > 0 && <p className="yz-net-note yz-warn">{t('broken', { count: broken })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (axe scrollable-region-focusable). */}
      <div className="yz-net-scroll" ref={box} tabIndex={0}>
        <div className="yz-net-sheet" style={{ width: lanes + width, height: axis + height }}>
          <div className="yz-net-top" style={{ height: axis, paddingLeft: lanes }}>
            <Axis scale={scale} lang={lang} width={width} />
          </div>
          {lanes > 0 && (
            <ul className="yz-net-lanes" style={{ width: lanes, height }}>
              {diagram.lanes.map(lane => (
                <li
                  key={lane.firstRow}
                  title={lane.name ?? ''}
                  style={{ top: lane.firstRow * ROW, height: (lane.lastRow - lane.firstRow + 1) * ROW }}
                >
                  <span>{lane.name}</span>
                </li>
              ))}
            </ul>
          )}
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: a title would cover every arrow's own words; the section is labelled. */}
          <svg className="yz-net-body" style={{ left: lanes, top: axis }} width={width} height={height}>
            <Ground diagram={diagram} scale={scale} lang={lang} width={width} />
            {status !== null && (
              <line className="yz-net-status" x1={toX(scale, status)} x2={toX(scale, status)} y1={0} y2={height} />
            )}
            <Network diagram={diagram} scale={scale} lang={lang} label={label} selected={selected} wrap={wrap} />
            {showFront && front.length > 0 && <Front points={front} scale={scale} height={height} />}
          </svg>
        </div>
      </div>
    </section>
  )
}

/** A zoom in which a task of ten days can carry its name, within what a screen can hold. */
const readable = (first: Minute, last: Minute): number =>
  Math.min(MAX_PPM, Math.max(MIN_PPM, Math.min(9 / 1440, 12_000 / Math.max(1, last - first))))

function standing({ ahead }: FrontPoint, t: ReturnType<typeof useText<typeof text>>): string {
  const days = Math.round(Math.abs(ahead) / 1440)
  return days === 0 ? t('onTime') : ahead < 0 ? t('behind', { days }) : t('ahead', { days })
}

/** Where the arrow keys lead: along the network, or to the nearest arrow of another row. */
function walk(diagram: Diagram) {
  const leaving = new Map<number, Arrow[]>()
  const entering = new Map<number, Arrow[]>()
  const add = (map: Map<number, Arrow[]>, node: number, arrow: Arrow) =>
    map.set(node, [...(map.get(node) ?? []), arrow])
  for (const arrow of diagram.arrows) {
    add(leaving, arrow.from, arrow)
    add(entering, arrow.to, arrow)
  }
  const lastOf = new Map(diagram.arrows.map(arrow => [arrow.task, arrow]))
  const along = (start: number, arrows: Map<number, Arrow[]>, side: 'from' | 'to', other: 'from' | 'to') => {
    const seen = new Set<number>()
    const queue = [start]
    for (const node of queue) {
      const found = arrows.get(node)
      if (found?.[0]) return found.find(each => each.critical) ?? found[0]
      for (const dummy of diagram.dummies)
        if (dummy[side] === node && !seen.has(dummy[other])) {
          seen.add(dummy[other])
          queue.push(dummy[other])
        }
    }
    return undefined
  }
  const time = (number: number) => diagram.nodes[number - 1]?.time ?? 0
  return (arrow: Arrow, way: 'next' | 'before' | 'above' | 'below'): Arrow | undefined => {
    if (way === 'next') return along(lastOf.get(arrow.task)?.to ?? arrow.to, leaving, 'from', 'to')
    if (way === 'before') return along(arrow.from, entering, 'to', 'from')
    const step = way === 'above' ? -1 : 1
    return diagram.arrows
      .filter(each => (each.row - arrow.row) * step > 0)
      .toSorted(
        (a, b) =>
          (a.row - b.row) * step ||
          Math.abs(time(a.from) - time(arrow.from)) - Math.abs(time(b.from) - time(arrow.from)),
      )[0]
  }
}
