// What is approved, paid and left of a payable document; and giving back what will not be paid.
import { type Decimal, isZero, r2, subtract } from '@yingzao/engines/money'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { asSystem, type Ctx, refuse, run } from '@yingzao/kernel/server'
import { payableLedger } from './payable.ledger.ts'

export interface PayStanding {
  readonly approved: Decimal
  readonly paid: Decimal
  readonly rest: Decimal
  /** Of the rest what payments that wait for their check will pay. */
  readonly waiting: Decimal
}
export async function standingOf(ctx: Ctx, company: string | null, payable: string | null): Promise<PayStanding> {
  const { posted, reserved } = await balanceOf(asSystem(ctx), payableLedger.name, { company, payable })
  const [approved, paid] = [posted.approved ?? '0', posted.paid ?? '0']
  return { approved, paid, rest: r2(subtract(approved, paid)), waiting: r2(reserved.paid ?? '0') }
}

interface Payable {
  readonly id: string
  readonly company: string | null
  readonly payable: string | null
}

/**
 * What is left goes back into every ledger it was taken from, by a mirror of that amount; the approved document stands.
 *
 * @param whole a document of lines, which is given back only before anything is paid of it
 */
export async function closeRest(ctx: Ctx, entity: string, record: Payable, reason: string, whole = false) {
  const system = asSystem(ctx)
  const { rest, paid, waiting } = await standingOf(ctx, record.company, record.payable)
  if (!isZero(waiting)) throw refuse('bank_account.payment_waits')
  if (isZero(rest)) throw refuse('bank_account.nothing_to_close')
  if (whole && !isZero(paid)) throw refuse('bank_account.part_paid')
  const lines = whole ? null : [{ id: record.id, amount: rest }]
  await run(system, entity, record.id, 'reverse', { reason, lines })
  await run(system, entity, record.id, 'mark_closed')
  return { closed: rest }
}
