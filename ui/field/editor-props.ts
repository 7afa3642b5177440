// What every input of a field is given.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import type { Refs } from './value.tsx'

export interface EditorProps {
  readonly field: FieldMeta
  readonly value: Json | undefined
  readonly onChange: (value: Json) => void
  readonly id?: string
  /** Spoken name where no <label> stands beside: cells, filters. */
  readonly label?: string
  readonly disabled?: boolean
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly autoFocus?: boolean
  /** Inside a cell: no border, opens at once. */
  readonly cell?: boolean
  readonly refs?: Refs
  /** The other values of the record: what is offered may follow them. */
  readonly record?: Readonly<Record<string, Json | undefined>>
  /** What was typed to open the cell. */
  readonly typed?: string
  /** Offer to create what is not found (forms, not filters). */
  readonly create?: boolean
}
