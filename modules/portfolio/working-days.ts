// Pure: whole working days between two days of a plan's calendar.
import { type CalendarClock, parseDay } from '@yingzao/engines/schedule'

/** Longer gaps are a typing error in some date, not a figure. */
const MOST = 36_600

/** Days with a shift after the first day up to the second; negative when the second is earlier; null when either is unknown. */
export function workingDays(
  { shiftsOn }: Pick<CalendarClock, 'shiftsOn'>,
  from: string | null,
  to: string | null,
): number | null {
  const [first, second] = [from && parseDay(from), to && parseDay(to)]
  if (typeof first !== 'number' || typeof second !== 'number' || Math.abs(second - first) > MOST) return null
  let days = 0
  for (let day = Math.min(first, second) + 1; day <= Math.max(first, second); day++)
    if (shiftsOn(day).length > 0) days++
  return second < first ? -days : days
}
