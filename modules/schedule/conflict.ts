// Two people, one plan: which places an edit touches, and whether somebody else touched one of them in between.
import type { PlanEdit } from '@yingzao/engines/schedule'

/** A place of a plan: a record and a field, or the whole record (`*`): "task:0190…:duration". */
export type Place = string

export interface Touch {
  readonly place: Place
  readonly what: 'task' | 'link' | 'assignment' | 'resource' | 'options'
  readonly id: string
  readonly field: string
}

const touch = (what: Touch['what'], id: string, field: string): Touch => ({
  place: `${what}:${id}:${field}`,
  what,
  id,
  field,
})

/** What an edit overwrites or removes. Adding and reordering overwrite nothing. */
export function touchesOf(edit: PlanEdit): readonly Touch[] {
  switch (edit.kind) {
    case 'task.set':
      return Object.keys(edit.patch).map(field => touch('task', edit.id, field))
    case 'link.set':
      return Object.keys(edit.patch).map(field => touch('link', edit.id, field))
    case 'assignment.set':
      return Object.keys(edit.patch).map(field => touch('assignment', edit.id, field))
    case 'resource.set':
      return Object.keys(edit.patch).map(field => touch('resource', edit.id, field))
    case 'options.set':
      return Object.keys(edit.patch).map(field => touch('options', '', field))
    case 'task.remove':
      return edit.ids.map(id => touch('task', id, '*'))
    case 'link.remove':
      return edit.ids.map(id => touch('link', id, '*'))
    case 'assignment.remove':
      return edit.ids.map(id => touch('assignment', id, '*'))
    case 'resource.remove':
      return edit.ids.map(id => touch('resource', id, '*'))
    case 'task.add':
    case 'task.move':
    case 'task.indent':
    case 'task.outdent':
    case 'task.outline':
    case 'link.add':
    case 'assignment.add':
    case 'resource.add':
      return []
  }
}

/**
 * The first place that `mine` overwrites although `theirs` (accepted since I last looked) has changed it. Removing what
 * somebody has just changed is a conflict too; changing what somebody has removed is refused by the edit itself.
 */
export function conflictOf(mine: readonly PlanEdit[], theirs: readonly PlanEdit[]): Touch | undefined {
  const changed = new Set<Place>()
  const records = new Set<string>()
  for (const { place, what, id } of theirs.flatMap(touchesOf)) {
    changed.add(place)
    records.add(`${what}:${id}`)
  }
  return mine
    .flatMap(touchesOf)
    .find(({ place, what, id, field }) => changed.has(place) || (field === '*' && records.has(`${what}:${id}`)))
}
