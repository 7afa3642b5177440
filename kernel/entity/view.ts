// Views as declared: what the generic screens show first. People save their own beside them.

export interface TableView {
  readonly kind: 'table'
  readonly columns: readonly string[]
  readonly sort?: readonly string[] /* "-created_at" = descending */
  readonly group?: string
  readonly where?: string
}
export interface BoardView {
  readonly kind: 'board'
  readonly by: string
}
export interface CalendarView {
  readonly kind: 'calendar'
  readonly from: string
  readonly to?: string
}
export interface FormView {
  readonly kind: 'form'
  /** Sections of field names; a field not named comes last. */
  readonly sections: readonly { readonly label?: { zh: string; en: string }; readonly fields: readonly string[] }[]
}
export type View = TableView | BoardView | CalendarView | FormView

const words = (text: string) => text.split(' ').filter(Boolean)

/** `table('number project worked_on total_amount state', { sort: '-worked_on' })`. */
export const table = (columns: string, options: { sort?: string; group?: string; where?: string } = {}): TableView => ({
  kind: 'table',
  columns: words(columns),
  ...(options.sort === undefined ? {} : { sort: words(options.sort) }),
  ...(options.group === undefined ? {} : { group: options.group }),
  ...(options.where === undefined ? {} : { where: options.where }),
})
export const board = (by: string): BoardView => ({ kind: 'board', by })
export const calendar = (from: string, to?: string): CalendarView =>
  to === undefined ? { kind: 'calendar', from } : { kind: 'calendar', from, to }
/** One string of field names per section. */
export const form = (
  ...sections: readonly (string | { label: { zh: string; en: string }; fields: string })[]
): FormView => ({
  kind: 'form',
  sections: sections.map(section =>
    typeof section === 'string' ? { fields: words(section) } : { label: section.label, fields: words(section.fields) },
  ),
})
