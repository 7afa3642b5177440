// Edits of links, assignments, resources and the plan's options.

import type { AssignmentPatch, LinkPatch, OptionsPatch, PlanEdit, ResourcePatch } from './edit.ts'
import { type Draft, type EditError, patched, type Rows, undoWith } from './edit-draft.ts'
import {
  assignmentFields,
  badPatchField,
  badRecordField,
  isId,
  linkFields,
  optionsFields,
  resourceFields,
} from './edit-shape.ts'
import type { Network } from './network.ts'
import type { Assignment, Link, Resource } from './plan.ts'

type Table = keyof Rows

const fieldsOf = { link: linkFields, assignment: assignmentFields, resource: resourceFields }

export function setOptions(draft: Draft, patch: OptionsPatch): EditError | undefined {
  const field = badPatchField(optionsFields, patch)
  if (field !== undefined) return { code: 'schedule.edit.invalid', what: 'options', id: '', field }
  if (patch.calendar && !draft.plan.calendars.some(item => item.id === patch.calendar)) {
    return { code: 'schedule.edit.unknown', what: 'calendar', id: patch.calendar }
  }
  const back: OptionsPatch = {}
  const next = patched(draft.options, patch, back)
  if (!next) return undefined
  draft.options = next
  draft.touched.options = true
  undoWith(draft, { kind: 'options.set', patch: back })
  return undefined
}

/** The one editing path of the three flat lists; `add` and `set` check references, the rest is the same. */
export function addRow(draft: Draft, table: 'link', row: Link, before?: string): EditError | undefined
export function addRow(draft: Draft, table: 'assignment', row: Assignment, before?: string): EditError | undefined
export function addRow(draft: Draft, table: 'resource', row: Resource, before?: string): EditError | undefined
export function addRow(
  draft: Draft,
  table: Table,
  row: Link | Assignment | Resource,
  before?: string,
): EditError | undefined {
  const field = badRecordField(fieldsOf[table], row, { id: isId })
  if (field !== undefined) return { code: 'schedule.edit.invalid', what: table, id: row.id, field }
  const { rows } = draft
  if (rows[table].some(item => item.id === row.id)) return { code: 'schedule.edit.duplicate', what: table, id: row.id }
  const error = 'lag' in row ? badLink(draft, row) : 'task' in row ? badAssignment(draft, row) : badResource(draft, row)
  if (error) return error
  if ('lag' in row) insert(rows.link, row, before)
  else if ('task' in row) insert(rows.assignment, row, before)
  else insert(rows.resource, row, before)
  touch(draft, table, row.id)
  undoWith(draft, { kind: `${table}.remove`, ids: [row.id] })
  return undefined
}

export function setRow(draft: Draft, table: 'link', id: string, patch: LinkPatch): EditError | undefined
export function setRow(draft: Draft, table: 'assignment', id: string, patch: AssignmentPatch): EditError | undefined
export function setRow(draft: Draft, table: 'resource', id: string, patch: ResourcePatch): EditError | undefined
export function setRow(
  draft: Draft,
  table: Table,
  id: string,
  patch: LinkPatch | AssignmentPatch | ResourcePatch,
): EditError | undefined {
  const field = badPatchField(fieldsOf[table], patch)
  if (field !== undefined) return { code: 'schedule.edit.invalid', what: table, id, field }
  const at = draft.rows[table].findIndex(item => item.id === id)
  if (at < 0) return { code: 'schedule.edit.unknown', what: table, id }
  const back = {}
  let error: EditError | undefined
  let changed = false
  const put = <T extends object>(list: T[], check: (next: T) => EditError | undefined) => {
    const next = patched(list[at]!, patch, back)
    if (!next) return
    error = check(next)
    if (error) return
    list[at] = next
    changed = true
  }
  const { rows } = draft
  if (table === 'link') put(rows.link, next => badLink(draft, next))
  else if (table === 'assignment') put(rows.assignment, next => badAssignment(draft, next))
  else put(rows.resource, next => badResource(draft, next))
  if (error || !changed) return error
  touch(draft, table, id)
  undoWith(draft, { kind: `${table}.set`, id, patch: back })
  return undefined
}

/** Removes rows of one list, a resource with its assignments; the inverse puts each back where it stood. */
export function removeRows(draft: Draft, table: Table, ids: readonly string[]): EditError | undefined {
  const gone = new Set(ids)
  for (const id of gone) {
    if (!draft.rows[table].some(item => item.id === id)) return { code: 'schedule.edit.unknown', what: table, id }
  }
  const inverse: PlanEdit[] = []
  if (table === 'link') inverse.push(...takeLinks(draft, row => gone.has(row.id)))
  else if (table === 'assignment') inverse.push(...takeAssignments(draft, row => gone.has(row.id)))
  else {
    inverse.push(
      ...take(
        draft,
        'resource',
        draft.rows.resource,
        row => gone.has(row.id),
        (resource, before) => ({
          kind: 'resource.add',
          resource,
          ...before,
        }),
      ),
      ...takeAssignments(draft, row => gone.has(row.resource)),
    )
  }
  undoWith(draft, ...inverse)
  return undefined
}

