// The roadmap as SVG: the same drawing on the screen and on paper.
import { MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import { fitted } from '@yingzao/ui/arrow-network/geometry'
import { floorTo, nextOf, tierLabels } from '@yingzao/ui/gantt/time-scale'
import type { ReactNode } from 'react'
import type { Line } from '../shape.ts'
import { type Lane, minuteOf, type Placed, type Window } from './roadmap.ts'
import { roadmapStyle } from './roadmap-style.ts'

export interface SheetProps {
  readonly width: number
  readonly window: Window
  readonly lanes: readonly Lane[]
  readonly lang: 'zh' | 'en'
  readonly today: string
  readonly laneName: (key: string) => string
  readonly about: (line: Line) => string
  readonly words: { readonly today: string }
  readonly title?: string
  readonly paper?: boolean
  readonly open?: (line: Line) => void
}

const LANE = 132
const TIER = 24
const ROW = 44
const BAR = 22
const PAD = 10

export function RoadmapSheet({
  lanes,
  width,
  window,
  lang,
  today,
  laneName,
  about,
  words,
  title,
  paper,
  open,
}: SheetProps) {
  const head = title ? 44 : 0
  const top = head + 2 * TIER
  const x = (at: number) => LANE + ((at - window.from) / (window.to - window.from)) * (width - LANE - 8)
  const heights = lanes.map(lane => lane.rows * ROW + 2 * PAD)
  const tops = heights.map((_, i) => top + heights.slice(0, i).reduce((sum, each) => sum + each, 0))
  const height = top + heights.reduce((sum, each) => sum + each, 0) + 8
  const now = minuteOf(today)
  return (
    <svg
      className="yz-rm"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      // Inside are buttons for projects; on paper one picture.
      role={paper ? 'img' : 'group'}
      aria-label={title ?? words.today}
    >
      {paper && <style>{roadmapStyle}</style>}
      {title && (
        <text className="yz-rm-title" x={12} y={28}>
          {title}
        </text>
      )}
      {lanes.map((lane, i) => (
        <g key={lane.key}>
          <rect className="yz-rm-lane" data-odd={i % 2 === 1} x={0} y={tops[i]} width={width} height={heights[i]} />
          <LaneName words={laneName(lane.key)} y={(tops[i] ?? 0) + (heights[i] ?? 0) / 2} />
        </g>
      ))}
      <Quarters {...{ window, lang, x, top, head, height }} />
      {now > window.from && now < window.to && (
        <g className="yz-rm-now">
          <line x1={x(now)} x2={x(now)} y1={top - 4} y2={height - 8} />
          <text x={x(now) + 4} y={height - 12}>
            {words.today}
          </text>
        </g>
      )}
      {lanes.map((lane, i) =>
        lane.placed.map(each => (
          <Project
            key={each.line.id}
            placed={each}
            x={x}
            window={window}
            y={(tops[i] ?? 0) + PAD + each.row * ROW}
            about={about(each.line)}
            open={open}
          />
        )),
      )}
    </svg>
  )
}

/** The name of a lane in at most two lines. */
function LaneName({ words, y }: { words: string; y: number }) {
  const first = fitted(words, LANE - 20)
  const cut = first === words ? words.length : Math.max(1, first.length - 1)
  const rest = words.slice(cut)
  return (
    <text className="yz-rm-name" x={12} y={rest ? y - 4 : y + 4}>
      <tspan x={12}>{words.slice(0, cut)}</tspan>
      {rest && (
        <tspan x={12} dy={16}>
          {fitted(rest, LANE - 20)}
        </tspan>
      )}
    </text>
  )
}

interface QuartersProps {
  readonly window: Window
  readonly lang: 'zh' | 'en'
  readonly x: (at: number) => number
  readonly top: number
  readonly head: number
  readonly height: number
}

function Quarters({ window, lang, x, top, head, height }: QuartersProps) {
  const cells = (unit: 'year' | 'quarter') => {
    const found: { at: number; from: number; to: number }[] = []
    for (let at = floorTo(unit, window.from); at < window.to; at = nextOf(unit, at))
      found.push({ at, from: Math.max(window.from, at), to: Math.min(window.to, nextOf(unit, at)) })
    return found
  }
  return (
    <g>
      {(['year', 'quarter'] as const).map((unit, tier) =>
        cells(unit).map(({ at, from, to }) => (
          <g key={`${unit}${at}`}>
            <line
              className="yz-rm-grid"
              data-unit={unit}
              x1={x(from)}
              x2={x(from)}
              y1={head + tier * TIER}
              y2={height - 8}
            />
            <text
              className="yz-rm-axis"
              data-unit={unit}
              x={(x(from) + x(to)) / 2}
              y={head + tier * TIER + 16}
              textAnchor="middle"
            >
              {tierLabels(lang, unit, at, unit === 'quarter' ? 'year' : undefined).find(
                each => fitted(each, x(to) - x(from) - 4) === each,
              ) ?? ''}
            </text>
          </g>
        )),
      )}
      <line className="yz-rm-grid" data-unit="year" x1={0} x2={x(window.to)} y1={top} y2={top} />
    </g>
  )
}

interface ProjectProps {
  readonly placed: Placed
  readonly x: (at: number) => number
  readonly window: Window
  readonly y: number
  readonly about: string
  readonly open: ((line: Line) => void) | undefined
}

function Project({ placed: { line, from, to, before, after }, x, window, y, about, open }: ProjectProps) {
  const [left, right] = [x(from), Math.max(x(from) + 6, x(to))]
  const width = right - left
  const milestones = line.rows.filter(
    row => row.kind === 'milestone' && minuteOf(row.finish) >= window.from && minuteOf(row.finish) < window.to,
  )
  const contract = line.contract ? minuteOf(line.contract) + MINUTES_PER_DAY : null
  const drawn: ReactNode = (
    <>
      <rect className="yz-rm-bar" x={left} y={y} width={width} height={BAR} rx={3} />
      <rect className="yz-rm-done" x={left} y={y + BAR - 4} width={doneWidth(line, { from, to }, width)} height={4} />
      {before && <path className="yz-rm-on" d={`M${left + 8} ${y + 6}l-5 5l5 5`} />}
      {after && <path className="yz-rm-on" d={`M${right - 8} ${y + 6}l5 5l-5 5`} />}
      {contract !== null && contract > window.from && contract <= window.to && (
        <line className="yz-rm-contract" x1={x(contract)} x2={x(contract)} y1={y - 4} y2={y + BAR + 4} />
      )}
      <text className="yz-rm-label" x={left + (before ? 14 : 6)} y={y + 14}>
        {fitted(line.short ?? line.name, width - (before ? 14 : 6) - (after ? 14 : 6))}
      </text>
      <Milestones rows={milestones} x={x} y={y + BAR + 9} end={x(window.to)} />
    </>
  )
  if (!open)
    return (
      <g data-health={line.health}>
        <title>{about}</title>
        {drawn}
      </g>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no link that an SVG group could be.
    <g
      className="yz-rm-project"
      data-health={line.health}
      role="link"
      tabIndex={0}
      onClick={() => open(line)}
      onKeyDown={event => {
        if (event.key === 'Enter') open(line)
      }}
    >
      <title>{about}</title>
      {drawn}
    </g>
  )
}

/** What is done of the whole project, as far as the window shows it. */
function doneWidth(line: Line, part: { from: number; to: number }, width: number): number {
  const start = line.start ? minuteOf(line.start) : part.from
  const finish = line.forecast ?? line.contract
  const end = finish ? minuteOf(finish) + MINUTES_PER_DAY : part.to
  const until = start + (end - start) * (line.progress ?? 0)
  return Math.max(0, Math.min(1, (until - part.from) / Math.max(1, part.to - part.from))) * width
}

/** Milestones under the bar, named where the next one leaves room. */
function Milestones({ rows, x, y, end }: { rows: Line['rows']; x: (at: number) => number; y: number; end: number }) {
  return rows.map((row, i) => {
    const at = x(minuteOf(row.finish))
    const next = rows[i + 1]
    const room = (next ? x(minuteOf(next.finish)) : end) - at - 22
    const name = room > 30 ? fitted(row.name, room) : ''
    const late = !row.done && row.promised !== null && row.finish > row.promised
    return (
      <g key={row.id} className="yz-rm-milestone" data-done={row.done} data-late={late}>
        <path d={`M${at} ${y - 5}l5 5l-5 5l-5 -5z`} />
        {name.length > 2 && (
          <text x={at + 8} y={y + 4}>
            {name}
          </text>
        )}
      </g>
    )
  })
}
