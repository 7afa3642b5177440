// Every morning: bonds that are due back soon, or overdue.
import { all, job, patch } from '@yingzao/kernel/server'
import { bidBond } from './bid-bond.entity.ts'
import { alertOf } from './bond-rule.ts'

export const alerts = job('bid.bond_alert', {
  label: { zh: '投标保证金到期提醒', en: 'Bid bonds that are due back' },
  every: '30 1 * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, bidBond, {
      where: 'state = "effective" and reverses = null and due_back_on != null',
      fields: ['state', 'alert', 'outstanding_amount', 'due_back_on'],
    })
    let changed = 0
    for (const [index, row] of rows.entries()) {
      if (alertOf(row, ctx.today) !== row.alert) {
        // The hook says it anew.
        await patch(ctx, bidBond.name, row.id, undefined, { alert: alertOf(row, ctx.today) })
        changed++
      }
      await progress((index + 1) / rows.length)
    }
    return { changed }
  },
})
