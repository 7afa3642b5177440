// An electronic invoice as its issuer wrote it, whatever file it came in. Amounts are decimal strings, red ones negative.
import type { Decimal } from '@yingzao/engines/money'

export interface EInvoiceParty {
  readonly name: string
  /** Null where the file has none: natural persons. */
  readonly taxId: string | null
}
export interface EInvoiceLine {
  readonly name: string
  readonly spec: string | null
  readonly unit: string | null
  readonly qty: Decimal | null
  /** Net, as printed. */
  readonly price: Decimal | null
  readonly net: Decimal
  /** A fraction; zero where exempt or not taxed. */
  readonly rate: Decimal
  readonly tax: Decimal
}
export interface EInvoice {
  /** 20 digits of a digital invoice (数电票), 8 of an older one beside its code. */
  readonly number: string
  readonly code: string | null
  /** "2026-11-05". */
  readonly issuedOn: `${number}-${number}-${number}`
  readonly type: 'special' | 'plain' | 'travel'
  readonly seller: EInvoiceParty
  readonly buyer: EInvoiceParty
  readonly net: Decimal
  readonly tax: Decimal
  readonly gross: Decimal
  readonly lines: readonly EInvoiceLine[]
  /** 红字: what it takes back, where the file says so. */
  readonly red: { readonly number: string | null; readonly confirmation: string | null } | null
  /** 建筑服务 shows its project and place. */
  readonly site: { readonly name: string | null; readonly place: string | null; readonly crossCity: boolean } | null
  readonly remark: string | null
}
