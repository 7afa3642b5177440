// A plan that came through JSON: weekdays that a calendar inherits are undefined in the engine and null in JSON.
import type { Calendar, Plan } from '@yingzao/engines/schedule'

export const revivedCalendars = (calendars: readonly Calendar[]): Calendar[] =>
  calendars.map(calendar => ({
    ...calendar,
    week: calendar.week.map(day => day ?? undefined),
    workWeeks: calendar.workWeeks.map(week => ({ ...week, days: week.days.map(day => day ?? undefined) })),
  }))

export const revivedPlan = (plan: Plan): Plan => ({ ...plan, calendars: revivedCalendars(plan.calendars) })
