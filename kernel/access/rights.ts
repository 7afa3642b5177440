// Rights of a principal over an entity: function ∩ place of the role ∩ data scope, per function and per field.
// Every exit (list, get, aggregate, search, history, export, titles, live) asks here and nowhere else.
import type { FieldRight, Place, Scope } from '@yingzao/kernel/entity'
import type { Ctx, Guest, HeldRole, Principal } from '../context.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import { type Registry, shapeOf } from '../registry.ts'
import { below, type GrantRow, type RightsBook } from './book.ts'
import { keeper } from './kept.ts'
import { among, type DelegatedField, intersect, isNone, none, type Rows, unite } from './rows.ts'

/** What a field right is asked for. */
export type FieldUse = 'read' | 'masked' | 'create' | 'update'

export interface Rights {
  /** Rows on which the function may be done. */
  rows(fn: string): Rows
  /** Rows on which the field may be used so; `lines.amount` names a line's field. Always within the rows of its function. */
  field(name: string, use: FieldUse): Rows
  /** Functions that may be done on some row. */
  readonly functions: readonly string[]
}

const compiled = keeper<Rights>()
const everything: Rights = { rows: () => 'all', field: () => 'all', functions: ['*'] }
const nothing: Rights = { rows: () => none, field: () => none, functions: [] }

/** System code is not filtered; a principal that was not loaded may do nothing. */
export function rightsOf(ctx: Pick<Ctx, 'principal' | 'registry'>, entity: string): Rights {
  const { principal, registry } = ctx
  if (principal.kind === 'system') return everything
  const { guest, rights: book } = principal
  if (principal.kind === 'guest' ? !guest : !book) return nothing
  const shape = shapeOf(registry, entity)
  return compiled(principal, shape, '', () =>
    principal.kind === 'guest' && guest
      ? ofGuest(guest, registry, shape)
      : book
        ? compile(registry, principal, book, shape)
        : nothing,
  )
}

/** What the invitation names, of that one record, as far as the inviter may do it himself now. */
function ofGuest({ entity, record, functions, fields, sponsor }: Guest, registry: Registry, shape: Shape): Rights {
  if ((shape.parent?.entity ?? shape.name) !== entity) return nothing
  const behind = rightsOf({ principal: sponsor, registry }, entity)
  const here = among('id', [record])
  const rows = (fn: string): Rows => (functions.has(fn) ? intersect(here, behind.rows(fn)) : none)
  return {
    rows,
    // He changes no field by himself: what he says is kept as an answer, and taken over by code.
    field: (name, use) =>
      (use === 'read' || use === 'masked') && fields.has(name) ? intersect(here, behind.field(name, use)) : none,
    functions: [...functions].filter(fn => !isNone(rows(fn))),
  }
}

/** Equal signatures see the same rows and fields: what is pushed live is queried once for each. */
export function signatureOf(ctx: Pick<Ctx, 'principal' | 'registry'>, entity: string): string {
  const rights = rightsOf(ctx, entity)
  const { fields } = shapeOf(ctx.registry, entity)
  return JSON.stringify([
    rights.rows('read'),
    ...[...fields.keys()].map(name => [rights.field(name, 'read'), rights.field(name, 'masked')]),
  ])
}

/** A role held somewhere and a grant of that role. */
export interface Source {
  readonly held: HeldRole
  readonly grant: GrantRow
}

export const sourcesOf = (principal: Principal, book: RightsBook, entity: string): Source[] =>
  principal.roles.flatMap(held =>
    (book.grants.byEntity.get(entity) ?? []).flatMap(grant => (grant.role === held.role ? [{ held, grant }] : [])),
  )

