// What payments, the page of debts and the funds center ask of loans: does this money fit, what has accrued, what is due when.
import { type Accrual, accruedInterest, type InterestDue, interestDues } from '@yingzao/engines/loan-interest'
import { type Decimal, isDecimal, r2, subtract, sum } from '@yingzao/engines/money'
import type { Id, PlainDate, RecordOf } from '@yingzao/kernel/entity'
import type { LedgerEntry } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx, get, refuseInput } from '@yingzao/kernel/server'
import { debtLedger } from '../bank-account/debt.ledger.ts'
import { datesOf } from '../parameter/public.ts'
import { loan } from './loan.entity.ts'

export type Loan = RecordOf<typeof loan>

/** Refused (422 at the field) unless the loan is of that kind, company and party. */
export async function demandLoan(
  ctx: Ctx,
  id: Id<'loan'>,
  of: { readonly kind: string; readonly company: string | null; readonly counterparty: string | null },
): Promise<void> {
  const found = await get(asSystem(ctx), loan, id)
  if (found.kind !== of.kind || found.company !== of.company || found.counterparty !== of.counterparty)
    throw refuseInput([{ path: 'loan', code: 'loan.not_this', values: { name: found.name } }])
}

export interface LoanStanding {
  readonly loan: Loan
  readonly principal: Decimal
  readonly rate: Decimal
  /** Of every day before `until`. */
  readonly accrued: Decimal
  readonly paid: Decimal
  /** Accrued and not paid. */
  readonly open: Decimal
  /** To the end of the loan, as if the principal stayed. */
  readonly dues: readonly InterestDue[]
}

const money = (value: unknown): Decimal => (typeof value === 'string' && isDecimal(value) ? value : '0')

/** Of the loans whose terms the asker sees. */
export async function loanStandings(ctx: Ctx, until: PlainDate): Promise<LoanStanding[]> {
  const seen = await all(ctx, loan, { fields: ['name'] })
  if (seen.length === 0) return []
  const entries = await entriesBy(asSystem(ctx), debtLedger.name, { loan: seen.map(each => each.id) })
  const found: LoanStanding[] = []
  for (const { id } of seen) {
    const of = await get(ctx, loan, id)
    if (of.rates.some(each => each.rate === undefined)) continue
    const own = entries.filter(each => each.loan === id && each.on <= until)
    const accrual: Accrual = {
      moves: own.map(each => ({ on: each.on, amount: subtract(money(each.arisen), money(each.settled)) })),
      rates: of.rates.map(each => ({ from: each.from_on, rate: each.rate })),
      dayCount: of.day_count === 'act_365' ? 'ACT/365' : 'ACT/360',
    }
    const principal = r2(sum(accrual.moves.map(each => each.amount)))
    const paid = r2(sum(own.map(each => money(each.interest))))
    const accrued = accruedInterest(accrual, until)
    const [rate] = accrual.rates.filter(each => each.from <= until).sort((a, b) => (a.from < b.from ? 1 : -1))
    // Past its day it goes on earning until it is paid back.
    const end = of.due_on > until ? of.due_on : until
    const dues = interestDues(accrual, { paying: of.paying, day: of.pay_day, end, paid })
    found.push({ loan: of, principal, rate: rate?.rate ?? '0', accrued, paid, open: subtract(accrued, paid), dues })
  }
  return found
}

/** Interest of what own companies and projects owe each other, by the key of who owes; over all of them it is nothing. */
export async function internalInterest(
  ctx: Ctx,
  keyOf: (entry: LedgerEntry) => string,
): Promise<ReadonlyMap<string, Decimal>> {
  const rates = (await datesOf(ctx, 'internal_loan_rate')).map(each => ({ from: each.from_on, rate: each.value }))
  const entries = await entriesBy(asSystem(ctx), debtLedger.name, { kind: ['internal'] }, { some: ['internal'] })
  const moves = new Map<string, { on: string; amount: Decimal }[]>()
  for (const each of entries) {
    const key = keyOf(each)
    moves.set(key, [...(moves.get(key) ?? []), { on: each.on, amount: money(each.internal) }])
  }
  return new Map(
    [...moves].map(([key, of]) => [key, accruedInterest({ moves: of, rates, dayCount: 'ACT/360' }, ctx.today)]),
  )
}
