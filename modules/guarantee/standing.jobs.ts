// Every morning: guarantees that soon end or have ended. Who handles one is told 30, 15 and 7 days before, and when it is over.
import { all, job, patch } from '@yingzao/kernel/server'
import { guarantee } from './guarantee.entity.ts'
import { standingOn } from './standing.ts'

export const guaranteeStanding = job('guarantee.standing', {
  label: { zh: '保函到期检查', en: 'Guarantees that end' },
  every: '30 1 * * *',
  async run(ctx, _, progress) {
    const rows = await all(ctx, guarantee, {
      filter: { returned_on: { empty: true } },
      fields: ['valid_to', 'returned_on', 'standing'],
    })
    const moved = rows.filter(row => standingOn(row, ctx.today) !== row.standing)
    for (const [index, row] of moved.entries()) {
      // The hook says its standing anew.
      await patch(ctx, guarantee.name, row.id, undefined, {})
      await progress((index + 1) / moved.length)
    }
    return { moved: moved.length }
  },
})
