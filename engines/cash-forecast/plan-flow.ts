// What is known of a contract's coming money besides its terms: payment requests on their day, and approved plans of whole
// months. They take the place of what the terms expect, fen by fen, so that nothing counts twice.
import { add, compare, type Decimal, isZero, subtract } from '../money/index.ts'
import type { Flow } from './contract-flow.ts'

export interface KnownRequest {
  readonly id: string
  /** When it is to be paid; what lies before today is paid today. */
  readonly on: string
  readonly amount: Decimal
}
export interface PlannedMonth {
  /** 'YYYY-MM'. */
  readonly month: string
  /** What the approved plan of the month says of this contract and was not paid yet; zero: nothing of it is paid then. */
  readonly amount: Decimal
  /** A fraction; '1' of what is paid. */
  readonly probability: Decimal
}
export interface PlannedFlow {
  readonly on: string
  readonly amount: Decimal
  readonly probability: Decimal
  readonly why: Flow['why'] | 'request' | 'funds_plan'
  /** Of a request. */
  readonly id?: string
}

const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? a : b)
const positive = (value: Decimal): Decimal => (compare(value, '0') > 0 ? value : '0.00')
export const lastDayOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
const firstAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
}

/**
 * Flows by day, Σ unchanged: what is not paid of the contract.
 *
 * 1. A request takes its amount from the earliest flows, to be paid on its own day.
 * 2. Of a month with an approved plan: what its line says beyond the requests of that month, from the earliest flows on; what
 *    lay in the month keeps its day, what was pulled forward comes on its last day.
 * 3. What the terms expect in such a month beyond the line is not paid in it: it comes on the first day of the month after.
 * 4. Everything else stays as the terms say.
 *
 * @param flows by day, as `contractFlows` gives them
 * @param months one entry for every month of the project that has an approved plan
 */
export function plannedFlows(
  flows: readonly Flow[],
  { requests, months, today }: { requests: readonly KnownRequest[]; months: readonly PlannedMonth[]; today: string },
): PlannedFlow[] {
  let rest: Flow[] = [...flows]
  const found: PlannedFlow[] = []
  const take = (wanted: Decimal, place: (piece: Flow) => PlannedFlow) => {
    let open = positive(wanted)
    const left: Flow[] = []
    for (const flow of rest) {
      const amount = least(open, flow.amount)
      open = subtract(open, amount)
      if (!isZero(amount)) found.push(place({ ...flow, amount }))
      if (compare(flow.amount, amount) > 0) left.push({ ...flow, amount: subtract(flow.amount, amount) })
    }
    rest = left
  }
  const inMonth = new Map<string, Decimal>()
  for (const { id, on, amount } of [...requests].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    const day = on > today ? on : today
    take(amount, piece => {
      inMonth.set(day.slice(0, 7), add(inMonth.get(day.slice(0, 7)) ?? '0', piece.amount))
      return { on: day, amount: piece.amount, probability: '1', why: 'request', id }
    })
  }
  for (const { month, amount, probability } of [...months].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    const end = lastDayOf(month)
    if (end < today) continue
    take(subtract(amount, inMonth.get(month) ?? '0'), piece => ({
      on: piece.on < end ? (piece.on.slice(0, 7) === month ? piece.on : `${month}-01`) : end,
      ...{ amount: piece.amount, probability, why: 'funds_plan' },
    }))
    rest = rest.map(flow => (flow.on <= end ? { ...flow, on: firstAfter(month) } : flow))
  }
  const all = [...found, ...rest.map(({ on, amount, why }): PlannedFlow => ({ on, amount, why, probability: '1' }))]
  return all.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
