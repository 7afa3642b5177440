// The card beside the pointer: what a bar is and why it stands there, what a link does, what a drag would mean.

import { formatDuration, formatLag } from '@yingzao/engines/plan-text/duration'
import type { TaskDates } from '@yingzao/engines/schedule/result'
import { useEffect, useState } from 'react'
import { refOf } from './column.ts'
import type { Controller } from './controller.ts'
import { formatDate, formatMoment } from './date-text.ts'
import { isMilestone, isParent } from './outline.ts'
import { type Store, useStore } from './store.ts'
import type { Float } from './timeline-pointer.ts'
import { whyLines } from './why-text.ts'

export function FloatCard({ controller, float }: { controller: Controller; float: Store<Float> }) {
  const card = useStore(float, state => state.card)
  if (!card) return null
  // Kept inside the window: to the left of the pointer when there is no room on the right.
  const size = controller.stage()?.look()?.view
  const left = size && card.x > size.width - 340 ? Math.max(4, card.x - 336) : card.x + 16
  const top = size && card.y > size.height - 170 ? Math.max(4, card.y - 160) : card.y + 18
  return (
    <div className={`yzg-card${card.kind === 'drag' ? ' yzg-card-drag' : ''}`} style={{ left, top }} role="tooltip">
      {card.kind === 'task' ? <TaskCard controller={controller} task={card.task} /> : null}
      {card.kind === 'link' ? <LinkCard controller={controller} link={card.link} /> : null}
      {card.kind === 'drag' ? (
        <>
          <strong>{card.title}</strong>
          {card.lines.map((line, i) => (
            <div key={line} className={i === 0 && card.bad ? 'yzg-bad' : 'yzg-soft'}>
              {line}
            </div>
          ))}
        </>
      ) : null}
    </div>
  )
}

/** A task's dates with their reasons, as the server or the worker computed them. */
export function useReasons(controller: Controller, task: string): TaskDates | undefined {
  const [dates, setDates] = useState<TaskDates>()
  const shown = useStore(controller.viewer.store, state => state.dates)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the dates shown are others
  useEffect(() => {
    let wanted = true
    void controller.viewer.explain(task).then(found => {
      if (wanted) setDates(found)
    })
    return () => {
      wanted = false
    }
  }, [controller, task, shown])
  return dates?.id === task ? dates : undefined
}

function TaskCard({ controller, task: id }: { controller: Controller; task: string }) {
  const reasons = useReasons(controller, id)
  const sheet = controller.sheet()
  const { outline, dates, text, lang } = sheet
  const at = outline.index.get(id)
  const task = at === undefined ? undefined : outline.plan.tasks[at]
  if (at === undefined || !task) return null
  const marks = controller.scene().given?.rows.get(id)
  if (marks) return <Told title={task.name} lines={marks.about} />
  const { options } = outline.plan
  const float = dates.totalFloat[at]!
  const lines = reasons ? whyLines(sheet, reasons) : []
  const start = lines.find(line => line.side === 'start')
  const finish = lines.find(line => line.side === 'finish')
  const baseline = sheet.baseline(task)
  return (
    <>
      <strong>{task.name}</strong>
      <div className="yzg-soft">
        {isMilestone(task)
          ? formatMoment(lang, dates.start[at]!)
          : `${formatMoment(lang, dates.start[at]!)} – ${formatMoment(lang, dates.finish[at]!)}`}
      </div>
      <div className="yzg-facts">
        <span>
          {text.columns.duration} {formatDuration(lang, dates.duration[at]!, options)}
        </span>
        <span className={float < 0 ? 'yzg-bad' : ''}>
          {text.columns.total_float} {float < 0 ? '−' : ''}
          {formatDuration(lang, Math.abs(float), options)}
        </span>
        {isMilestone(task) ? null : (
          <span>
            {text.columns.percent} {Math.round(outline.percent[at]!)}%
          </span>
        )}
      </div>
      {baseline?.finish === undefined ? null : (
        <div className="yzg-soft">
          {text.columns.baseline_finish} {formatDate(lang, baseline.finish)}
        </div>
      )}
      {start ? (
        <div className="yzg-why">
          {text.why.start}
          {text.colon}
          {start.text}
        </div>
      ) : null}
      {finish && finish.text !== start?.text && !isParent(outline, at) ? (
        <div className="yzg-why">
          {text.why.finish}
          {text.colon}
          {finish.text}
        </div>
      ) : null}
    </>
  )
}

/** What the host says of a row or link. */
const Told = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <>
    <strong>{title}</strong>
    {lines.map(line => (
      <div key={line} className="yzg-soft">
        {line}
      </div>
    ))}
  </>
)

function LinkCard({ controller, link: id }: { controller: Controller; link: string }) {
  const { outline, text, lang } = controller.sheet()
  const link = outline.links.find(item => item.id === id)
  if (!link) return null
  const marks = controller.scene().given?.links.get(id)
  if (marks) return <Told title={marks.about[0] ?? ''} lines={marks.about.slice(1)} />
  const name = (task: string) =>
    `${refOf(outline, task)} ${outline.plan.tasks[outline.index.get(task) ?? -1]?.name ?? ''}`
  const lag = formatLag(lang, link.lag, link.lagUnit, outline.plan.options)
  return (
    <>
      <strong>
        {text.link_types[link.type]} {lag}
      </strong>
      <div className="yzg-soft">{name(link.from)}</div>
      <div className="yzg-soft">→ {name(link.to)}</div>
    </>
  )
}