function compile(registry: Registry, principal: Principal, book: RightsBook, shape: Shape): Rights {
  const entity = shape.parent?.entity ?? shape.name
  const owner = shape.parent ? shapeOf(registry, entity) : shape
  const sources = sourcesOf(principal, book, entity)
  const hides = book.delegated.get(entity)
  const delegated = hides === undefined ? null : principal.user
  const rowsOfSource = new Map<Source, Map<Use, Rows>>()
  const reach = (source: Source, fn: string): Rows => {
    const use = useOf(owner, fn)
    const cached = rowsOfSource.get(source) ?? new Map<Use, Rows>()
    rowsOfSource.set(source, cached)
    const known = cached.get(use)
    if (known) return known
    const made = intersect(
      placeRows(registry, book, owner, source.held, use),
      scopeRows(registry, principal, book, owner, source.grant.scope, use),
    )
    cached.set(use, made)
    return made
  }
  const delegation = (fn: string, field: DelegatedField | null): Rows =>
    delegated === null ? none : [[{ is: 'delegated', user: delegated, fn, field }]]
  /** Basic fields come with the record, unless a delegation hides them; the others it must name. */
  const ofField = (name: string, group: string): DelegatedField | null => {
    const basic = group === 'basic' && !name.includes('.')
    const hidden = hides?.has(name) || hides?.has(group)
    return basic && !hidden ? null : { names: [name, group], otherwise: basic ? 'read' : 'hidden' }
  }

  const rows = memo((fn: string): Rows => {
    if (!isWithin(principal.narrowed, entity, fn)) return none
    return unite([
      ...sources.filter(({ grant }) => grant.functions.includes(fn)).map(source => reach(source, fn)),
      delegation(fn, null),
    ])
  })
  const field = memo((key: string): Rows => {
    const [use = '', name = ''] = key.split(' ')
    const fn = use === 'create' || use === 'update' ? use : 'read'
    const found = fieldOf(owner, name)
    if (!found || isNone(rows(fn))) return none
    if (found.system) return fn === 'read' ? rows('read') : none
    const least: FieldRight = use === 'masked' ? 'masked' : use === 'read' ? 'read' : 'edit'
    return unite([
      ...sources
        .filter(({ grant }) => grant.functions.includes(fn) && atLeast(fieldRight(grant, owner, name), least))
        .map(source => reach(source, fn)),
      delegation(fn, ofField(name, found.group)),
    ])
  })
  return {
    rows,
    field: (name, use) => field(`${use} ${name}`),
    functions: [
      ...new Set([...sources.flatMap(({ grant }) => grant.functions), ...(delegated ? documentFunctions : [])]),
    ].filter(fn => !isNone(rows(fn))),
  }
}

const documentFunctions = [
  ...['read', 'update', 'approve', 'reject', 'return', 'export'],
  ...['transfer', 'add_signer', 'take_back', 'copy_to', 'remind', 'amend'],
]

function memo(make: (key: string) => Rows): (key: string) => Rows {
  const made = new Map<string, Rows>()
  return key => {
    const known = made.get(key)
    if (known) return known
    const rows = make(key)
    made.set(key, rows)
    return rows
  }
}

/** `project:read`, `project:*`, `*:read`, `*`. */
const isWithin = (narrowed: Principal['narrowed'], entity: string, fn: string): boolean =>
  narrowed === null || [`${entity}:${fn}`, `${entity}:*`, `*:${fn}`, '*'].some(each => narrowed.includes(each))

export const isReading = (shape: Shape, fn: string): boolean =>
  fn === 'read' || fn === 'export' || shape.def.verbs?.[fn]?.reads === true

/** What a function does with a row: a record between two places (`beside`) is changed itself only from its own. */
export type Use = 'read' | 'act' | 'change'
const changing: ReadonlySet<string> = new Set(['create', 'update', 'delete', 'import'])
export const useOf = (shape: Shape, fn: string): Use =>
  isReading(shape, fn) ? 'read' : changing.has(fn) ? 'change' : 'act'

/** Fields in the reader's words, for a refusal. */
export const fieldWords = (shape: Shape, names: readonly string[], lang: Ctx['lang']): string =>
  names.map(name => fieldOf(shape, name)?.def.label[lang] ?? name).join(lang === 'zh' ? '、' : ', ')

/** A field of the entity, or of its lines when the name has a point. */
function fieldOf(shape: Shape, name: string): FieldShape | undefined {
  const [lines, inner] = name.split('.')
  if (inner === undefined) return shape.fields.get(name)
  return shape.lines.find(each => each.field === lines)?.of.fields.get(inner)
}

