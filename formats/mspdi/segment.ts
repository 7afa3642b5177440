// Finds the pieces of a split task in the timephased work of its assignments.

import type { CalendarClock } from '@yingzao/engines/schedule'
import { parseMinute } from '@yingzao/engines/schedule/civil'
import type { Minute, Segment } from '@yingzao/engines/schedule/plan'
import type { XmlNode } from '../xml/record.ts'
import { exactMinutes } from './value.ts'

/**
 * Worked stretches of one assignment: a piece of remaining (1) or actual (2) work that says zero ends a stretch, one
 * without a value is non-working time and ends nothing.
 */
export function workedStretches(timephased: readonly XmlNode[]): Segment[] {
  const pieces: { start: Minute; finish: Minute; work: number | undefined }[] = []
  for (const node of timephased) {
    const type = node.fields.get('Type')
    const start = parseMinute(node.fields.get('Start') ?? '')
    const finish = parseMinute(node.fields.get('Finish') ?? '')
    if ((type !== '1' && type !== '2') || start === undefined || finish === undefined) continue
    pieces.push({ start, finish, work: exactMinutes(node.fields.get('Value') ?? '') })
  }
  pieces.sort((a, b) => a.start - b.start || a.finish - b.finish)
  const stretches: Segment[] = []
  let open: Segment | undefined
  for (const { start, finish, work } of pieces) {
    if (work === undefined) continue
    if (work <= 0) {
      if (finish - start < 1) continue
      if (open) stretches.push(open)
      open = undefined
    } else open = open ? { start: open.start, finish: Math.max(open.finish, finish) } : { start, finish }
  }
  if (open) stretches.push(open)
  return stretches
}

/** A worked stretch and whose it is; work of nobody has no resource. */
export interface Stretch extends Segment {
  resource?: string | undefined
}

/**
 * Segments of a task: the union of what its assignments work, from the first worked minute to the last of each piece,
 * since Project cuts timephased work at round hours of the day; undefined when it is one piece.
 *
 * @param clocksOf the calendars by which a resource works the task: its night shift, not the task's day, ends its pieces
 */
export function segmentsOf(
  stretches: readonly Stretch[],
  clocksOf: (resource: string | undefined) => readonly CalendarClock[],
): Segment[] | undefined {
  if (stretches.length < 2) return undefined
  const sorted = [...stretches].sort((a, b) => a.start - b.start)
  const merged: { first: Stretch; last: Stretch }[] = []
  for (const next of sorted) {
    const open = merged[merged.length - 1]
    if (!open || next.start > open.last.finish) merged.push({ first: next, last: next })
    else if (next.finish > open.last.finish) open.last = next
  }
  if (merged.length < 2) return undefined
  return merged.map(({ first, last }) => {
    const worked = {
      start: clocksOf(first.resource).reduce((at, clock) => clock.nextWorkStart(at), first.start),
      finish: clocksOf(last.resource).reduce((at, clock) => clock.prevWorkFinish(at), last.finish),
    }
    return worked.start < worked.finish ? worked : { start: first.start, finish: last.finish }
  })
}
