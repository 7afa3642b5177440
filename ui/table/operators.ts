// Which comparisons a kind of field offers, and the filter each makes.
import type { FieldMeta, Filter, Json } from '@yingzao/kernel/entity'
import type { text } from './text.ts'

export type OperatorName =
  | 'is'
  | 'isNot'
  | 'contains'
  | 'any'
  | 'ge'
  | 'le'
  | 'between'
  | 'empty'
  | 'filled'
  | 'yes'
  | 'no'
export type Wants = 'none' | 'one' | 'two' | 'many'

export interface Operator {
  readonly name: OperatorName
  readonly word: Extract<keyof typeof text, `op${string}`>
  readonly wants: Wants
}

const all: Readonly<Record<OperatorName, Operator>> = {
  is: { name: 'is', word: 'opIs', wants: 'one' },
  isNot: { name: 'isNot', word: 'opIsNot', wants: 'one' },
  contains: { name: 'contains', word: 'opContains', wants: 'one' },
  any: { name: 'any', word: 'opAny', wants: 'many' },
  ge: { name: 'ge', word: 'opGe', wants: 'one' },
  le: { name: 'le', word: 'opLe', wants: 'one' },
  between: { name: 'between', word: 'opBetween', wants: 'two' },
  empty: { name: 'empty', word: 'opEmpty', wants: 'none' },
  filled: { name: 'filled', word: 'opFilled', wants: 'none' },
  yes: { name: 'yes', word: 'opYes', wants: 'none' },
  no: { name: 'no', word: 'opNo', wants: 'none' },
}

export function operatorsOf(field: FieldMeta): readonly Operator[] {
  switch (field.kind) {
    case 'text':
    case 'long_text':
    case 'serial':
      return [all.contains, all.is, all.isNot, all.empty, all.filled]
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
    case 'duration':
      return [all.ge, all.le, all.between, all.is, all.empty, all.filled]
    case 'date':
    case 'instant':
      return [all.between, all.ge, all.le, ...(field.kind === 'date' ? [all.is] : []), all.empty, all.filled]
    case 'choice':
    case 'ref':
    case 'user':
    case 'org_unit':
      return [all.any, all.isNot, all.empty, all.filled]
    case 'flag':
      return [all.yes, all.no]
    case 'multi_choice':
    case 'multi_ref':
      return [all.any, all.empty, all.filled]
    case 'secret':
      return [all.is, all.empty, all.filled]
    case 'file':
      return [all.empty, all.filled]
    default:
      return []
  }
}

/** The filter a comparison makes; null while its value is missing. */
export function filterOf(operator: OperatorName, value: Json | undefined, second: Json | undefined): Filter | null {
  const given = value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  const other = second !== undefined && second !== null && second !== ''
  switch (operator) {
    case 'empty':
      return { empty: true }
    case 'filled':
      return { empty: false }
    case 'yes':
      return { eq: true }
    case 'no':
      return { eq: false }
    case 'is':
      return given ? { eq: value } : null
    case 'isNot':
      return given ? { ne: value } : null
    case 'contains':
      return given ? { contains: String(value) } : null
    case 'any':
      return given ? { in: Array.isArray(value) ? value : [value] } : null
    case 'ge':
      return given ? { ge: value } : null
    case 'le':
      return given ? { le: value } : null
    case 'between':
      return given || other ? { ...(given ? { ge: value } : {}), ...(other ? { le: second ?? null } : {}) } : null
  }
}

/** The comparison a filter came from, with its values. */
export function readOperator(filter: Filter): { operator: OperatorName; value?: Json; second?: Json } {
  if (filter.empty !== undefined) return { operator: filter.empty ? 'empty' : 'filled' }
  if (filter.contains !== undefined) return { operator: 'contains', value: filter.contains }
  if (filter.in !== undefined) return { operator: 'any', value: filter.in }
  if (filter.eq !== undefined)
    return typeof filter.eq === 'boolean'
      ? { operator: filter.eq ? 'yes' : 'no' }
      : { operator: 'is', value: filter.eq }
  if (filter.ne !== undefined) return { operator: 'isNot', value: filter.ne }
  if (filter.ge !== undefined && filter.le !== undefined)
    return { operator: 'between', value: filter.ge, second: filter.le }
  if (filter.ge !== undefined) return { operator: 'ge', value: filter.ge }
  if (filter.le !== undefined) return { operator: 'le', value: filter.le }
  return { operator: 'filled' }
}
