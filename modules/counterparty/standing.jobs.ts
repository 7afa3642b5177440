// Every morning: qualifications that ran out or soon will, and blacklistings whose time is over. The history says when.
import { all, job, patch } from '@yingzao/kernel/server'
import { counterparty } from './counterparty.entity.ts'
import { stateOf } from './qualification.ts'

export const standing = job('counterparty.standing', {
  label: { zh: '往来单位资质与黑名单检查', en: 'Qualifications and blacklistings' },
  every: '20 1 * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, counterparty, {
      where: 'qualified_to != null or standing = "blacklisted"',
      fields: ['qualification', 'qualified_to', 'standing', 'blacklisted_to'],
    })
    let changed = 0
    for (const [index, row] of rows.entries()) {
      const over = row.standing === 'blacklisted' && row.blacklisted_to !== null && row.blacklisted_to < ctx.today
      const other = row.qualified_to !== null && stateOf(row.qualified_to, ctx.today) !== row.qualification
      if (over || other) {
        // The hook says the state of the qualifications anew.
        await patch(ctx, counterparty.name, row.id, undefined, over ? { standing: 'good' } : {})
        changed++
      }
      await progress((index + 1) / rows.length)
    }
    return { changed }
  },
})