const rank: Readonly<Record<FieldRight, number>> = { hidden: 0, masked: 1, read: 2, edit: 3 }
const atLeast = (right: FieldRight, least: FieldRight): boolean => rank[right] >= rank[least]
const lower = (a: FieldRight, b: FieldRight): FieldRight => (rank[a] <= rank[b] ? a : b)

/** By the field's own name, else by its group; `basic` follows the functions, everything else is denied until granted. */
export function fieldRight(grant: GrantRow, shape: Shape, name: string): FieldRight {
  const field = fieldOf(shape, name)
  if (!field) return 'hidden'
  const [lines, inner] = name.split('.')
  const own =
    grant.fields[name] ?? grant.fields[field.group] ?? (field.group === 'basic' ? ofFunctions(grant) : 'hidden')
  return inner === undefined || lines === undefined ? own : lower(own, fieldRight(grant, shape, lines))
}
const ofFunctions = ({ functions }: GrantRow): FieldRight =>
  functions.includes('create') || functions.includes('update') ? 'edit' : 'read'

/** Rows that lie where the role is held. */
export function placeRows(registry: Registry, book: RightsBook, { def }: Shape, { at }: HeldRole, use: Use): Rows {
  const { company, department, project, root, beside } = def.place ?? {}
  const reads = use === 'read'
  const { units } = book.grants
  const atRoot = at.kind === 'company' && at.id === units.root
  if (root) return reads || atRoot ? 'all' : none
  // Without a place the rows are shared reference data: read by any role, written from a company.
  if (company === undefined && department === undefined && project === undefined)
    return reads || at.kind === 'company' ? 'all' : none
  if (atRoot) return 'all'
  const here = placedAt(registry, book, { company, department, project }, at)
  return beside && use !== 'change' ? unite([here, placedAt(registry, book, beside, at)]) : here
}

function placedAt(
  registry: Registry,
  book: RightsBook,
  { company, department, project }: NonNullable<Place['beside']>,
  at: HeldRole['at'],
): Rows {
  if (at.kind === 'project') return project === undefined ? none : among(project, [at.id])
  const ids = below(book.grants.units, at.id)
  if (at.kind === 'company' && company !== undefined) return among(company, ids)
  if (department !== undefined) return among(department, ids)
  return throughProject(registry, project, at.kind, ids)
}

/** Rows of an entity that knows only its project, by the project's company or department. */
function throughProject(
  registry: Registry,
  column: string | undefined,
  kind: 'company' | 'department',
  ids: readonly string[],
): Rows {
  const scope = registry.scopes.get('project')
  if (column === undefined || column === 'id' || !scope) return none
  const place = shapeOf(registry, scope.entity).def.place
  const inner = kind === 'company' ? (place?.company ?? place?.department) : place?.department
  if (inner === undefined || ids.length === 0) return none
  return [[{ is: 'through', column, entity: scope.entity, inner, ids: [...ids].sort() }]]
}

export function scopeRows(
  registry: Registry,
  principal: Principal,
  book: RightsBook,
  { def }: Shape,
  scope: Scope,
  use: Use,
): Rows {
  const { department, project, owner, beside } = def.place ?? {}
  const places = beside && use !== 'change' ? [{ department, project }, beside] : [{ department, project }]
  const inDepartments = (ids: readonly string[]) =>
    unite(
      places.map(({ department, project }) =>
        department !== undefined ? among(department, ids) : throughProject(registry, project, 'department', ids),
      ),
    )
  const inProjects = (ids: readonly string[]) =>
    unite(places.map(({ project }) => (project === undefined ? none : among(project, ids))))
  const me = principal.user
  if (scope === 'all') return 'all'
  if (scope === 'own')
    return me === null ? none : unite(['created_by', ...(owner ?? [])].map(column => among(column, [me])))
  if (scope === 'department') return inDepartments(principal.departments)
  if (scope === 'department_below')
    return inDepartments([...new Set(principal.departments.flatMap(id => below(book.grants.units, id)))])
  if (scope === 'my_projects') return inProjects(book.projects)
  return 'departments' in scope ? inDepartments(scope.departments) : inProjects(scope.projects)
}
