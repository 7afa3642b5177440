// A bill of quantities as files hold it: items in their parts, totals as printed, and everything that does not add up.
import type { Decimal } from '@yingzao/engines/money'

/** 分部分项 · 措施 · 其他（含规费） · 税金 */
export type BillGroup = 'works' | 'measure' | 'other' | 'tax'

export interface BillFileItem {
  /** Where it stands: "表-08 12" or "第 31 个清单元素". */
  readonly at: string
  readonly group: BillGroup
  /** 单项工程 / 单位工程 / 分部 / …, outermost first. */
  readonly section: readonly string[]
  readonly code: string
  readonly name: string
  readonly feature: string
  readonly unit: string
  /** As written; null where the file says none. */
  readonly qty: Decimal | null
  readonly price: Decimal | null
  /** 合价 as printed. */
  readonly amount: Decimal | null
}

export type BillFindingCode =
  /** A printed total differs from what stands below it. */
  | 'total'
  /** quantity × price is not the printed amount. */
  | 'amount'
  | 'duplicate_code'
  | 'no_code'
  /** Neither 9 nor 12 digits. */
  | 'odd_code'
  | 'no_unit'
  | 'no_qty'
  | 'no_price'
  /** More decimals than are kept (quantity 4, price 6). */
  | 'rounded'
  /** A cell or attribute that should be a number. */
  | 'not_a_number'
  /** A sheet, element or row that was not understood: it is not imported. */
  | 'unread'

export interface BillFinding {
  readonly code: BillFindingCode
  readonly at: string
  readonly values: Readonly<Record<string, string>>
}

/** A total as the file prints it, beside the sum of what is below it. */
export interface PrintedTotal {
  readonly at: string
  readonly name: string
  readonly printed: Decimal
  readonly found: Decimal
}

export interface BillFile {
  readonly format: 'xml' | 'table'
  readonly items: readonly BillFileItem[]
  readonly totals: readonly PrintedTotal[]
  readonly findings: readonly BillFinding[]
}

/** What the readers gather; `check.ts` judges it. */
export interface Gathered {
  readonly items: BillFileItem[]
  readonly totals: PrintedTotal[]
  readonly findings: BillFinding[]
}
export const gathered = (): Gathered => ({ items: [], totals: [], findings: [] })
