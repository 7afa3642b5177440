// Which calendars of the file are part of the plan, and by which name.
import type { Calendar, Resource } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import { linkCalendars } from '../mspdi/read-options.ts'
import type { Calendars } from './calendar.ts'

/**
 * Calendars with bases that exist; those of resources that are gone are left out, nameless ones are their resource's.
 *
 * @param rows resources of the file, also the nameless one that is none of the plan's
 */
export function usedCalendars(
  { calendars, ofResource }: Calendars,
  rows: ReadonlyMap<number, number>,
  resources: readonly Resource[],
  losses: LossLog,
): Calendar[] {
  const names = new Map(resources.map(r => [r.id, r.name]))
  const owners = new Map<string, string>()
  for (const [resource, calendar] of ofResource)
    if (rows.has(resource)) owners.set(calendar, names.get(String(resource)) || 'Unnamed Resource')
  const ids = new Set(calendars.map(c => c.id))
  const kept = calendars.filter(c => {
    if (c.parent === undefined) return true
    if (!ids.has(c.parent)) losses.add('reference', 'Calendar/BaseCalendarUID', c.parent)
    return ids.has(c.parent) && owners.has(c.id)
  })
  const named = kept.map(c => (c.name === '' ? { ...c, name: owners.get(c.id) ?? '' } : c))
  // A base stands before what inherits from it.
  named.sort((a, b) => Number(a.parent !== undefined) - Number(b.parent !== undefined))
  return linkCalendars(named, new Set(resources.map(r => r.calendar)), losses)
}
