// PROJECT and SCHEDOPTIONS of XER as options of the computation.
import { parseMinute } from '@yingzao/engines/schedule/civil'
import { type Calendar, defaultOptions, type PlanOptions } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import { Refused } from '../limit.ts'
import type { LossLog } from '../loss.ts'
import { scheduleFields } from './record.ts'
import type { XerRow as Row } from './table.ts'
import { hours } from './value.ts'

const minute = (row: Row, column: string): number | undefined => parseMinute(row.get(column) ?? '')

export function readOptions(
  project: Row,
  schedule: Row | undefined,
  calendars: readonly Calendar[],
  currency: string | undefined,
  losses: LossLog,
): PlanOptions {
  const draft: Draft<PlanOptions> = {}
  for (const field of scheduleFields) {
    const value = schedule?.get(field.element)
    if (value && !field.read(value, draft)) losses.add('value', `SCHEDOPTIONS.${field.element}`, value)
  }
  const wanted = project.get('clndr_id')
  const calendar = calendars.find(c => c.id === wanted) ?? calendars[0]
  if (!calendar) throw new Refused('p6.no_calendar', { project: project.get('proj_short_name') ?? '' })
  if (calendar.id !== wanted) losses.add('reference', 'PROJECT.clndr_id', wanted)
  const start = minute(project, 'plan_start_date')
  const statusDate = minute(project, 'last_recalc_date')
  if (start === undefined) losses.add('value', 'PROJECT.plan_start_date', project.get('plan_start_date'))
  const finish = minute(project, 'plan_end_date')
  const day = calendar.minutesPerDay ?? 480
  return {
    ...defaultOptions,
    ...draft,
    start: start ?? statusDate ?? 0,
    ...(finish !== undefined && { finish }),
    ...(statusDate !== undefined && { statusDate }),
    calendar: calendar.id,
    minutesPerDay: day,
    minutesPerWeek: calendar.minutesPerWeek ?? day * 5,
    daysPerMonth: Math.round((calendar.minutesPerMonth ?? day * 21.5) / day),
    criticalSlackLimit: hours.read(project.get('critical_drtn_hr_cnt') ?? '') ?? 0,
    progressMode:
      schedule?.get('sched_progress_override') === 'Y'
        ? 'progress_override'
        : schedule?.get('sched_retained_logic') === 'N'
          ? 'actual_dates'
          : 'retained_logic',
    criticalBy: project.get('critical_path_type') === 'CT_DrivPath' ? 'longest_path' : 'float',
    ...(currency && { currency }),
  }
}
