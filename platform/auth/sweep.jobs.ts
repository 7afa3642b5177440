// Every night: sessions and attempts that can never count again leave the database.
import { job } from '@yingzao/kernel/serve'
import { own } from '../tables/typed.ts'

const DAY = 86_400_000

export const sweepSessions = job('platform.sweep_sessions', {
  label: { zh: '清理过期会话', en: 'Remove ended sessions' },
  every: '40 3 * * *',
  async run(ctx) {
    const db = own(ctx.db, ctx.tenant)
    const now = Date.parse(ctx.now)
    const ended = await db.deleteFrom('auth_session').where('expires_at', '<', new Date(now)).executeTakeFirst()
    await db
      .deleteFrom('auth_attempt')
      .where('at', '<', new Date(now - DAY))
      .execute()
    return { ended: Number(ended.numDeletedRows) }
  },
})
