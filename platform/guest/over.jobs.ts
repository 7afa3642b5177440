// Invitations that are over say so in their list, and what opened them leaves the database. The door itself asks the clock.
import { job } from '@yingzao/kernel/serve'
import { list, patch } from '@yingzao/kernel/server'
import { own } from '../tables/typed.ts'
import { guestInvitation } from './invitation.entity.ts'

const DAY = 86_400_000

export const endGuests = job('platform.end_guests', {
  label: { zh: '结束过期的外部邀请', en: 'End expired guest invitations' },
  every: '*/15 * * * *',
  async run(ctx) {
    const { items } = await list(ctx, guestInvitation, {
      filter: { standing: { eq: 'open' }, until: { le: ctx.now } },
      limit: 500,
    })
    for (const { id } of items) await patch(ctx, guestInvitation, id, undefined, { standing: 'over' })
    const db = own(ctx.db, ctx.tenant)
    const before = new Date(Date.parse(ctx.now) - DAY)
    await db.deleteFrom('guest_session').where('expires_at', '<', before).execute()
    await db.deleteFrom('guest_code').where('made_at', '<', before).where('used', '=', true).execute()
    return { ended: items.length }
  },
})
