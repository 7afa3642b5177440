// A payment pays one approved document from an account of the same company, by default all that is left, and moves its stage.
import { compare, type Decimal, subtract } from '@yingzao/engines/money'
import { asSystem, type Ctx, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { accountsFor, standingOf } from '../bank-account/public.ts'
import { standBond } from '../bid/public.ts'
import { monthOf, planPlace } from '../funds-plan/public.ts'
import { limitOn } from '../parameter/public.ts'
import { payment } from './payment.entity.ts'
import { copied, holdSource, type Payment, payingOf, restage } from './source.ts'

/** By today's rule, whatever day it is dated, and by what was approved in all: paid in parts it is checked as well. */
async function isToCheck(ctx: Ctx, record: Payment, company: string | null, approved: Decimal): Promise<boolean> {
  if (record.state === 'pending') return record.to_check
  const from = await limitOn(ctx, 'payment_check_from', ctx.today, company)
  return from !== null && compare(approved, from) >= 0
}

export default hooks(payment, {
  async beforeSave(ctx, record, before) {
    if (before?.state === 'effective') return undefined
    const paying = payingOf(record)
    if (!paying) throw refuseInput([{ path: 'request', code: 'payment.of_what' }])
    await holdSource(ctx, paying)
    const of = await copied(ctx, paying)
    const [account] = await accountsFor(ctx, [
      { account: record.account, path: 'account', way: 'out', wages: of.kind === 'wages' },
    ])
    if (account?.company !== of.company) throw refuseInput([{ path: 'account', code: 'payment.other_company' }])
    const { approved, rest, waiting } = await standingOf(ctx, of.company, of.payable)
    const paid_month = monthOf(record.paid_on)
    // What no request announced counts on the plan of the month it is paid in; so does what was announced for another.
    const there = of.plan_month === paid_month
    const lines = [of.plan_line ?? 'claim']
    const plan = there
      ? {}
      : { ...(await planPlace(ctx, { ...of, month: paid_month, lines })), plan_month: of.plan_month }
    const amount = record.amount ?? subtract(rest, waiting)
    return { ...of, ...plan, paid_month, amount, to_check: await isToCheck(ctx, record, of.company, approved) }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective') return
    const paying = payingOf(after)
    if (!paying) throw refuse('payment.of_what')
    await restage(ctx, paying)
    if (after.bond !== null) await standBond(asSystem(ctx), after.bond)
  },
})
