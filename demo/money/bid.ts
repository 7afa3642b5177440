// Two bids of the demo: one lost, one handed in; and a bid bond that came back in part.
import type { Decimal, PlainDate } from '@yingzao/kernel/entity'
import { bid } from '@yingzao/modules/bid/bid.entity'
import { bidBond } from '@yingzao/modules/bid/bid-bond.entity'
import type { Both } from '../plan/builder.ts'
import { type Desk, known, type Site } from './desk.ts'

export async function loadBids(desk: Desk, { company, head, clerk: accountant, boss }: Site): Promise<void> {
  const { t, today } = desk
  const client = known(desk.parties, '云州城建投资有限公司')
  const dayBefore = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as PlainDate
  const enter = async (name: Both, estimate: Decimal, price: Decimal, days: number) => {
    const { id } = await head.entity(bid).create({
      ...{ name: t(name), company, client, type: 'municipal', estimate_amount: estimate, due_on: dayBefore(days) },
      opening_on: dayBefore(days),
    })
    await head.entity(bid).run(id, 'submit')
    await accountant.entity(bid).run(id, 'approve')
    await boss.entity(bid).run(id, 'approve')
    await head.entity(bid).run(id, 'enroll', { on: dayBefore(days + 20) })
    await head.entity(bid).run(id, 'hand_in', { on: dayBefore(days), amount: price })
    return id
  }
  const lost = await enter(['长宁街综合管廊', 'Changning Street utility tunnel'], '86000000.00', '83420000.00', 45)
  const { version } = await head.entity(bid).get(lost)
  await head.entity(bid).patch(lost, version, {
    bidders: {
      upsert: [
        { name: t(['本单位', 'Ourselves']), own: true, price: '83420000.00', rank: 2 },
        { name: t(['云建一局', 'Yunjian First']), price: '82760000.00', rank: 1 },
      ],
    },
  })
  await head.entity(bid).run(lost, 'open_bids', { on: dayBefore(45) })
  await head.entity(bid).run(lost, 'lose', { on: dayBefore(38), reason: t(['报价第二', 'Second by price']) })
  await enter(['滨江路改造二标', 'Riverside Road, lot 2'], '124000000.00', '119800000.00', 3)
  const bond = await head.entity(bidBond).create({
    ...{ name: t(['综合管廊投标保证金', 'Utility tunnel, bid bond']), bid: lost, amount: '800000.00' },
    ...{ paid_on: dayBefore(50), due_back_on: dayBefore(20) },
  })
  await head.entity(bidBond).run(bond.id, 'submit')
  await accountant.entity(bidBond).run(bond.id, 'approve')
  await boss.entity(bidBond).run(bond.id, 'approve')
  const paid = await head.entity(bidBond).get(bond.id)
  await accountant.entity(bidBond).patch(bond.id, paid.version, {
    returns: { upsert: [{ on: dayBefore(15), amount: '500000.00', interest: '1062.50' }] },
  })
}
