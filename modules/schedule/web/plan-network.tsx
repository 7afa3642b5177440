// The plan as a time-scaled arrow network (双代号时标网络图), computed here from the same plan as the Gantt.
import { arrowDiagram, frontLine, planArrows } from '@yingzao/engines/arrow-network'
import { calendarClock, compute } from '@yingzao/engines/schedule'
import { formatMinute } from '@yingzao/engines/schedule/civil'
import { ArrowNetwork } from '@yingzao/ui/arrow-network/arrow-network.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { useMemo } from 'react'
import type { PlanLookProps } from './plan-look.ts'
import { text } from './text.ts'

/** Two circles on a row keep this far apart, so that their numbers can be read. */
const GAP = 3 * 1440

export default function PlanNetwork({ record, known: { plan } }: PlanLookProps) {
  const t = useText(text)
  const drawn = useMemo(() => {
    const outcome = compute(plan)
    const clock = calendarClock(plan.calendars, plan.options.calendar)
    if (!outcome.ok || !clock.ok) return null
    const arrows = planArrows(plan, outcome.schedule, clock.clock)
    const picture = arrowDiagram(arrows, { gap: GAP })
    if (!picture.ok) return null
    const status = plan.options.statusDate ?? null
    const front = status === null ? [] : frontLine(picture.diagram, arrows.tasks, arrows.reached, status)
    const dates = new Map(outcome.schedule.tasks.map(each => [each.id, each]))
    const tasks = new Map(plan.tasks.map(each => [each.id, each]))
    return { ...picture, status, front, dates, tasks }
  }, [plan])
  if (!drawn)
    return (
      <div className="yz-notice">
        <p>{t('networkFailed')}</p>
      </div>
    )
  const perDay = plan.options.minutesPerDay
  const days = (minutes: number) => String(Math.round((minutes / perDay) * 10) / 10)
  const label = (id: string) => {
    const [task, date] = [drawn.tasks.get(id), drawn.dates.get(id)]
    const name = task?.name ?? id
    if (!task || !date) return { name, duration: '', about: name }
    const duration = t('days', { days: days(date.duration) })
    const float = date.critical ? t('criticalWork') : t('float', { days: days(date.totalFloat) })
    const [start, finish] = [formatMinute(date.start).slice(0, 10), formatMinute(date.finish).slice(0, 10)]
    return { name, duration, about: t('aboutTask', { name, start, finish, duration, float }) }
  }
  return (
    <ArrowNetwork
      title={String(record.name)}
      diagram={drawn.diagram}
      label={label}
      front={drawn.front}
      status={drawn.status}
      broken={drawn.broken.length}
    />
  )
}
