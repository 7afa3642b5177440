// Bonds of a version that kept their returns on the bond itself are carried into the ledger of bonds, once each.

import { isPlainDate } from '@yingzao/kernel/entity'
import { all, get, job, patch } from '@yingzao/kernel/server'
import { bidBond } from './bid-bond.entity.ts'
import { carry } from './standing.ts'

export const carryBonds = job('bid.carry_bonds', {
  label: { zh: '投标保证金转入台账', en: 'Bid bonds into their ledger' },
  every: '*/20 * * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, bidBond, { where: 'not(in_ledger) and state = "effective"', fields: ['name'] })
    for (const [index, { id }] of rows.entries()) {
      const bond = await get(ctx, bidBond, id)
      const day = (bond.effective_at ?? bond.created_at).slice(0, 10)
      await carry(ctx, bond, {
        paid_on: bond.paid_on ?? (isPlainDate(day) ? day : ctx.today),
        returned: bond.returned_amount ?? '0',
        interest: bond.interest_amount ?? '0',
        forfeited: bond.forfeited_amount ?? '0',
      })
      await patch(ctx, bidBond.name, id, undefined, { in_ledger: true })
      await progress((index + 1) / rows.length)
    }
    return { carried: rows.length }
  },
})
