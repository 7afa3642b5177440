// 应退: what was paid of a settled contract beyond what is due goes back against its direction. How much is the ledger's to say.
import { compare, type Decimal } from '@yingzao/engines/money'
import type { RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { type Ctx, refuseInput } from '@yingzao/kernel/server'
import { type contract, settledStages } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'

type Contract = RecordOf<typeof contract>

/** Money against the direction of a contract is what was overpaid, and that of a settled one; other money never is. */
export function demandSide(kind: string, of: Contract | null, against: Contract['direction']): void {
  const overpaid = kind === 'overpaid'
  if (overpaid !== (of?.direction === against))
    throw refuseInput([{ path: 'contract', code: overpaid ? 'payment.overpaid_of' : 'payment.other_side' }])
  if (overpaid && !settledStages.includes(of?.stage ?? ''))
    throw refuseInput([{ path: 'contract', code: 'payment.overpaid_of' }])
}

const postedOf = async (system: Ctx, { id, project, direction }: Contract) =>
  (await balanceOf(system, contractLedger.name, { project, contract: id, direction })).posted

/** 先票后款: how much of it had been asked for against invoices. */
export async function againstInvoice(system: Ctx, of: Contract, amount: Decimal): Promise<Decimal> {
  const { against_invoice = '0.00' } = await postedOf(system, of)
  return compare(amount, against_invoice) < 0 ? amount : against_invoice
}

/** More of it is paid than its settlement left. */
export async function isOverpaid(system: Ctx, of: Contract): Promise<boolean> {
  if (!settledStages.includes(of.stage ?? '')) return false
  const { paid = '0', due = '0' } = await postedOf(system, of)
  return compare(paid, due) > 0
}
