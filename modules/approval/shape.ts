// What the actions of approval answer, as the server makes it and the pages read it.
import type { Flow } from '@yingzao/engines/approval'
import type { BoxRow, DiagramView, TrailView } from '@yingzao/kernel/approval/read'
import type { Simulated } from '@yingzao/kernel/approval/simulate'
import type { FieldMeta, Label } from '@yingzao/kernel/entity'

export type { BoxRow, DiagramView, Simulated, TrailView }
export interface BoxAnswer {
  readonly rows: readonly BoxRow[]
  readonly total: number
  /** Of my to-do, whatever the box. */
  readonly todo: number
}
export interface Edition {
  readonly id: string
  readonly version: number
  readonly edition: number | null
  readonly content: Flow
}
/** A flow in use: what the module ships and which edition is published instead. */
export interface FlowInUse {
  readonly name: string
  readonly label: Label
  readonly entity: string
  readonly entityLabel: Label
  /** Every field of the document: whoever draws its flow need not be able to read documents. */
  readonly fields: readonly FieldMeta[]
  /** And of its lines, by the field that holds them. */
  readonly lines: readonly { readonly name: string; readonly label: Label; readonly fields: readonly FieldMeta[] }[]
  readonly shipped: Flow
  /** The field that says how much it is about, which powers are asked by. */
  readonly amount: string | null
  /** Money moves: nothing is passed by itself. */
  readonly money: boolean
  readonly published: Edition | null
  /** The newest one that was saved and not yet published. */
  readonly draft: Edition | null
}
export interface FlowsAnswer {
  readonly flows: readonly FlowInUse[]
  readonly roles: Readonly<Record<string, Label>>
}
