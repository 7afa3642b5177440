// All projects on one axis of time: the contract as a grey bar, the forecast on it, what runs over in red.
import { parseDay } from '@yingzao/engines/schedule/civil'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { ProjectLine } from './project-line.ts'
import { text } from './text.ts'
import type { TimelineAxis } from './timeline-axis.ts'

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
