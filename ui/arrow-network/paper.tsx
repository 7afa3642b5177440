// The network on paper and as a file: black on white, in sheets that follow each other in time and, when it is high, in rows.
import type { Diagram, FrontPoint } from '@yingzao/engines/arrow-network'
import { type TimeScale, tiersFor, toX } from '../gantt/time-scale.ts'
import { saveDrawing, savePictures } from '../paper/picture.ts'
import { renderedDrawing } from '../paper/rendered.ts'
import { MOST_PICTURES, MOST_SHEETS, type PaperSize, PICTURE, SHEETS } from '../paper/size.ts'
import { printPages } from '../print.ts'
import { ROW, yOf } from './geometry.ts'
import { paperStyle } from './paper-style.ts'
import { AxisCells, Front, Ground, type Label, MARGIN, Network, TIER } from './sheet.tsx'
import { type Place, type Room, windowsOf } from './tile.ts'

export interface Paper {
  readonly title: string
  readonly diagram: Diagram
  readonly label: (task: string) => Label
  readonly lang: 'zh' | 'en'
  readonly front: readonly FrontPoint[]
  /** The number of a sheet and where it lies among the others. */
  readonly words: (place: Place) => string
}

const LANE = 110
const HEAD = 48
const PPM = 9 / 1440
/** Down to this scale 12 px are read on paper (6.3 pt). */
const SMALLEST = 0.7

const scaleOf = (diagram: Diagram): TimeScale => ({ origin: (diagram.nodes[0]?.time ?? 0) - MARGIN / PPM, ppm: PPM })
const widthOf = (diagram: Diagram): number => toX(scaleOf(diagram), diagram.nodes.at(-1)?.time ?? 0) + MARGIN
const axisHeight = TIER * tiersFor(PPM).length
/** Everything on a sheet that is no row. */
const AROUND = HEAD + axisHeight + MARGIN

/** One sheet as SVG: a window of the whole, with title, axis, lanes and its number. */
function sheet(paper: Paper, place: Place, size: { width: number; height: number }): SVGSVGElement {
  const { title, diagram, label, lang, front, words } = paper
  const { from, width, firstRow, rows } = place
  const scale = scaleOf(diagram)
  const whole = widthOf(diagram)
  const top = firstRow * ROW
  const body = rows * ROW
  return renderedDrawing(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${size.width} ${size.height}`}
      width={size.width}
      height={size.height}
    >
      <title>{title}</title>
      <style>{paperStyle}</style>
      <rect className="yz-net-paper" width={size.width} height={size.height} />
      <text className="yz-net-title" x={12} y={30}>
        {title}
      </text>
      {place.count > 1 && (
        <text x={size.width - 12} y={30} textAnchor="end">
          {words(place)}
        </text>
      )}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a window of the sheet, whose title stands above. */}
      <svg x={LANE} y={HEAD} width={width} height={axisHeight} viewBox={`${from} 0 ${width} ${axisHeight}`}>
        <AxisCells scale={scale} lang={lang} width={whole} />
      </svg>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a window of the sheet, whose title stands above. */}
      <svg x={LANE} y={HEAD + axisHeight} width={width} height={body} viewBox={`${from} ${top} ${width} ${body}`}>
        <Ground diagram={diagram} scale={scale} lang={lang} width={whole} />
        <Network diagram={diagram} scale={scale} lang={lang} label={label} selected={null} />
        {front.length > 0 && <Front points={front} scale={scale} height={diagram.rows * ROW} />}
      </svg>
      {diagram.lanes.map(lane => {
        const [first, last] = [Math.max(lane.firstRow, firstRow), Math.min(lane.lastRow, firstRow + rows - 1)]
        if (lane.name === null || first > last) return null
        return (
          <text key={lane.firstRow} x={12} y={HEAD + axisHeight + (yOf(first) + yOf(last)) / 2 - top + 4}>
            {lane.name.slice(0, 8)}
          </text>
        )
      })}
    </svg>,
  )
}

/** The places of sheets that hold so much; where nothing is drawn there is none. */
const placesOf = ({ diagram }: Paper, room: Room) =>
  windowsOf(diagram, time => toX(scaleOf(diagram), time), widthOf(diagram), room)

/** Sheets of landscape paper; drawn smaller, down to what can be read, when all rows fit so. Answers how many are too many. */
export function printSheet(paper: Paper, size: PaperSize): number | undefined {
  const page = SHEETS[size]
  const high = AROUND + paper.diagram.rows * ROW
  const scale = Math.min(1, Math.max(SMALLEST, page.height / high))
  const [width, height] = [page.width / scale, page.height / scale]
  const room = { width: width - LANE, rows: Math.max(1, Math.floor((height - AROUND + 1) / ROW)) }
  const places = placesOf(paper, room)
  if (places.length > MOST_SHEETS) return places.length
  printPages(
    places.map(place => sheet(paper, place, { width, height })),
    size,
    'yz-net-print',
  )
  return undefined
}

/** Sheets no larger than this, as large as what they hold. */
const drawings = (paper: Paper, room: Room) =>
  placesOf(paper, room).map(
    place => () => sheet(paper, place, { width: LANE + place.width, height: AROUND + place.rows * ROW }),
  )

/** The whole network in one file that drawing programs and Word open. */
export function saveSheet(paper: Paper): void {
  const [whole] = drawings(paper, { width: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY })
  if (whole) saveDrawing(whole(), paper.title)
}

/** One picture, or several when one would be larger than a browser draws. Answers how many are too many. */
export async function savePicture(paper: Paper): Promise<number | undefined> {
  const made = drawings(paper, { width: PICTURE.width - LANE, rows: Math.floor((PICTURE.height - AROUND) / ROW) })
  if (made.length > MOST_PICTURES) return made.length
  await savePictures(
    made.map(draw => draw()),
    paper.title,
  )
  return undefined
}
