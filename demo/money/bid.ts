// Two bids of the demo: one lost, one handed in; and a bid bond that came back in part.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { bid } from '@yingzao/modules/bid/bid.entity'
import { bidBond } from '@yingzao/modules/bid/bid-bond.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { type Story, workday } from '../diary.ts'
import type { Both } from '../plan/builder.ts'
import { type Desk, handIn, known, pass, type Site } from './desk.ts'

export function bidStories(desk: Desk, { company, head, clerk: accountant, boss }: Site): readonly Story[] {
  const { t, today, time, cashier } = desk
  const account = known(desk.accounts, 'metro')
  const client = known(desk.parties, '云州城建投资有限公司')
  const daysAgo = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as PlainDate
  /** A working day. */
  const dayBefore = (days: number) => workday(daysAgo(days), 0)
  const enter = async (name: Both, estimate: Decimal, days: number) => {
    await time.until(workday(dayBefore(days + 20), -5), 10)
    const made = await handIn(desk, head, bid, {
      ...{ name: t(name), company, client, type: 'municipal', estimate_amount: estimate, due_on: dayBefore(days) },
      opening_on: dayBefore(days),
    })
    await pass(desk, made, bid.name, [accountant, boss])
    await time.until(dayBefore(days + 20), 11)
    await head.entity(bid).run(made.id, 'enroll', { on: dayBefore(days + 20) })
    return made.id
  }
  const handOver = async (id: Id<'bid'>, days: number, price: Decimal) => {
    await time.until(dayBefore(days), 9)
    await head.entity(bid).run(id, 'hand_in', { on: dayBefore(days), amount: price })
  }
  return [
    async () => {
      const id = await enter(['长宁街综合管廊', 'Changning Street utility tunnel'], '86000000.00', 45)
      await time.until(workday(dayBefore(50), -3), 14)
      const bond = await handIn(desk, head, bidBond, {
        ...{ name: t(['综合管廊投标保证金', 'Utility tunnel, bid bond']), bid: id, amount: '800000.00' },
        ...{ pay_by: dayBefore(48), due_back_on: dayBefore(20) },
        payee: t(['云州市公共资源交易中心', 'Yunzhou public tender centre']),
      })
      await pass(desk, bond, bidBond.name, [accountant, boss])
      await time.until(dayBefore(50), 10)
      await handIn(desk, cashier, payment, { bond: bond.id, account, paid_on: dayBefore(50) })
      await handOver(id, 45, '83420000.00')
      await time.after(3)
      const { version } = await head.entity(bid).get(id)
      await head.entity(bid).patch(id, version, {
        bidders: {
          upsert: [
            { name: t(['本单位', 'Ourselves']), own: true, price: '83420000.00', rank: 2 },
            { name: t(['云建一局', 'Yunjian First']), price: '82760000.00', rank: 1 },
          ],
        },
      })
      await head.entity(bid).run(id, 'open_bids', { on: dayBefore(45) })
      await time.until(dayBefore(38), 15)
      await head.entity(bid).run(id, 'lose', { on: dayBefore(38), reason: t(['报价第二', 'Second by price']) })
      await time.until(dayBefore(15), 10)
      const back = await handIn(desk, cashier, receipt, {
        ...{ kind: 'bond', bond: bond.id, account, amount: '501062.50', interest_amount: '1062.50' },
        received_on: dayBefore(15),
      })
      await pass(desk, back, receipt.name, [accountant])
    },
    async () => {
      const id = await enter(['滨江路改造二标', 'Riverside Road, lot 2'], '124000000.00', 3)
      await handOver(id, 3, '119800000.00')
    },
  ]
}
