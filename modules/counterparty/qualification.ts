// 资质状态: what the qualifications of a company come to on a day. Pure.
import { addMonths } from '@yingzao/engines/formula/plain-date'
import type { PlainDate } from '@yingzao/kernel/entity'

export type Qualification = 'none' | 'valid' | 'expiring' | 'expired'

/** Warned of a month ahead. */
const AHEAD_MONTHS = 1

/** Of those on file, the next end of any and what that means on `today`; on the last day itself it is still valid. */
export function qualificationOn(
  list: readonly { readonly valid_to: PlainDate | null }[],
  today: PlainDate,
): { readonly qualified_to: PlainDate | null; readonly qualification: Qualification } {
  const [first = null] = list.flatMap(({ valid_to }) => (valid_to === null ? [] : [valid_to])).sort()
  return { qualified_to: first, qualification: list.length === 0 ? 'none' : stateOf(first, today) }
}

/** `to`: the next end, null when nothing on file ends. */
export function stateOf(to: PlainDate | null, today: PlainDate): Qualification {
  if (to === null || to > (addMonths(today, AHEAD_MONTHS) ?? today)) return 'valid'
  return to < today ? 'expired' : 'expiring'
}
