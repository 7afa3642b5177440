// What the funds center tells: money at hand, what is due, and what will come and go.
import type { ForecastMonth } from '@yingzao/engines/cash-forecast'
import type { Decimal } from '@yingzao/engines/money'

export interface AccountLine {
  readonly account: string
  readonly name: string
  readonly type: string
  readonly project: string | null
  readonly balance: Decimal
  readonly receivedToday: Decimal
  readonly paidToday: Decimal
}
/** Where an expected flow comes from; each fen has one source. */
export const reasons = [
  ...(['due', 'plan', 'progress', 'settlement', 'retention', 'refund'] as const),
  ...(['request', 'funds_plan', 'claim', 'tax', 'bond', 'debt', 'interest'] as const),
] as const
export type Reason = (typeof reasons)[number]

/** Money that is expected, and the record that says so. */
export interface ExpectedFlow {
  readonly entity: string
  readonly record: string
  readonly name: string
  readonly project: string | null
  readonly projectName: string | null
  readonly contract: string | null
  readonly direction: 'income' | 'expense'
  readonly on: string
  readonly amount: Decimal
  /** A fraction; '1' of what goes out. */
  readonly probability: Decimal
  readonly why: Reason
  /** Of a bond: the day it is due back, where that is past. */
  readonly due_on?: string | null
}
export interface Curve {
  readonly months: readonly ForecastMonth[]
  /** Thirteen weeks from today's on; `period` is their Monday, the first one's today. */
  readonly weeks: readonly ForecastMonth[]
  /** Peak financing over the months. */
  readonly peak: Decimal
  readonly lowest: string | null
  /** Months below zero or the safety line, with the money out that weighs most. */
  readonly short: readonly {
    readonly period: string
    readonly closing: Decimal
    readonly alert: 'negative' | 'below_safety'
    readonly causes: readonly ExpectedFlow[]
  }[]
  /** Beyond the months shown. */
  readonly later: { readonly in: Decimal; readonly out: Decimal }
}
export interface ProjectCash {
  readonly project: string
  readonly name: string
  readonly received: Decimal
  readonly paid: Decimal
  /** Received − paid: below zero the project lives on the company's money. */
  readonly occupied: Decimal
  /** The same at the end of each of the last twelve months. */
  readonly past: readonly Decimal[]
}
export interface WageAccount {
  readonly account: string
  readonly name: string
  readonly project: string | null
  readonly balance: Decimal
  /** Wages planned or asked for and not paid, of this month and the next. */
  readonly due: Decimal
  /** Day of the last money in; 条例 §24: at least monthly. */
  readonly lastIn: string | null
  readonly alert: 'short' | 'no_inflow' | null
}
export interface Age {
  readonly bucket: string
  readonly receivable: Decimal
  readonly payable: Decimal
}
export interface Funds {
  readonly today: string
  readonly accounts: readonly AccountLine[]
  readonly balance: Decimal
  readonly receivedToday: Decimal
  readonly paidToday: Decimal
  readonly receivable: Decimal
  readonly payable: Decimal
  /** Due within so many days from today, overdue included. */
  readonly due: readonly { readonly days: number; readonly in: Decimal; readonly out: Decimal }[]
  readonly ageing: readonly Age[]
  /** 应开未开, 未到票. */
  readonly invoices: { readonly toIssue: Decimal; readonly toReceive: Decimal }
  /** This month's plans. */
  readonly plan: {
    readonly out: Decimal
    readonly used: Decimal
    readonly paid: Decimal
    readonly rate: Decimal | null
  }
  readonly safety: Decimal
  readonly base: Curve
  /** With what was supposed; null where nothing was. */
  readonly scenario: Curve | null
  /** Largest first taken, at most fifty, of the months shown; by day. */
  readonly flows: readonly ExpectedFlow[]
  /** Σ by source within the months shown. */
  readonly sources: readonly { readonly why: Reason; readonly in: Decimal; readonly out: Decimal }[]
  readonly months: readonly string[]
  readonly projects: readonly ProjectCash[]
  readonly wages: readonly WageAccount[]
  readonly bonds: BondsOut
}
/** 投标保证金占用: cash of ours elsewhere. */
export interface BondsOut {
  readonly count: number
  readonly outstanding: Decimal
  readonly overdue: Decimal
  /** Due back within so many days from today, overdue included. */
  readonly due: readonly { readonly days: number; readonly amount: Decimal }[]
}
export interface Flows {
  readonly rows: readonly ExpectedFlow[]
  readonly in: Decimal
  readonly out: Decimal
}
