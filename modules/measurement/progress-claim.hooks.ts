// A claim is computed from its contract's ledger whenever it is saved or submitted, and once more, on locked balances, when it
// takes effect: what has moved meanwhile sends it back.

import { add, compare, type Decimal, negate, subtract, sum } from '@yingzao/engines/money'
import { all, asSystem, type Ctx, get, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { advanceFigures, type Claim, type Figures, progressFigures, standingBefore } from './claim.ts'
import { addDays } from './day.ts'
import type { Contract } from './facts.ts'
import { measurement } from './measurement.entity.ts'
import { progressClaim } from './progress-claim.entity.ts'
import { claimsBefore, type Standing, standingOf } from './standing.ts'

const posted = [
  ...(['payable_amount', 'recovered_change', 'retained_change', 'deducted_change', 'advanced_change'] as const),
] as const

export default hooks(progressClaim, {
  async beforeSave(ctx, record, before) {
    if (record.state === 'effective') return undefined
    const system = asSystem(ctx)
    const of = await get(system, contract, record.contract)
    demandClaimable(of)
    const earlier = await othersOf(system, record)
    if (!before) refuseOpen(earlier)
    if (record.kind === 'progress' && ctx.action === 'submit') await refuseMeasuring(system, of)
    const { posted: at } = await standingOf(system, of)
    const period = periodOf(earlier, record, await claimsBefore(system, of))
    const figures = figuresOf(record, of, at, period)
    return {
      ...{ project: of.project, company: of.company, counterparty: of.counterparty, direction: of.direction },
      ...{ period_no: period, name: `${record.claimed_on.slice(0, 7)} ${of.name}` },
      due_on: addDays(record.claimed_on, of.pay_days ?? 0),
      ...figures,
      measured_before: claimedBefore(earlier),
      measured_change: record.kind === 'progress' ? subtract(at.measured, claimedBefore(earlier)) : '0.00',
    }
  },
  async beforeReverse(ctx, mirror, original) {
    if (posted.some(name => compare(mirror[name] ?? '0', negate(original[name] ?? '0')) !== 0))
      throw refuse('measurement.claim_whole')
    const of = await get(asSystem(ctx), contract, mirror.contract)
    refuseSettled(of)
    return {}
  },
  async afterSave(ctx, after, before) {
    if (!after || after.state === before?.state || (after.state !== 'effective' && after.state !== 'void')) return
    const system = asSystem(ctx)
    const of = await get(system, contract, after.contract)
    if (after.state === 'void' || after.reverses !== null) return refuseSettled(of)
    demandClaimable(of)
    const { posted: now } = await standingOf(system, of)
    const earlier = await othersOf(system, after)
    const again = figuresOf(
      after,
      of,
      standingBefore(now, after),
      periodOf(earlier, after, await claimsBefore(system, of)),
    )
    if (posted.some(name => compare(again[name], after[name] ?? '0') !== 0)) throw refuse('measurement.claim_moved')
  },
})

function demandClaimable({ state, stage, name }: Contract): void {
  if (state !== 'effective' || (stage !== 'signed' && stage !== 'completed' && stage !== 'settling'))
    throw refuse('measurement.not_in_force', { name })
}
function refuseSettled({ stage }: Contract): void {
  if (['settled', 'warranty', 'finished', 'terminated'].includes(stage ?? '')) throw refuse('measurement.settled')
}

type Other = Pick<Claim, 'id' | 'name' | 'state' | 'kind' | 'measured_amount' | 'effective_at'>
/** Claims of the contract but this one and mirrors. */
async function othersOf(system: Ctx, record: Claim): Promise<readonly Other[]> {
  const rows = await all(system, progressClaim, {
    filter: { contract: { eq: record.contract }, reverses: { empty: true } },
    fields: ['name', 'state', 'kind', 'measured_amount', 'effective_at'],
  })
  return rows.filter(({ id }) => id !== record.id)
}
const effectiveOf = (others: readonly Other[]) =>
  others.filter(({ state, kind }) => state === 'effective' && kind === 'progress')
const periodOf = (others: readonly Other[], { kind }: Claim, before: number): number =>
  kind === 'progress' ? before + effectiveOf(others).length + 1 : 1

function claimedBefore(others: readonly Other[]): Decimal {
  const last = [...effectiveOf(others)]
    .sort((a, b) => ((a.effective_at ?? '') < (b.effective_at ?? '') ? -1 : 1))
    .at(-1)
  return last?.measured_amount ?? '0.00'
}

function refuseOpen(others: readonly Other[]): void {
  const open = others.find(({ state }) => ['draft', 'pending', 'rejected'].includes(state))
  if (open) throw refuse('measurement.open', { name: open.name ?? '' })
}

/** A claim is made of what is measured; what waits for approval belongs to the next one. */
async function refuseMeasuring(system: Ctx, of: Contract): Promise<void> {
  const [pending] = await all(system, measurement, {
    filter: { contract: { eq: of.id }, state: { eq: 'pending' }, kind: { ne: 'reported' } },
    fields: ['name'],
  })
  if (pending) throw refuse('measurement.measuring', { name: pending.name ?? '' })
}

function figuresOf(record: Claim, of: Contract, at: Standing, period: number): Figures {
  if (record.kind === 'advance') {
    const amount = record.advance_amount ?? '0'
    const left = subtract(of.advance_amount ?? '0', at.advanced)
    if (compare(amount, left) > 0)
      throw refuseInput([{ path: 'advance_amount', code: 'measurement.advance_left', values: { left } }])
    return advanceFigures(of, at, add(amount, '0.00'))
  }
  const deducted = add(sum(record.lines.map(({ signed_amount }) => signed_amount ?? '0')), '0.00')
  const found = progressFigures(of, at, deducted, period)
  if (!found) throw refuse('measurement.recovery_terms', { name: of.name })
  return found
}
