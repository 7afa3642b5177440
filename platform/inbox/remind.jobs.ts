// An urgent message that stays unread for half a working day is sent once more. Who must decide instead is the flow's to say.
import { type Job, job } from '@yingzao/kernel/serve'
import { list, patch } from '@yingzao/kernel/server'
import type { Channel } from './channel.ts'
import { message } from './message.entity.ts'
import { soon, waitingOn } from './tell.ts'

export const REMIND = 'platform.remind_unread'

export const remindJob = (channels: readonly Channel[]): Job =>
  job(REMIND, {
    label: { zh: '提醒未读的紧急消息', en: 'Remind of urgent messages' },
    every: '*/10 * * * *',
    async run(ctx) {
      const { items } = await list(ctx, message, {
        filter: { remind_at: { le: ctx.now }, read_at: { empty: true } },
        limit: 500,
      })
      const waiting = await waitingOn(
        ctx,
        channels,
        items.map(each => String(each.person)),
      )
      for (const { id, person } of items)
        await patch(ctx, message.name, id, undefined, {
          remind_at: null,
          reminded: true,
          ...waiting.of(String(person)),
        })
      await soon(ctx, waiting)
      return { reminded: items.length }
    },
  })
