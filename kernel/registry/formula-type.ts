// Which names a formula sees, and with which types: the fields of a record, of its lines, of the header.
import type { Environment, FormulaType } from '@yingzao/engines/formula'
import type { FieldDef } from '@yingzao/kernel/entity'
import { type FieldShape, type Shape, targetOf } from './shape.ts'

/** Null for kinds that no formula can look into. */
export function formulaType(field: FieldDef, lines: (entity: string) => Shape | undefined): FormulaType | null {
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
      return { kind: 'date' }
    case 'instant':
      return { kind: 'instant' }
    case 'flag':
      return { kind: 'flag' }
    case 'choice':
      return { kind: 'any_choice', options: Object.keys(field.options) }
    case 'multi_choice':
      return { kind: 'list', of: { kind: 'any_choice', options: Object.keys(field.options) } }
    case 'ref':
    case 'user':
    case 'org_unit':
      return { kind: 'ref', entity: targetOf(field) ?? '' }
    case 'lines': {
      const of = lines(field.of)
      return of ? { kind: 'lines', entity: field.of, fields: typesOf(of.fields.values(), () => undefined) } : null
    }
    default:
      return null
  }
}

export function typesOf(
  fields: Iterable<FieldShape>,
  lines: (entity: string) => Shape | undefined,
): Record<string, FormulaType> {
  const types: Record<string, FormulaType> = {}
  for (const { name, def } of fields) {
    const type = formulaType(def, lines)
    if (type) types[name] = type
  }
  return types
}

/** The record's own names; other records are reached by hooks, not by formulas. `only` narrows to the granted ones. */
export const environmentOf = (
  shapes: ReadonlyMap<string, Shape>,
  shape: Shape,
  only: (field: FieldShape) => boolean = () => true,
): Environment => {
  const own = [...shape.fields.values()].filter(only)
  const fields = typesOf(own, entity => shapes.get(entity))
  fields.id = { kind: 'ref', entity: shape.name }
  // Inside a line, `doc.x` is the header's field; only what was entered there, since lines are computed first.
  const header = shape.parent ? shapes.get(shape.parent.entity) : undefined
  if (!header) return { fields }
  return {
    fields,
    doc: typesOf(
      [...header.fields.values()].filter(each => each.def.formula === undefined && each.def.kind !== 'lines'),
      () => undefined,
    ),
  }
}
