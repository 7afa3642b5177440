// Which fields of a line stand in a table of lines, typed or read.
import type { EntityMeta, FieldMeta, Json } from '@yingzao/kernel/entity'
import { isDecimal } from '@yingzao/kernel/entity'
import { addDecimals } from '../field/decimal.ts'
import { addsUp } from '../table/list-state.ts'
import type { Row } from './rows.ts'

const other: ReadonlySet<string> = new Set(['lines', 'json', 'file'])

export const lineFields = (line: EntityMeta | undefined): readonly FieldMeta[] =>
  (line?.fields ?? []).filter(field => !field.quiet && !other.has(field.kind) && !(field.system && !field.formula))

/**
 * What stands below the lines, by field: nothing where there are none. Quantities of several units have no sum, nor have amounts
 * that come in and go out.
 */
export function lineSums(fields: readonly FieldMeta[], rows: readonly Row[]): readonly (readonly [FieldMeta, Json])[] {
  if (rows.length === 0) return []
  const alike = (name: string) => new Set(rows.map(row => row[name] ?? null)).size === 1
  const [oneUnit, oneWay] = [alike('unit'), alike('direction')]
  return fields
    .filter(field => addsUp(field) && (field.kind !== 'number' || oneUnit) && (field.kind !== 'money' || oneWay))
    .map(field => {
      const values = rows.map(row => row[field.name])
      if (field.kind !== 'duration') return [field, addDecimals(values.filter(isDecimal))]
      return [field, values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0)]
    })
}
