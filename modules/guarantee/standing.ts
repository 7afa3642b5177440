// How a guarantee stands on a day: the warnings come 30, 15 and 7 days before its end.
import { dayNumber } from '@yingzao/engines/formula/plain-date'

export type Standing = 'valid' | 'd30' | 'd15' | 'd7' | 'expired' | 'returned'

export function standingOn(
  of: { readonly valid_to: string; readonly returned_on: string | null },
  today: string,
): Standing {
  if (of.returned_on !== null) return 'returned'
  const left = dayNumber(of.valid_to) - dayNumber(today)
  return left < 0 ? 'expired' : left <= 7 ? 'd7' : left <= 15 ? 'd15' : left <= 30 ? 'd30' : 'valid'
}
