// What the page of debts and loans shows: what is owed outside contracts, by whom; staff advances; loans among ourselves.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'
import type { DebtKind } from '../bank-account/debt.ledger.ts'

interface Owed {
  readonly name: string | null
  readonly company: string | null
  readonly arisen: Decimal
  readonly settled: Decimal
  readonly open: Decimal
  readonly overdue: Decimal
  /** Of what is open the earliest day. */
  readonly next_due: PlainDate | null
}
export interface Debt extends Owed {
  readonly kind: Exclude<DebtKind, 'internal'>
  readonly counterparty: string
}
export interface Advanced extends Owed {
  readonly person: string
}
export interface Internal {
  readonly key: string
  readonly company: string | null
  readonly project: string | null
  readonly open: Decimal
  /** To today, at the internal rate. */
  readonly interest: Decimal
}
/** 借款合同 with what it has earned; interest is no part of the principal. */
export interface LoanRow {
  readonly loan: string
  readonly name: string
  readonly kind: 'borrowed' | 'lent'
  readonly principal: Decimal
  readonly rate: Decimal
  readonly accrued: Decimal
  readonly paid: Decimal
  readonly open: Decimal
  readonly next_on: string | null
  readonly next_amount: Decimal | null
}
export interface BondOut {
  readonly bond: string
  readonly name: string | null
  readonly open: Decimal
  readonly due_on: PlainDate | null
  readonly overdue: boolean
}
export interface Debts {
  readonly debts: readonly Debt[]
  readonly advances: readonly Advanced[]
  readonly internal: readonly Internal[]
  readonly bonds: readonly BondOut[]
  readonly loans: readonly LoanRow[]
}
