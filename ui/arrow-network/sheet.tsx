// The sheet itself as SVG: months and days above, lanes behind, circles, arrows, waves, dummies and the front line.
import type { Arrow, Diagram, FrontPoint } from '@yingzao/engines/arrow-network'
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { ReactNode } from 'react'
import { floorTo, nextOf, type TierUnit, type TimeScale, tierLabels, tiersFor, toX } from '../gantt/time-scale.ts'
import { drawArrow, drawDummy, fitted, headPath, RADIUS, ROW, room, yOf } from './geometry.ts'

/** What is written at an arrow. */
export interface Label {
  readonly name: string
  readonly duration: string
  readonly about: string
}

export const TIER = 22
export const MARGIN = 32

export interface SheetProps {
  readonly diagram: Diagram
  readonly scale: TimeScale
  readonly lang: 'zh' | 'en'
  readonly label: (task: string) => Label
}

interface Cell {
  readonly x: number
  readonly width: number
  readonly words: string
}

/** The cells of one tier of the time axis, as far as the sheet goes. */
function cells(
  lang: 'zh' | 'en',
  unit: TierUnit,
  outer: TierUnit | undefined,
  scale: TimeScale,
  width: number,
): Cell[] {
  const found: Cell[] = []
  const end = scale.origin + width / scale.ppm
  for (let at: Minute = floorTo(unit, scale.origin); at < end; at = nextOf(unit, at)) {
    const [x, right] = [Math.max(0, toX(scale, at)), Math.min(width, toX(scale, nextOf(unit, at)))]
    const words = tierLabels(lang, unit, at, outer).find(each => fitted(each, right - x - 6) === each) ?? ''
    found.push({ x, width: right - x, words })
  }
  return found
}

export function Axis({ scale, lang, width }: { scale: TimeScale; lang: 'zh' | 'en'; width: number }) {
  const tiers = tiersFor(scale.ppm)
  return (
    <svg className="yz-net-axis" width={width} height={TIER * tiers.length} aria-hidden="true">
      <AxisCells scale={scale} lang={lang} width={width} />
    </svg>
  )
}

export function AxisCells({ scale, lang, width }: { scale: TimeScale; lang: 'zh' | 'en'; width: number }) {
  const tiers = tiersFor(scale.ppm)
  return tiers.map((unit, row) => (
    <g key={unit} transform={`translate(0 ${row * TIER})`}>
      {cells(lang, unit, tiers[row - 1], scale, width).map(cell => (
        <g key={cell.x}>
          <rect className="yz-net-cell" x={cell.x} y={0} width={cell.width} height={TIER} />
          <text x={cell.x + cell.width / 2} y={TIER / 2 + 4} textAnchor="middle">
            {cell.words}
          </text>
        </g>
      ))}
    </g>
  ))
}

/** Faint lines of the finest tier but one, lane borders. */
export function Ground({ diagram, scale, lang, width }: Omit<SheetProps, 'label'> & { readonly width: number }) {
  const tiers = tiersFor(scale.ppm)
  const unit = tiers[Math.max(0, tiers.length - 2)] ?? 'month'
  return (
    <g>
      {cells(lang, unit, undefined, scale, width).map(cell => (
        <line key={cell.x} className="yz-net-grid" x1={cell.x} x2={cell.x} y1={0} y2={diagram.rows * ROW} />
      ))}
      {diagram.lanes.slice(1).map(lane => (
        <line
          key={lane.firstRow}
          className="yz-net-border"
          x1={0}
          x2={width}
          y1={lane.firstRow * ROW}
          y2={lane.firstRow * ROW}
        />
      ))}
    </g>
  )
}

interface ArrowsProps extends SheetProps {
  readonly selected: string | null
  /** Arrows as things to press; absent on paper. */
  readonly wrap?: (arrow: Arrow, drawn: ReactNode) => ReactNode
}

export function Network({ diagram, scale, label, selected, wrap }: ArrowsProps) {
  const node = (number: number) => diagram.nodes[number - 1]!
  // The name of a task in several parts stands where there is most room.
  const widest = new Map<string, Arrow>()
  for (const arrow of diagram.arrows) {
    const known = widest.get(arrow.task)
    if (!known || room(scale, arrow, diagram).width > room(scale, known, diagram).width) widest.set(arrow.task, arrow)
  }
  return (
    <>
      {diagram.dummies.map(dummy => {
        const drawn = drawDummy(scale, dummy, node(dummy.from), node(dummy.to))
        return (
          <g
            key={`${dummy.from}-${dummy.to}`}
            className={dummy.critical ? 'yz-net-dummy yz-net-critical' : 'yz-net-dummy'}
          >
            <path className="yz-net-dashed" d={drawn.solid} />
            <path className="yz-net-line" d={drawn.wavy} />
            {drawn.head && <path className="yz-net-head" d={headPath(drawn.head)} />}
          </g>
        )
      })}
      {diagram.arrows.map(arrow => {
        const drawn = drawArrow(scale, arrow, node(arrow.from), node(arrow.to))
        const space = room(scale, arrow, diagram)
        const { name, duration } = label(arrow.task)
        const kind = `yz-net-arrow${arrow.critical ? ' yz-net-critical' : ''}${
          arrow.task === selected ? ' yz-net-selected' : ''
        }`
        const y = yOf(arrow.row)
        const picture = (
          <g className={kind}>
            <path className="yz-net-touch" d={drawn.solid + drawn.wavy.replace(/^M/, 'L')} />
            <path className="yz-net-line" d={drawn.solid} />
            <path className="yz-net-line yz-net-wave" d={drawn.wavy} />
            {drawn.head && <path className="yz-net-head" d={headPath(drawn.head)} />}
            {widest.get(arrow.task) === arrow && (
              <>
                <text x={space.x + space.width / 2} y={y - 6} textAnchor="middle">
                  {fitted(name, space.width)}
                </text>
                <text className="yz-net-duration" x={space.x + space.width / 2} y={y + 15} textAnchor="middle">
                  {fitted(duration, space.width)}
                </text>
              </>
            )}
          </g>
        )
        return <g key={`${arrow.task}/${arrow.part}`}>{wrap ? wrap(arrow, picture) : picture}</g>
      })}
      {diagram.nodes.map(each => (
        <g key={each.number} className={each.milestones.length > 0 ? 'yz-net-node yz-net-milestone' : 'yz-net-node'}>
          <circle cx={toX(scale, each.time)} cy={yOf(each.row)} r={RADIUS} />
          <text x={toX(scale, each.time)} y={yOf(each.row) + 3.5} textAnchor="middle">
            {each.number}
          </text>
          {each.milestones.map((task, at) => (
            <text
              key={task}
              className="yz-net-event"
              x={toX(scale, each.time)}
              y={yOf(each.row) - RADIUS - 4 - at * 13}
              textAnchor="middle"
            >
              {fitted(label(task).name, 96)}
            </text>
          ))}
        </g>
      ))}
    </>
  )
}

export function Front({ points, scale, height }: { points: readonly FrontPoint[]; scale: TimeScale; height: number }) {
  const y = (row: number) => Math.max(0, Math.min(height, yOf(row)))
  return (
    <g className="yz-net-front">
      <polyline points={points.map(point => `${toX(scale, point.time)},${y(point.row)}`).join(' ')} />
      {points.map(point =>
        point.task ? <circle key={point.task} cx={toX(scale, point.time)} cy={y(point.row)} r={3} /> : null,
      )}
    </g>
  )
}
