// All resources of the file.
import type { Resource } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'
import type { Calendars } from './calendar.ts'
import type { CustomValues } from './custom-field.ts'
import { resourceReader, resourceRows } from './resource.ts'
import type { Source } from './source.ts'
import { unreadFields } from './unread.ts'

/** Records read between two pauses. */
const pause = 500

interface Around {
  readonly values: CustomValues
  readonly calendarOf: Calendars['ofResource']
  readonly losses: LossLog
}

export function* resourceSteps(
  { tables }: Source,
  { values, calendarOf, losses }: Around,
): Generator<void, Resource[], void> {
  const read = resourceReader(tables.resource, values, calendarOf)
  const unread = unreadFields('resource', tables.resource, losses)
  const resources: Resource[] = []
  for (const [id, index] of [...resourceRows(tables.resource)].sort(([a], [b]) => a - b)) {
    const record = tables.resource.record(index, id)
    const found = read(record)
    if (!found) continue
    resources.push(found)
    unread(record)
    if (resources.length % pause === 0) yield
  }
  return resources
}
