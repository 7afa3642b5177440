// What the search for duplicate companies answers.
import type { Id } from '@yingzao/kernel/entity'

export interface AlikeCompany {
  readonly id: Id<'counterparty'>
  readonly code: string | null
  readonly name: string
  readonly credit_code: string | null
  readonly standing: string | null
}
export interface AlikePair {
  readonly a: AlikeCompany
  /** Null when a typed name was compared with the register. */
  readonly b: AlikeCompany | null
  /** 0–1. */
  readonly likeness: number
}
