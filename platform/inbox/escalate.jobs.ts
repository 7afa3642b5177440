// A message whose tell escalates and that its reader has not read in time goes to his superior, with his name; then to that one's.
import { superiorOf } from '@yingzao/kernel/approval/approver'
import { isId } from '@yingzao/kernel/entity'
import { type Job, job } from '@yingzao/kernel/serve'
import { list, patch } from '@yingzao/kernel/server'
import type { Channel } from './channel.ts'
import { message } from './message.entity.ts'
import { send } from './tell.ts'

export const ESCALATE = 'platform.escalate_unread'

export const escalateJob = (channels: readonly Channel[]): Job =>
  job(ESCALATE, {
    label: { zh: '升级未读的消息', en: 'Tell superiors of unread messages' },
    every: '*/10 * * * *',
    async run(ctx) {
      const { items } = await list(ctx, message, {
        filter: { escalate_at: { le: ctx.now }, read_at: { empty: true } },
        limit: 500,
      })
      let escalated = 0
      for (const { id, person, entity, record, tell, unread_by } of items) {
        await patch(ctx, message.name, id, undefined, { escalate_at: null })
        const hours = ctx.registry.shapes.get(entity)?.def.tells?.[tell]?.escalate?.hours ?? null
        const [above] = await superiorOf(ctx, person)
        if (hours === null || above === undefined || above === person || !isPerson(above)) continue
        const late = { person: above, entity, record, tell, urgent: true, by: null, hours }
        await send(ctx, [{ ...late, unread_by: unread_by ?? person }], channels)
        escalated += 1
      }
      return { escalated }
    },
  })

const isPerson = (value: string): value is Parameters<typeof send>[1][number]['person'] => isId(value)
