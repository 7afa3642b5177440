// Access as declared: shipped `allow(...)` lines seed grants, which administrators then edit as data.

/** Which rows: united per function over all roles a person holds, each only at the place where it is held. */
export type Scope =
  | 'own' /* created by me, or I am in a field marked `owner` */
  | 'department' /* my departments, main and side */
  | 'department_below' /* and everything below them */
  | 'my_projects' /* projects I take part in */
  | 'all' /* everything at the place where the role is held */
  | { readonly departments: readonly string[] }
  | { readonly projects: readonly string[] }

export type FieldRight = 'hidden' | 'masked' | 'read' | 'edit'

/** Functions every entity has; actions and transitions add their own verbs. */
export const recordFunctions = ['read', 'create', 'update', 'delete', 'export', 'import'] as const
export type RecordFunction = (typeof recordFunctions)[number]

/** The function of seeing whole what one sees masked, one value at a time and with a line in the history (domain §12). */
export const unmasking = 'unmask'

export interface Grant {
  readonly role: string
  readonly functions: readonly string[]
  readonly scope: Scope
  /** Right per field group; `basic` follows the functions (edit when create or update is given, else read). */
  readonly fields: Readonly<Record<string, FieldRight>>
}

/** `allow('foreman', 'create read update submit', { scope: 'own' })`. */
export const allow = (
  role: string,
  functions: string,
  options: { scope?: Scope; fields?: Readonly<Record<string, FieldRight>> } = {},
): Grant => ({
  role,
  functions: functions.split(' ').filter(Boolean),
  scope: options.scope ?? 'all',
  fields: options.fields ?? {},
})
