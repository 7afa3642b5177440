// Messages by push: one notification on each device that a person switched on.
import { isInstant } from '@yingzao/kernel/entity'
import type { Channel, Item } from '../inbox/channel.ts'
import { countUnread } from '../inbox/inbox.ts'
import { devicesOf, noteOutcome, peopleWithDevices } from './device.ts'
import { noticeOf, packetOf } from './notice.ts'
import { type Push, pushTo } from './service.ts'

export const pushChannel = (push: Push): Channel => ({
  ...{ name: 'push', together: push.together },
  reaches: peopleWithDevices,
  async deliver(ctx, { id, lang }, items) {
    const devices = await devicesOf(ctx, id)
    const now = new Date(ctx.now)
    const unread = await countUnread(ctx, id)
    const packet = packetOf(
      noticeOf(items, { lang, product: push.product, unread: unread.value }),
      items.some(isUrgent),
    )
    const outcomes = await Promise.all(
      devices.map(async device => {
        const outcome = await pushTo(push, device, packet, now)
        await noteOutcome(ctx, device.id, outcome, now)
        return outcome
      }),
    )
    // A device that took it and gets it again shows it once: it carries the same tag.
    const late = outcomes.filter(each => each.kind === 'later')
    const asked = late.flatMap(each => (each.seconds === null ? [] : [each.seconds]))
    if (asked.length > 0) return { again: momentAfter(now, Math.max(...asked)) }
    if (late.length > 0) throw new Error(`${late.length} push services did not answer`)
    if (outcomes.some(each => each.kind === 'sent')) return 'sent'
    return outcomes.some(each => each.kind === 'refused') ? 'failed' : 'none'
  },
})

const isUrgent = (item: Item): boolean => item.urgent

function momentAfter(now: Date, seconds: number) {
  const at = new Date(now.getTime() + seconds * 1000).toISOString()
  if (!isInstant(at)) throw new Error(`not a moment: ${at}`)
  return at
}
