// What can be granted on an entity: its functions, the scopes that can match its rows, its fields. The same list is offered to
// administrators and holds when a grant is written.
import { type FieldRight, type Id, isId, type Json, type Scope } from '@yingzao/kernel/entity'
import { allFunctions } from '../records/can.ts'
import type { FieldError } from '../refuse.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import { type Registry, shapeOf } from '../registry.ts'

/** A scope by its kind: named places are `departments` and `projects`. */
export type ScopeKind = Extract<Scope, string> | 'departments' | 'projects'

export interface Grantable {
  readonly functions: readonly string[]
  readonly scopes: readonly ScopeKind[]
  /** By the name a grant uses: `amount`, `lines.amount`. */
  readonly fields: ReadonlyMap<string, FieldShape>
}

const known = new WeakMap<Shape, Grantable>()

export function grantableOf(registry: Registry, shape: Shape): Grantable {
  const before = known.get(shape)
  if (before) return before
  const made: Grantable = {
    // A verb that only reads comes with the right to read.
    functions: allFunctions(shape).filter((fn, at, all) => !shape.def.verbs?.[fn]?.reads && all.indexOf(fn) === at),
    scopes: scopesOf(registry, shape),
    fields: new Map(
      [
        ...[...shape.fields.values()].map(field => [field.name, field] as const),
        ...shape.lines.flatMap(({ field, of }) =>
          [...of.fields.values()].map(inner => [`${field}.${inner.name}`, inner] as const),
        ),
      ].filter(([, field]) => !field.system),
    ),
  }
  known.set(shape, made)
  return made
}

/** A scope that no row of the entity could ever match is not offered. */
function scopesOf(registry: Registry, { def }: Shape): ScopeKind[] {
  const { department, project } = def.place ?? {}
  const scope = registry.scopes.get('project')
  const throughProject =
    project !== undefined &&
    project !== 'id' &&
    scope !== undefined &&
    shapeOf(registry, scope.entity).def.place?.department !== undefined
  return [
    'own',
    ...(department !== undefined || throughProject ? (['department', 'department_below', 'departments'] as const) : []),
    ...(project !== undefined ? (['my_projects', 'projects'] as const) : []),
    'all',
  ]
}

export const scopeKind = (scope: Scope): ScopeKind =>
  typeof scope === 'string' ? scope : 'departments' in scope ? 'departments' : 'projects'

const rights: ReadonlySet<unknown> = new Set<FieldRight>(['hidden', 'masked', 'read', 'edit'])

/** What a grant says, as it was written: administrators and importers may have written anything. */
export interface GrantText {
  readonly entity: string
  readonly functions: Json
  readonly scope: Json
  readonly fields: Json
}

/**
 * What is wrong with a grant. What stood in it before is let pass: a function or field that a new version no longer has
 * grants nothing, and must not keep anybody from saving the rest.
 */
export function faultsOfGrant(registry: Registry, grant: GrantText, before: GrantText | null): FieldError[] {
  const shape = registry.shapes.get(grant.entity)
  if (!shape || shape.kind === 'line')
    return [{ path: 'entity', code: 'access.unknown_entity', values: { entity: grant.entity } }]
  const can = grantableOf(registry, shape)
  return [
    ...faultsOfFunctions(can, grant.functions, before?.functions ?? null),
    ...faultsOfScope(can, grant.scope, before?.scope ?? null),
    ...faultsOfFields(can, grant.fields, before?.fields ?? null),
  ].map(({ path, code, value }) => ({
    path,
    code,
    values: { entity: grant.entity, ...(value === undefined ? {} : { value }) },
  }))
}

interface Fault {
  readonly path: string
  readonly code: string
  readonly value?: string
}

function faultsOfFunctions(can: Grantable, given: Json, before: Json): Fault[] {
  const path = 'functions'
  if (!Array.isArray(given) || given.length === 0) return [{ path, code: 'field.required' }]
  const old: readonly Json[] = Array.isArray(before) ? before : []
  return given
    .filter(each => !can.functions.some(fn => fn === each) && !old.includes(each))
    .map(each => ({ path, code: 'access.unknown_function', value: String(each) }))
}

function faultsOfScope(can: Grantable, given: Json, before: Json): Fault[] {
  const path = 'scope'
  const scope = readScope(given)
  if (!scope) return [{ path, code: 'field.option' }]
  if (can.scopes.includes(scopeKind(scope)) || JSON.stringify(given) === JSON.stringify(before)) return []
  return [{ path, code: 'access.scope', value: scopeKind(scope) }]
}

function faultsOfFields(can: Grantable, given: Json, before: Json): Fault[] {
  const path = 'fields'
  if (given === null) return []
  if (typeof given !== 'object' || Array.isArray(given)) return [{ path, code: 'field.option' }]
  const old = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}
  const groups = new Set([...can.fields.values()].map(field => field.group))
  return Object.entries(given).flatMap(([name, right]): Fault[] => {
    if (!rights.has(right)) return [{ path, code: 'access.unknown_right', value: String(right) }]
    return can.fields.has(name) || groups.has(name) || name in old
      ? []
      : [{ path, code: 'access.unknown_field', value: name }]
  })
}

/** A scope as a grant holds it; null for what is none. */
export function readScope(value: Json): Scope | null {
  const simple = (['own', 'department', 'department_below', 'my_projects', 'all'] as const).find(each => each === value)
  if (simple) return simple
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const [[kind, ids] = [], ...more] = Object.entries(value)
  if (more.length > 0 || !Array.isArray(ids)) return null
  const named = ids.filter((id): id is Id => isId(id))
  if (named.length !== ids.length || named.length === 0) return null
  return kind === 'departments' ? { departments: named } : kind === 'projects' ? { projects: named } : null
}
