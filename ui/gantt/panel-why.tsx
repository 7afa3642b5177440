// The panel's explanation: each date, its reason in words, and a way to the task that drives it.

import { formatDuration } from '@yingzao/engines/plan-text/duration'
import type { Controller } from './controller.ts'
import { formatMoment } from './date-text.ts'
import { useReasons } from './float-card.tsx'
import { whyLines } from './why-text.ts'

export function WhyTab({ controller, at }: { controller: Controller; at: number }) {
  const sheet = controller.sheet()
  const { outline, lang, text } = sheet
  const reasons = useReasons(controller, outline.plan.tasks[at]?.id ?? '')
  if (!reasons) return <div className="yzg-soft">{text.loading}</div>
  const { options } = outline.plan
  const duration = (minutes: number) => `${minutes < 0 ? '−' : ''}${formatDuration(lang, Math.abs(minutes), options)}`
  const dates: Record<'start' | 'finish' | 'late', number> = {
    start: reasons.start,
    finish: reasons.finish,
    late: reasons.lateFinish,
  }
  const facts: [string, string][] = [
    [text.columns.early_start, formatMoment(lang, reasons.earlyStart)],
    [text.columns.early_finish, formatMoment(lang, reasons.earlyFinish)],
    [text.columns.late_start, formatMoment(lang, reasons.lateStart)],
    [text.columns.late_finish, formatMoment(lang, reasons.lateFinish)],
    [text.columns.total_float, duration(reasons.totalFloat)],
    [text.columns.free_float, duration(reasons.freeFloat)],
  ]
  return (
    <div className="yzg-fields">
      {whyLines(sheet, reasons).map(line => (
        <div key={line.side} className="yzg-reason">
          <div>
            <strong>{text.why[line.side]}</strong>{' '}
            <span className="yzg-soft">{formatMoment(lang, dates[line.side])}</span>
          </div>
          {line.task === undefined ? (
            <div>{line.text}</div>
          ) : (
            <button
              type="button"
              className="yzg-link-name"
              onClick={() => {
                if (line.task === undefined) return
                controller.jumpTo(line.task)
                controller.open(line.task)
              }}
            >
              {line.text}
            </button>
          )}
        </div>
      ))}
      <dl className="yzg-dates">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
