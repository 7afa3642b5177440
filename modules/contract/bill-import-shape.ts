// What the import of a bill of quantities shows before anything is written, and what it did.
import type { Decimal } from '@yingzao/kernel/entity'

export type BillPreview = {
  readonly name: string
  readonly format: 'xml' | 'table'
  readonly items: number
  /** As it will be kept: Σ quantity × price. */
  readonly amount: Decimal
  readonly groups: readonly {
    readonly group: 'works' | 'measure' | 'other' | 'tax'
    readonly items: number
    readonly amount: Decimal
  }[]
  readonly totals: readonly {
    readonly at: string
    readonly name: string
    readonly printed: Decimal
    readonly found: Decimal
  }[]
  readonly counts: Readonly<Record<string, number>>
  /** The first 500. */
  readonly findings: readonly {
    readonly code: string
    readonly at: string
    readonly values: Readonly<Record<string, string>>
  }[]
  /** By how codes begin: what was chosen the last time. */
  readonly prefixes: readonly {
    readonly prefix: string
    readonly items: number
    readonly amount: Decimal
    readonly sample: string
    readonly item: string | null
    readonly title: string | null
  }[]
  readonly first: readonly {
    readonly code: string
    readonly name: string
    readonly unit: string
    readonly qty: Decimal
    readonly price: Decimal
    readonly amount: Decimal
    readonly section: string
  }[]
}
/** What a file changes of a contract's bill. Amounts as the contract is written. */
export type BillChanges = {
  /** Items of the bill that change, that stay as they are, and new ones. */
  readonly matched: number
  readonly same: number
  readonly added: number
  /** New ones without a cost item. */
  readonly unmapped: number
  /** Items of which less than nothing would be left. */
  readonly below: number
  /** Of the variation: quantities at the prices of the bill, and what is new. */
  readonly amount: Decimal
  /** By the file: wanted = amount + byPrice + rounding. */
  readonly wanted: Decimal
  readonly byPrice: Decimal
  readonly rounding: Decimal
  /** Of the bill, and not in the file. */
  readonly untouched: { readonly items: number; readonly amount: Decimal }
  /** Where price or unit are not those of the bill: the first 200. */
  readonly differing: readonly {
    readonly code: string
    readonly name: string
    readonly price: Decimal
    readonly billPrice: Decimal
    readonly unit: string
    readonly billUnit: string
    readonly amount: Decimal
  }[]
}
export type BillBudgeted = {
  readonly id: string
  /** Of the whole version. */
  readonly amount: Decimal
  readonly lines: number
  /** Of an adjustment: lines that the bill does not name. */
  readonly kept: { readonly lines: number; readonly amount: Decimal } | null
}
export type BillImported = {
  readonly created: number
  readonly amount: Decimal
  /** Items whose code was there already got another: 010101001001-2. */
  readonly renamed: number
  /** Cost items for which bill and lines of the contract differ now. */
  readonly differences: number
}