export const takeLinks = (draft: Draft, gone: (row: Link) => boolean): PlanEdit[] =>
  take(draft, 'link', draft.rows.link, gone, (link, before) => ({ kind: 'link.add', link, ...before }))
export const takeAssignments = (draft: Draft, gone: (row: Assignment) => boolean): PlanEdit[] =>
  take(draft, 'assignment', draft.rows.assignment, gone, (assignment, before) => ({
    kind: 'assignment.add',
    assignment,
    ...before,
  }))

/** Takes rows out of a list and returns the edits that put them back: each in front of the next row that stayed. */
function take<T extends { id: string }>(
  draft: Draft,
  table: Table,
  list: T[],
  gone: (row: T) => boolean,
  restore: (row: T, before: { before?: string }) => PlanEdit,
): PlanEdit[] {
  const edits: PlanEdit[] = []
  const kept: T[] = []
  let next: string | undefined
  for (let i = list.length - 1; i >= 0; i--) {
    const row = list[i]!
    if (gone(row)) {
      edits.push(restore(row, next === undefined ? {} : { before: next }))
      // Taking a link away makes no cycle.
      draft.touched[table].add(row.id)
    } else {
      kept.push(row)
      next = row.id
    }
  }
  if (edits.length > 0) refill(list, kept.reverse())
  return edits.reverse()
}

/** Item by item: a long list spread into arguments overflows the stack. */
function refill<T>(list: T[], items: readonly T[]): void {
  list.length = 0
  for (const item of items) list.push(item)
}

function insert<T extends { id: string }>(list: T[], row: T, before: string | undefined): void {
  const at = before === undefined ? -1 : list.findIndex(item => item.id === before)
  if (at < 0) list.push(row)
  else list.splice(at, 0, row)
}

function touch(draft: Draft, table: Table, id: string): void {
  draft.touched[table].add(id)
  if (table === 'link') draft.logicChanged = true
}

function badLink(draft: Draft, link: Link): EditError | undefined {
  const index = draft.index()
  for (const end of [link.from, link.to]) {
    if (!index.has(end)) return { code: 'schedule.edit.unknown', what: 'task', id: end }
  }
  if (link.from === link.to) return { code: 'schedule.edit.self', task: link.from }
  const within = familyOf(draft, link)
  if (within) return within
  // Microsoft allows one link between two tasks, Primavera one of each type.
  const other = draft.rows.link.find(
    item =>
      item.id !== link.id &&
      item.from === link.from &&
      item.to === link.to &&
      (draft.plan.mode === 'ms' || item.type === link.type),
  )
  return other && { code: 'schedule.edit.linked_already', from: link.from, to: link.to, link: other.id }
}

/** After the outline changed: the first link that came to lie within one family. */
export function linkWithinFamily(draft: Draft, network: Network | undefined): EditError | undefined {
  const { link: links } = draft.rows
  for (let i = 0; i < links.length; i++) {
    if (network && !liesAbove(network, network.linkFrom[i]!, network.linkTo[i]!)) continue
    const error = familyOf(draft, links[i]!)
    if (error) return error
  }
  return undefined
}

/** Whether one of two tasks lies above the other; the network's outline has no circles. */
function liesAbove({ parent }: Network, a: number, b: number): boolean {
  for (let up = parent[a]!; up >= 0; up = parent[up]!) if (up === b) return true
  for (let up = parent[b]!; up >= 0; up = parent[up]!) if (up === a) return true
  return false
}

/** A link between a summary and a task below it would wait for itself. */
function familyOf(draft: Draft, link: Link): EditError | undefined {
  if (isAbove(draft, link.from, link.to)) {
    return { code: 'schedule.edit.within_summary', summary: link.from, task: link.to, link: link.id }
  }
  if (isAbove(draft, link.to, link.from)) {
    return { code: 'schedule.edit.within_summary', summary: link.to, task: link.from, link: link.id }
  }
  return undefined
}

function isAbove(draft: Draft, upper: string, lower: string): boolean {
  const index = draft.index()
  let up = draft.tasks[index.get(lower) ?? -1]?.parent
  for (let steps = 0; up !== undefined && steps <= draft.tasks.length; steps++) {
    if (up === upper) return true
    up = draft.tasks[index.get(up) ?? -1]?.parent
  }
  return false
}

function badAssignment(draft: Draft, row: Assignment): EditError | undefined {
  if (!draft.index().has(row.task)) return { code: 'schedule.edit.unknown', what: 'task', id: row.task }
  if (!draft.rows.resource.some(item => item.id === row.resource)) {
    return { code: 'schedule.edit.unknown', what: 'resource', id: row.resource }
  }
  const other = draft.rows.assignment.find(
    item => item.id !== row.id && item.task === row.task && item.resource === row.resource,
  )
  return other && { code: 'schedule.edit.duplicate', what: 'assignment', id: other.id }
}

function badResource(draft: Draft, row: Resource): EditError | undefined {
  if (row.calendar !== undefined && !draft.plan.calendars.some(item => item.id === row.calendar)) {
    return { code: 'schedule.edit.unknown', what: 'calendar', id: row.calendar }
  }
  return undefined
}
