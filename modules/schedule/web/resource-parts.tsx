// Which tasks make the load of a resource in a period, each with the way to its row on the Gantt.
import { loadParts } from '@yingzao/engines/levelling'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import { useText } from '@yingzao/ui/text/language.tsx'
import { useMemo } from 'react'
import { TaskLink } from './public.tsx'
import { daysText, dayText, type LoadChoice, lastDay, shortDay } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly record: string
  readonly plan: Plan
  readonly schedule: Schedule
  readonly chosen: LoadChoice | null
}

export function ResourceParts({ record, plan, schedule, chosen }: Props) {
  const t = useText(text)
  const rows = useMemo(() => {
    if (!chosen) return []
    const tasks = new Map(plan.tasks.map((task, i) => [task.id, { task, row: i + 1 }]))
    const dates = new Map(schedule.tasks.map(each => [each.id, each]))
    return loadParts(plan, schedule.tasks, chosen.resource, chosen.from, chosen.to).flatMap(part => {
      const [known, date] = [tasks.get(part.task), dates.get(part.task)]
      return known && date ? [{ ...known, date, work: part.work }] : []
    })
  }, [plan, schedule, chosen])
  if (!chosen) return <p className="yz-faint">{t('pickPeriod')}</p>
  const title = t('partsIn', { from: dayText(chosen.from), to: lastDay(chosen.to) })
  return (
    <div className="yz-res-parts">
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="yz-faint">{t('noParts')}</p>
      ) : (
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('task')}</th>
              <th scope="col">{t('start')}</th>
              <th scope="col">{t('finish')}</th>
              <th scope="col" className="yz-right">
                {t('work')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ task, row, date, work }) => (
              <tr key={task.id}>
                <td>
                  <span className="yz-faint yz-figure">{row}</span>{' '}
                  <TaskLink plan={record} task={task.id}>
                    {task.name}
                  </TaskLink>{' '}
                  {date.critical && <span className="yz-tag yz-tag-bad">{t('critical')}</span>}
                </td>
                <td className="yz-figure">{shortDay(date.start)}</td>
                <td className="yz-figure">{shortDay(date.finish)}</td>
                <td className="yz-figure yz-right">{daysText(work, plan.options.minutesPerDay)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
