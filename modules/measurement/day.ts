// Days of the plain calendar.
import { dateOfDay, dayNumber } from '@yingzao/engines/formula/plain-date'
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'

/** Null beyond the year 9999. */
export function addDays(day: PlainDate, days: number): PlainDate | null {
  const found = dateOfDay(dayNumber(day) + days)
  return isPlainDate(found) ? found : null
}
