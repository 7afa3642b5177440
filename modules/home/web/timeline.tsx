// All projects on one axis of time: the contract as a grey bar, the forecast on it, what runs over in red.
import { civilDate, dayNumber, parseDay } from '@yingzao/engines/schedule/civil'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { ProjectLine } from './project-line.ts'
import { text } from './text.ts'

export interface TimelineAxis {
  readonly from: number
  readonly to: number
  readonly now: number
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
}

const days = (line: ProjectLine) =>
  [line.start, line.contract, line.forecast].flatMap(day => (day ? (parseDay(day) ?? []) : []))

/** From the first start to the last finish, with a mark at every quarter or every year. */
export function axisOf(lines: readonly ProjectLine[], now: string): TimelineAxis {
  const today = parseDay(now) ?? 0
  const all = [today, ...lines.flatMap(days)]
  const from = Math.min(...all)
  const to = Math.max(...all, from + 30)
  const span = to - from
  const step = span > 1500 ? 12 : span > 500 ? 6 : 3
  const first = civilDate(from)
  const ticks: { at: number; label: string }[] = []
  for (let month = Math.ceil((first.month - 1) / step) * step; ticks.length < 12; month += step) {
    const year = first.year + Math.floor(month / 12)
    const at = (dayNumber(year, (month % 12) + 1, 1) - from) / span
    if (at > 0.8) break
    if (at >= 0) ticks.push({ at, label: `${year}-${String((month % 12) + 1).padStart(2, '0')}` })
  }
  return { from, to, now: today, ticks }
}

export function Timeline({ line, axis }: { line: ProjectLine; axis: TimelineAxis }) {
  const t = useText(text)
  const formats = useFormats()
  const at = (day: string | null): number | null => {
    const number = day === null ? undefined : parseDay(day)
    return number === undefined ? null : ((number - axis.from) / (axis.to - axis.from)) * 100
  }
  const [start, contract, forecast] = [at(line.start), at(line.contract), at(line.forecast)]
  const now = ((axis.now - axis.from) / (axis.to - axis.from)) * 100
  const words = t('timelineOf', {
    start: formats.date(line.start),
    finish: formats.date(line.contract),
    forecast: formats.date(line.forecast),
  })
  const bar = (from: number, to: number) => ({ left: `${from}%`, width: `${Math.max(0, to - from)}%` })
  return (
    <div className="yz-timeline" role="img" aria-label={words} title={words}>
      {axis.ticks.map(tick => (
        <span key={tick.label} className="yz-timeline-tick" style={{ left: `${tick.at * 100}%` }} />
      ))}
      {start !== null && contract !== null && <span className="yz-timeline-contract" style={bar(start, contract)} />}
      {start !== null && forecast !== null && (
        <span
          className="yz-timeline-forecast"
          style={bar(start, contract === null ? forecast : Math.min(forecast, contract))}
        />
      )}
      {contract !== null && forecast !== null && forecast > contract && (
        <span className="yz-timeline-over" style={bar(contract, forecast)} />
      )}
      <span className="yz-timeline-now" style={{ left: `${now}%` }} />
    </div>
  )
}
