// The days a team works: the calendar of its board, else Monday to Friday with the country's holidays.
import { type CalendarClock, calendarClock } from '@yingzao/engines/schedule'
import { asSystem, type Ctx } from '@yingzao/kernel/server'
import { calendarChain } from '../calendar/public.ts'
import { boardOf } from './board-of.ts'

export async function workingTime(ctx: Ctx, project: string): Promise<CalendarClock> {
  const board = await boardOf(ctx, project)
  const calendars = await calendarChain(asSystem(ctx), board?.calendar ?? null)
  const made = calendarClock(calendars, calendars[0]?.id ?? '')
  if (!made.ok) throw new Error(`a calendar of the company cannot be used: ${made.error.code}`)
  return made.clock
}
