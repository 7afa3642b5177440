// The chart as SVG: strips of the alignment above, time below them downwards, work as lines and blocks. Screen and paper alike.
import { MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import { formatChainage, type Piece, ticksOf } from '@yingzao/engines/time-location'
import { fitted, lengthOf } from '@yingzao/ui/arrow-network/geometry'
import { floorTo, nextOf, tierLabels } from '@yingzao/ui/gantt/time-scale'
import type { ReactNode } from 'react'
import type { ChartStretch } from '../shape.ts'
import { paperStyle } from './paper-style.ts'
import type { Drawn, LocationScene, Strip } from './scene.ts'

export interface SheetProps {
  readonly scene: LocationScene
  readonly width: number
  readonly now: number
  readonly lang: 'zh' | 'en'
  readonly sides: Readonly<Record<'left' | 'right', string>>
  readonly about: (stretch: ChartStretch) => string
  readonly aboutStrip: (strip: Strip) => string
  readonly unitsOf: (strip: Strip) => string
  readonly broken: string
  readonly title?: string
  readonly open?: (stretch: ChartStretch) => void
}

/** Names of strips and months; wider for long names, up to a point. */
const LEFT = 128
const LEFT_MOST = 216
const RIGHT = 16
const AXIS = 28
const STRIP = 24
/** Pixels of a day: readable first, but no tower. */
const DAY_MOST = 6
const HEIGHT_LEAST = 320
const HEIGHT_MOST = 1100

export function LocationSheet(props: SheetProps) {
  const { scene, width, now, lang, title, broken } = props
  const head = title ? 40 : 0
  const { line } = scene
  const labels = scene.strips.map(strip => lengthOf(nameOf(strip, props)) + lengthOf(shareOf(strip, props)) + 28)
  const left = Math.min(LEFT_MOST, Math.max(LEFT, ...labels))
  const x = (at: number) => left + (at / line.length) * (width - left - RIGHT)
  const top = head + AXIS + scene.strips.length * STRIP + 12
  const days = Math.max(1, (scene.to - scene.from) / MINUTES_PER_DAY)
  const body = Math.min(HEIGHT_MOST, Math.max(HEIGHT_LEAST, days * DAY_MOST))
  const pad = (scene.to - scene.from) * 0.03 + MINUTES_PER_DAY
  const [first, last] = [scene.from - pad, scene.to + pad]
  const y = (at: number) => top + ((at - first) / (last - first)) * body
  const height = top + body + 16
  return (
    <svg
      className="yz-lin"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={props.open ? 'group' : 'img'}
      aria-label={title ?? broken}
    >
      {title && (
        <>
          <style>{paperStyle}</style>
          <text className="yz-lin-title" x={12} y={26}>
            {title}
          </text>
        </>
      )}
      <defs>
        <pattern id="yz-lin-behind" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="yz-lin-behind-ground" width={6} height={6} />
          <rect className="yz-lin-behind-line" width={2.5} height={6} />
        </pattern>
        <clipPath id="yz-lin-body">
          <rect x={left} y={top} width={width - left - RIGHT} height={body} />
        </clipPath>
      </defs>
      <Chainages {...{ scene, x, y: head, bottom: top + body, broken }} />
      {scene.strips.map((strip, i) => (
        <StripRow
          key={`${strip.work} ${strip.side}`}
          {...{ strip, x, left }}
          y={head + AXIS + i * STRIP}
          sheet={props}
        />
      ))}
      <Months {...{ first, last, lang, y, width, body, left }} />
      <g clipPath="url(#yz-lin-body)">
        <rect
          className="yz-lin-past"
          x={left}
          y={top}
          width={width - left - RIGHT}
          height={Math.max(0, y(now) - top)}
        />
        {scene.drawn.map(each => (
          <Stretch key={each.stretch.id} drawn={each} x={x} y={y} sheet={props} />
        ))}
        <line className="yz-lin-now" x1={left} x2={width - RIGHT} y1={y(now)} y2={y(now)} />
        {scene.conflicts.map(each => (
          <circle
            key={`${each.a} ${each.b}`}
            className="yz-lin-conflict"
            cx={x(each.at)}
            cy={y((each.from + each.to) / 2)}
            r={8}
          />
        ))}
      </g>
      <rect className="yz-lin-frame" x={left} y={top} width={width - left - RIGHT} height={body} />
    </svg>
  )
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

function Chainages({
  scene: { line },
  x,
  y,
  bottom,
  broken,
}: {
  scene: LocationScene
  x: (at: number) => number
  y: number
  bottom: number
  broken: string
}) {
  const perMetre = (x(line.length) - x(0)) / line.length
  const step = STEPS.find(each => each * perMetre >= 92) ?? 100_000
  return (
    <g>
      {ticksOf(line, step).map(tick => (
        <g key={tick.at}>
          <line className="yz-lin-grid" x1={x(tick.at)} x2={x(tick.at)} y1={y + AXIS - 6} y2={bottom} />
          <text x={x(tick.at)} y={y + 16} textAnchor={tick.at > line.length - step / 2 ? 'end' : 'middle'}>
            {tick.label}
          </text>
        </g>
      ))}
      {line.zones.slice(1).map(zone => (
        <g key={zone.at}>
          <line className="yz-lin-break" x1={x(zone.at)} x2={x(zone.at)} y1={y + AXIS - 6} y2={bottom} />
          <title>{`${broken} ${formatChainage(line, zone.at)}`}</title>
        </g>
      ))}
    </g>
  )
}

/** A strip of both sides needs no word for the side. */
const nameOf = ({ work, side }: Strip, { sides }: SheetProps): string =>
  side === 'both' ? work : `${work} ${sides[side]}`
const shareOf = (strip: Strip, { unitsOf }: SheetProps): string =>
  unitsOf(strip) || `${Math.round((100 * strip.done) / Math.max(1, strip.all))}%`

interface StripProps {
  readonly strip: Strip
  readonly x: (at: number) => number
  readonly y: number
  readonly left: number
  readonly sheet: SheetProps
}

function StripRow({ strip, x, y, left, sheet }: StripProps) {
  const share = shareOf(strip, sheet)
  return (
    <g>
      <title>{sheet.aboutStrip(strip)}</title>
      <text className="yz-lin-strip" x={8} y={y + 15}>
        {fitted(nameOf(strip, sheet), left - lengthOf(share) - 24)}
      </text>
      <text className="yz-lin-share" x={left - 8} y={y + 15} textAnchor="end">
        {share}
      </text>
      {strip.pieces.map(piece => (
        <Cell key={`${piece.work} ${piece.from}`} piece={piece} x={x} y={y} unit={strip.unit?.metres ?? null} />
      ))}
    </g>
  )
}

/** A piece in the colour of its state, cut into rings, spans or sleepers where they can be seen. */
function Cell({ piece, x, y, unit }: { piece: Piece; x: (at: number) => number; y: number; unit: number | null }) {
  const [left, right] = [x(piece.from), x(piece.to)]
  const cuts: number[] = []
  if (unit !== null && (right - left) / ((piece.to - piece.from) / unit) >= 3)
    for (let at = Math.ceil(piece.from / unit + 1e-9) * unit; at < piece.to - 1e-6; at += unit) cuts.push(at)
  return (
    <g>
      <rect
        className="yz-lin-piece"
        data-state={piece.state}
        x={left}
        y={y + 3}
        width={Math.max(1, right - left)}
        height={STRIP - 6}
      />
      {cuts.map(at => (
        <line key={at} className="yz-lin-cut" x1={x(at)} x2={x(at)} y1={y + 3} y2={y + STRIP - 3} />
      ))}
    </g>
  )
}

function Months({
  first,
  last,
  lang,
  y,
  width,
  body,
  left,
}: {
  first: number
  last: number
  lang: 'zh' | 'en'
  y: (at: number) => number
  width: number
  body: number
  left: number
}) {
  const month = (30.4 * MINUTES_PER_DAY * body) / (last - first)
  const unit = month >= 22 ? 'month' : month * 3 >= 22 ? 'quarter' : 'year'
  const marks: number[] = []
  for (let at = nextOf(unit, floorTo(unit, first)); at < last; at = nextOf(unit, at)) marks.push(at)
  return marks.map(at => (
    <g key={at}>
      <line className="yz-lin-grid" x1={left} x2={width - RIGHT} y1={y(at)} y2={y(at)} />
      <text x={left - 8} y={y(at) + 4} textAnchor="end">
        {tierLabels(lang, unit, at)[0]}
        {unit === 'quarter' ? ` ${tierLabels(lang, 'year', at)[1] ?? ''}` : ''}
      </text>
    </g>
  ))
}

interface StretchProps {
  readonly drawn: Drawn
  readonly x: (at: number) => number
  readonly y: (at: number) => number
  readonly sheet: SheetProps
}

function Stretch({ drawn: { stretch, kind, actual, forecast }, x, y, sheet }: StretchProps) {
  const { from, to, start, finish, side, spread, promised, name } = stretch
  const path = (points: readonly { at: number; place: number }[]) =>
    `M${points.map(each => `${x(each.place).toFixed(1)} ${y(each.at).toFixed(1)}`).join('L')}`
  const box = (a: number, b: number) => ({
    ...{ x: Math.min(x(from), x(to)), y: y(a) },
    ...{ width: Math.max(2, Math.abs(x(to) - x(from))), height: Math.max(2, y(b) - y(a)) },
  })
  const middle = { x: (x(from) + x(to)) / 2, y: (y(start) + y(finish)) / 2 }
  const room = spread === 'block' ? Math.abs(x(to) - x(from)) - 8 : 150
  const body: ReactNode = (
    <>
      <title>{sheet.about(stretch)}</title>
      {promised && spread === 'line' && (
        <path
          className="yz-lin-promise"
          d={path([
            { at: promised.start, place: from },
            { at: promised.finish, place: to },
          ])}
        />
      )}
      {promised && spread === 'block' && <rect className="yz-lin-promise" {...box(promised.start, promised.finish)} />}
      {spread === 'block' ? (
        <rect className="yz-lin-block" {...box(start, finish)} />
      ) : (
        <>
          <path
            className="yz-lin-touch"
            d={path([
              { at: start, place: from },
              { at: finish, place: to },
            ])}
          />
          <path
            className="yz-lin-plan"
            data-side={side}
            d={path([
              { at: start, place: from },
              { at: finish, place: to },
            ])}
          />
        </>
      )}
      {forecast.length > 0 && <path className="yz-lin-forecast" d={path(forecast)} />}
      {actual.length > 0 && <path className="yz-lin-actual" d={path(actual)} />}
      {actual.slice(1).map(point => (
        <circle key={point.at} className="yz-lin-point" cx={x(point.place)} cy={y(point.at)} r={2.5} />
      ))}
      <text
        className="yz-lin-name"
        x={spread === 'block' ? middle.x : middle.x + 8}
        y={spread === 'block' ? middle.y + 4 : middle.y - 4}
        textAnchor={spread === 'block' ? 'middle' : 'start'}
      >
        {spread === 'block' && y(finish) - y(start) < 11 ? '' : fitted(name, room)}
      </text>
    </>
  )
  if (!sheet.open)
    return (
      <g className="yz-lin-stretch" data-kind={kind % 6}>
        {body}
      </g>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no link that an SVG group could be.
    <g
      className="yz-lin-stretch"
      data-kind={kind % 6}
      role="link"
      tabIndex={0}
      onClick={() => sheet.open?.(stretch)}
      onKeyDown={event => {
        if (event.key === 'Enter') sheet.open?.(stretch)
      }}
    >
      {body}
    </g>
  )
}
