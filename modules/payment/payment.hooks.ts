// A payment pays one approved document from an account of the same company, by default all that is left, and moves its stage.
import { asSystem, hooks, refuse, refuseInput } from '@yingzao/kernel/server'
import { accountsFor, standingOf } from '../bank-account/public.ts'
import { standBond } from '../bid/public.ts'
import { monthOf, planPlace } from '../funds-plan/public.ts'
import { payment } from './payment.entity.ts'
import { copied, holdSource, payingOf, restage } from './source.ts'

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
    const { rest } = await standingOf(ctx, of.company, of.payable)
    const paid_month = monthOf(record.paid_on)
    // What no request announced counts on the plan of the month it is paid in; so does what was announced for another.
    const there = of.plan_month === paid_month
    const lines = [of.plan_line ?? 'claim']
    const plan = there
      ? {}
      : { ...(await planPlace(ctx, { ...of, month: paid_month, lines })), plan_month: of.plan_month }
    return { ...of, ...plan, paid_month, amount: record.amount ?? rest }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective') return
    const paying = payingOf(after)
    if (!paying) throw refuse('payment.of_what')
    await restage(ctx, paying)
    if (after.bond !== null) await standBond(asSystem(ctx), after.bond)
  },
})
