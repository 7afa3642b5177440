// Where a contract stands in its ledger: agreed, measured, due, held back; the figures every payment of it is computed from.
import type { Decimal, RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import type { Ctx } from '@yingzao/kernel/server'
import type { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'

export const figures = [
  ...([
    'sum',
    'sum_net',
    'claimed',
    'reported',
    'measured',
    'measured_net',
    'due',
    'requested',
    'paid',
    'invoiced',
  ] as const),
  ...(['retained', 'advanced', 'recovered', 'deducted', 'refundable'] as const),
] as const
export type Figure = (typeof figures)[number]
export type Standing = Readonly<Record<Figure, Decimal>>

/** For system code. `reserved`: what documents in approval would add. */
export async function standingOf(
  system: Ctx,
  of: Pick<RecordOf<typeof contract>, 'id' | 'project' | 'direction'>,
): Promise<{ readonly posted: Standing; readonly reserved: Standing }> {
  const found = await balanceOf(system, contractLedger.name, {
    project: of.project,
    contract: of.id,
    direction: of.direction,
  })
  return { posted: standing(found.posted), reserved: standing(found.reserved) }
}

/** Progress claims before the contract was taken over. */
export async function claimsBefore(system: Ctx, of: Pick<RecordOf<typeof contract>, 'id' | 'project' | 'direction'>) {
  const dims = { project: of.project, contract: of.id, direction: of.direction }
  return Number((await balanceOf(system, contractLedger.name, dims)).posted.claims ?? '0')
}

const standing = (amounts: Readonly<Record<string, Decimal>>): Standing => {
  const of = (name: Figure): Decimal => amounts[name] ?? '0.00'
  return {
    ...{
      sum: of('sum'),
      sum_net: of('sum_net'),
      claimed: of('claimed'),
      reported: of('reported'),
      measured: of('measured'),
    },
    ...{ measured_net: of('measured_net'), due: of('due'), requested: of('requested'), paid: of('paid') },
    ...{ invoiced: of('invoiced'), retained: of('retained'), advanced: of('advanced'), recovered: of('recovered') },
    ...{ deducted: of('deducted'), refundable: of('refundable') },
  }
}
