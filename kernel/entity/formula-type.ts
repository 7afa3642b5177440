// Which names a formula sees, and with which types: the fields of a record, of its lines, of the header. One answer for the
// server that checks a formula and for the form that runs it while somebody types.
import type { Environment, FormulaType } from '@yingzao/engines/formula'
import type { FieldDef } from './field.ts'

/** Fields by name. */
export type NamedFields = Iterable<readonly [name: string, field: FieldDef]>
/** The fields of a lines' entity; undefined where it may not be looked into. */
export type FieldsOf = (entity: string) => NamedFields | undefined

/** Null for kinds that no formula can look into. */
export function formulaType(field: FieldDef, fieldsOf: FieldsOf): FormulaType | null {
  switch (field.kind) {
    case 'text':
    case 'long_text':
    case 'serial':
      return { kind: 'text' }
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
    case 'duration':
      return { kind: 'number' }
    case 'date':
    case 'instant':
    case 'flag':
      return { kind: field.kind }
    case 'choice':
      return { kind: 'any_choice', options: Object.keys(field.options) }
    case 'multi_choice':
      return { kind: 'list', of: { kind: 'any_choice', options: Object.keys(field.options) } }
    case 'ref':
      return { kind: 'ref', entity: field.to }
    case 'user':
    case 'org_unit':
      return { kind: 'ref', entity: field.kind }
    case 'lines': {
      const of = fieldsOf(field.of)
      return of ? { kind: 'lines', entity: field.of, fields: formulaTypes(of, () => undefined) } : null
    }
    default:
      return null
  }
}

export function formulaTypes(fields: NamedFields, fieldsOf: FieldsOf): Record<string, FormulaType> {
  const types: Record<string, FormulaType> = {}
  for (const [name, field] of fields) {
    const type = formulaType(field, fieldsOf)
    if (type) types[name] = type
  }
  return types
}

/**
 * The record's own names; only rules and conditions look one record further (registry/formula-type.ts). Inside a line, `doc.x` is the header's field;
 * only what was entered there, since lines are computed first.
 */
export function formulaEnvironment(
  entity: string,
  fields: NamedFields,
  fieldsOf: FieldsOf,
  header?: NamedFields,
): Environment {
  const own = { ...formulaTypes(fields, fieldsOf), id: { kind: 'ref' as const, entity } }
  if (!header) return { fields: own }
  const entered = [...header].filter(([, field]) => field.formula === undefined && field.kind !== 'lines')
  return { fields: own, doc: formulaTypes(entered, () => undefined) }
}
