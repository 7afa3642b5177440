// How much a document is about: the field its entity names, else the first money field of its header.
import { type Decimal, isDecimal } from '@yingzao/kernel/entity'
import type { Draft } from '../records/draft.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'

/** Undefined where no money moves in the header. */
export const amountField = (shape: Shape): FieldShape | undefined =>
  shape.def.amount === undefined
    ? [...shape.fields.values()].find(field => field.def.kind === 'money')
    : shape.fields.get(shape.def.amount)

export function amountOf(shape: Shape, draft: Draft): Decimal | null {
  const field = amountField(shape)
  const value = field && draft.values[field.name]
  return isDecimal(value) ? value : null
}
