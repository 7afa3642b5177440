// The figures of a settlement: what the final amounts change in sum, measured, cost and commitment, and what is left to pay.
import { settle } from '@yingzao/engines/contract-money'
import { add, type Decimal, fromGross, isZero, subtract, sum } from '@yingzao/engines/money'
import type { LineOf } from '@yingzao/kernel/entity'
import type { Contract } from './facts.ts'
import type { settlementLine } from './settlement.entity.ts'
import type { Standing } from './standing.ts'
import { retentionShareOf } from './terms.ts'
import { nothing, type Worth } from './worth.ts'

export type Line = LineOf<typeof settlementLine>
/** Gross and net by cost item; '' for what names none. */
export type ByItem = ReadonlyMap<string, Worth>

/** What each line changes: the first line of a cost item takes what stood there before. */
export function settledLines(
  of: Contract,
  lines: readonly Line[],
  measured: ByItem,
  agreed: ByItem,
): { readonly lines: readonly Line[]; readonly left: readonly string[] } {
  const [done, bound] = [new Map(measured), new Map(agreed)]
  const take = (from: Map<string, Worth>, key: string): Worth => {
    const there = from.get(key) ?? nothing
    from.delete(key)
    return there
  }
  const settled = lines.map(line => {
    const key = line.item ?? ''
    const [was, had] = [take(done, key), take(bound, key)]
    const { gross, net } = fromGross(line.approved_amount, line.tax_rate)
    return {
      ...line,
      measured_amount: was.gross,
      gross_change: subtract(gross, was.gross),
      net_change: subtract(net, was.net),
      committed_change: of.deductible ? subtract(net, had.net) : subtract(gross, had.gross),
    }
  })
  const left = [...done, ...bound].filter(([, { gross }]) => !isZero(gross)).map(([key]) => key)
  return { lines: settled, left }
}

export interface Settled {
  readonly contract_amount: Decimal
  readonly deducted_total: Decimal
  readonly paid_before: Decimal
  readonly advanced_total: Decimal
  readonly retention_amount: Decimal
  readonly balance_amount: Decimal
  readonly payable_amount: Decimal
  readonly refund_amount: Decimal
  readonly sum_change: Decimal
  readonly sum_net_change: Decimal
  readonly measured_change: Decimal
  readonly measured_net_change: Decimal
  readonly retained_change: Decimal
  readonly recovered_change: Decimal
  readonly deducted_change: Decimal
}

export function settledFigures(of: Contract, lines: readonly Line[], deduction: Decimal, at: Standing): Settled {
  const total = (amounts: readonly Decimal[]) => add('0.00', sum(amounts))
  const approved = total(lines.map(line => line.approved_amount))
  const submitted = total(lines.map(line => line.submitted_amount))
  const deductions = add(at.deducted, deduction)
  const paid = subtract(at.due, at.advanced)
  const retentionShare = retentionShareOf(of)
  const found = settle({ submitted, approved, retentionShare, deductions, paid, advance: at.advanced })
  return {
    contract_amount: at.sum,
    deducted_total: deductions,
    paid_before: paid,
    advanced_total: at.advanced,
    retention_amount: found.retention,
    balance_amount: found.balance,
    payable_amount: found.payable,
    refund_amount: found.refundable,
    sum_change: subtract(approved, at.sum),
    sum_net_change: subtract(total(lines.map(line => fromGross(line.approved_amount, line.tax_rate).net)), at.sum_net),
    measured_change: subtract(approved, at.measured),
    measured_net_change: total(lines.map(line => line.net_change ?? '0')),
    retained_change: subtract(found.retention, at.retained),
    recovered_change: subtract(at.advanced, at.recovered),
    deducted_change: add(deduction, '0.00'),
  }
}

/** Where the contract stood before this settlement was posted. */
export function beforeSettled(now: Standing, settled: Partial<Record<keyof Settled, Decimal | null>>): Standing {
  const less = (name: keyof Standing, by: keyof Settled): Decimal => subtract(now[name], settled[by] ?? '0')
  return {
    ...now,
    sum: less('sum', 'sum_change'),
    sum_net: less('sum_net', 'sum_net_change'),
    measured: less('measured', 'measured_change'),
    measured_net: less('measured_net', 'measured_net_change'),
    due: less('due', 'balance_amount'),
    retained: less('retained', 'retained_change'),
    recovered: less('recovered', 'recovered_change'),
    deducted: less('deducted', 'deducted_change'),
    refundable: less('refundable', 'refund_amount'),
  }
}
