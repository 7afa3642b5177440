// A receipt is of its contract; the labour share goes to the wage account of the project, and what is beyond everything due is
// an advance.
import { add, compare, type Decimal, isDecimal, isZero, r2, subtract } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { asSystem, type Ctx, get, hooks, list, refuse, refuseInput } from '@yingzao/kernel/server'
import { bankAccount } from '../bank-account/bank-account.entity.ts'
import { accountsFor } from '../bank-account/public.ts'
import { bidBond } from '../bid/bid-bond.entity.ts'
import { standBond } from '../bid/public.ts'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { monthOf } from '../funds-plan/public.ts'
import { demandLoan } from '../loan/public.ts'
import { againstInvoice, demandSide } from './overpaid.ts'
import { receipt } from './receipt.entity.ts'

type Receipt = RecordOf<typeof receipt>

export default hooks(receipt, {
  async beforeSave(ctx, record, before) {
    if (before?.state === 'effective') return undefined
    const system = asSystem(ctx)
    const [account] = await accountsFor(ctx, [{ account: record.account, path: 'account', way: 'in' }])
    const agreed = record.contract === null ? null : await get(system, contract, record.contract)
    // Money that comes after that is real whatever the stage: also of a suspended or finished contract.
    if (agreed && (agreed.state !== 'effective' || agreed.stage === 'to_sign'))
      throw refuse('payment.receipt_unsigned', { name: agreed.name })
    if (record.reverses === null) demandSide(record.kind, agreed, 'expense')
    if (agreed?.company && agreed.company !== account?.company)
      throw refuseInput([{ path: 'account', code: 'payment.other_company' }])
    const bond = record.bond === null ? null : await get(system, bidBond, record.bond)
    if (bond && bond.company !== account?.company)
      throw refuseInput([{ path: 'account', code: 'payment.other_company' }])
    if (record.loan !== null)
      await demandLoan(ctx, record.loan, {
        kind: record.kind === 'borrowed' ? 'borrowed' : 'lent',
        ...{ company: account?.company ?? null, counterparty: record.counterparty },
      })
    const project = agreed?.project ?? record.project
    const back = record.kind === 'overpaid' ? agreed : null
    const wage_account = project === null || back ? null : await wageAccount(system, project)
    const wage_share = record.wage_share ?? (agreed && wage_account ? await lastShare(system, agreed.id) : null)
    const shares = wage_share !== null && !isZero(wage_share)
    if (shares && wage_account === null) throw refuseInput([{ path: 'wage_share', code: 'payment.no_wage_account' }])
    if (agreed && !back) await refuseNotDue(system, agreed.id, record)
    return {
      name: record.name ?? agreed?.name ?? bond?.name ?? null,
      counterparty: agreed?.counterparty ?? record.counterparty,
      ...{ project, company: account?.company ?? null, wage_share, plan_month: monthOf(record.received_on) },
      plan_line:
        project === null ? null : (agreed?.id ?? record.counterparty ?? (record.kind === 'bond' ? 'bond' : 'other')),
      wage_account: shares ? wage_account : null,
      ...(record.reverses === null
        ? { against_invoice_amount: back ? await againstInvoice(system, back, record.amount) : null }
        : {}),
      excess_amount: agreed && !back ? await excess(system, agreed, record.amount) : null,
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.bond && after.state !== before?.state) await standBond(asSystem(ctx), after.bond)
    if (after?.state === 'effective' && before?.state === 'pending' && after.reverses === null)
      await accountsFor(ctx, [{ account: after.account, path: 'account', way: 'in' }])
  },
})

async function wageAccount(ctx: Ctx, project: string): Promise<Id<'bank_account'> | null> {
  const { items } = await list(ctx, bankAccount, { filter: { wage_of: { eq: project } }, limit: 1 })
  return items[0]?.id ?? null
}

async function lastShare(ctx: Ctx, of: string): Promise<Decimal | null> {
  const { items } = await list(ctx, receipt, {
    filter: { contract: { eq: of }, state: { eq: 'effective' }, reverses: { empty: true } },
    sort: ['-created_at'],
    limit: 1,
  })
  return items[0]?.wage_share ?? null
}

/** 预收: what of this money is beyond everything due. */
async function excess(ctx: Ctx, of: { readonly id: string; readonly project: string }, amount: Decimal) {
  const key = { project: of.project, contract: of.id, direction: 'income' }
  const { posted } = await balanceOf(ctx, contractLedger.name, key)
  const beyond = subtract(add(posted.paid ?? '0', amount), posted.due ?? '0')
  if (compare(beyond, '0') <= 0) return '0' as const
  return r2(compare(beyond, amount) < 0 ? beyond : amount)
}

/** What is settled by name must be due on that day, and still open. */
async function refuseNotDue(ctx: Ctx, of: string, record: Receipt): Promise<void> {
  if (record.lines.length === 0) return
  const open = new Map<string, Decimal>()
  const amount = (value: unknown) => (typeof value === 'string' && isDecimal(value) ? value : '0')
  for (const entry of await entriesBy(ctx, contractLedger.name, { contract: [of] }, { some: ['due', 'paid'] })) {
    const on = typeof entry.due_on === 'string' ? entry.due_on : isZero(amount(entry.due)) ? null : entry.on
    if (on !== null) open.set(on, add(open.get(on) ?? '0', subtract(amount(entry.due), amount(entry.paid))))
  }
  const errors = record.lines.flatMap((line, at) => {
    const left = subtract(open.get(line.due_on) ?? '0', line.amount ?? '0')
    open.set(line.due_on, left)
    return compare(left, '0') < 0 ? [{ path: `lines.${at}.amount`, code: 'payment.not_due' }] : []
  })
  if (errors.length > 0) throw refuseInput(errors)
}
