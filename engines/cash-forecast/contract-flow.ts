// What a contract will still pay, and when: what is due, its payment plan, or its terms spread over the time its work takes.
import { addMonths } from '../formula/plain-date.ts'
import { allocate, compare, type Decimal, isZero, multiply, r2, subtract, sum } from '../money/index.ts'
import { type Due, type Paid, settleNamed, settleOldest } from '../receivable/index.ts'

export interface ContractCash {
  /** Current sum and what was paid of it, gross. */
  readonly sum: Decimal
  readonly paid: Decimal
  /** Of what was paid: what names the day of the due that it settles. */
  readonly named?: Paid['named']
  /** Taken off for good (fines, client's material, water and power): never paid. */
  readonly deducted: Decimal
  /** Certified and due, with what is paid already; oldest paid first, beside what is named. */
  readonly dues: readonly Due[]
  /** 收付款计划; empty: the terms below say when. */
  readonly plan: readonly { readonly on: string; readonly amount: Decimal }[]
  readonly measured: Decimal
  /** Paid of what is measured, before settlement. */
  readonly progressShare: Decimal
  /** Held back until the warranty ends; zero: none. */
  readonly retentionShare: Decimal
  readonly warrantyMonths: number
  /** Settled: the day on which the retention is due; without it the warranty runs from the end of the work. */
  readonly retentionOn?: string | null
  /** Settled: the day by which what was paid beyond what is due goes back. */
  readonly refundOn?: string | null
  /** From measured to paid. */
  readonly payDays: number
  /** When the work ends, as the plan stands now. */
  readonly finishOn: string
}
export interface Flow {
  readonly on: string
  readonly amount: Decimal
  readonly why: 'due' | 'plan' | 'progress' | 'settlement' | 'retention' | 'refund'
}
/** From the end of the work to the last certificate (竣工结算). */
const SETTLED_AFTER = 90

const later = (a: string, b: string): string => (a > b ? a : b)
const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b)
const positive = (value: Decimal): Decimal => (compare(value, '0') > 0 ? r2(value) : '0.00')
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const settledOf = ({ dues, paid, named = [] }: ContractCash, today: string) => {
  const left = settleNamed(dues, { money: paid, named }, today)
  return settleOldest(left.dues, left.money)
}

/** 应退: what was paid of a settled contract beyond what is due. It goes the other way; null where nothing does. */
export function refundFlow(of: ContractCash, today: string): Flow | null {
  if (!of.refundOn) return null
  const { excess } = settledOf(of, today)
  return isZero(excess) ? null : { on: later(of.refundOn, today), amount: excess, why: 'refund' }
}

/**
 * Flows from `today` on, by day. Nothing lies in the past: what is overdue is expected today. Σ flows is what is not paid of
 * the sum less deductions, to the fen, beside what is given back; nothing when it is overpaid.
 *
 * 1. What is due and open, on its day. 2. The plan's amounts beyond what is due or paid. 3. Without a plan: the progress share of
 * what is not measured, month by month until the work ends and paid `payDays` later; retention when the warranty
 * ends, or on the day its settlement named; the rest with the settlement, 90 days after the end.
 */
export function contractFlows(of: ContractCash, today: string): Flow[] {
  const back = refundFlow(of, today)?.amount ?? '0.00'
  let rest = positive(subtract(subtract(of.sum, of.deducted), subtract(of.paid, back)))
  const flows: Flow[] = []
  const take = (on: string, wanted: Decimal, why: Flow['why']) => {
    const amount = least(positive(wanted), rest)
    if (isZero(amount)) return
    rest = subtract(rest, amount)
    flows.push({ on: later(on, today), amount, why })
  }
  for (const { dueOn, open } of settledOf(of, today).items) take(dueOn, open, 'due')
  if (of.plan.length > 0) {
    // What is certified or paid has used up the plan's first amounts.
    const certified = sum(of.dues.map(each => each.amount))
    const used = positive(compare(certified, of.paid) > 0 ? certified : of.paid)
    const planned = of.plan.map(({ on, amount }, at) => ({ id: String(at), dueOn: on, amount }))
    for (const { dueOn, open } of settleOldest(planned, used).items) take(dueOn, open, 'plan')
  }
  const retention = least(r2(multiply(of.sum, of.retentionShare)), rest)
  const progress = least(
    positive(multiply(positive(subtract(of.sum, of.measured)), of.progressShare)),
    subtract(rest, retention),
  )
  if (of.plan.length === 0)
    for (const { on, amount } of byMonth(progress, today, of.finishOn))
      take(dayAfter(on, of.payDays), amount, 'progress')
  const ends = later(of.finishOn, today)
  take(dayAfter(ends, SETTLED_AFTER + of.payDays), subtract(rest, least(retention, rest)), 'settlement')
  take(of.retentionOn ?? addMonths(ends, of.warrantyMonths) ?? ends, rest, 'retention')
  return flows.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** In proportion to the days of each month from today to the end; on the last day of each. */
function byMonth(amount: Decimal, today: string, finishOn: string): { on: string; amount: Decimal }[] {
  const ends: { on: string; days: number }[] = []
  const last = later(finishOn, today)
  let from = today
  while (ends.length < 600) {
    const [year = 0, month = 0] = from.split('-').map(Number)
    const monthEnd = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
    const on = monthEnd < last ? monthEnd : last
    ends.push({ on, days: Math.round((Date.parse(on) - Date.parse(from)) / 86_400_000) + 1 })
    if (on === last) break
    from = dayAfter(on, 1)
  }
  const parts = allocate(
    amount,
    ends.map(({ days }): Decimal => `${days}`),
    2,
  )
  return ends.map(({ on }, at) => ({ on, amount: parts[at] ?? '0.00' }))
}
