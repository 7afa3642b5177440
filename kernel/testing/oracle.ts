// The rights of the test enterprise, worked out a second time in plain TypeScript from the declarations alone: no predicate, no
// cache, no SQL. What the store answers is compared with this.
import type { FieldRight, Grant } from '@yingzao/kernel/entity'

export interface Place {
  readonly company: string
  readonly department: string
  readonly project: string
}
export interface HeldAt {
  readonly role: string
  readonly kind: 'company' | 'department' | 'project'
  readonly at: string
}
export interface Reader {
  readonly id: string
  readonly held: readonly HeldAt[]
  readonly departments: readonly string[]
  /** Projects the reader takes part in. */
  readonly projects: readonly string[]
}
export interface OracleRow {
  readonly place: Place | null
  readonly owners: readonly (string | null)[]
}
/** `parents` of the organisation: child → parent. */
export interface Organisation {
  readonly parents: ReadonlyMap<string, string | null>
}

/** Is `unit` the place itself or below it? */
function isWithin({ parents }: Organisation, unit: string | null, at: string): boolean {
  for (let each = unit; each !== null; each = parents.get(each) ?? null) if (each === at) return true
  return false
}

function reaches(organisation: Organisation, reader: Reader, held: HeldAt, grant: Grant, row: OracleRow): boolean {
  const { place } = row
  const placed =
    place === null
      ? true
      : held.kind === 'project'
        ? place.project === held.at
        : held.kind === 'company'
          ? isWithin(organisation, place.company, held.at)
          : isWithin(organisation, place.department, held.at)
  if (!placed) return false
  if (grant.scope === 'all') return true
  if (grant.scope === 'own') return row.owners.includes(reader.id)
  if (grant.scope === 'department_below')
    return place !== null && reader.departments.some(department => isWithin(organisation, place.department, department))
  if (place === null) return false
  if (grant.scope === 'department') return reader.departments.includes(place.department)
  if (grant.scope === 'my_projects') return reader.projects.includes(place.project)
  return 'departments' in grant.scope
    ? grant.scope.departments.includes(place.department)
    : grant.scope.projects.includes(place.project)
}

const rank: readonly FieldRight[] = ['hidden', 'masked', 'read', 'edit']

/** May the reader do it with this row? */
export const may = (
  organisation: Organisation,
  reader: Reader,
  access: readonly Grant[],
  fn: string,
  row: OracleRow,
): boolean =>
  access.some(grant =>
    reader.held.some(
      held =>
        held.role === grant.role && grant.functions.includes(fn) && reaches(organisation, reader, held, grant, row),
    ),
  )

/** The best right to a field of this row, over the roles that let the reader read the row. */
export function fieldRight(
  organisation: Organisation,
  reader: Reader,
  access: readonly Grant[],
  group: string,
  name: string,
  row: OracleRow,
): FieldRight {
  let best = 0
  for (const grant of access) {
    const writes = grant.functions.includes('create') || grant.functions.includes('update')
    const right =
      grant.fields[name] ?? grant.fields[group] ?? (group === 'basic' ? (writes ? 'edit' : 'read') : 'hidden')
    const applies = reader.held.some(
      held =>
        held.role === grant.role && grant.functions.includes('read') && reaches(organisation, reader, held, grant, row),
    )
    if (applies) best = Math.max(best, rank.indexOf(right))
  }
  return rank[best] ?? 'hidden'
}
