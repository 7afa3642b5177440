// The ways a list can be looked at: as a table, on a board, in a calendar; which of them an entity's fields allow.
import type { EntityMeta, FieldMeta } from '@yingzao/kernel/entity'
import { allFields, anyField } from '../field/system.ts'

export const LOOKS = ['table', 'board', 'calendar'] as const
export type Look = (typeof LOOKS)[number]

/** When a record was entered is its history, not its place in a calendar. */
const trail = new Set(['created_at', 'updated_at', 'deleted_at'])
const lanes = new Set(['choice', 'user', 'org_unit', 'ref', 'flag'])
const visible = (field: FieldMeta | undefined): field is FieldMeta => field !== undefined && field.right !== 'masked'

/** Fields whose values can be the lanes of a board; the first is where a board starts. */
export function laneFields(entity: EntityMeta): readonly FieldMeta[] {
  const declared = Object.values(entity.views ?? {}).flatMap(view => (view.kind === 'board' ? [view.by] : []))
  const fitting = allFields(entity).filter(field => lanes.has(field.kind) && !field.quiet && visible(field))
  const rank = (field: FieldMeta) =>
    declared.includes(field.name) ? 0 : field.name === 'stage' ? 1 : field.kind === 'choice' ? 2 : 3
  return fitting.toSorted((a, b) => rank(a) - rank(b))
}

/** From when until when a record stands in the calendar. */
export interface Span {
  readonly from: FieldMeta
  readonly to: FieldMeta | null
}

/** Spans an entity can be shown by: the declared first, then every other date of its own. */
export function spans(entity: EntityMeta): readonly Span[] {
  const declared = Object.values(entity.views ?? {}).flatMap((view): Span[] => {
    if (view.kind !== 'calendar') return []
    const from = anyField(entity, view.from)
    const to = view.to === undefined ? undefined : anyField(entity, view.to)
    return visible(from) ? [{ from, to: visible(to) ? to : null }] : []
  })
  const used = new Set(declared.flatMap(span => [span.from.name, span.to?.name]))
  const others = entity.fields
    .filter(field => (field.kind === 'date' || field.kind === 'instant') && visible(field) && !field.quiet)
    .filter(field => !used.has(field.name) && !trail.has(field.name))
    .map((from): Span => ({ from, to: null }))
  return [...declared, ...others]
}

/** A board needs lanes that somebody chose: a choice or a stage, or a declared view. A reference alone makes no board. */
export const looksOf = (entity: EntityMeta): readonly Look[] =>
  LOOKS.filter(look =>
    look === 'board'
      ? laneFields(entity).some(field => field.kind === 'choice') ||
        Object.values(entity.views ?? {}).some(view => view.kind === 'board')
      : look === 'calendar'
        ? spans(entity).length > 0
        : true,
  )
