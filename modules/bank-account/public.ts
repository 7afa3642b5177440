// What other modules ask of accounts: may this money move there, and how much is in it.
import type { Decimal } from '@yingzao/engines/money'
import { add, subtract } from '@yingzao/engines/money'
import { asId, type RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { asSystem, type Ctx, get, refuseInput } from '@yingzao/kernel/server'
import { bankAccount } from './bank-account.entity.ts'
import { cashLedger } from './cash.ledger.ts'

export { closeRest, type PayStanding, standingOf } from './payable.ts'

export type Account = RecordOf<typeof bankAccount>
/** in: money comes; out: money goes; `wages` both ways: what a wage account is for. */
export interface Use {
  readonly account: string
  /** Field of the document, for the refusal. */
  readonly path: string
  readonly way: 'in' | 'out'
  readonly wages?: boolean
}

/**
 * Reads the accounts, and refuses (422 at the field) one out of use, a wage account that would pay anything but wages, and
 * one that would get anything but wages or interest (保障农民工工资支付条例 §26).
 */
export async function accountsFor(ctx: Ctx, uses: readonly Use[]): Promise<Account[]> {
  const errors: { path: string; code: string }[] = []
  const found: Account[] = []
  for (const { account, path, way, wages = false } of uses) {
    const record = await get(asSystem(ctx), bankAccount, asId('bank_account', account))
    found.push(record)
    if (!record.active) errors.push({ path, code: 'bank_account.not_in_use' })
    else if (record.type === 'wage' && !wages)
      errors.push({ path, code: way === 'out' ? 'bank_account.wages_only' : 'bank_account.wages_in_only' })
  }
  if (errors.length > 0) throw refuseInput(errors)
  return found
}

export interface Held {
  readonly balance: Decimal
  /** Less what pending documents keep, with the overdraft allowed. */
  readonly available: Decimal
}

/** For callers that checked the right to see balances. */
export async function heldIn(ctx: Ctx, account: string): Promise<Held> {
  const { posted, reserved } = await balanceOf(asSystem(ctx), cashLedger.name, { account })
  const balance = subtract(posted.received ?? '0', posted.paid ?? '0')
  return { balance, available: add(subtract(balance, reserved.paid ?? '0'), posted.overdraft ?? '0') }
}
