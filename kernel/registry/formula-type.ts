// The names and types of kernel/entity/formula-type.ts for shapes: with their system fields, narrowed to the granted ones.
import type { Environment, FormulaType } from '@yingzao/engines/formula'
import { formulaEnvironment, formulaType, formulaTypes, type NamedFields } from '../entity/formula-type.ts'
import type { FieldShape, Shape } from './shape.ts'

const named = (fields: Iterable<FieldShape>): NamedFields => [...fields].map(({ name, def }) => [name, def])
export const fieldsOfShapes = (shapes: ReadonlyMap<string, Shape>) => (entity: string) => {
  const shape = shapes.get(entity)
  return shape && named(shape.fields.values())
}

/** Of fields that look into no lines. */
export const typesOf = (fields: Iterable<FieldShape>): Record<string, FormulaType> =>
  formulaTypes(named(fields), () => undefined)

/** `only` narrows to the granted fields. */
export const environmentOf = (
  shapes: ReadonlyMap<string, Shape>,
  shape: Shape,
  only: (field: FieldShape) => boolean = () => true,
): Environment => {
  const header = shape.parent ? shapes.get(shape.parent.entity) : undefined
  return formulaEnvironment(
    shape.name,
    named([...shape.fields.values()].filter(only)),
    fieldsOfShapes(shapes),
    header && named(header.fields.values()),
  )
}

/** Has it a value of its own that a formula can look into? Secrets, files and lines have none. */
export const isReachable = ({ def, column }: FieldShape): boolean =>
  column !== null && formulaType(def, () => undefined) !== null

/**
 * The environment with one step over references: `contract.amount`. Of the referenced entity every field that has a value of
 * its own, or the readable ones; an entity of which nothing may be read has none.
 */
export const withReferences = (
  shapes: ReadonlyMap<string, Shape>,
  environment: Environment,
  readable: (target: Shape, field: FieldShape) => boolean = () => true,
): Environment => ({
  ...environment,
  refs: entity => {
    const target = shapes.get(entity)
    return target && typesOf([...target.fields.values()].filter(field => isReachable(field) && readable(target, field)))
  },
})
