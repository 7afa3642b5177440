// The network on paper and as a file: black on white, in pages that follow each other in time.
import type { Diagram, FrontPoint } from '@yingzao/engines/arrow-network'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type TimeScale, tiersFor, toX } from '../gantt/time-scale.ts'
import { printPages } from '../print.ts'
import { ROW, yOf } from './geometry.ts'
import { paperStyle } from './paper-style.ts'
import { AxisCells, Front, Ground, type Label, MARGIN, Network, TIER } from './sheet.tsx'

export interface Paper {
  readonly title: string
  readonly diagram: Diagram
  readonly label: (task: string) => Label
  readonly lang: 'zh' | 'en'
  readonly front: readonly FrontPoint[]
  readonly words: (page: number, pages: number) => string
}

const LANE = 110
const HEAD = 48
/** A3 landscape is √2 times as wide as high. */
const RATIO = Math.SQRT2
const PPM = 9 / 1440

/** One page as SVG: a window of the whole sheet, with title, axis, lanes and page number. */
function page(paper: Paper, from: number, width: number, number: number, pages: number, whole: number): SVGSVGElement {
  const { title, diagram, label, lang, front, words } = paper
  const scale = scaleOf(diagram)
  const axis = TIER * tiersFor(scale.ppm).length
  const height = HEAD + axis + diagram.rows * ROW + MARGIN
  const holder = document.createElement('div')
  const root = createRoot(holder)
  flushSync(() =>
    root.render(
      <svg
        xmlns="http://www.w3.org/2000/svg"
        viewBox={`0 0 ${LANE + width} ${height}`}
        width={LANE + width}
        height={height}
      >
        <title>{title}</title>
        <style>{paperStyle}</style>
        <rect className="yz-net-paper" width={LANE + width} height={height} />
        <text className="yz-net-title" x={12} y={30}>
          {title}
        </text>
        {pages > 1 && (
          <text x={LANE + width - 12} y={30} textAnchor="end">
            {words(number, pages)}
          </text>
        )}
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: a window of the sheet, whose title stands above. */}
        <svg x={LANE} y={HEAD} width={width} height={height - HEAD} viewBox={`${from} 0 ${width} ${height - HEAD}`}>
          <AxisCells scale={scale} lang={lang} width={whole} />
          <g transform={`translate(0 ${axis})`}>
            <Ground diagram={diagram} scale={scale} lang={lang} width={whole} />
            <Network diagram={diagram} scale={scale} lang={lang} label={label} selected={null} />
            {front.length > 0 && <Front points={front} scale={scale} height={diagram.rows * ROW} />}
          </g>
        </svg>
        {diagram.lanes.map(lane =>
          lane.name === null ? null : (
            <text key={lane.firstRow} x={12} y={HEAD + axis + (yOf(lane.firstRow) + yOf(lane.lastRow)) / 2 + 4}>
              {lane.name.slice(0, 8)}
            </text>
          ),
        )}
      </svg>,
    ),
  )
  const drawn = holder.querySelector('svg')?.cloneNode(true)
  root.unmount()
  if (!(drawn instanceof SVGSVGElement)) throw new Error('the sheet was not drawn')
  return drawn
}

const scaleOf = (diagram: Diagram): TimeScale => ({ origin: (diagram.nodes[0]?.time ?? 0) - MARGIN / PPM, ppm: PPM })
const widthOf = (diagram: Diagram): number => toX(scaleOf(diagram), diagram.nodes.at(-1)?.time ?? 0) + MARGIN

/** Pages of A3 landscape, as high as the network is, so that rows keep their size from page to page. */
export function printSheet(paper: Paper): void {
  const whole = widthOf(paper.diagram)
  const height = HEAD + 3 * TIER + paper.diagram.rows * ROW + MARGIN
  const width = Math.max(1100, height * RATIO) - LANE
  const pages = Math.ceil(whole / width)
  printPages(
    Array.from({ length: pages }, (_, at) => page(paper, at * width, width, at + 1, pages, whole)),
    'A3',
    'yz-net-print',
  )
}

/** The whole network in one file that drawing programs and Word open. */
export function downloadSheet(paper: Paper): void {
  const whole = widthOf(paper.diagram)
  const text = new XMLSerializer().serializeToString(page(paper, 0, whole, 1, 1, whole))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  link.download = `${paper.title.replace(/[\\/:*?"<>|]/g, '_')}.svg`
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
