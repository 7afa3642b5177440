// 合同计量与支付: measurements and dues of a contract, what is open of them, and interest by law on what is overdue.
import { lateInterest } from '@yingzao/engines/contract-money'
import { add, compare, type Decimal, isDecimal, isZero, sum } from '@yingzao/engines/money'
import { ageing, settleNamed } from '@yingzao/engines/receivable'
import { asId, isPlainDate } from '@yingzao/kernel/entity'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { act, all, asSystem, type Ctx, get, refuse } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { limitOn, writtenOn } from '../parameter/public.ts'
import type { Contract } from './facts.ts'
import { measurement } from './measurement.entity.ts'
import type { ContractPayment, DueRow } from './payment-shape.ts'
import { progressClaim } from './progress-claim.entity.ts'
import { settledBy } from './public.ts'
import { retentionRelease } from './retention-release.entity.ts'
import { settlement } from './settlement.entity.ts'
import { standingOf } from './standing.ts'

/** For who may see the money of the contract. */
export default act('measurement.payment', async (ctx, input): Promise<ContractPayment> => {
  const of = await get(ctx, contract, asId('contract', String(input.contract)))
  if (of.gross_amount === undefined) throw refuse('access.denied', { function: 'read' })
  const system = asSystem(ctx)
  const asOf = isPlainDate(input.as_of) ? input.as_of : ctx.today
  const { posted, reserved } = await standingOf(system, of)
  const rate = (await limitOn(ctx, 'late_day_rate', asOf, of.company)) ?? '0'
  const found = await duesOf(system, of)
  const dues = found.map(({ id, due_on, amount }) => ({ id, dueOn: due_on, amount }))
  const left = settleNamed(dues, { money: posted.paid, named: await namedOf(system, of.id) }, asOf)
  const aged = ageing(left.dues, left.money, asOf)
  const open = new Map(aged.items.map(item => [item.id, item]))
  const rows = found.map((row): DueRow => {
    const item = open.get(row.id)
    const left = item?.open ?? '0.00'
    return { ...row, open: left, days: item?.days ?? 0, interest: lateInterest(left, row.due_on, asOf, rate) }
  })
  const measured = await all(system, measurement, {
    filter: { contract: { eq: of.id } },
    fields: ['number', 'period', 'kind', 'state', 'gross_amount'],
    sort: ['measured_on'],
  })
  return {
    contract: { id: of.id, direction: of.direction, stage: of.stage ?? null, progress_share: of.progress_share },
    standing: posted,
    pending: reserved,
    measured: measured.map(({ id, number, period, kind, state, gross_amount }) => ({
      ...{ id, number, period: period ?? '', kind: kind ?? 'confirmed', state, gross: gross_amount ?? '0.00' },
    })),
    dues: rows,
    open: aged.open,
    refund: await refundOf(system, of, aged.excess, asOf),
    overdue: add('0.00', sum(aged.items.filter(({ days }) => days > 0).map(item => item.open))),
    interest: add('0.00', sum(rows.map(row => row.interest))),
    daily_rate: rate,
    notes: await notesOf(ctx, of),
  }
})

/** Owed by the other side, by the day that the settlement says. */
async function refundOf(system: Ctx, of: Contract, excess: Decimal, asOf: string): Promise<ContractPayment['refund']> {
  const settled = (await settledBy(system, [of.id], asOf)).get(of.id)
  if (!settled || isZero(excess)) return null
  const [item] = ageing([{ id: of.id, dueOn: settled.due_on, amount: excess }], '0', asOf).items
  return { amount: excess, due_on: settled.due_on, days: item?.days ?? 0 }
}

/** What receipts say they settle. */
async function namedOf(system: Ctx, of: string) {
  const paid = await entriesBy(system, contractLedger.name, { contract: [of] }, { some: ['paid'] })
  return paid.flatMap(({ due_on, paid: amount }) =>
    typeof due_on === 'string' && typeof amount === 'string' && isDecimal(amount) ? [{ dueOn: due_on, amount }] : [],
  )
}

async function notesOf(ctx: Ctx, of: Contract): Promise<ContractPayment['notes']> {
  const on = of.signed_on ?? writtenOn(ctx, of)
  const [share, months] = [
    await limitOn(ctx, 'retention_share', on, of.company),
    await limitOn(ctx, 'warranty_months', on, of.company),
  ]
  const over = of.retention_mode !== 'none' && share !== null && compare(of.retention_share ?? '0', share) > 0
  return [
    ...(over ? (['retention_over_3'] as const) : []),
    ...(months !== null && (of.warranty_months ?? 0) > Number(months) ? (['warranty_over_24'] as const) : []),
  ]
}

type Found = Pick<DueRow, 'entity' | 'id' | 'number' | 'kind' | 'on' | 'due_on' | 'amount'>

/** Documents that made something due, and the mirrors that took it back. */
async function duesOf(system: Ctx, of: Contract): Promise<readonly Found[]> {
  const filter = { contract: { eq: of.id }, state: { in: ['effective', 'reversed'] } }
  const claims = await all(system, progressClaim, {
    filter,
    fields: ['number', 'kind', 'claimed_on', 'due_on', 'payable_amount'],
  })
  const settled = await all(system, settlement, {
    filter,
    fields: ['number', 'settled_on', 'due_on', 'balance_amount'],
  })
  const released = await all(system, retentionRelease, {
    filter,
    fields: ['number', 'released_on', 'due_on', 'amount'],
  })
  const rows: Found[] = [
    ...claims.map(({ id, number, kind, claimed_on, due_on, payable_amount }) => ({
      ...{ entity: 'progress_claim' as const, id, number, kind, on: claimed_on, due_on: due_on ?? claimed_on },
      amount: payable_amount ?? ('0.00' as const),
    })),
    ...settled.map(({ id, number, settled_on, due_on, balance_amount }) => ({
      ...{ entity: 'settlement' as const, id, number, kind: 'settlement' as const, on: settled_on },
      ...{ due_on: due_on ?? settled_on, amount: balance_amount ?? ('0.00' as const) },
    })),
    ...released.map(({ id, number, released_on, amount }) => ({
      ...{ entity: 'retention_release' as const, id, number, kind: 'retention' as const, on: released_on },
      ...{ due_on: released_on, amount },
    })),
  ]
  return rows.filter(({ amount }) => !isZero(amount)).sort((a, b) => (a.due_on < b.due_on ? -1 : 1))
}
